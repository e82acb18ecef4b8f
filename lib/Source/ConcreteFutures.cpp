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

static void collectReturned(const Stmt *S,
                            llvm::SmallVectorImpl<const Expr *> &Found) {
  if (const auto *Return = dyn_cast<ReturnStmt>(S))
    if (const Expr *Value = Return->getRetValue())
      Found.push_back(Value);
  forEachChild(S, [&](const Stmt *Child) { collectReturned(Child, Found); });
}

llvm::SmallVector<const Expr *, 4> returnedIn(const Stmt *Body) {
  llvm::SmallVector<const Expr *, 4> Found;
  if (Body)
    collectReturned(Body, Found);
  return Found;
}

ConcreteFuture ConcreteFutures::find(const Expr *E, unsigned Depth) const {
  if (!E || Depth > 32 || futureOutput(E->getType()).isNull())
    return {};
  E = E->IgnoreUnlessSpelledInSource();
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return Construct->getNumArgs() == 1 && !isa<CXXTemporaryObjectExpr>(E)
               ? find(Construct->getArg(0), Depth + 1)
               : ConcreteFuture();
  if (const auto *Select = dyn_cast<ConditionalOperator>(E)) {
    ConcreteFuture Then = find(Select->getTrueExpr(), Depth + 1);
    ConcreteFuture Else = find(Select->getFalseExpr(), Depth + 1);
    if (!Then.Of || !Else.Of)
      return {}; // The other arm is converted.
    Then.Calls.append(Else.Calls);
    return Then;
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    return Var && isDeduced(Var->getType()) ? find(Var->getInit(), Depth + 1)
                                            : ConcreteFuture();
  }
  const auto *Call = dyn_cast<CallExpr>(E);
  return Call ? called(Call, Depth) : ConcreteFuture();
}

ConcreteFuture ConcreteFutures::called(const CallExpr *Call,
                                       unsigned Depth) const {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee || Functions.isErased(Call))
    return {};
  if (Call->isCallToStdMove())
    return find(Call->getArg(0), Depth + 1);
  if (const AsyncFunction *F = Functions.lookup(Callee))
    return F->Erased ? ConcreteFuture()
                     : ConcreteFuture{F, Callee->getCanonicalDecl(), {Call}};
  if (!isDeduced(Callee->getReturnType()))
    return {};
  llvm::SmallVector<const Expr *, 4> Returned = returnedIn(Callee->getBody());
  if (Returned.empty())
    return {};
  ConcreteFuture Result = find(Returned.front(), Depth + 1);
  if (Result.Of)
    Result.Calls = {Call};
  return Result;
}

} // namespace coroexpand
