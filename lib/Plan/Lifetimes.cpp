#include "Plan/LastUses.h"
#include "Plan/Levels.h"
#include "Plan/Members.h"
#include "Plan/Plan.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Casting.h"

using llvm::cast;
using llvm::isa;

namespace coroexpand {
namespace {

/// How \p D comes to life in the frame.
Making makingOf(const ir::Declarator &D, const ir::Variable &V) {
  using Style = ir::Declarator::Style;
  if (V.Held)
    return Making::Build;
  if (V.Reference)
    return Making::Point;
  if (V.TrivialInit && D.Init == Style::None)
    return Making::None;
  if (V.List)
    return Making::MakeList;
  if (V.TrivialInit && !V.Const && !V.Array && D.Init == Style::Copy)
    return Making::Assign;
  return D.Init == Style::Array ? Making::CopyArray : Making::Build;
}

/// One walk over the body, in the order of execution, with the level of the
/// newest live frame object in hand.
class Lifetimes {
public:
  Lifetimes(const ir::Body &Body, FramePlan &Plan, const LastUses &Uses,
            llvm::DenseSet<ir::VarId> &Kept)
      : Body(Body), Plan(Plan), Uses(Uses), Kept(Kept), Frame(Body, Plan),
        Count(Body, Plan) {}

  void run() {
    for (ir::VarId I = 0; I < Body.NumParams; ++I)
      Plan.Vars[I].Where = Home::Parameter;
    for (ir::VarId Id : Uses.parameters())
      Frame.addParameter(Id);
    parametersThatMoveOn();
    Labels.resize(Body.NumLabels);
    scope(*Body.Top, 0, Plan.Start);
    Frame.end(0, Frame.alive());
    for (ir::LabelId Id = 0; Id < Body.NumLabels; ++Id)
      Plan.Labels[Id] = Count.cleanup(Labels[Id].Arriving, Labels[Id].Here);
    Frame.place();
    inPlaceOf();
    // Leaving the function is on_exit's business ..
    Plan.Scopes[Body.Top.get()].End = {};
    Plan.Scopes[Body.Top.get()].BracesFrom.reset();
    if (Body.Top->Body.empty())
      return;
    // .. and so is what the last statement leaves alive.
    const auto *Last =
        llvm::dyn_cast<ir::FullExpr>(Body.Top->Body.back().get());
    if (Last && Body.OutputIsVoid && !isa<ir::Declare>(*Last->Consumer))
      Plan.FullExprs[Last].End = {};
  }

private:
  //===--------------------------------------------------------------------===//
  // Objects
  //===--------------------------------------------------------------------===//

  /// \p D comes to life in the frame, on top of \p Current; returns the level
  /// then.
  Level enter(const ir::Declarator &D, Level Current) {
    settle(D);
    if (!Body.Vars[D.Var].NeedsDestroy)
      return Current;
    return Plan.Vars[D.Var].LiveAfter = Count.above(Current, D.Var);
  }

  void settle(const ir::Declarator &D) {
    Frame.add(D.Var);
    Plan.Vars[D.Var].Made = makingOf(D, Body.Vars[D.Var]);
    Destroyed += Body.Vars[D.Var].NeedsDestroy;
  }

  //===--------------------------------------------------------------------===//
  // Ends before the scope's
  //===--------------------------------------------------------------------===//

  /// Those that a statement of the function's own scope moves on are objects of
  /// that scope: they have a level.
  void parametersThatMoveOn() {
    // A constructor that throws destroys no member of a union.
    for (ir::VarId Id = 0; Id < Body.NumParams; ++Id)
      if (Body.Vars[Id].MoveMayThrow)
        return;
    for (const ir::StmtPtr &S : Body.Top->Body)
      if (const auto *F = llvm::dyn_cast<ir::FullExpr>(S.get()))
        for (const ir::StmtPtr &Step : F->Steps)
          for (ir::VarId Id : Uses.endingWith(*Step))
            if (movesOn(*Step, Id) && Id < Body.NumParams) {
              Frame.addParameter(Id);
              Plan.Start = Count.above(Plan.Start, Id);
              ScopeOf[Id] = Body.Top.get();
            }
  }

