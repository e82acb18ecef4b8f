//===- Parse.h - clang around the stages ----------------------------------===//
//
//   a file and its compiler's command line  --clang-->  ParsedUnit
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_PARSE_H
#define COROEXPAND_SOURCE_PARSE_H

#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>
#include <string>
#include <vector>

namespace clang {
class ASTContext;
class Preprocessor;
} // namespace clang

namespace coroexpand {

struct SourceText;

/// A file that was read, as the preprocessor names it.
struct FileRead {
  std::string Name;
  bool IsSystem = false;
};

struct ParseRequest {
  std::string File;
  /// What the file holds, when it is not to be read (standard input).
  std::optional<std::string> Contents;
  /// The compiler's command line without the file, beginning with its name.
  std::vector<std::string> Command;
  std::string Directory = "."; ///< Where that command runs.
  /// The runtime's headers, for a command that names no others; empty for those
  /// of the source tree.
  std::string RuntimeInclude;
};

/// A translation unit that clang has found no error in.
struct ParsedUnit {
  clang::ASTContext &Context;
  clang::Preprocessor &PP;
  const SourceText &Source;
};

/// Calls \p Use with the file, unless clang finds errors in it. Those, and all
/// that Use reports to clang's engine, go to standard error as clang prints
/// them. False when there was any.
bool parse(const ParseRequest &Request,
           llvm::function_ref<void(const ParsedUnit &)> Use);

} // namespace coroexpand

#endif
