#include "Lower/Constructs.h"
#include "Lower/LoopParts.h"

using namespace clang;

namespace coroexpand {

/// do S while (c);             Loop Do { c; S }
/// do S while (co_await e);    Loop Do { condition; S; tail: steps }
void lowerDo(Context &C, const DoStmt &S, ir::Scope &Into) {
  auto Loop = newLoop(C, ir::Loop::Kind::Do, at(S.getBeginLoc()));
  Loop->Body = loopBody(C, S.getBody(), Loop->Id);
  Loop->Body->LastComment += C.Source.before(S.getWhileLoc());
  auto Tail = std::make_unique<ir::Scope>(Loop->Where);
  Loop->CondWhere = at(S.getWhileLoc());
  Loop->Cond = condition(C, S.getCond(), *Tail);
  if (!Tail->Body.empty())
    Loop->Tail = std::move(Tail);
  Into.Body.push_back(std::move(Loop));
}

} // namespace coroexpand
