//===- Includes.h - what a translation unit includes, and what takes its place
//
//   the preprocessor  --record-->  IncludeRecord
//   IncludeRecord, the files with async functions  --filesOf-->  SourceFiles
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_INCLUDES_H
#define COROEXPAND_SOURCE_INCLUDES_H

#include "IR/Files.h"
#include "Source/Between.h"

#include "clang/Basic/FileEntry.h"
#include "clang/Basic/SourceLocation.h"

#include <set>

namespace coroexpand {

/// A file's name where the preprocessor has looked for the file.
struct FileNamed {
  clang::FileID In;
  ir::FileSpan Name; ///< With its quotes or brackets.
  std::string Written;
  bool Angled = false;
  bool Next = false; ///< `#include_next`, and where the keyword begins.
  unsigned Keyword = 0;
  clang::OptionalFileEntryRef Found;
};

/// A directive that the preprocessor has followed.
struct IncludeDirective : FileNamed {
  unsigned Hash = 0;
  /// The reading that it began; invalid where the file is not read again.
  clang::FileID Entered;
};

struct IncludeRecord {
  std::vector<IncludeDirective> Directives;
  std::vector<FileNamed> Questions; ///< `__has_include`
};

/// Has \p PP fill in \p Record, which must live as long, while it runs.
void recordIncludes(clang::Preprocessor &PP, IncludeRecord &Record);

/// The reading of a file that \p Where is in.
ir::FileId fileOf(clang::SourceLocation Where, const clang::SourceManager &SM);

/// Whether a reading can have a place in the output: the main file includes it,
/// and not the command line.
bool hasDirective(clang::SourceLocation Where, const clang::SourceManager &SM);

/// What becomes of the output.
struct OutputUse {
  /// Where it is compiled; empty when it is read beside the main file.
  std::string Folder;
  bool Lines = false; ///< `#line`s, also where nothing takes a place.
};

/// The main file and those that stand in place of their directives: \p Lowered
/// and what includes them.
ir::SourceFiles filesOf(const IncludeRecord &Record,
                        const SkippedRanges &Skipped,
                        const std::set<ir::FileId> &Lowered,
                        const OutputUse &Use, const clang::SourceManager &SM,
                        const clang::LangOptions &LangOpts);

} // namespace coroexpand

#endif
