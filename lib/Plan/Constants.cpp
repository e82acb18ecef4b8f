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

  void statement(const ir::Stmt &S) {
    if (const auto *D = llvm::dyn_cast<ir::Declare>(&S))
      return declare(*D);
    ir::forEachPart(
        S, [&](const ir::Text &T) { text(T); },
        [&](const ir::Stmt &Part) { statement(Part); });
  }

  FramePlan &Plan;
  std::vector<bool> IsUsed; ///< By VarId.
};

} // namespace

void planConstants(const ir::Body &Body, FramePlan &Plan) {
  ConstantUses(Body, Plan).run(Body);
}

} // namespace coroexpand
