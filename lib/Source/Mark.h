//===- Mark.h - where the mark of an async function stands ----------------===//
//
//   CORO_ASYNC coro::future<int> f()
//   CORO_ASYNC CORO_BUDGET(64) coro::future<int> f()
//   [[nodiscard]] CORO_ASYNC coro::future<int> f()
//   [[nodiscard, clang::annotate("coro::async")]] coro::future<int> f()
//   __attribute__((annotate("coro::async"))) coro::future<int> f()
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_MARK_H
#define COROEXPAND_SOURCE_MARK_H

#include "clang/AST/Decl.h"
#include "clang/Tooling/Syntax/Tokens.h"
#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace coroexpand {

using TokenRange = llvm::ArrayRef<clang::syntax::Token>;

/// What has to go for \p D to be unmarked: each mark, and its budget, with its
/// brackets, or with a comma when it shares them. Nothing when a mark is
/// written in a way that can't be taken out.
std::optional<llvm::SmallVector<TokenRange, 1>>
markTokens(const clang::FunctionDecl *D,
           const clang::syntax::TokenBuffer &Tokens);

/// The first token of declaration \p D, attributes and marks included.
const clang::syntax::Token *
firstToken(const clang::FunctionDecl *D,
           const clang::syntax::TokenBuffer &Tokens);

/// What the macro invocations that the definition begins and ends in make
/// before and behind it.
struct AroundInMacro {
  TokenRange Before, After;
};
AroundInMacro aroundInMacro(const clang::FunctionDecl *D,
                            const clang::syntax::TokenBuffer &Tokens);

/// The body of definition \p D, from its brace, or the `try` of a
/// function-try-block, to its last.
clang::SourceRange bodyRange(const clang::FunctionDecl *D);
/// All of definition \p D.
clang::SourceRange definitionRange(const clang::FunctionDecl *D);

} // namespace coroexpand

#endif
