//===- Depfile.h - what a build must know of an expansion -----------------===//
//
//   out.cpp: main.cpp sub/a.h ..
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_TOOL_DEPFILE_H
#define COROEXPAND_TOOL_DEPFILE_H

#include <string>
#include <vector>

namespace coroexpand {

/// A rule for make.
struct Dependencies {
  std::string Targets; ///< As they are written.
  std::vector<std::string> Files;
};

/// \p Name as make reads it: backslashes stand for themselves, but for those
/// before a blank.
std::string escapedForMake(const std::string &Name);

/// The rule, and with \p Phony each file but the first, which is the source, as
/// a target too: make goes on then when one has been removed.
std::string depfile(const Dependencies &Rule, bool Phony);

/// The first rule of a depfile.
Dependencies readDepfile(const std::string &Text);

} // namespace coroexpand

#endif
