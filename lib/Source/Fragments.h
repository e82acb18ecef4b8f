//===- Fragments.h - pieces of the source as Text -------------------------===//
//
//   source range + edits  --slice-->  ir::Text
//
// Text comes from tokens. Outside macros it is the file's own characters,
// comments and line breaks included; a macro invocation with an edit inside
// goes along as written and as expanded (ir::Invocation), and one with a hole
// inside as expanded only.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_FRAGMENTS_H
#define COROEXPAND_SOURCE_FRAGMENTS_H

#include "IR/Text.h"
#include "Source/Between.h"
#include "Source/Includes.h"
#include "Source/Parse.h"

#include "clang/Basic/SourceManager.h"
#include "clang/Tooling/Syntax/Tokens.h"
#include "llvm/ADT/DenseMap.h"

namespace coroexpand {

/// A translation unit as the preprocessor saw it.
struct SourceText {
  clang::syntax::TokenBuffer Tokens;
  SkippedRanges Skipped;
  IncludeRecord Includes;
  std::vector<FileRead> FilesRead;
  /// Each statement asks for the comments in it, and so do those around it: a
  /// file is read once for all.
  mutable CommentRanges Comments{};
};

class Fragments {
public:
  Fragments(const SourceText &Source, const clang::LangOptions &LangOpts)
      : Source(Source), Tokens(Source.Tokens), SM(Tokens.sourceManager()),
        LangOpts(LangOpts),
        Spaces(SM, LangOpts, Source.Skipped, Source.Comments) {}

  /// A range that a slice leaves out, and what stands there instead.
  struct Hole {
    clang::SourceRange Range;
    ir::Text With;
    /// The tokens of Range, from those who know them.
    llvm::ArrayRef<clang::syntax::Token> Tokens = {};
  };

  /// Edits hold for every later slice that contains the token at \p At.
  void replace(clang::SourceLocation At, ir::Text With);
  /// The same for all slices that contain \p Range as a whole.
  void replace(clang::SourceRange Range, ir::Text With) {
    Replaced.push_back({Range, std::move(With)});
  }
  void insertBefore(clang::SourceLocation At, ir::Text What);
  void insertAfter(clang::SourceLocation At, ir::Text What);

  /// The text of the tokens from \p Range's first to its last.
  ir::Text slice(clang::SourceRange Range,
                 llvm::ArrayRef<Hole> Holes = {}) const;
  /// The same without any edit, as one string.
  std::string spelling(clang::SourceRange Range) const;

  /// \p Range and the `;` behind it, when one follows.
  clang::SourceRange withSemicolon(clang::SourceRange Range) const;

  /// What stands between two neighbouring statements.
  Gap gap(clang::SourceLocation FirstEnd, clang::SourceLocation Second) const;

  /// What stands before the token at \p At is the name of a type or of a
  /// variable.
  bool followsName(clang::SourceLocation At) const;

  /// The comments, in lines, between the token at \p At and the one before it,
  /// or the one before `else`.
  std::string before(clang::SourceLocation At) const;

  /// The comment right above the declaration that begins with \p First: where
  /// it begins in the file (where First does, if there is none), and its text.
  unsigned docBegin(const clang::syntax::Token &First) const;
  std::string docText(const clang::syntax::Token &First) const;

  /// All comments that are written in \p Range.
  std::vector<std::string> comments(clang::SourceRange Range) const;

  /// The identifiers among the tokens of \p Range.
  llvm::ArrayRef<clang::syntax::Token> tokens(clang::SourceRange Range) const {
    return Tokens.expandedTokens(Range);
  }
  llvm::StringRef text(const clang::syntax::Token &T) const {
    return T.text(SM);
  }
  const clang::SourceManager &sourceManager() const { return SM; }

private:
  struct Edit {
    ir::Text Before, After;
    std::optional<ir::Text> Instead;
  };
  using TokenRange = llvm::ArrayRef<clang::syntax::Token>;

  class Slicer;

  const Edit *edit(const clang::syntax::Token &T) const;

  const SourceText &Source;
  const clang::syntax::TokenBuffer &Tokens;
  const clang::SourceManager &SM;
  const clang::LangOptions &LangOpts;
  Between Spaces;
  llvm::DenseMap<clang::SourceLocation, Edit> Edits;
  std::vector<Hole> Replaced;
};

} // namespace coroexpand

#endif
