#include "Lower/Await.h"
#include "Lower/Declarations.h"
#include "Lower/Describe.h"
#include "Lower/Head.h"

using namespace clang;

namespace coroexpand {
namespace {

/// It waits, and only an instantiation knows its type.
bool isUnknown(const Context &C, const Expr *Cond) {
  return Cond && Cond->isTypeDependent() && C.waits(Cond);
}

/// auto value = coro::switched(<value>);
ir::Text unknownValue(Context &C, const Expr *Cond, ir::Scope &Into) {
  ir::Loc Where = at(Cond->getBeginLoc());
  Steps Before(C, Cond);
  Before.before(Cond, /*WaitBehind=*/false);
  ir::Text Value = ir::Text(ir::LibraryName::Switched)
                       .append("(")
                       .append(Before.text(Cond))
                       .append(")");
  ir::VarId Id = C.variable("value", ir::Variable::Role::Local, Where);
  QualType Auto = C.Ast.getAutoType({}, AutoTypeKeyword::Auto,
                                    /*IsDependent=*/true);
  describeDeduced(C, C.var(Id), Auto, nullptr, Value);
  appendConsumer(declareAuto(Where, Id, std::move(Value), /*Deduced=*/true),
                 Before.take(), Into);
  return ir::Text().append(ir::use(Id));
}

/// The value that a switch asks for; one that waits is kept by steps before.
ir::Text switchValue(Context &C, const Expr *Cond, ir::Scope &Into) {
  if (isUnknown(C, Cond))
    return unknownValue(C, Cond, Into);
  const Expr *Value = Cond;
  while (const auto *Cast = dyn_cast<ImplicitCastExpr>(Value)) {
    if (Cast->getCastKind() != CK_IntegralCast)
      break;
    Value = Cast->getSubExpr(); // An enumeration stays one.
  }
  Steps Before(C, Cond);
  if (C.waits(Cond)) {
    Before.before(Value, /*WaitBehind=*/false);
    Before.keepValue(Value);
  }
  ir::Text Result = Before.text(Value);
  std::vector<ir::StmtPtr> Steps = Before.take();
  if (!Steps.empty())
    appendConsumer(std::make_unique<ir::Opaque>(at(Cond->getBeginLoc())),
                   std::move(Steps), Into);
  return Result;
}

/// `case 1:` and what it labels.
void labelled(Context &C, SourceRange Label, std::optional<ir::LabelId> Target,
              const Stmt *S, ir::Scope &Into) {
  auto Made =
      std::make_unique<ir::Label>(at(Label.getBegin()), C.Source.slice(Label));
  Made->Target = Target;
  Into.Body.push_back(std::move(Made));
  lowerStatement(C, S, Into);
}

} // namespace

/// switch (init; c) { case 1: S }    Scope { init; Switch { c;
///                                         Scope { Label case 1; S } } }
void lowerSwitch(Context &C, const SwitchStmt &S, ir::Scope &Into) {
  auto Rest = [&](ir::Text Cond, ir::Scope &Target) {
    auto Switch = std::make_unique<ir::Switch>(
        at(S.getBeginLoc()), std::move(Cond), C.Body.NumLoops++);
    C.Breakable.push_back(Switch->Id);
    Switch->Body = lowerBranch(C, S.getBody());
    C.Breakable.pop_back();
    Target.Body.push_back(std::move(Switch));
  };
  withHead(C, S, Into, switchValue, Rest, isUnknown(C, S.getCond()));
}

void lowerCase(Context &C, const CaseStmt &S, ir::Scope &Into) {
  labelled(C, {S.getKeywordLoc(), S.getColonLoc()}, std::nullopt,
           S.getSubStmt(), Into);
}

void lowerDefault(Context &C, const DefaultStmt &S, ir::Scope &Into) {
  labelled(C, {S.getKeywordLoc(), S.getColonLoc()}, std::nullopt,
           S.getSubStmt(), Into);
}

/// retry: S    Label retry; S
///
/// What a jump to it leaves alive is destroyed behind the label.
void lowerLabel(Context &C, const LabelStmt &S, ir::Scope &Into) {
  auto Name = C.Source.tokens({S.getIdentLoc(), S.getIdentLoc()});
  labelled(C, {S.getIdentLoc(), Name.end()->location()}, C.labelOf(S.getDecl()),
           S.getSubStmt(), Into);
}

} // namespace coroexpand
