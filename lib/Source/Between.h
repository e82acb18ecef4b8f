//===- Between.h - what stands between two neighbouring tokens ------------===//
//
//   x = 1; // why it is 1     a comment
//   #if DEBUG                 a conditional: its lines go, and so do the
//     trace(x);               branches that the preprocessor did not take
//   #endif
//   #pragma message "y"       any other directive stays, and so does a macro
//   NOTHING(x)                that expands to nothing
//   y = 2;
//
// Comments and directives are what clang's raw lexer takes for them; which
// branches were taken its preprocessor tells.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_BETWEEN_H
#define COROEXPAND_SOURCE_BETWEEN_H

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <string>
#include <vector>

namespace clang {
class LangOptions;
class Preprocessor;
} // namespace clang

namespace coroexpand {

/// A half-open range of a file, in bytes.
struct Range {
  unsigned Begin, End;
};

/// What the preprocessor left out of each file, in the order of the file.
using SkippedRanges = llvm::DenseMap<clang::FileID, std::vector<Range>>;

/// The comments of each file, but for those of branches not taken, in order.
using CommentRanges = llvm::DenseMap<clang::FileID, std::vector<Range>>;

/// Has \p PP fill in \p Skipped, which must live as long, while it runs.
void recordSkipped(clang::Preprocessor &PP, SkippedRanges &Skipped);

/// What stands between two neighbouring statements.
struct Gap {
  std::string Trailing;   ///< Behind the first one, on its last line.
  std::string Comment;    ///< Before the second one, up to where it begins.
  bool Blank = false;     ///< An empty line behind the first one.
  bool AboutNext = false; ///< A pragma that means the second one.
  bool HasHint = false;   ///< .. a loop, and changes nothing but its speed.
};

/// \p Lines, comments and directives, without the pragmas that are hints about
/// a loop.
std::string withoutHints(llvm::StringRef Lines);

class Between {
public:
  Between(const clang::SourceManager &SM, const clang::LangOptions &LangOpts,
          const SkippedRanges &Skipped, CommentRanges &Comments)
      : SM(SM), LangOpts(LangOpts), Skipped(Skipped), Comments(Comments) {}

  /// The characters of \p R without conditional directives and the branches
  /// not taken.
  std::string taken(clang::FileID File, Range R) const;

  /// \p R lies between two statements. Conditional directives stay where there
  /// is nothing but comments, pragmas and macro definitions inside.
  Gap gap(clang::FileID File, Range R) const;

  /// The comments in \p R, but for those of branches not taken.
  std::vector<std::string> comments(clang::FileID File, Range R) const;

  /// \p R lies between a declaration and the one before it. Where the comments
  /// begin that stand right above the second one; R.End when there are none.
  unsigned docBegin(clang::FileID File, Range R) const;

private:
  struct Item;

  std::vector<Item> items(clang::FileID File, Range R) const;
  const std::vector<Range> &commentsOf(clang::FileID File) const;
  std::vector<Range> cuts(clang::FileID File, Range R,
                          const std::vector<Item> &Items) const;
  llvm::StringRef buffer(clang::FileID File) const {
    return SM.getBufferData(File);
  }

  const clang::SourceManager &SM;
  const clang::LangOptions &LangOpts;
  const SkippedRanges &Skipped;
  CommentRanges &Comments; ///< Of the files that have been asked about.
};

} // namespace coroexpand

#endif
