#include "Lower/Constructs.h"
#include "Lower/LoopParts.h"

using namespace clang;

namespace coroexpand {

/// while (c) S                 Loop While { c; S }
/// while (co_await e) S        Loop While { ; steps; if (!condition) break; S }
/// while (T x = e) S           Loop While { ; Declare x = e; if (!x) break; S }
void lowerWhile(Context &C, const WhileStmt &S, ir::Scope &Into) {
  auto Loop = newLoop(C, ir::Loop::Kind::While, at(S.getBeginLoc()));
  const VarDecl *D = S.getConditionVariable();
  if (!D && !C.waits(S.getCond())) {
    Loop->Cond = condition(C, S.getCond(), Into);
    Loop->Body = loopBody(C, S.getBody(), Loop->Id);
  } else {
    Loop->Body = std::make_unique<ir::Scope>(Loop->Where);
    frontCondition(C, D, S.getCond(), *Loop, *Loop->Body);
    append(*Loop->Body, *loopBody(C, S.getBody(), Loop->Id));
  }
  Into.Body.push_back(std::move(Loop));
}

} // namespace coroexpand
