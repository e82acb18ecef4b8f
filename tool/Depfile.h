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

/// A rule for make: \p Target is made of \p Files. Each of them is a target
/// too, so that make goes on when one has been removed.
std::string depfile(const std::string &Target,
                    const std::vector<std::string> &Files);

} // namespace coroexpand

#endif
