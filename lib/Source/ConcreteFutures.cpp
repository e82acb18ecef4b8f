#include "Source/ConcreteFutures.h"
#include "Source/Walk.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace coroexpand {

bool isDeduced(QualType T) {
  return !T.isNull() && T->getContainedAutoType() != nullptr;
}

QualType parameterType(const FunctionDecl *F, unsigned I) {
  if (F->getNumParams() == 0)
    return {};
  QualType T = F->getParamDecl(std::min(I, F->getNumParams() - 1))->getType();
  if (const auto *Pack = T->getAs<PackExpansionType>())
    return Pack->getPattern();
  return I < F->getNumParams() ? T : QualType();
}

void returnsIn(const Stmt *S,
               llvm::SmallVectorImpl<const ReturnStmt *> &Found) {
  if (const auto *Return = dyn_cast<ReturnStmt>(S))
    Found.push_back(Return);
  forEachChild(S, [&](const Stmt *Child) { returnsIn(Child, Found); });
}

ConcreteFuture ConcreteFutures::find(const Expr *E) const {
  ConcreteFuture Found;
  find(E, Found, 0);
  if (!Found.Of)
    Found.Calls.clear();
  return Found;
}

void ConcreteFutures::find(const Expr *E, ConcreteFuture &Found,
                           unsigned Depth) const {
  if (!E || Depth > 32 || futureOutput(E->getType()).isNull())
    return;
  E = E->IgnoreUnlessSpelledInSource();
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    if (Construct->getNumArgs() == 1 && !isa<CXXTemporaryObjectExpr>(E))
      find(Construct->getArg(0), Found, Depth + 1);
  } else if (const auto *Select = dyn_cast<ConditionalOperator>(E)) {
    ConcreteFuture Then, Else;
    find(Select->getTrueExpr(), Then, Depth + 1);
    find(Select->getFalseExpr(), Else, Depth + 1);
    if (!Then.Of || !Else.Of)
      return; // The other arm is converted.
    Found.Of = Then.Of;
    Found.Made = Then.Made;
    Found.Calls.append(Then.Calls);
    Found.Calls.append(Else.Calls);
  } else if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    if (Var && isDeduced(Var->getType()))
      find(Var->getInit(), Found, Depth + 1);
  } else if (const auto *Call = dyn_cast<CallExpr>(E)) {
    called(Call, Found, Depth);
  }
}

void ConcreteFutures::called(const CallExpr *Call, ConcreteFuture &Found,
                             unsigned Depth) const {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee || Functions.isErased(Call))
    return;
  if (Call->isCallToStdMove())
    return find(Call->getArg(0), Found, Depth + 1);
  const AsyncFunction *F = Functions.lookup(Callee);
  ConcreteFuture Returned;
  if (F) {
    Returned.Of = F->Erased ? nullptr : F;
    Returned.Made = Callee->getCanonicalDecl();
  } else if (isDeduced(Callee->getReturnType())) {
    llvm::SmallVector<const ReturnStmt *, 4> Returns;
    if (const Stmt *Body = Callee->getBody())
      returnsIn(Body, Returns);
    if (!Returns.empty())
      find(Returns.front()->getRetValue(), Returned, Depth + 1);
  }
  if (!Returned.Of)
    return;
  Found.Of = Returned.Of;
  Found.Made = Returned.Made;
  Found.Calls.push_back(Call);
}

} // namespace coroexpand
