//===- Plan.h - from a body to its frame plan -----------------------------===//
//
//   ir::Body --Lifetimes--> places, levels, slots, exits
//            --Names-----> a name for every member         --> FramePlan
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_PLAN_PLAN_H
#define COROEXPAND_PLAN_PLAN_H

#include "IR/FramePlan.h"

#include "llvm/ADT/StringSet.h"

namespace coroexpand {

/// Decides everything that Emit prints. \p StructName is taken, and nothing
/// may be called like one of \p Macros.
FramePlan planFrame(const ir::Body &Body, const std::string &StructName,
                    const llvm::StringSet<> &Macros);

/// The stages of planFrame, in order.
void planLifetimes(const ir::Body &Body, FramePlan &Plan);
void planNames(const ir::Body &Body, const std::string &StructName,
               const llvm::StringSet<> &Macros, FramePlan &Plan);

} // namespace coroexpand

#endif