  bool movesOn(const ir::Stmt &Step, ir::VarId Id) const {
    const auto *M = llvm::dyn_cast<ir::Make>(&Step);
    return M && !M->IsResult && Body.Vars[Id].MovedOn && !Kept.contains(Id);
  }

  void endBehind(const ir::Stmt &S) {
    for (ir::VarId Id : Uses.endingWith(S))
      if (Body.Vars[Id].Private || llvm::is_contained(Left, Id))
        Frame.endEarly(Id);
  }

  /// What nobody needs behind \p M, which is made from it, may give it its
  /// place: a copy on the stack does for making it. Returns the level with what
  /// is alive then of \p Current.
  Level endBefore(const ir::Make &M, Level Current) {
    InPlacePlan P;
    for (ir::VarId Id : Uses.endingWith(M)) {
      const ir::Variable &V = Body.Vars[Id];
      if (V.Reference || V.Array || V.Const || M.IsResult)
        continue;
      if (V.MovedOn) {
        if (IsConditional || Kept.contains(Id) || ScopeOf.lookup(Id) != Here)
          continue;
        P.Live = Current = Count.without(Current, Id);
        Left.push_back(Id);
      }
      Frame.endInPlace(Id, M.D.Var);
      P.From.push_back(Id);
    }
    if (!P.From.empty())
      Plan.MadeInPlaceOf[&M] = std::move(P);
    return Current;
  }

  /// Where that has come to be.
  void inPlaceOf() {
    for (auto &[M, P] : Plan.MadeInPlaceOf)
      llvm::erase_if(P.From, [&, Made = M->D.Var](ir::VarId Id) {
        if (Frame.share(Id, Made))
          return false;
        if (Body.Vars[Id].MovedOn)
          Kept.insert(Id);
        return true;
      });
  }

  //===--------------------------------------------------------------------===//
  // Statements: each takes the level before it and returns the level after
  //===--------------------------------------------------------------------===//

  Level scope(const ir::Scope &S, Level Entry) {
    return scope(S, Entry, Entry);
  }

  /// \p Current is the level before its first statement, with what else is an
  /// object of the scope.
  Level scope(const ir::Scope &S, Level Entry, Level Current) {
    const ir::Scope *Around = std::exchange(Here, &S);
    size_t AliveBefore = Frame.alive();
    if (!Loops.empty() && Loops.back().repeats(S))
      Loops.back().Repeated = Entry;
    size_t Awaiting = S.Body.size(); // Statements before this one have awaits
    while (Awaiting > 0 && !ir::hasAwait(*S.Body[Awaiting - 1])) // behind them.
      --Awaiting;
    for (size_t I = 0; I < S.Body.size(); ++I)
      Current = statement(*S.Body[I], Current, /*AwaitLater=*/I + 1 < Awaiting);
    Frame.end(AliveBefore, Frame.alive());
    Plan.Scopes[&S].Blocks = Uses.blocksOf(S);
    scopeEnd(S, Current, Entry);
    Here = Around;
    return Entry;
  }

  void scopeEnd(const ir::Scope &S, Level Current, Level Entry) {
    ScopePlan &P = Plan.Scopes[&S];
    llvm::SmallVector<Level, 4> Arriving;
    if (S.FallsThrough)
      Arriving.push_back(Current);
    OpenLoop *L =
        !Loops.empty() && Loops.back().repeats(S) ? &Loops.back() : nullptr;
    if (L && L->NeedsLabel) {
      P.ContinueOf = L->Id;
      Plan.Loops[L->Id].ContinueLabel = "continue_loop";
      Arriving.append(L->Continues);
    }
    P.End = Count.cleanup(Arriving, Entry);
    if (P.ContinueOf)
      P.BracesFrom = firstLocal(S, /*WithDestructor=*/false);
    else if (P.End.K == Cleanup::Kind::Destroy)
      P.BracesFrom = firstLocal(S, /*WithDestructor=*/true);
    if (!P.ContinueOf && !P.BracesFrom && P.End.K == Cleanup::Kind::Destroy &&
        &S != Body.Top.get())
      mergeLast(S, Entry, P);
  }

