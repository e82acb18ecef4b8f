//===- Constants.cpp - which constants poll names -------------------------===//
//
//   const int n = 4;              static const int n = 4;
//   int a[n];                     int a[4];                  a member
//   co_await f(a, n);             ::new (..) f_future(a, n);
//
// A member's type has the value of a constant and not its name. A constant that
// nothing else uses would be an unused variable of poll.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#include "Plan/Plan.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Casting.h"

using llvm::cast;

namespace coroexpand {
namespace {

/// Meets all text of the body that Emit prints.
class ConstantUses {
public:
  ConstantUses(const ir::Body &Body, FramePlan &Plan)
      : Plan(Plan), IsUsed(Body.Vars.size()) {}

  void run(const ir::Body &Body) {
    statement(*Body.Top);
    for (ir::VarId I = 0; I < Body.Vars.size(); ++I)
      Plan.Vars[I].IsUnused = Plan.Vars[I].Where == Home::Static && !IsUsed[I];
  }

private:
  void text(const ir::Text &T) {
    for (ir::VarId Id : ir::variablesIn(T))
      IsUsed[Id] = true;
  }

  /// A declaration may name what it declares, which is no use of it.
  void declare(const ir::Declare &D) {
    if (Plan.Vars[D.Vars.front().Var].Where == Home::Frame) {
      for (const ir::Declarator &One : D.Vars)
        text(One.Value);
      return;
    }
    for (const ir::Text *T : {&D.Attributes, &D.Original})
      for (ir::VarId Id : ir::variablesIn(*T))
        IsUsed[Id] =
            IsUsed[Id] || llvm::none_of(D.Vars, [&](const ir::Declarator &One) {
              return One.Var == Id;
            });
  }

  void scope(const std::unique_ptr<ir::Scope> &S) {
    if (S)
      statement(*S);
  }

  void statement(const ir::Stmt &S) {
    switch (S.K) {
    case ir::StmtKind::Opaque:
      return text(cast<ir::Opaque>(S).T);
    case ir::StmtKind::Declare:
      return declare(cast<ir::Declare>(S));
    case ir::StmtKind::Assign:
      return text(cast<ir::Assign>(S).T);
    case ir::StmtKind::Scope:
      for (const ir::StmtPtr &Child : cast<ir::Scope>(S).Body)
        statement(*Child);
      return;
    case ir::StmtKind::FullExpr:
      return fullExpr(cast<ir::FullExpr>(S));
    case ir::StmtKind::Make:
      return text(cast<ir::Make>(S).D.Value);
    case ir::StmtKind::Wait:
      return ir::forEachText(cast<ir::Wait>(S).A,
                             [&](const ir::Text &T, bool) { text(T); });
    case ir::StmtKind::Branch: {
      const auto &B = cast<ir::Branch>(S);
      text(B.Cond);
      steps(B.Then);
      return steps(B.Else);
    }
    case ir::StmtKind::Block:
      return scope(cast<ir::Block>(S).Body);
    case ir::StmtKind::If: {
      const auto &I = cast<ir::If>(S);
      text(I.Cond);
      scope(I.Then);
      return scope(I.Else);
    }
    case ir::StmtKind::Loop: {
      const auto &L = cast<ir::Loop>(S);
      text(L.Cond);
      text(L.Advance);
      scope(L.Body);
      return scope(L.Tail);
    }
    case ir::StmtKind::Switch:
      text(cast<ir::Switch>(S).Cond);
      return scope(cast<ir::Switch>(S).Body);
    case ir::StmtKind::Label:
      return text(cast<ir::Label>(S).T);
    case ir::StmtKind::Try: {
      const auto &T = cast<ir::Try>(S);
      scope(T.Body);
      for (const auto &Handler : T.Handlers)
        text(Handler->T);
      return;
    }
    }
    llvm_unreachable("all kinds are above");
  }

  void steps(const std::vector<ir::StmtPtr> &Steps) {
    for (const ir::StmtPtr &Step : Steps)
      statement(*Step);
  }

  void fullExpr(const ir::FullExpr &F) {
    steps(F.Steps);
    statement(*F.Consumer);
  }

  FramePlan &Plan;
  std::vector<bool> IsUsed; ///< By VarId.
};

} // namespace

void planConstants(const ir::Body &Body, FramePlan &Plan) {
  ConstantUses(Body, Plan).run(Body);
}

} // namespace coroexpand
