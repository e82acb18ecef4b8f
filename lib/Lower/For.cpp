#include "Lower/Constructs.h"
#include "Lower/LoopParts.h"
#include "Source/Reachability.h"

using namespace clang;

namespace coroexpand {
namespace {

/// The advance as the tail of \p L when it waits, else as its text.
void advance(Context &C, const Expr *Advance, ir::Loop &L) {
  if (!Advance)
    return;
  if (!C.waits(Advance)) {
    L.Advance = C.Source.slice(Advance->getSourceRange());
    return;
  }
  L.Tail = std::make_unique<ir::Scope>(L.Where);
  lowerExpression(C, Advance, Advance, *L.Tail);
}

/// The advance as the last statement of \p Body.
void advanceInBody(Context &C, const Expr *Advance, ir::Scope &Body) {
  if (C.waits(Advance))
    return lowerExpression(C, Advance, Advance, Body);
  auto Step = std::make_unique<ir::Opaque>(
      Body.Where, C.Source.slice(Advance->getSourceRange()));
  Step->T.append(";");
  Body.Body.push_back(std::move(Step));
}

} // namespace

/// for (T i = a; c; n) S       Scope { Declare i = a; Loop For { c; n; S } }
///
/// A condition that waits moves to the front of the body, as in a while loop;
/// an advance that waits becomes the tail. A condition variable lives until
/// the advance is done:
///
/// for (; T x = e; n) S        Loop For { ; Declare x = e; if (!x) break;
///                                        repeated: Scope S; n; }
void lowerFor(Context &C, const ForStmt &S, ir::Scope &Into) {
  auto Own = std::make_unique<ir::Scope>(at(S.getBeginLoc()));
  Own->FallsThrough = reachesEnd(C.F, &S);
  if (S.getInit())
    lowerStatement(C, S.getInit(), *Own);
  auto Loop = newLoop(C, ir::Loop::Kind::For, Own->Where);
  const VarDecl *D = S.getConditionVariable();
  bool Late = D || (S.getCond() && C.waits(S.getCond()));
  if (!Late) {
    if (S.getCond())
      Loop->Cond = C.Source.slice(S.getCond()->getSourceRange());
    Loop->Body = loopBody(C, S.getBody(), Loop->Id);
    advance(C, S.getInc(), *Loop);
  } else {
    Loop->Body = std::make_unique<ir::Scope>(Loop->Where);
    frontCondition(C, D, S.getCond(), *Loop, *Loop->Body);
    std::unique_ptr<ir::Scope> Body = loopBody(C, S.getBody(), Loop->Id);
    if (D && S.getInc()) {
      Loop->Repeated = Body.get();
      Loop->Body->Body.push_back(std::move(Body));
      advanceInBody(C, S.getInc(), *Loop->Body);
      Loop->Body->FallsThrough = reachesNextRound(C.F, S.getBody());
    } else {
      append(*Loop->Body, *Body);
      advance(C, S.getInc(), *Loop);
    }
  }
  Own->Body.push_back(std::move(Loop));
  Into.Body.push_back(std::move(Own));
}

} // namespace coroexpand
