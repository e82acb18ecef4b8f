//===- Expand.h - a source goes in, its expansion comes out ---------------===//
//
// The library's only public entry. It reads the file and what it includes, and
// writes nothing.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_EXPAND_H
#define COROEXPAND_EXPAND_H

#include "Source/Parse.h"

#include <optional>
#include <string>

namespace coroexpand {

struct ExpandRequest : ParseRequest {
  /// Not empty: only the expansion of the functions with this qualified name.
  std::string Item;
  /// Not empty: a stage's text form instead of the expansion.
  std::string DumpStage;
  /// For the test of internal errors: lowering breaks one of its promises.
  bool BreakIR = false;
  /// Compare the order of evaluation with clang's opinion, for tests.
  bool CheckOrder = false;
};

/// The project's version: `0.1.0`.
const char *version();

/// The stages that --dump-ir knows.
bool isDumpStage(const std::string &Name);

/// The whole file with its async functions lowered. Nothing when the file has
/// errors, or something in it can't be lowered: that has been reported to
/// standard error then, as clang reports it.
std::optional<std::string> expand(const ExpandRequest &Request);

} // namespace coroexpand

#endif
