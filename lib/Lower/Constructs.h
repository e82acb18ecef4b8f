//===- Constructs.h - statements as IR ------------------------------------===//
//
// One construct, one file: each holds the source form and its IR side by side
// above the function that makes it, and Constructs.def lists them. A statement
// without an await in it becomes one Opaque text, whatever it is.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_CONSTRUCTS_H
#define COROEXPAND_LOWER_CONSTRUCTS_H

#include "Lower/Context.h"

namespace coroexpand {

#define CONSTRUCT(Class, Function)                                             \
  void Function(Context &C, const clang::Class &S, ir::Scope &Into);
#include "Lower/Constructs.def"
#undef CONSTRUCT

/// Appends what \p S becomes.
void lowerStatement(Context &C, const clang::Stmt *S, ir::Scope &Into);

/// A block, or the one statement that stands for it.
std::unique_ptr<ir::Scope> lowerScope(Context &C, const clang::Stmt *S);

/// The last statement \p E of a statement expression, whose value it has.
void lowerResult(Context &C, const clang::Expr *E, ir::Scope &Into);

/// The same behind `if (..)`, `else` and their like, with the comments before
/// it.
std::unique_ptr<ir::Scope> lowerBranch(Context &C, const clang::Stmt *S);

/// `[[likely]] `, as it is written before a statement.
std::string attributesOf(const Context &C, const clang::AttributedStmt &S);

/// \p S as it is written.
std::unique_ptr<ir::Opaque> opaque(Context &C, const clang::Stmt *S);

/// Statement \p S, which is or returns full-expression \p Root, and waits.
void lowerExpression(Context &C, const clang::Stmt *S, const clang::Expr *Root,
                     ir::Scope &Into);

/// The text of a condition; one that waits becomes steps in \p Into first.
ir::Text condition(Context &C, const clang::Expr *Cond, ir::Scope &Into);

void lowerDeclaration(Context &C, const clang::DeclStmt *S, ir::Scope &Into);

/// `T x = e` in a condition.
void lowerConditionVariable(Context &C, const clang::VarDecl *D,
                            ir::Scope &Into);

} // namespace coroexpand

#endif