  /// The temporaries of the last statement end together with the scope's
  /// objects.
  void mergeLast(const ir::Scope &S, Level Entry, ScopePlan &P) {
    const auto *Last = llvm::dyn_cast<ir::FullExpr>(S.Body.back().get());
    if (!Last || isa<ir::Declare>(*Last->Consumer) || LastIsSurvived)
      return;
    Cleanup &End = Plan.FullExprs[Last].End;
    if (End.K != Cleanup::Kind::Destroy)
      return;
    End = {};
    P.End = Count.destroy(LastTop, Entry, Entry);
  }

  /// Where in \p S the first ordinary local is declared.
  std::optional<size_t> firstLocal(const ir::Scope &S,
                                   bool WithDestructor) const {
    for (size_t I = 0; I < S.Body.size(); ++I)
      for (ir::VarId Id : declaredInPlace(*S.Body[I], Plan))
        if (Plan.Vars[Id].Where == Home::Local &&
            (!WithDestructor || Body.Vars[Id].NeedsDestroy ||
             Body.Vars[Id].Extends))
          return I;
    return std::nullopt;
  }

  Level statement(const ir::Stmt &S, Level Current, bool AwaitLater) {
    if (const auto *M = llvm::dyn_cast<ir::Make>(&S))
      Current = endBefore(*M, Current);
    Level After = insideOf(S, Current, AwaitLater);
    endBehind(S);
    return After;
  }

  Level insideOf(const ir::Stmt &S, Level Current, bool AwaitLater) {
    switch (S.K) {
    case ir::StmtKind::Opaque:
      jumps(cast<ir::Opaque>(S), Current);
      return Current;
    case ir::StmtKind::Declare:
      return declare(cast<ir::Declare>(S), Current, AwaitLater);
    case ir::StmtKind::Assign:
      return Current;
    case ir::StmtKind::Scope:
      return scope(cast<ir::Scope>(S), Current);
    case ir::StmtKind::FullExpr:
      return fullExpr(cast<ir::FullExpr>(S), Current, AwaitLater);
    case ir::StmtKind::Make:
      return make(cast<ir::Make>(S), Current);
    case ir::StmtKind::Wait: {
      AwaitPlan &P = Plan.await(cast<ir::Wait>(S).A.Id);
      P.Through = Tries;
      P.Live = Current;
      if (IsConditional)
        OfBranch.Waits.push_back(cast<ir::Wait>(S).A.Id);
      P.Where = S.Where;
      P.When = Frame.wait();
      return Current;
    }
    case ir::StmtKind::Branch:
      return branch(cast<ir::Branch>(S), Current);
    case ir::StmtKind::Block:
      return block(cast<ir::Block>(S), Current);
    case ir::StmtKind::If: {
      const auto &I = cast<ir::If>(S);
      arm(I, *I.Then, /*Number=*/0, Current);
      if (I.Else)
        arm(I, *I.Else, /*Number=*/1, Current);
      return Current;
    }
    case ir::StmtKind::Loop:
      loop(cast<ir::Loop>(S), Current);
      return Current;
    case ir::StmtKind::Switch:
      switchBody(cast<ir::Switch>(S), Current);
      return Current;
    case ir::StmtKind::Label:
      if (std::optional<ir::LabelId> Id = cast<ir::Label>(S).Target) {
        Labels[*Id].Here = Current;
        Labels[*Id].Arriving.push_back(Current); // From before, perhaps.
      }
      return Current;
    case ir::StmtKind::Try:
      tryBlock(cast<ir::Try>(S), Current);
      return Current;
    }
    llvm_unreachable("all kinds are above");
  }

  Level declare(const ir::Declare &D, Level Current, bool AwaitLater) {
    if (!AwaitLater)
      return Current; // Ordinary locals: no suspension in their scope.
    if (Uses.isInBlock(D)) {
      for (const ir::Declarator &One : D.Vars)
        Plan.Vars[One.Var].InBlock = true;
      return Current; // The same of their block.
    }
    for (const ir::Declarator &One : D.Vars)
      if (Body.Vars[One.Var].R == ir::Variable::Role::Constant)
        Plan.Vars[One.Var].Where = Home::Static;
      else {
        Current = enter(One, Current);
        ScopeOf[One.Var] = Here;
      }
    return Current;
  }

  //===--------------------------------------------------------------------===//
  // Full-expressions
  //===--------------------------------------------------------------------===//

