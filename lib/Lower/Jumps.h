//===- Jumps.h - where control goes when it leaves a statement ------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_JUMPS_H
#define COROEXPAND_LOWER_JUMPS_H

#include "Lower/Context.h"

namespace coroexpand {

/// The jumps of \p S that leave it, for the loops around the place that is
/// being lowered.
std::vector<ir::Jump> jumpsOutOf(Context &C, const clang::Stmt *S);

/// The edits for each `continue` of loop \p Id, whose body is \p Body.
void markContinues(Context &C, const clang::Stmt *Body, ir::LoopId Id);

} // namespace coroexpand

#endif
