#include "Plan/Plan.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Casting.h"

using llvm::cast;
using llvm::dyn_cast;

namespace coroexpand {
namespace {

/// One walk over the body, in the order of execution, with the level of the
/// newest live frame object in hand.
class Lifetimes {
public:
  Lifetimes(const ir::Body &Body, FramePlan &Plan) : Body(Body), Plan(Plan) {}

  void run() {
    Plan.Vars.resize(Body.Vars.size());
    Plan.Loops.resize(Body.NumLoops);
    Plan.Tries.resize(Body.NumTries);
    Plan.Resumes.resize(Body.NumAwaits);
    for (ir::VarId I = 0; I < Body.NumParams; ++I)
      Plan.Vars[I].Where = Place::Member;
    scope(*Body.Top, 0);
    // Leaving the function is on_exit's business.
    Plan.Exits[Body.Top.get()] = ScopeExit();
  }

private:
  //===--------------------------------------------------------------------===//
  // Objects
  //===--------------------------------------------------------------------===//

  /// A slot is free for \p V when no object that is alive now is in it. Of
  /// the free ones the closest in size wastes the least.
  unsigned slotFor(const ir::Variable &V) {
    std::optional<unsigned> Best;
    // A type that names other members stands behind them.
    if (llvm::any_of(V.TypeId, [](const ir::Piece &P) {
          return P.K == ir::Piece::Kind::Use;
        })) {
      Plan.Slots.emplace_back();
      return Plan.Slots.size() - 1;
    }
    auto Distance = [&](unsigned Slot) {
      std::uint64_t Size = 0;
      for (ir::VarId Id : Plan.Slots[Slot])
        Size = std::max(Size, Body.Vars[Id].Size);
      return Size > V.Size ? Size - V.Size : V.Size - Size;
    };
    for (unsigned I = 0; I < Plan.Slots.size(); ++I)
      if (!llvm::is_contained(Busy, I) &&
          (!Best || Distance(I) < Distance(*Best)))
        Best = I;
    if (Best)
      return *Best;
    Plan.Slots.emplace_back();
    return Plan.Slots.size() - 1;
  }

  /// \p Id comes to life in the frame after \p Current; returns the level now.
  Level enter(ir::VarId Id, Level Current) {
    PlannedVariable &P = Plan.Vars[Id];
    P.Where = Place::Frame;
    unsigned Slot = slotFor(Body.Vars[Id]);
    Plan.Slots[Slot].push_back(Id);
    Busy.push_back(Slot);
    if (!Body.Vars[Id].NeedsDestroy)
      return Current;
    P.Own = addLevel(Id, Current);
    return P.Own;
  }

  Level addLevel(ir::VarId Id, Level Before) {
    Plan.Levels.push_back({Id, Before});
    return Plan.Levels.size() - 1;
  }

  /// The objects from \p Current down to \p Target, newest first.
  std::vector<ir::VarId> between(Level Current, Level Target) const {
    std::vector<ir::VarId> Result;
    while (Current > Target) {
      Result.push_back(Plan.Levels[Current].Object);
      Current = Plan.Levels[Current].Before;
    }
    return Result;
  }

  /// How the objects from \p Current down to \p Entry end, after which the
  /// level is \p After: that of an object which outlives them, or Entry. An
  /// object counts as destroyed before it is, lest it be destroyed twice when
  /// its destructor throws. The others have to be counted until then, so that
  /// they are destroyed too; where none can throw, one count does for all.
  std::vector<Destruction> destructions(Level Current, Level Entry,
                                        Level After) {
    std::vector<Destruction> Result;
    for (ir::VarId Id : between(Current, Entry))
      Result.push_back({Id, std::nullopt});
    auto MayThrow = [&](const Destruction &D) {
      return Body.Vars[D.Object].DestroyMayThrow;
    };
    // From the last on: what is alive when it throws, and before the first one
    // that can throw what is alive when that does.
    size_t Last = Result.size() - 1;
    size_t First = llvm::find_if(Result, MayThrow) - Result.begin();
    Level Behind = After, Counted = After;
    for (size_t I = Last + 1; I-- > 0;) {
      if (MayThrow(Result[I]))
        Counted = Behind;
      bool Starts = I == 0 || MayThrow(Result[I - 1]);
      if (Starts)
        Result[I].Live = Counted;
      if (First < I)
        Behind = levelOf(Result[I].Object, Behind);
    }
    return Result;
  }

