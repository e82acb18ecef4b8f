#include "Lower/Await.h"
#include "Lower/Expressions.h"
#include "Lower/Head.h"

using namespace clang;

namespace coroexpand {

/// A condition that waits is computed into a variable of its own:
///
///   co_await e        FullExpr { .. Assign condition = <value> }
///                     text: condition
///
/// A bool that the steps have made already is one. (What else they have made
/// ends with the full-expression, and is asked before.)
ir::Text condition(Context &C, const Expr *Cond, ir::Scope &Into) {
  if (!C.waits(Cond))
    return C.Source.slice(Cond->getSourceRange());
  Steps Before(C, Cond);
  Before.before(Cond, /*WaitBehind=*/false);
  if (Before.isDone(Cond) && Cond->getType()->isBooleanType()) {
    appendConsumer(std::make_unique<ir::Opaque>(at(Cond->getBeginLoc())),
                   Before.take(), Into);
    return Before.text(Cond);
  }
  ir::Loc Where = at(Cond->getBeginLoc());
  ir::VarId Id = C.variable("condition", ir::Variable::Role::Condition, Where);
  auto Set = std::make_unique<ir::Assign>(Where, Id, Before.truth(Cond));
  appendConsumer(std::move(Set), Before.take(), Into);
  return ir::Text().append(ir::use(Id));
}

namespace {

void ifElse(Context &C, const IfStmt &S, ir::Text Cond, ir::Scope &Into) {
  auto If = std::make_unique<ir::If>(at(S.getBeginLoc()), std::move(Cond));
  if (S.isConstexpr()) {
    If->Front = C.Body.NumTries;
    C.Body.NumTries += 2;
  }
  auto Arm = [&](const Stmt *Body, const char *Open, const char *Close) {
    if (If->Front)
      C.Conditions.push_back(ir::Text(Open).append(If->Cond).append(Close));
    auto Lowered = lowerBranch(C, Body);
    if (If->Front)
      C.Conditions.pop_back();
    return Lowered;
  };
  If->Then = Arm(S.getThen(), "", "");
  if (S.getElse())
    If->Else = Arm(S.getElse(), "!(", ")");
  Into.Body.push_back(std::move(If));
}

} // namespace

/// if (init; T x = c) A else B    Scope { init; Declare x = c; If { x; A; B } }
///
/// An await in c, A or B takes the statement apart. Of `if consteval` one arm
/// is left: nothing waits while constants are evaluated.
void lowerIf(Context &C, const IfStmt &S, ir::Scope &Into) {
  if (S.isConsteval()) {
    if (const Stmt *Arm = S.isNegatedConsteval() ? S.getThen() : S.getElse())
      Into.Body.push_back(lowerBranch(C, Arm));
    return;
  }
  withHead(C, S, Into, condition, [&](ir::Text Cond, ir::Scope &Target) {
    ifElse(C, S, std::move(Cond), Target);
  });
}

} // namespace coroexpand
