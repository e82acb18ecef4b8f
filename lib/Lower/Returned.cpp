#include "Lower/Returned.h"
#include "Lower/Expressions.h"
#include "Source/Walk.h"

using namespace clang;

namespace coroexpand {

bool isVariable(const Context &C, const ValueDecl *D) {
  if (C.isCaptured(D))
    return true;
  if (const auto *Part = dyn_cast<BindingDecl>(D))
    D = cast<ValueDecl>(Part->getDecomposedDecl());
  const auto *Var = dyn_cast<VarDecl>(D);
  return Var && Var->hasLocalStorage() && !Var->isParameterPack() &&
         Var->getDeclContext() == C.F.Decl;
}

const VarDecl *movableVariable(const Context &C, const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenImpCasts());
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  return Var && isVariable(C, Var) && !C.isCaptured(Var) &&
                 !Var->getType()->isLValueReferenceType() &&
                 !Var->getType().isVolatileQualified()
             ? Var
             : nullptr;
}

namespace {

/// Only an instantiation knows whether \p E has a value.
bool isUnknownCall(const Expr *E) {
  E = asWritten(E);
  return isa<CallExpr, ConditionalOperator>(E) || isAwait(E) || isComma(E);
}

/// clang hands an eligible variable to return_value as an rvalue.
bool returnsMoved(const CoreturnStmt *S) {
  const auto *Call = dyn_cast_or_null<CallExpr>(
      S->getPromiseCall() ? S->getPromiseCall()->IgnoreImplicit() : nullptr);
  if (!Call || Call->getNumArgs() != 1 ||
      !isa<DeclRefExpr>(S->getOperand()->IgnoreParenImpCasts()))
    return false;
  return Call->getArg(0)->isXValue() || S->getOperand()->isXValue();
}

} // namespace

ir::Piece::Return returnedBy(const Context &C, const CoreturnStmt *S) {
  using Return = ir::Piece::Return;
  const Expr *E = S->getOperand();
  if (!E)
    return Return::Nothing;
  bool IsVoid = E->getType()->isVoidType() || C.F.Output->isVoidType();
  if (IsVoid && !isa<InitListExpr>(E))
    return Return::Void;
  if (C.F.isTemplated() &&
      (E->isTypeDependent() || C.F.Output->isDependentType()))
    return movableVariable(C, E)                       ? Return::Forwarded
           : mayBeVoid(C.F.Output) && isUnknownCall(E) ? Return::MaybeVoid
                                                       : Return::Converted;
  bool SameType =
      !isa<InitListExpr>(E) && !C.F.Output->isReferenceType() &&
      !C.TypeOf.mentionsFuture(C.F.Output) &&
      C.Ast.hasSameUnqualifiedType(asWritten(E)->getType(), C.F.Output);
  if (E->getType()->isRecordType() && returnsMoved(S))
    return SameType ? Return::MovedExact : Return::Moved;
  return SameType ? Return::Exact : Return::Converted;
}

} // namespace coroexpand
