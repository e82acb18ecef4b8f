//===- Expressions.h - what an expression is, behind clang's wrapping -----===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_EXPRESSIONS_H
#define COROEXPAND_LOWER_EXPRESSIONS_H

#include "Source/Walk.h"

#include "clang/AST/Expr.h"
#include "llvm/ADT/ArrayRef.h"

#include <string>

namespace coroexpand {

/// \p E without what clang puts around an expression as written.
const clang::Expr *asWritten(const clang::Expr *E);

/// What `T(e)` converts, of which e may become a name: as a statement, or as
/// what a variable is made from, that would declare something. Else null.
const clang::Expr *convertedBy(const clang::Expr *E);

/// `a, b`: needs parentheses where a comma means something else.
bool isComma(const clang::Expr *E);

/// The x of x or std::move(x), or null: naming it again is naming the same
/// object.
const clang::DeclRefExpr *namedVariable(const clang::Expr *E);

/// The object that \p Call calls a member function of: a pointer to it where
/// `->` stands. Null where no member function is called, or a static one.
const clang::Expr *calledObject(const clang::CallExpr *Call);

/// What \p Call passes for the parameters of the function.
llvm::ArrayRef<const clang::Expr *>
calledArguments(const clang::CallExpr *Call);

/// A word for the value of \p E, as its reader would call it: the function
/// that is called, the variable or member that is named. Empty when there is
/// none.
std::string wordFor(const clang::Expr *E);

/// Visits the expressions that \p E is made of.
template <typename Fn> void forEachPart(const clang::Expr *E, const Fn &Visit) {
  forEachChild(E, [&](const clang::Stmt *Child) {
    if (const auto *Part = llvm::dyn_cast<clang::Expr>(Child))
      Visit(Part);
  });
}

} // namespace coroexpand

#endif
