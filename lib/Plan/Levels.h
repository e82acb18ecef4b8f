//===- Levels.h - the count of live frame objects -------------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_PLAN_LEVELS_H
#define COROEXPAND_PLAN_LEVELS_H

#include "IR/FramePlan.h"

#include "llvm/ADT/ArrayRef.h"

namespace coroexpand {

class Levels {
public:
  Levels(const ir::Body &Body, FramePlan &Plan) : Body(Body), Plan(Plan) {}

  /// The level of \p Id on top of \p Below.
  Level above(Level Below, ir::VarId Id);

  /// The level with all that is alive at \p L but \p Id.
  Level without(Level L, ir::VarId Id);

  /// How control that arrives with each of \p Arriving goes on with \p Target.
  Cleanup cleanup(llvm::ArrayRef<Level> Arriving, Level Target);

  /// How the objects from \p Current down to \p Entry end, but for \p
  /// Survivors, after which the level is \p After: that of an object which
  /// outlives them, or Entry.
  Cleanup destroy(Level Current, Level Entry, Level After,
                  llvm::ArrayRef<Level> Survivors = {});

private:
  bool mayThrow(const Destruction &D) const {
    return Body.Vars[D.Object].DestroyMayThrow;
  }

  const ir::Body &Body;
  FramePlan &Plan;
  llvm::DenseMap<std::pair<Level, ir::VarId>, Level> Known;
};

} // namespace coroexpand

#endif
