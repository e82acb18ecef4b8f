//===- Expand.h - a source goes in, its expansion comes out ---------------===//
//
// The library's only public entry. It reads the file and what it includes, and
// writes nothing.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_EXPAND_H
#define COROEXPAND_EXPAND_H

#include "Layout/FutureLayout.h"
#include "Source/Parse.h"

#include <optional>
#include <string>

namespace coroexpand {

/// How many bytes the future of a function may take.
struct Budget {
  std::string Function; ///< Its qualified name.
  std::uint64_t Bytes = 0;
};

struct ExpandRequest : ParseRequest {
  /// Not empty: only the expansion of the functions with this qualified name.
  std::string Item;
  /// Not empty: a stage's text form instead of the expansion.
  std::string DumpStage;
  /// Included files that define async functions take the place of their
  /// directives.
  bool Headers = false;
  /// `#line`s throughout, so that a compiler names the source.
  bool Lines = false;
  /// Where the expansion will be built: what is included from there must be
  /// what the source includes. Empty for the source's own folder.
  std::string OutputFolder;
  /// How the futures lie in memory is asked for.
  bool Layout = false;
  /// A future that takes more is an error.
  std::vector<Budget> Budgets;
  /// Warn of what allocates.
  bool WarnOfBoxes = false;
  /// For the test of internal errors: lowering breaks one of its promises.
  bool BreakIR = false;
  /// Compare the order of evaluation with clang's opinion, for tests.
  bool CheckOrder = false;
  /// Parse the expansion, and compare the types of members with those of the
  /// variables that they hold, for tests.
  bool CheckTypes = false;
  /// For the test of what that reports: it looks for a member that nobody has.
  bool BreakTypes = false;
};

struct Expanded {
  std::string Text;
  bool IsChanged = false;            ///< Something has been lowered.
  std::vector<FutureLayout> Layouts; ///< Where they are asked for.
  /// Every file that its text may depend on, as the compiler names them.
  std::vector<FileRead> FilesRead;
};

/// The project's version: `0.1.0`.
const char *version();

/// The stages that --dump-ir knows.
bool isDumpStage(const std::string &Name);

/// The whole file with its async functions lowered. Nothing when the file has
/// errors, or something in it can't be lowered: that has been reported to
/// standard error then, as clang reports it.
std::optional<Expanded> expand(const ExpandRequest &Request);

} // namespace coroexpand

#endif
