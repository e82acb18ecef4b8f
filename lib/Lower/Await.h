//===- Await.h - the steps of a full-expression that waits ----------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_AWAIT_H
#define COROEXPAND_LOWER_AWAIT_H

#include "Lower/Context.h"

namespace coroexpand {

/// The steps of the await in full-expression \p Root, null when it has none. \p
/// Value gets the hole that the consumer's text has in place of the await.
std::unique_ptr<ir::FullExpr> awaitSteps(Context &C, const clang::Expr *Root,
                                         Holes &Value);

/// Appends \p D; as the consumer of \p Steps where its initialiser waits.
void appendDeclare(std::unique_ptr<ir::Declare> D,
                   std::unique_ptr<ir::FullExpr> Steps, ir::Scope &Into);

/// What \p Join waits for: a slot for each of its arguments.
void joinPlaces(Context &C, const clang::CallExpr *Join, ir::FullExpr &Into);

} // namespace coroexpand

#endif
