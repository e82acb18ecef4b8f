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

const AsyncFunction *ConcreteFutures::of(const Expr *E, unsigned Depth) const {
  if (!E || Depth > 32 || futureOutput(E->getType()).isNull())
    return nullptr;
  E = E->IgnoreUnlessSpelledInSource();
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return Construct->getNumArgs() == 1 && !isa<CXXTemporaryObjectExpr>(E)
               ? of(Construct->getArg(0), Depth + 1)
               : nullptr;
  if (const auto *Select = dyn_cast<ConditionalOperator>(E))
    return of(Select->getTrueExpr(), Depth + 1);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    return Var && isDeduced(Var->getType()) ? of(Var->getInit(), Depth + 1)
                                            : nullptr;
  }
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee)
    return nullptr;
  if (Call->isCallToStdMove())
    return of(Call->getArg(0), Depth + 1);
  if (const AsyncFunction *F = Functions.lookup(Callee))
    return F->Erased ? nullptr : F;
  return isDeduced(Callee->getReturnType()) ? returnedBy(Callee, Depth)
                                            : nullptr;
}

const AsyncFunction *ConcreteFutures::returnedBy(const FunctionDecl *F,
                                                 unsigned Depth) const {
  llvm::SmallVector<const ReturnStmt *, 4> Returns;
  if (const Stmt *Body = F->getBody())
    returnsIn(Body, Returns);
  return Returns.empty() ? nullptr
                         : of(Returns.front()->getRetValue(), Depth + 1);
}

} // namespace coroexpand
