#include "Plan/Levels.h"
#include "Plan/Members.h"
#include "Plan/Plan.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Casting.h"

using llvm::cast;
using llvm::isa;

namespace coroexpand {
namespace {

/// How \p D comes to life in the frame.
Making makingOf(const ir::Declarator &D, const ir::Variable &V) {
  using Style = ir::Declarator::Style;
  if (V.Reference)
    return Making::Point;
  if (V.TrivialInit && D.Init == Style::None)
    return Making::None;
  if (V.TrivialInit && !V.Const && !V.Array && D.Init == Style::Copy)
    return Making::Assign;
  return D.Init == Style::Array ? Making::CopyArray : Making::Build;
}

/// One walk over the body, in the order of execution, with the level of the
/// newest live frame object in hand.
class Lifetimes {
public:
  Lifetimes(const ir::Body &Body, FramePlan &Plan)
      : Body(Body), Plan(Plan), Frame(Body, Plan), Count(Body, Plan) {}

  void run() {
    for (ir::VarId I = 0; I < Body.NumParams; ++I)
      Plan.Vars[I].Where = Home::Parameter;
    scope(*Body.Top, 0);
    Frame.place();
    // Leaving the function is on_exit's business ..
    Plan.Scopes[Body.Top.get()].End = {};
    Plan.Scopes[Body.Top.get()].BracesFrom.reset();
    if (Body.Top->Body.empty())
      return;
    // .. and so is what the last statement leaves alive.
    const auto *Last =
        llvm::dyn_cast<ir::FullExpr>(Body.Top->Body.back().get());
    if (Last && Body.OutputIsVoid && !isa<ir::Declare>(*Last->Consumer))
      Plan.await(Last->A.Id).End = {};
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
  // Statements: each takes the level before it and returns the level after
  //===--------------------------------------------------------------------===//

  Level scope(const ir::Scope &S, Level Entry) {
    size_t AliveBefore = Frame.alive();
    if (!Loops.empty() && &Loops.back().L->repeated() == &S)
      Loops.back().Repeated = Entry;
    size_t Awaiting = S.Body.size(); // Statements before this one have awaits
    while (Awaiting > 0 && !ir::hasAwait(*S.Body[Awaiting - 1])) // behind them.
      --Awaiting;
    Level Current = Entry;
    for (size_t I = 0; I < S.Body.size(); ++I)
      Current = statement(*S.Body[I], Current, /*AwaitLater=*/I + 1 < Awaiting);
    Frame.end(AliveBefore, Frame.alive());
    scopeEnd(S, Current, Entry);
    return Entry;
  }

  void scopeEnd(const ir::Scope &S, Level Current, Level Entry) {
    ScopePlan &P = Plan.Scopes[&S];
    llvm::SmallVector<Level, 4> Arriving;
    if (S.FallsThrough)
      Arriving.push_back(Current);
    OpenLoop *L = !Loops.empty() && &Loops.back().L->repeated() == &S
                      ? &Loops.back()
                      : nullptr;
    if (L && L->NeedsLabel) {
      P.ContinueOf = L->L->Id;
      Plan.Loops[L->L->Id].ContinueLabel = "continue_loop";
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
    if (!Last || isa<ir::Declare>(*Last->Consumer))
      return;
    Cleanup &End = Plan.await(Last->A.Id).End;
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
            (!WithDestructor || Body.Vars[Id].NeedsDestroy))
          return I;
    return std::nullopt;
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
    for (const ir::Declarator &One : D.Vars)
      if (Body.Vars[One.Var].R == ir::Variable::Role::Constant)
        Plan.Vars[One.Var].Where = Home::Static;
      else
        Current = enter(One, Current);
    return Current;
  }

  /// The consumer's variable outlives the temporaries that were there first.
  Level fullExpr(const ir::FullExpr &F, Level Entry, bool AwaitLater) {
    size_t First = Frame.alive();
    Level Top = temporaries(F, Entry);
    size_t Last = Frame.alive();
    AwaitPlan &P = Plan.await(F.A.Id);
    P.Through = Tries;
    Level After = statement(*F.Consumer, Entry, AwaitLater);
    Frame.end(First, Last);
    LastTop = Top;
    if (Top > Entry && F.Consumer->FallsThrough) {
      P.End = Count.destroy(Top, Entry, After);
      if (const auto *D = llvm::dyn_cast<ir::Declare>(F.Consumer.get()))
        for (const ir::Declarator &One : D->Vars)
          Plan.Vars[One.Var].LiveAfter = 0; // The end stores it.
    }
    return After;
  }

  /// The slots of a join are natively made behind all of its temporaries: once
  /// the last one is there, they count as newer.
  Level temporaries(const ir::FullExpr &F, Level Entry) {
    std::vector<ir::VarId> Made;
    for (const ir::Declarator &T : F.Temporaries)
      if (Body.Vars[T.Var].NeedsDestroy)
        Made.push_back(T.Var);
    std::vector<ir::VarId> Natively;
    llvm::copy_if(Made, std::back_inserter(Natively), [&](ir::VarId Id) {
      return !llvm::is_contained(F.A.Slots, Id);
    });
    llvm::append_range(Natively, F.A.Slots);
    bool Reorders = !F.A.Slots.empty() && Made != Natively;
    Level Current = Entry;
    for (const ir::Declarator &T : F.Temporaries)
      if (!Reorders || &T != &F.Temporaries.back())
        Current = enter(T, Current);
      else
        settle(T);
    if (!Reorders)
      return Current;
    Current = Entry;
    for (ir::VarId Id : Natively)
      Current = Count.above(Current, Id);
    return Plan.Vars[F.Temporaries.back().Var].LiveAfter = Current;
  }

  //===--------------------------------------------------------------------===//
  // Loops and jumps
  //===--------------------------------------------------------------------===//

  struct OpenLoop {
    const ir::Loop *L;
    Level Outside, Repeated; ///< Before the loop; before what continue leaves.
    llvm::SmallVector<Level, 2> Breaks, Continues; ///< What these find alive.
    bool NeedsLabel = false; ///< A `continue` is a jump to a label.
  };

  void loop(const ir::Loop &L, Level Current) {
    Loops.push_back({&L, Current, Current, {}, {}});
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

  void tryBlock(const ir::Try &T, Level Current) {
    unsigned Before = Destroyed;
    Plan.Tries[T.Id].Depth = Tries.size();
    Tries.push_back(T.Id);
    scope(*T.Body, Current);
    Tries.pop_back();
    Plan.Tries[T.Id].Outside = Current;
    Plan.Tries[T.Id].HasObjects = Destroyed > Before;
    Plan.UnwindsPartly |= Destroyed > Before && Current > 0;
    for (const auto &Handler : T.Handlers)
      jumps(*Handler, Current);
  }

  void jumps(const ir::Opaque &O, Level Current) {
    for (const ir::Jump &J : O.Jumps)
      for (OpenLoop &L : Loops)
        if (L.L->Id == J.Target)
          jump(J, L, Current);
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
  Members Frame;
  Levels Count;
  unsigned Destroyed = 0;       ///< Objects so far that have a destructor.
  Level LastTop = 0;            ///< With the last statement's temporaries.
  std::vector<ir::TryId> Tries; ///< The try blocks around here.
  llvm::SmallVector<OpenLoop, 4> Loops;
};

} // namespace

void planLifetimes(const ir::Body &Body, FramePlan &Plan) {
  Lifetimes(Body, Plan).run();
}

} // namespace coroexpand
