//===- Spelling.cpp - braces, and other forms of a statement --------------===//
//
// A resume point is a label, and no jump may pass a declaration: what poll
// returns has braces around it where another label comes behind it.
//
//   awaiting_read: {                       awaiting_read:
//     auto output = awaited.poll(cx);        auto output = awaited.poll(cx);
//     ..                                     ..
//   }                                      }
//   awaiting_write: ..
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#include "Plan/Plan.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Casting.h"

using llvm::cast;
using llvm::dyn_cast;
using llvm::isa;

namespace coroexpand {
namespace {

/// \p Taker of \p A is `<value>;`: the value is made and dropped.
bool dropsValue(const ir::Await &A, const ir::Stmt &Taker) {
  const auto *O = dyn_cast<ir::Opaque>(&Taker);
  if (!O || !A.Discardable)
    return false;
  std::vector<ir::Piece> Pieces(O->T.begin(), O->T.end());
  return Pieces.size() == 2 && Pieces[0].K == ir::Piece::Kind::Value &&
         Pieces[1].Text == ";";
}

class Spelling {
public:
  Spelling(const ir::Body &Body, FramePlan &Plan) : Body(Body), Plan(Plan) {}

  void run() {
    scope(*Body.Top, /*LabelBehind=*/false);
    if (!Body.Top->FallsThrough)
      Plan.End = Ending::NotReached;
    else if (Body.OutputMayBeVoid)
      Plan.End = Ending::ReturnsReadyOrMissing;
    else
      Plan.End =
          Body.OutputIsVoid ? Ending::ReturnsReady : Ending::MissingCoReturn;
  }

private:
  /// \p LabelBehind: in the braces that \p S is in, a label stands behind it.
  void scope(const ir::Scope &S, bool LabelBehind) {
    LabelBehind |= Plan.Scopes[&S].ContinueOf.has_value();
    for (const ir::StmtPtr &Child : llvm::reverse(S.Body)) {
      statement(*Child, LabelBehind);
      LabelBehind |= ir::hasEntry(*Child);
    }
  }

  void statement(const ir::Stmt &S, bool LabelBehind) {
    switch (S.K) {
    case ir::StmtKind::Opaque:
    case ir::StmtKind::Declare:
    case ir::StmtKind::Assign:
    case ir::StmtKind::Make:
    case ir::StmtKind::Wait:
    case ir::StmtKind::Branch:
    case ir::StmtKind::Block:
      return;
    case ir::StmtKind::Scope:
      return innerScope(cast<ir::Scope>(S), LabelBehind);
    case ir::StmtKind::FullExpr:
      return fullExpr(cast<ir::FullExpr>(S), LabelBehind);
    case ir::StmtKind::If: {
      const auto &I = cast<ir::If>(S);
      scope(*I.Then, false);
      if (I.Else && I.Front)
        scope(*I.Else, false);
      else if (I.Else)
        elseArm(*I.Else);
      return;
    }
    case ir::StmtKind::Loop:
      return loop(cast<ir::Loop>(S));
    case ir::StmtKind::Switch:
      return scope(*cast<ir::Switch>(S).Body, false);
    case ir::StmtKind::Label:
      return;
    case ir::StmtKind::Try:
      return scope(*cast<ir::Try>(S).Body, false);
    }
  }

  void innerScope(const ir::Scope &S, bool LabelBehind) {
    ScopePlan &P = Plan.Scopes[&S];
    bool Declares = llvm::any_of(S.Body, [&](const ir::StmtPtr &Child) {
      return isa<ir::Opaque>(*Child) || !declaredInPlace(*Child, Plan).empty();
    });
    if (isForInit(S))
      P.F = ScopePlan::Form::ForInit;
    else if (!Declares)
      P.F = ScopePlan::Form::Open;
    scope(S, LabelBehind && P.F != ScopePlan::Form::Braces);
  }

  /// else { if .. } is else if again.
  void elseArm(const ir::Scope &S) {
    scope(S, false);
    if (S.Body.size() == 1 && isa<ir::If>(*S.Body.front()) &&
        S.Body.front()->Comment.empty())
      Plan.Scopes[&S].F = ScopePlan::Form::Open;
  }

  /// A for loop with nothing but assignments before it.
  bool isForInit(const ir::Scope &S) const {
    if (S.Body.size() != 2)
      return false;
    const auto *D = dyn_cast<ir::Declare>(S.Body.front().get());
    const auto *L = dyn_cast<ir::Loop>(S.Body.back().get());
    return D && L && L->LK == ir::Loop::Kind::For &&
           llvm::all_of(D->Vars, [&](const ir::Declarator &One) {
             const PlannedVariable &V = Plan.Vars[One.Var];
             return V.Where == Home::Frame && V.Made == Making::Assign;
           });
  }

  void loop(const ir::Loop &L) {
    scope(*L.Body, /*LabelBehind=*/L.Tail != nullptr);
    if (!L.Tail)
      return;
    scope(*L.Tail, false);
    if (L.LK != ir::Loop::Kind::Do)
      return;
    for (const ir::StmtPtr &Child : L.Tail->Body) {
      const auto *F = dyn_cast<ir::FullExpr>(Child.get());
      const auto *A = F ? dyn_cast<ir::Assign>(F->Consumer.get()) : nullptr;
      if (!A)
        continue;
      Plan.Loops[L.Id].Conditions.push_back(A->Var);
      FullExprPlan &P = Plan.FullExprs[F];
      P.DeclaresCondition = P.SetsNewCondition = false;
    }
  }

  void fullExpr(const ir::FullExpr &F, bool LabelBehind) {
    bool SetsCondition = isa<ir::Assign>(*F.Consumer);
    Plan.FullExprs[&F].DeclaresCondition = SetsCondition && LabelBehind;
    Plan.FullExprs[&F].SetsNewCondition = SetsCondition && !LabelBehind;
    steps(F.Steps, F.Consumer.get(), LabelBehind);
  }

  /// \p Next stands behind the steps; null behind those of an arm.
  void steps(const std::vector<ir::StmtPtr> &Steps, const ir::Stmt *Next,
             bool LabelBehind) {
    for (const ir::StmtPtr &Step : llvm::reverse(Steps)) {
      if (const auto *W = dyn_cast<ir::Wait>(Step.get()))
        wait(W->A, *Next, LabelBehind);
      if (const auto *B = dyn_cast<ir::Branch>(Step.get())) {
        steps(B->Then, nullptr, false);
        steps(B->Else, nullptr, false);
      }
      if (const auto *B = dyn_cast<ir::Block>(Step.get()))
        innerScope(*B->Body, LabelBehind);
      LabelBehind |= ir::hasAwait(*Step);
      Next = Step.get();
    }
  }

  void wait(const ir::Await &A, const ir::Stmt &Taker, bool LabelBehind) {
    AwaitPlan &P = Plan.await(A.Id);
    P.DropsValue = dropsValue(A, Taker);
    // A local that the value goes to has the rest of the scope without labels.
    bool Local = !declaredInPlace(Taker, Plan).empty();
    bool Declares = A.K == ir::Await::Kind::Join ||
                    (A.K == ir::Await::Kind::One && !P.DropsValue);
    P.Block =
        Declares && LabelBehind && !(Local && A.K == ir::Await::Kind::One);
  }

  const ir::Body &Body;
  FramePlan &Plan;
};

} // namespace

void planSpelling(const ir::Body &Body, FramePlan &Plan) {
  Spelling(Body, Plan).run();
}

} // namespace coroexpand
