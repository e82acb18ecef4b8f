//===- FramePlan.h - what lives in the frame, and what each exit does -----===//
//
//   ir::Body --Plan--> FramePlan --Emit--> text
//
// The plan holds every decision; Emit only spells it.
//
// Frame objects with a destructor have a level: they are numbered as they come
// to life, and each knows the level below it. One count of live objects, the
// level of the newest, therefore says what is alive: destroying down to level n
// means destroying the newest and going on with the level below it, until n is
// reached. While poll runs, a local of it has the count; while the future is
// suspended, the resume point tells it.
//
//   { A a; { B b; await } { C c; await } }    a: 1 (below: 0)
//                                             b: 2 (below: 1)
//                                             c: 3 (below: 1)
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_IR_FRAMEPLAN_H
#define COROEXPAND_IR_FRAMEPLAN_H

#include "IR/FutureFacts.h"
#include "IR/IR.h"

#include "llvm/ADT/DenseMap.h"

namespace llvm {
class raw_ostream;
}

namespace coroexpand {

using Level = unsigned;

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

enum class Home {
  Parameter, ///< A member: lives as long as the future.
  Frame,     ///< A member too, from its declaration to its scope's end.
  Local,     ///< An ordinary local of poll.
  Static,    ///< A constant, a static local of poll.
};

/// How an object of the frame comes to life.
enum class Making {
  None,      ///< Not at all: it may stay uninitialised, as in the source.
  Assign,    ///< `x = value;`
  Point,     ///< `x = coro::pointer_to(value);`
  MakeList,  ///< `coro::make_list(x, value);`
  CopyArray, ///< `coro::copy_array(x, value);`
  Build,     ///< `::new (coro::place(x)) T(value);`
};

/// From a birth to before a death, in the order of execution as the plan counts
/// it.
struct Stretch {
  unsigned Birth, Death;
};

struct PlannedVariable {
  Home Where = Home::Local;
  std::string Name;
  /// Frame: the variable whose member it lives in, itself or an earlier one of
  /// the same name and type.
  ir::VarId Member = 0;
  Making Made = Making::None; ///< Frame.
  bool InBlock = false;       ///< Local: of one of its scope's Blocks.
  bool IsUnused = false; ///< Static: only members' types use it, by its value.
  /// When not 0, what `live` becomes as soon as it is made.
  Level LiveAfter = 0;
  /// Parameter: its member is one of a storage in Frame.
  bool Shares = false;
  /// Where something is made in its place from it, the copy on the stack that
  /// is made of it before.
  std::string Copy = {};
  /// Frame, of what has a member: when something lives in it.
  std::vector<Stretch> Alive = {};
};

/// One or more members of the struct that are never alive together.
struct Storage {
  std::vector<ir::VarId> Members;
  bool InUnion = true; ///< A plain member needs no placement new.
};

//===----------------------------------------------------------------------===//
// Ends
//===----------------------------------------------------------------------===//

struct PlannedLevel {
  ir::VarId Object = 0;
  Level Below = 0; ///< The newest live object besides it.
};

/// One object's end, and what counts as alive from there on.
struct Destruction {
  ir::VarId Object;
  std::optional<Level> Live; ///< Set before; kept from the last one if not.
};

/// What happens to the frame objects that a part of the body leaves alive.
struct Cleanup {
  enum class Kind { Nothing, Destroy, UnwindTo } K = Kind::Nothing;
  std::vector<Destruction> Objects; ///< Destroy: these, in this order.
  Level Target = 0;                 ///< UnwindTo: down to this level.
};

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

struct ScopePlan {
  /// How a scope is spelled that is a statement of another scope.
  enum class Form {
    Braces,
    Open,    ///< It declares nothing that the compiler sees.
    ForInit, ///< A for loop, and the assignments that fit in its front.
  } F = Form::Braces;
  /// From this statement on, the scope stands in braces of its own, so that
  /// its ordinary locals die before the frame objects (or before a label).
  std::optional<size_t> BracesFrom;
  /// From one statement to another, braces of their own around ordinary locals
  /// that are not needed behind; apart from each other, in order.
  std::vector<std::pair<size_t, size_t>> Blocks;
  /// The loop whose `continue` jumps to a label before End.
  std::optional<ir::LoopId> ContinueOf;
  Cleanup End;
};

struct LoopPlan {
  /// Where `continue` jumps to; empty where a plain `continue` will do.
  std::string ContinueLabel;
  Cleanup End;
  /// Do: conditions are set inside the braces and read behind them.
  std::vector<ir::VarId> Conditions;
};

/// Where to go on from a state: at its await, or at the front of a try block
/// around it, which no jump may enter.
struct Resumption {
  ir::AwaitId State;
  std::optional<ir::TryId> Front;
};

/// A try block, or an arm of `if constexpr`.
struct TryPlan {
  std::optional<ir::TryId> ArmOf; ///< The first arm of the statement.
  unsigned Depth = 0;             ///< How many try blocks are around it.
  Level Outside = 0;              ///< What its handlers find alive.
  bool HasObjects = false; ///< Its block makes frame objects with destructors.
  std::string Guard;       ///< The guard that destroys these.
  std::string Label;       ///< Of its front.
  bool HasLabel = false;   ///< A jump leads there.
  /// Control may reach the front with the state of an await behind it.
  bool StartsOver = false;
  std::vector<Resumption> Resumptions; ///< From its front.
};

struct AwaitPlan {
  std::string State;     ///< The enumerator, and the label if it has one.
  bool HasLabel = false; ///< A jump leads to it.
  /// What poll returned has braces around it, since a later jump may not pass
  /// its declaration.
  bool Block = false;
  bool DropsValue = false; ///< Nobody takes what the await gives.
  std::vector<ir::TryId>
      Through;    ///< The try blocks around it, outermost first.
  Level Live = 0; ///< The newest live object while it waits.
  ir::Loc Where;
  unsigned When = 0; ///< Of the time that stretches are made of.
};

/// What is made in the place of variables that it is made from: of copies of
/// them, on the stack.
struct InPlacePlan {
  std::vector<ir::VarId> From;
  /// What `live` becomes when those that have a destructor are destroyed.
  std::optional<Level> Live;
};

struct BranchPlan {
  /// When not 0, what `live` becomes before it: the temporaries of both arms
  /// count, and their flags say which are there.
  Level LiveBefore = 0;
  Level LiveAfter = 0; ///< When not 0, the same behind it: with its result.
};

struct BlockPlan {
  Level LiveAfter = 0; ///< When not 0, what `live` becomes: with its result.
};

struct FullExprPlan {
  /// A condition is declared before the braces that it is set in ..
  bool DeclaresCondition = false;
  bool SetsNewCondition = false; ///< .. or where it is set.
  Cleanup End;                   ///< Of its temporaries.
};

enum class Ending {
  NotReached,
  ReturnsReady,          ///< `return coro::ready();`
  ReturnsReadyOrMissing, ///< One of the two, which an instantiation knows.
  MissingCoReturn,       ///< A value would have to be returned.
};

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

struct FramePlan {
  std::vector<PlannedVariable> Vars;   ///< By VarId.
  std::vector<PlannedLevel> Levels{1}; ///< By level, from 1.
  std::vector<Storage> Frame;          ///< The members, in order.
  size_t BeforeParameters = 0;         ///< So many of them, in small gaps.
  llvm::DenseMap<const ir::Scope *, ScopePlan> Scopes;
  std::vector<LoopPlan> Loops;   ///< By LoopId.
  std::vector<TryPlan> Tries;    ///< By TryId.
  std::vector<Cleanup> Labels;   ///< By LabelId: behind it, after jumps.
  std::vector<AwaitPlan> Awaits; ///< By AwaitId - 1.
  llvm::DenseMap<const ir::FullExpr *, FullExprPlan> FullExprs;
  llvm::DenseMap<const ir::Branch *, BranchPlan> Branches;
  llvm::DenseMap<const ir::Block *, BlockPlan> Blocks;
  llvm::DenseMap<const ir::Make *, InPlacePlan> MadeInPlaceOf;
  Level Start = 0; ///< The newest live object while no poll has begun.
  Ending End = Ending::NotReached;

