//===- Await.h - the steps of a full-expression that waits ----------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_AWAIT_H
#define COROEXPAND_LOWER_AWAIT_H

#include "Lower/Steps.h"

namespace coroexpand {

/// A temporary in \p S lives as long as \p D but is not what D names.
bool extendsMore(const clang::Stmt *S, const clang::VarDecl *D);

/// The initialiser of \p D needs steps: where it waits, and where a temporary
/// in it lives as long as D, but is not what D names, and has to live in the
/// frame:
///
///   const T& r = make().part;    r_object = make(); r = &r_object.part
bool needsSteps(const Context &C, const clang::VarDecl *D);
/// These steps; null where there are none.
std::unique_ptr<Steps> stepsOf(Context &C, const clang::VarDecl *D);
/// The same of an expression that may wait.
std::unique_ptr<Steps> stepsOf(Context &C, const clang::Expr *E);
std::vector<ir::StmtPtr> takeSteps(const std::unique_ptr<Steps> &Before);

/// Appends \p Consumer as what consumes \p Before, the steps of its
/// full-expression, if there are any.
void appendConsumer(ir::StmtPtr Consumer, std::vector<ir::StmtPtr> Before,
                    ir::Scope &Into);

} // namespace coroexpand

#endif