  /// The consumer's variable outlives the temporaries that were there first,
  /// and so do variables among these.
  Level fullExpr(const ir::FullExpr &F, Level Entry, bool AwaitLater) {
    size_t First = Frame.alive();
    std::vector<ir::VarId> LeftAround = std::exchange(Left, {});
    Level Top = steps(F.Steps, Entry);
    for (ir::VarId Id : std::exchange(Left, std::move(LeftAround)))
      Entry = Count.without(Entry, Id);
    llvm::SmallVector<Level, 2> Survivors;
    unsigned Temporaries = 0;
    for (Level L = Top; L > Entry; L = Plan.Levels[L].Below)
      if (Body.Vars[Plan.Levels[L].Object].R == ir::Variable::Role::Temporary)
        ++Temporaries;
      else
        Survivors.push_back(L);
    Level After = Entry;
    for (Level L : llvm::reverse(Survivors))
      After = Count.above(After, Plan.Levels[L].Object);
    After = statement(*F.Consumer, After, AwaitLater);
    Frame.endTemporaries(First);
    LastTop = Top;
    LastIsSurvived = !Survivors.empty();
    FullExprPlan &P = Plan.FullExprs[&F];
    if (Temporaries > 0 && F.Consumer->FallsThrough) {
      P.End = Count.destroy(Top, Entry, After, Survivors);
      if (const auto *D = llvm::dyn_cast<ir::Declare>(F.Consumer.get()))
        for (const ir::Declarator &One : D->Vars)
          Plan.Vars[One.Var].LiveAfter = 0; // The end stores it.
    }
    return After;
  }

  Level steps(const std::vector<ir::StmtPtr> &Steps, Level Current) {
    std::optional<Level> BeforeJoin; // Its slots are being made.
    llvm::DenseSet<ir::VarId> Slots = slotsIn(Steps);
    for (size_t I = 0; I < Steps.size(); ++I) {
      const auto *M = llvm::dyn_cast<ir::Make>(Steps[I].get());
      if (M && !BeforeJoin && Slots.contains(M->D.Var))
        BeforeJoin = Current;
      const ir::Wait *Join =
          BeforeJoin ? llvm::dyn_cast<ir::Wait>(Steps[I + 1].get()) : nullptr;
      if (!M || !Join || Join->A.Slots.empty()) {
        Current = statement(*Steps[I], Current, /*AwaitLater=*/true);
        continue;
      }
      Current = endBefore(*M, Current);
      for (ir::VarId Id : Left)
        BeforeJoin = Count.without(*BeforeJoin, Id);
      Current = lastOfJoin(*Join, *M, *BeforeJoin, Current);
      endBehind(*M);
      BeforeJoin.reset();
    }
    return Current;
  }

  /// Those of joins.
  static llvm::DenseSet<ir::VarId>
  slotsIn(const std::vector<ir::StmtPtr> &Steps) {
    llvm::DenseSet<ir::VarId> Result;
    for (const ir::StmtPtr &Step : Steps)
      if (const auto *W = llvm::dyn_cast<ir::Wait>(Step.get()))
        Result.insert(W->A.Slots.begin(), W->A.Slots.end());
    return Result;
  }

  /// The slots of a join are natively made behind all of its temporaries: once
  /// the last one is there, they count as newer.
  Level lastOfJoin(const ir::Wait &Join, const ir::Make &Last, Level Before,
                   Level Current) {
    settle(Last.D);
    std::vector<ir::VarId> Made;
    for (Level L = Current; L > Before; L = Plan.Levels[L].Below)
      Made.push_back(Plan.Levels[L].Object);
    std::reverse(Made.begin(), Made.end());
    if (Body.Vars[Last.D.Var].NeedsDestroy)
      Made.push_back(Plan.Vars[Last.D.Var].Member);
    std::vector<ir::VarId> Slots, Natively;
    for (ir::VarId Slot : Join.A.Slots)
      Slots.push_back(Plan.Vars[Slot].Member);
    llvm::DenseSet<ir::VarId> IsSlot(Slots.begin(), Slots.end());
    llvm::copy_if(Made, std::back_inserter(Natively),
                  [&](ir::VarId Id) { return !IsSlot.contains(Id); });
    llvm::append_range(Natively, Slots);
    Level After = Before;
    for (ir::VarId Id : IsConditional ? Made : Natively)
      After = Count.above(After, Id);
    if (!IsConditional && After != Current)
      Plan.Vars[Last.D.Var].LiveAfter = After;
    return After;
  }

