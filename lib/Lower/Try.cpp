#include "Lower/Constructs.h"

using namespace clang;

namespace coroexpand {

/// try { A } catch (E& e) { B }    Try { Scope A; Opaque catch (E& e) { B } }
///
/// A handler can't wait (the language forbids it), so it stays the user's text.
void lowerTry(Context &C, const CXXTryStmt &S, ir::Scope &Into) {
  auto Try = std::make_unique<ir::Try>(at(S.getBeginLoc()), C.Body.NumTries++);
  Try->Body = lowerScope(C, S.getTryBlock());
  for (unsigned I = 0; I < S.getNumHandlers(); ++I)
    Try->Handlers.push_back(opaque(C, S.getHandler(I)));
  Into.Body.push_back(std::move(Try));
}

} // namespace coroexpand