  /// The level of \p Id on top of \p Before, which may be a new one.
  Level levelOf(ir::VarId Id, Level Before) {
    for (Level L = 1; L < Plan.Levels.size(); ++L)
      if (Plan.Levels[L].Object == Id && Plan.Levels[L].Before == Before)
        return L;
    return addLevel(Id, Before);
  }

  //===--------------------------------------------------------------------===//
  // Statements: each takes the level before it and returns the level after
  //===--------------------------------------------------------------------===//

  Level scope(const ir::Scope &S, Level Entry) {
    size_t BusyBefore = Busy.size();
    FirstLevel[&S] = Plan.Levels.size();
    for (LoopLevel &L : LoopLevels)
      if (&L.L->round() == &S)
        L.Round = Entry;
    Level Current = Entry;
    for (size_t I = 0; I < S.Body.size(); ++I) {
      bool AwaitLater = std::any_of(
          S.Body.begin() + I + 1, S.Body.end(),
          [](const ir::StmtPtr &Later) { return ir::hasAwait(*Later); });
      Current = statement(*S.Body[I], Current, AwaitLater);
    }
    Busy.resize(BusyBefore);
    ScopeExit &Exit = Plan.Exits[&S];
    Exit.Target = Entry;
    if (Current > Entry && S.FallsThrough) {
      Exit.K = ScopeExit::Kind::Destroy;
      Exit.Objects = destructions(Current, Entry, Entry);
      Exit.BracesFrom = firstLocal(S, /*WithDestructor=*/true);
    }
    return Entry;
  }

  /// Where in \p S the first ordinary local is declared.
  std::optional<size_t> firstLocal(const ir::Scope &S,
                                   bool WithDestructor) const {
    for (size_t I = 0; I < S.Body.size(); ++I)
      if (declaresLocal(*S.Body[I], WithDestructor))
        return I;
    return std::nullopt;
  }

  bool declaresLocal(const ir::Stmt &S, bool WithDestructor) const {
    if (const auto *F = dyn_cast<ir::FullExpr>(&S))
      return declaresLocal(*F->Consumer, WithDestructor);
    const auto *D = dyn_cast<ir::Declare>(&S);
    return D && llvm::any_of(D->Vars, [&](const ir::Declarator &One) {
             return Plan.Vars[One.Var].Where == Place::Local &&
                    (!WithDestructor || Body.Vars[One.Var].NeedsDestroy);
           });
  }

  Level statement(const ir::Stmt &S, Level Current, bool AwaitLater) {
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
    case ir::StmtKind::If: {
      const auto &I = cast<ir::If>(S);
      scope(*I.Then, Current);
      if (I.Else)
        scope(*I.Else, Current);
      return Current;
    }
    case ir::StmtKind::Loop:
      loop(cast<ir::Loop>(S), Current);
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
    for (const ir::Declarator &One : D.Vars) {
      bool Constant = Body.Vars[One.Var].R == ir::Variable::Role::Constant;
      if (Constant)
        Plan.Vars[One.Var].Where = Place::Static;
      else
        Current = enter(One.Var, Current);
    }
    return Current;
  }

  /// The consumer's variable outlives the temporaries that were there first.
  Level fullExpr(const ir::FullExpr &F, Level Entry, bool AwaitLater) {
    size_t BusyBefore = Busy.size();
    Level WithTemporaries = Entry;
    for (const ir::Declarator &T : F.Temporaries)
      WithTemporaries = enter(T.Var, WithTemporaries);
    WithTemporaries = slotsLast(F, Entry, WithTemporaries);
    Plan.Resumes[F.A.Id - 1].Through = Tries;
    llvm::SmallVector<unsigned, 4> TemporarySlots(Busy.begin() + BusyBefore,
                                                  Busy.end());
    Level After = statement(*F.Consumer, Entry, AwaitLater);
    llvm::erase_if(Busy, [&](unsigned Slot) {
      return llvm::is_contained(TemporarySlots, Slot);
    });
    ScopeExit Cleanup;
    if (WithTemporaries > Entry && F.Consumer->FallsThrough) {
      Cleanup.K = ScopeExit::Kind::Destroy;
      Cleanup.Objects = destructions(WithTemporaries, Entry, After);
    }
    Plan.Cleanups[&F] = std::move(Cleanup);
    return After;
  }

