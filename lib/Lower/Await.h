//===- Await.h - the steps of a full-expression that waits ----------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_AWAIT_H
#define COROEXPAND_LOWER_AWAIT_H

#include "Lower/Steps.h"

namespace coroexpand {

/// The steps of \p Init; null where it does not wait.
std::unique_ptr<Steps> stepsOf(Context &C, const clang::Expr *Init);
std::vector<ir::StmtPtr> takeSteps(const std::unique_ptr<Steps> &Before);

/// Appends \p Consumer as what consumes \p Before, the steps of its
/// full-expression, if there are any.
void appendConsumer(ir::StmtPtr Consumer, std::vector<ir::StmtPtr> Before,
                    ir::Scope &Into);

} // namespace coroexpand

#endif