  Level make(const ir::Make &M, Level Current) {
    if (M.IsResult) {
      Plan.Vars[M.D.Var].Made = makingOf(M.D, Body.Vars[M.D.Var]);
      return Current;
    }
    if (!IsConditional)
      return enter(M.D, Current);
    settle(M.D);
    return conditional(M.D.Var, Current);
  }

  /// What is made in a branch counts from before it; its flag says whether it
  /// is there.
  Level conditional(ir::VarId Id, Level Current) {
    return Body.Vars[Id].NeedsDestroy ? Count.above(Current, Id) : Current;
  }

  Level branch(const ir::Branch &B, Level Entry) {
    BranchPlan P;
    for (ir::VarId Flag : B.Flags)
      settle({Flag, ir::Declarator::Style::Copy});
    if (B.Result)
      settle({*B.Result});
    bool IsOutermost = !std::exchange(IsConditional, true);
    Level Current = steps(B.Then, Entry);
    Current = steps(B.Else, Current);
    IsConditional = !IsOutermost;
    if (IsOutermost) {
      Level Live = Current > Entry ? Current : 0;
      P.LiveBefore = Live;
      for (const ir::Block *Each : OfBranch.Blocks)
        Plan.Blocks[Each].LiveAfter = Live;
      for (ir::AwaitId Each : OfBranch.Waits)
        Plan.await(Each).Live = Current;
      OfBranch = {};
    }
    if (B.Result && IsOutermost && Body.Vars[*B.Result].NeedsDestroy)
      P.LiveAfter = Current = Count.above(Current, *B.Result);
    else if (B.Result)
      Current = conditional(*B.Result, Current);
    Plan.Branches[&B] = P;
    return Current;
  }

  /// The result is made on top of the block's own objects, and outlives them.
  /// In a branch, what the branch may have made is counted again behind it.
  Level block(const ir::Block &B, Level Entry) {
    BlockPlan P;
    if (B.Result)
      settle({*B.Result});
    if (IsConditional) {
      Level Inside = B.Result ? conditional(*B.Result, Entry) : Entry;
      BranchParts Around = std::exchange(OfBranch, {});
      IsConditional = false;
      scope(*B.Body, Inside);
      IsConditional = true;
      Plan.Blocks[&B] = P;
      OfBranch = std::move(Around);
      OfBranch.Blocks.push_back(&B);
      return Inside;
    }
    Level After = scope(*B.Body, Entry);
    if (B.Result && Body.Vars[*B.Result].NeedsDestroy)
      P.LiveAfter = After = Count.above(Entry, *B.Result);
    Plan.Blocks[&B] = P;
    return After;
  }

  //===--------------------------------------------------------------------===//
  // Loops and jumps
  //===--------------------------------------------------------------------===//

  /// A loop or a switch.
  struct OpenLoop {
    ir::LoopId Id;
    const ir::Loop *L; ///< Null for a switch.
    size_t Tries;      ///< How many try blocks are around it.
    Level Repeated;    ///< Before what continue leaves.
    llvm::SmallVector<Level, 2> Breaks, Continues; ///< What these find alive.
    bool NeedsLabel = false; ///< A `continue` is a jump to a label.

    bool repeats(const ir::Scope &S) const { return L && &L->repeated() == &S; }
  };

  struct OpenLabel {
    Level Here = 0;
    llvm::SmallVector<Level, 2> Arriving; ///< What jumps to it find alive.
  };

  void loop(const ir::Loop &L, Level Current) {
    Loops.push_back({L.Id, &L, Tries.size(), Current, {}, {}});
    scope(*L.Body, Current);
    llvm::SmallVector<Level, 2> Arriving = std::move(Loops.back().Breaks);
    Loops.pop_back();
    if (L.Tail) {
      scope(*L.Tail, Current);
      // A resume point of the tail must not stand behind the body's locals.
      Plan.Scopes[L.Body.get()].BracesFrom =
          firstLocal(*L.Body, /*WithDestructor=*/false);
    }
    if (!L.Cond.empty())
      Arriving.push_back(Current);
    Plan.Loops[L.Id].End = Count.cleanup(Arriving, Current);
  }

