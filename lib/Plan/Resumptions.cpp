//===- Resumptions.cpp - where each state goes on -------------------------===//
//
//   switch (state.resume()) {
//   case awaiting_a: goto awaiting_a;      at its await
//   case awaiting_b: goto try_block;       at the front of a try block
//   }                                      around it, and again from there
//
// What control reaches anyway needs no jump: a try block, or the only await,
// that nothing stands before.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#include "Plan/Plan.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Casting.h"

using llvm::cast;
using llvm::dyn_cast;

namespace coroexpand {
namespace {

class Resumptions {
public:
  Resumptions(const ir::Body &Body, FramePlan &Plan) : Body(Body), Plan(Plan) {}

  void run() {
    for (ir::AwaitId Id = 1; Id <= Body.NumAwaits; ++Id)
      add(Id);
    Plan.Resumptions = needed(*Body.Top, std::move(Plan.Resumptions));
    Front Beginning;
    scope(*Body.Top, Beginning);
    for (const TryPlan &T : Plan.Tries)
      Plan.KeepsPoint |= !T.Resumptions.empty();
  }

private:
  /// State \p Id is asked for at the front of poll and of each of the try
  /// blocks around its await.
  void add(ir::AwaitId Id) {
    std::vector<Resumption> *From = &Plan.Resumptions;
    for (ir::TryId T : Plan.await(Id).Through) {
      From->push_back({Id, T});
      From = &Plan.Tries[T].Resumptions;
    }
    From->push_back({Id, std::nullopt});
  }

  /// Those of \p All, from before \p S, that need a jump.
  std::vector<Resumption> needed(const ir::Scope &S,
                                 std::vector<Resumption> All) {
    const ir::Stmt *First = first(S);
    llvm::erase_if(All, [&](const Resumption &R) {
      return R.Front && isFrontOf(*R.Front, First);
    });
    const auto *F = llvm::dyn_cast_or_null<ir::FullExpr>(First);
    const auto *W = F && !F->Steps.empty()
                        ? dyn_cast<ir::Wait>(F->Steps.front().get())
                        : nullptr;
    // It goes on behind a co_yield.
    if (W && W->A.K == ir::Await::Kind::Yield)
      W = nullptr;
    if (W && All.size() == 1 && !All[0].Front && All[0].State == W->A.Id)
      All.clear();
    for (const Resumption &R : All)
      if (R.Front)
        Plan.Tries[*R.Front].HasLabel = true;
      else
        Plan.await(R.State).HasLabel = true;
    return All;
  }

  /// Control comes to front \p Id by reaching \p S, which may be null.
  static bool isFrontOf(ir::TryId Id, const ir::Stmt *S) {
    if (const auto *T = llvm::dyn_cast_or_null<ir::Try>(S))
      return Id == T->Id;
    const auto *I = llvm::dyn_cast_or_null<ir::If>(S);
    return I && I->Front && (Id == *I->Front || Id == *I->Front + 1);
  }

  /// The first statement that does something.
  static const ir::Stmt *first(const ir::Scope &S) {
    if (S.Body.empty())
      return nullptr;
    const auto *Inner = dyn_cast<ir::Scope>(S.Body.front().get());
    return Inner ? first(*Inner) : S.Body.front().get();
  }

  /// What is known where a try block begins, since the front before it.
  struct Front {
    bool AwaitBefore = false, InLoop = false;
  };

  void scope(const ir::Scope &S, Front &Since) {
    for (const ir::StmtPtr &Child : S.Body)
      statement(*Child, Since);
  }

  void steps(const std::vector<ir::StmtPtr> &Steps, Front &Since) {
    for (const ir::StmtPtr &Step : Steps)
      statement(*Step, Since);
  }

  void statement(const ir::Stmt &S, Front &Since) {
    switch (S.K) {
    case ir::StmtKind::Opaque:
    case ir::StmtKind::Declare:
    case ir::StmtKind::Assign:
    case ir::StmtKind::Make:
      return;
    case ir::StmtKind::Wait: {
      const ir::Await &A = cast<ir::Wait>(S).A;
      Plan.await(A.Id).State = wish(A);
      return;
    }
    case ir::StmtKind::Branch:
      steps(cast<ir::Branch>(S).Then, Since);
      return steps(cast<ir::Branch>(S).Else, Since);
    case ir::StmtKind::Block:
      return scope(*cast<ir::Block>(S).Body, Since);
    case ir::StmtKind::Scope:
      return scope(cast<ir::Scope>(S), Since);
    case ir::StmtKind::FullExpr:
      steps(cast<ir::FullExpr>(S).Steps, Since);
      Since.AwaitBefore = true;
      return;
    case ir::StmtKind::If: {
      const auto &I = cast<ir::If>(S);
      if (I.Front)
        return arms(I, Since);
      scope(*I.Then, Since);
      if (I.Else)
        scope(*I.Else, Since);
      return;
    }
    case ir::StmtKind::Loop: {
      const auto &L = cast<ir::Loop>(S);
      Front Inside = Since;
      Inside.InLoop = true;
      scope(*L.Body, Inside);
      if (L.Tail)
        scope(*L.Tail, Inside);
      Since.AwaitBefore |= Inside.AwaitBefore;
      return;
    }
    case ir::StmtKind::Switch:
      return scope(*cast<ir::Switch>(S).Body, Since);
    case ir::StmtKind::Label: // A jump may come back to it.
      Since.InLoop |= cast<ir::Label>(S).Target.has_value();
      return;
    case ir::StmtKind::Try:
      return tryBlock(cast<ir::Try>(S), Since);
    }
  }

  /// What the state is called, if it can be.
  static std::string wish(const ir::Await &A) {
    if (A.K == ir::Await::Kind::Yield)
      return "yielded";
    return A.Wish.empty() ? "awaiting" : "awaiting_" + A.Wish;
  }

  void tryBlock(const ir::Try &T, Front &Since) {
    Since.AwaitBefore |= block(T.Id, *T.Body, Since);
  }

  void arms(const ir::If &I, Front &Since) {
    bool Waits = block(*I.Front, *I.Then, Since);
    if (I.Else)
      Waits |= block(*I.Front + 1, *I.Else, Since);
    Since.AwaitBefore |= Waits;
  }

  /// \p S with front \p Id. True when there is an await in it.
  bool block(ir::TryId Id, const ir::Scope &S, const Front &Since) {
    TryPlan &P = Plan.Tries[Id];
    P.Resumptions = needed(S, std::move(P.Resumptions));
    Front Inside;
    scope(S, Inside);
    P.StartsOver = (Since.AwaitBefore || Since.InLoop) && asks(S, P);
    return Inside.AwaitBefore;
  }

  /// The state is asked for at the front of \p P, or of a block inside.
  bool asks(const ir::Scope &Body, const TryPlan &P) const {
    if (!P.Resumptions.empty())
      return true;
    const ir::Stmt *First = first(Body);
    if (const auto *T = llvm::dyn_cast_or_null<ir::Try>(First))
      return asks(*T->Body, Plan.Tries[T->Id]);
    const auto *I = llvm::dyn_cast_or_null<ir::If>(First);
    return I && I->Front &&
           (asks(*I->Then, Plan.Tries[*I->Front]) ||
            (I->Else && asks(*I->Else, Plan.Tries[*I->Front + 1])));
  }

  const ir::Body &Body;
  FramePlan &Plan;
};

} // namespace

void planResumptions(const ir::Body &Body, FramePlan &Plan) {
  Resumptions(Body, Plan).run();
}

} // namespace coroexpand
