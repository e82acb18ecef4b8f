#include "Lower/Builder.h"

using namespace clang;

namespace coroexpand {

/// try { A } catch (E& e) { B }    Try { Scope A; Opaque catch (E& e) { B } }
///
/// A handler can't wait (the language forbids it), so it stays the user's text.
void Builder::tryStatement(const CXXTryStmt *S, ir::Scope &Into) {
  auto Try = std::make_unique<ir::Try>(at(S->getBeginLoc()), Result.NumTries++);
  Try->Body = scope(S->getTryBlock());
  for (unsigned I = 0; I < S->getNumHandlers(); ++I)
    Try->Handlers.push_back(opaque(S->getHandler(I)));
  Into.Body.push_back(std::move(Try));
}

} // namespace coroexpand