  /// The slots of a join are natively made after all of its temporaries.
  Level slotsLast(const ir::FullExpr &F, Level Entry, Level WithTemporaries) {
    auto IsSlot = [&](ir::VarId Id) {
      return llvm::is_contained(F.A.Slots, Id);
    };
    std::vector<ir::VarId> Made = between(WithTemporaries, Entry);
    std::vector<ir::VarId> Wanted(F.A.Slots.rbegin(), F.A.Slots.rend());
    llvm::copy_if(Made, std::back_inserter(Wanted),
                  [&](ir::VarId Id) { return !IsSlot(Id); });
    if (F.A.Slots.empty() || Made == Wanted)
      return WithTemporaries;
    Level Newest = Entry;
    for (ir::VarId Id : llvm::reverse(Wanted))
      Newest = addLevel(Id, Newest);
    Plan.AllMade[&F] = Newest;
    return Newest;
  }

  void loop(const ir::Loop &L, Level Current) {
    LoopLevels.push_back({&L, Current, Current});
    scope(*L.Body, Current);
    if (Plan.Loops[L.Id].ContinueLabel)
      exitByLabel(L.round());
    LoopLevels.pop_back();
    if (!L.Tail)
      return;
    scope(*L.Tail, Current);
    // A resume point of the tail must not stand behind the body's locals.
    Plan.Exits[L.Body.get()].BracesFrom =
        firstLocal(*L.Body, /*WithDestructor=*/false);
  }

  /// The body's end is reached from its continues too, with any of its
  /// objects alive or dead, and past the initialisation of its locals.
  void exitByLabel(const ir::Scope &S) {
    ScopeExit &Exit = Plan.Exits[&S];
    bool HasObjects = Plan.Levels.size() > FirstLevel.lookup(&S);
    Exit.K = HasObjects ? ScopeExit::Kind::UnwindTo : ScopeExit::Kind::Nothing;
    Exit.Objects.clear();
    Exit.BracesFrom = firstLocal(S, /*WithDestructor=*/false);
  }

  void tryBlock(const ir::Try &T, Level Current) {
    Level First = Plan.Levels.size();
    Tries.push_back(T.Id);
    scope(*T.Body, Current);
    Tries.pop_back();
    Plan.Tries[T.Id] = {Current, Plan.Levels.size() > First};
    for (const auto &Handler : T.Handlers)
      jumps(*Handler, Current);
  }

  void jumps(const ir::Opaque &O, Level Current) {
    for (const ir::Jump &J : O.Jumps)
      for (const LoopLevel &L : LoopLevels)
        if (L.L->Id == J.Target)
          jump(J, L, Current);
  }

  struct LoopLevel {
    const ir::Loop *L;
    Level Outside, Round; ///< Before the loop; before what continue leaves.
  };

  void jump(const ir::Jump &J, const LoopLevel &L, Level Current) {
    LoopPlan &P = Plan.Loops[L.L->Id];
    if (J.K == ir::Jump::Kind::Break && Current > L.Outside)
      P.AfterBreak = L.Outside;
    if (J.K == ir::Jump::Kind::Continue &&
        (Current > L.Round || L.L->Tail || L.L->Round))
      P.ContinueLabel = true;
  }

  const ir::Body &Body;
  FramePlan &Plan;
  llvm::SmallVector<unsigned, 8> Busy; ///< Slots of live objects.
  std::vector<ir::TryId> Tries;        ///< The try blocks around here.
  llvm::SmallVector<LoopLevel, 4> LoopLevels;
  llvm::DenseMap<const ir::Scope *, Level> FirstLevel;
};

} // namespace

void planLifetimes(const ir::Body &Body, FramePlan &Plan) {
  Lifetimes(Body, Plan).run();
}

} // namespace coroexpand
