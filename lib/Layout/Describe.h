//===- Describe.h - what lives where and when, as it was planned ----------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LAYOUT_DESCRIBE_H
#define COROEXPAND_LAYOUT_DESCRIBE_H

#include "IR/FramePlan.h"
#include "Layout/FutureLayout.h"

namespace coroexpand {

/// The members of the struct that \p Plan plans, without sizes. \p LineOf says
/// where in the source something stands.
FutureLayout describeFuture(const FramePlan &Plan,
                            llvm::function_ref<int(ir::Loc)> LineOf);

} // namespace coroexpand

#endif
