#include "Lower/Constructs.h"

using namespace clang;

namespace coroexpand {

/// try { A } catch (E& e) { B }    Try { Scope A; Opaque catch (E& e) { B } }
///
/// A handler can't wait (the language forbids it), so it stays the user's text.
void lowerTry(Context &C, const CXXTryStmt &S, ir::Scope &Into) {
  auto Try = std::make_unique<ir::Try>(at(S.getBeginLoc()), C.Body.NumTries++);
  Try->Body = lowerBranch(C, S.getTryBlock());
  for (unsigned I = 0; I < S.getNumHandlers(); ++I) {
    const CXXCatchStmt *Handler = S.getHandler(I);
    Try->Handlers.push_back(opaque(C, Handler));
    Try->Handlers.back()->Comment = C.Source.before(Handler->getBeginLoc());
  }
  Into.Body.push_back(std::move(Try));
}

} // namespace coroexpand
