//===- FramePlan.h - what lives in the frame, and what each exit does -----===//
//
//   ir::Body --Plan--> FramePlan --Emit--> text
//
// Frame objects with a destructor have a level: they are numbered as they come
// to life, and each knows the level that was live before it. One count of live
// objects, the level of the newest, therefore says what is alive: destroying
// down to level n means destroying the newest and going on with the level
// before it, until n is reached.
//
//   { A a; { B b; await } { C c; await } }    a: 1 (before: 0)
//                                             b: 2 (before: 1)
//                                             c: 3 (before: 1)
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_IR_FRAMEPLAN_H
#define COROEXPAND_IR_FRAMEPLAN_H

#include "IR/IR.h"

#include "llvm/ADT/DenseMap.h"

namespace llvm {
class raw_ostream;
}

namespace coroexpand {

using Level = unsigned;

enum class Place {
  Member, ///< A parameter: lives as long as the future.
  Frame, ///< In a union of the struct, from its declaration to its scope's end.
  Local, ///< An ordinary local of poll.
  Static, ///< A constant.
};

struct PlannedVariable {
  Place Where = Place::Local;
  Level Own = 0; ///< Frame objects with a destructor: 1, 2, ...
  std::string Name;
};

struct PlannedLevel {
  ir::VarId Object;
  Level Before; ///< The newest live object besides it.
};

/// One object's end, and what counts as alive from there on.
struct Destruction {
  ir::VarId Object;
  std::optional<Level> Live; ///< Set before; kept from the last one if not.
};

/// What ends a scope that control falls out of.
struct ScopeExit {
  enum class Kind { Nothing, Destroy, UnwindTo } K = Kind::Nothing;
  std::vector<Destruction> Objects; ///< Destroy: these, in this order.
  Level Target = 0;                 ///< UnwindTo: down to this level.
  /// From this statement on, the scope stands in braces of its own, so that
  /// its ordinary locals die before the frame objects (or before a label).
  std::optional<size_t> BracesFrom;
};

struct LoopPlan {
  bool ContinueLabel = false;      ///< `continue` is a jump to a label.
  std::optional<Level> AfterBreak; ///< A break leaves frame objects alive.
};

struct TryPlan {
  Level Outside = 0;       ///< What its handlers find alive.
  bool HasObjects = false; ///< Its block makes frame objects with destructors.
};

/// How control comes back to an await: through the front of each of the try
/// blocks around it, outermost first.
struct ResumePoint {
  std::vector<ir::TryId> Through;
};

struct FramePlan {
  std::vector<PlannedVariable> Vars;         ///< By VarId.
  std::vector<PlannedLevel> Levels{{}};      ///< By level, from 1.
  std::vector<std::vector<ir::VarId>> Slots; ///< Objects that share a union.
  llvm::DenseMap<const ir::Scope *, ScopeExit> Exits;
  llvm::DenseMap<const ir::FullExpr *, ScopeExit> Cleanups;
  /// A join whose slots are made between temporaries: once all are there, the
  /// slots count as newer than the temporaries, as they are natively.
  llvm::DenseMap<const ir::FullExpr *, Level> AllMade;
  std::vector<LoopPlan> Loops;      ///< By LoopId.
  std::vector<TryPlan> Tries;       ///< By TryId.
  std::vector<ResumePoint> Resumes; ///< By AwaitId - 1.

  /// Names of the struct's own parts, free of collisions with the user's.
  std::string State, Live, UnwindTo, Context, OnExit, Output, AllDone, Point,
      LevelName, Other;

  bool hasLevels() const { return Levels.size() > 1; }
};

void print(const FramePlan &Plan, const ir::Body &Body, llvm::raw_ostream &OS);

} // namespace coroexpand

#endif