  void switchBody(const ir::Switch &S, Level Current) {
    Loops.push_back({S.Id, nullptr, Tries.size(), Current, {}, {}});
    scope(*S.Body, Current);
    llvm::SmallVector<Level, 2> Arriving = std::move(Loops.back().Breaks);
    Loops.pop_back();
    Arriving.push_back(Current); // From its end, or past all cases.
    Plan.Loops[S.Id].End = Count.cleanup(Arriving, Current);
  }

  void arm(const ir::If &I, const ir::Scope &S, unsigned Number,
           Level Current) {
    if (!I.Front) {
      scope(S, Current);
      return;
    }
    TryPlan &P = Plan.Tries[*I.Front + Number];
    P.Depth = Tries.size();
    P.ArmOf = I.Front;
    Tries.push_back(*I.Front + Number);
    scope(S, Current);
    Tries.pop_back();
  }

  void tryBlock(const ir::Try &T, Level Current) {
    unsigned Before = Destroyed;
    Plan.Tries[T.Id].Depth = Tries.size();
    Plan.Tries[T.Id].Outside = Current;
    Tries.push_back(T.Id);
    scope(*T.Body, Current);
    Tries.pop_back();
    Plan.Tries[T.Id].HasObjects = Destroyed > Before;
    Plan.UnwindsPartly |= Destroyed > Before && Current > 0;
    for (const auto &Handler : T.Handlers)
      jumps(*Handler, Current);
  }

  void jumps(const ir::Opaque &O, Level Current) {
    for (const ir::Jump &J : O.Jumps) {
      if (J.K == ir::Jump::Kind::Goto) {
        Labels[J.Target].Arriving.push_back(Current);
        continue;
      }
      for (OpenLoop &L : Loops)
        if (L.Id == J.Target)
          jump(J, L, behindTries(L, Current));
    }
  }

  /// What a jump to \p L finds alive: a try block's guard has destroyed what
  /// was made in there.
  Level behindTries(const OpenLoop &L, Level Current) const {
    return L.Tries < Tries.size() ? Plan.Tries[Tries[L.Tries]].Outside
                                  : Current;
  }

  static void jump(const ir::Jump &J, OpenLoop &L, Level Current) {
    if (J.K == ir::Jump::Kind::Break) {
      L.Breaks.push_back(Current);
      return;
    }
    L.Continues.push_back(Current);
    L.NeedsLabel |= Current > L.Repeated || L.L->Tail || L.L->Repeated;
  }

  const ir::Body &Body;
  FramePlan &Plan;
  const LastUses &Uses;
  llvm::DenseSet<ir::VarId> &Kept; ///< What does not end before its scope.
  Members Frame;
  Levels Count;
  const ir::Scope *Here = nullptr; ///< The innermost.
  /// Where variables of the frame are declared.
  llvm::DenseMap<ir::VarId, const ir::Scope *> ScopeOf;
  /// What has been moved on by a step of the current full-expression.
  std::vector<ir::VarId> Left;
  bool IsConditional = false; ///< In a branch of a full-expression.
  struct BranchParts {
    std::vector<const ir::Block *> Blocks;
    std::vector<ir::AwaitId> Waits;
  } OfBranch;                   ///< In the outermost branch.
  unsigned Destroyed = 0;       ///< Objects so far that have a destructor.
  Level LastTop = 0;            ///< With the last statement's temporaries.
  bool LastIsSurvived = false;  ///< It makes what outlives them.
  std::vector<ir::TryId> Tries; ///< The try blocks around here.
  llvm::SmallVector<OpenLoop, 4> Loops;
  std::vector<OpenLabel> Labels; ///< By LabelId.
};

} // namespace

void planLifetimes(const ir::Body &Body, FramePlan &Plan) {
  const LastUses Uses(Body);
  const FramePlan Empty = Plan;
  llvm::DenseSet<ir::VarId> Kept;
  for (size_t Before = 0;; Before = Kept.size()) {
    Lifetimes(Body, Plan, Uses, Kept).run();
    if (Kept.size() == Before)
      return;
    Plan = Empty; // An early end that makes no room is not worth its text.
  }
}

} // namespace coroexpand
