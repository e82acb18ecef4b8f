//===- Await.h - the steps of a full-expression that waits ----------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_AWAIT_H
#define COROEXPAND_LOWER_AWAIT_H

#include "Lower/Context.h"

namespace coroexpand {

/// The steps of the await in full-expression \p Root. \p Value gets the hole
/// that the consumer's text has in place of the await.
std::unique_ptr<ir::FullExpr> awaitSteps(Context &C, const clang::Expr *Root,
                                         Holes &Value);

/// What \p Join waits for: a slot for each of its arguments.
void joinPlaces(Context &C, const clang::CallExpr *Join, ir::FullExpr &Into);

} // namespace coroexpand

#endif
