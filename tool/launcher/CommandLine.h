//===- CommandLine.h - what a compiler is told to do ----------------------===//
//
//   g++ -O2 -Iinc -c main.cpp -o main.o -MD   ->   CommandLine
//
// As much of it as the launcher has to know: the sources, where the output and
// the dependencies go, and which of the flags the lowering needs too.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LAUNCHER_COMMANDLINE_H
#define COROEXPAND_LAUNCHER_COMMANDLINE_H

#include <optional>
#include <string>
#include <vector>

namespace coroexpand::launcher {

struct CommandLine {
  /// How far the compiler goes.
  enum class Stage { Dependencies, Preprocess, Check, Assembly, Object, Link };

  /// The compiler, with the launchers in front of it, and its flags; response
  /// files are replaced by what they hold.
  std::vector<std::string> Words;
  size_t Compiler = 0; ///< Its name among them.

  std::vector<size_t> Sources; ///< C++ sources among the words.
  bool HasOtherInputs = false; ///< Objects, libraries, sources of C.
  Stage Stops = Stage::Link;
  std::optional<std::string> Output; ///< -o

  bool WritesDependencies = false;           ///< -MD, -MMD
  bool WithoutSystemHeaders = false;         ///< -MMD
  bool PhonyTargets = false;                 ///< -MP
  std::optional<std::string> DependencyFile; ///< -MF
  bool SavesTemporaries = false;
  bool WarnsOfBoxes = false; ///< -Wboxed, which is not the compiler's.

  /// Where quoted and other names are looked for, and what is included first.
  std::vector<std::string> QuotedFolders, Folders, Included;

  /// The flags that say how a source is to be read, for coro-expand.
  std::vector<std::string> ParseFlags;

  const std::string &compiler() const { return Words[Compiler]; }
};

/// A warning of coro-expand's own.
constexpr const char *WarnOfBoxes = "-Wboxed";

/// \p Words begin with the compiler, or another launcher. Nothing when they
/// hold no source that could be lowered, or in a way that is not understood:
/// then they are the compiler's own business.
std::optional<CommandLine> readCommandLine(std::vector<std::string> Words);

} // namespace coroexpand::launcher

#endif
