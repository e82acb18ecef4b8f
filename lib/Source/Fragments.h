//===- Fragments.h - pieces of the source as Text -------------------------===//
//
//   source range + edits  --slice-->  ir::Text
//
// Text comes from tokens. Outside macros it is the file's own characters,
// comments and line breaks included; a macro invocation stays as written
// unless something inside its expansion has to change, when the expansion
// takes its place.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_FRAGMENTS_H
#define COROEXPAND_SOURCE_FRAGMENTS_H

#include "IR/Text.h"

#include "clang/Basic/SourceManager.h"
#include "clang/Tooling/Syntax/Tokens.h"
#include "llvm/ADT/DenseMap.h"

namespace coroexpand {

class Fragments {
public:
  Fragments(const clang::syntax::TokenBuffer &Tokens,
            const clang::LangOptions &LangOpts)
      : Tokens(Tokens), SM(Tokens.sourceManager()), LangOpts(LangOpts) {}

  /// Edits hold for every later slice that contains the token at \p At.
  void replace(clang::SourceLocation At, ir::Text With);
  void insertBefore(clang::SourceLocation At, ir::Text What);
  void insertAfter(clang::SourceLocation At, ir::Text What);

  /// A range that a slice leaves out, and what stands there instead.
  struct Hole {
    clang::SourceRange Range;
    ir::Text With;
  };

  /// The text of the tokens from \p Range's first to its last.
  ir::Text slice(clang::SourceRange Range,
                 llvm::ArrayRef<Hole> Holes = {}) const;
  /// The same without any edit, as one string.
  std::string spelling(clang::SourceRange Range) const;

  /// \p Range and the `;` behind it, when one follows.
  clang::SourceRange withSemicolon(clang::SourceRange Range) const;

  /// What stands between two neighbouring statements: comments, #pragma and
  /// #define.
  struct Gap {
    std::string Trailing;   ///< A comment on the line where the first one ends.
    std::string Comment;    ///< Whole lines before the second one.
    bool Blank = false;     ///< An empty line before the second one.
    bool AboutNext = false; ///< A pragma that means the second one.
  };
  Gap gap(clang::SourceLocation FirstEnd, clang::SourceLocation Second) const;

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

  const clang::syntax::TokenBuffer &Tokens;
  const clang::SourceManager &SM;
  const clang::LangOptions &LangOpts;
  llvm::DenseMap<clang::SourceLocation, Edit> Edits;
};

} // namespace coroexpand

#endif
