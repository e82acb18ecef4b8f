//===- CompileCommand.h - how a compiler would be called for a file -------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_TOOL_COMPILECOMMAND_H
#define COROEXPAND_TOOL_COMPILECOMMAND_H

#include <optional>
#include <string>
#include <vector>

namespace coroexpand {

struct CompileCommand {
  /// Without the file; the compiler first.
  std::vector<std::string> Arguments{"clang++"};
  std::string Directory = "."; ///< Where it runs.
};

/// From the compile_commands.json or compile_flags.txt in \p Folder, or, if
/// that is empty, in the nearest folder above \p File that has one. One for no
/// file in particular where there is none; nothing, after an error, when it
/// can't be read. Notes say where the flags of another file were taken.
std::optional<CompileCommand> commandFromDatabase(const std::string &File,
                                                  const std::string &Folder);

/// \p Flags, with each `@file` replaced by the flags in that file. Nothing,
/// after an error, when one can't be read. Where \p Compiler is named, what
/// clang does not know of its flags is left out.
std::optional<CompileCommand>
commandFromFlags(const std::vector<std::string> &Flags,
                 const std::string &Compiler);

} // namespace coroexpand

#endif
