//===- Plan.h - from a body to its frame plan -----------------------------===//
//
//   ir::Body --Lifetimes----> homes, levels, what each exit destroys
//            --Resumptions--> where each state goes on
//            --Spelling-----> braces, labels, what is left out
//            --Constants----> which constants nothing in poll names
//            --Layout-------> the struct's members and functions
//            --Names--------> a name for everything       --> FramePlan
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_PLAN_PLAN_H
#define COROEXPAND_PLAN_PLAN_H

#include "IR/FramePlan.h"
#include "IR/Signature.h"

#include "llvm/ADT/StringSet.h"

namespace coroexpand {

/// Names that the file has given away.
struct TakenNames {
  /// Nothing may be called like a macro.
  const llvm::StringSet<> &Macros;
  /// No local may hide a variable: compilers warn of that.
  const llvm::StringSet<> &Globals;
};

/// Decides everything that Emit prints.
FramePlan planFrame(const ir::Signature &F, const ir::Body &Body,
                    const TakenNames &Taken);

/// The stages of planFrame, in order.
void planLifetimes(const ir::Body &Body, FramePlan &Plan);
void planResumptions(const ir::Body &Body, FramePlan &Plan);
void planSpelling(const ir::Body &Body, FramePlan &Plan);
void planConstants(const ir::Body &Body, FramePlan &Plan);
void planLayout(const ir::Signature &F, const ir::Body &Body, FramePlan &Plan);
void planNames(const ir::Signature &F, const ir::Body &Body,
               const TakenNames &Taken, FramePlan &Plan);

/// The variables of \p S that are declared in poll's own text, and last to the
/// end of the scope.
std::vector<ir::VarId> declaredInPlace(const ir::Stmt &S,
                                       const FramePlan &Plan);

} // namespace coroexpand

#endif
