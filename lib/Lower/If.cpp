#include "Lower/Builder.h"
#include "Source/Reachability.h"

using namespace clang;

namespace coroexpand {

/// A condition that waits is computed into a variable of its own:
///
///   co_await e        FullExpr { .. Assign condition = <value> }
///                     text: condition
ir::Text Builder::condition(const Expr *Cond, ir::Scope &Into) {
  if (!waits(Cond))
    return Source.slice(Cond->getSourceRange());
  Holes Value;
  std::unique_ptr<ir::FullExpr> Steps = awaitSteps(Cond, Value);
  ir::Loc Where = at(Cond->getBeginLoc());
  ir::VarId Id = variable("condition", ir::Variable::Role::Condition, Where);
  ir::Text Text = Source.slice(Cond->getSourceRange(), Value);
  if (!Cond->IgnoreUnlessSpelledInSource()->getType()->isBooleanType())
    Text = ir::Text("static_cast<bool>(").append(Text).append(")");
  else if (isComma(Cond))
    Text = ir::Text("(").append(Text).append(")");
  Steps->Consumer = std::make_unique<ir::Assign>(Where, Id, std::move(Text));
  Into.Body.push_back(std::move(Steps));
  return ir::Text().append(ir::use(Id));
}

/// if (init; T x = c) A else B    Scope { init; Declare x = c; If { x; A; B } }
///
/// An await in c, A or B takes the statement apart. `if constexpr` outside a
/// template means what `if` means, and a resume point may stand in it.
void Builder::ifStatement(const IfStmt *S, ir::Scope &Into) {
  bool Declares = S->getInit() || S->getConditionVariable();
  auto Own = std::make_unique<ir::Scope>(at(S->getBeginLoc()));
  Own->FallsThrough = reachesEnd(F, S);
  ir::Scope &Target = Declares ? *Own : Into;
  if (S->getInit())
    statement(S->getInit(), Target);
  ir::Text Cond;
  if (const VarDecl *D = S->getConditionVariable()) {
    conditionVariable(D, Target);
    Cond = ir::Text().append(ir::use(idOf(D)));
  } else {
    Cond = condition(S->getCond(), Target);
  }
  auto If = std::make_unique<ir::If>(at(S->getBeginLoc()), std::move(Cond));
  If->Then = scope(S->getThen());
  if (S->getElse())
    If->Else = scope(S->getElse());
  Target.Body.push_back(std::move(If));
  if (Declares)
    Into.Body.push_back(std::move(Own));
}

} // namespace coroexpand