  std::vector<Resumption> Resumptions; ///< From the front of poll.
  bool KeepsPoint = false;             ///< Try blocks ask for the state again.

  std::vector<ir::VarId> Parameters; ///< Those that the struct keeps.
  std::vector<unsigned> Makers;      ///< Those whose types are needed.
  bool HasConstructors = false; ///< Something happens when it is made or moved.
  /// There may be no callers, or they build the struct and leave the factory
  /// alone.
  bool FactoryMayBeUnused = false;
  bool WideState = false;      ///< For more than 254 awaits.
  bool UnwindsPartly = false;  ///< Not always everything.
  bool UnwindMayThrow = false; ///< A destructor may.
  std::uint64_t Size = 0;      ///< Of the struct, about; in bytes.
  std::uint64_t Align = 0;     ///< The same.

  /// Names of the struct's own parts, free of collisions with the user's.
  std::string State, Live, Unwind, Context, OnExit, Output, AllDone, Point,
      LevelName, Other;
  /// Of the types that tell debuggers of the states.
  std::string States, Lines, Awaited;
  std::vector<std::string> Arguments; ///< The constructor's, as Parameters.
  /// What the makers call the variables that they are given.
  llvm::DenseMap<ir::VarId, std::string> MakerNames;

  bool hasLevels() const { return Levels.size() > 1; }
  AwaitPlan &await(ir::AwaitId Id) { return Awaits[Id - 1]; }
  const AwaitPlan &await(ir::AwaitId Id) const { return Awaits[Id - 1]; }
  const FullExprPlan &of(const ir::FullExpr &F) const {
    return FullExprs.find(&F)->second;
  }
  const BranchPlan &of(const ir::Branch &B) const {
    return Branches.find(&B)->second;
  }
  const BlockPlan &of(const ir::Block &B) const {
    return Blocks.find(&B)->second;
  }
};

FutureFacts factsOf(const ir::Body &Body, const FramePlan &Plan);

void print(const FramePlan &Plan, const ir::Body &Body, llvm::raw_ostream &OS);

} // namespace coroexpand

#endif
