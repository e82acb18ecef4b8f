#include "Lower/EvaluationOrder.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace coroexpand {

std::optional<Operands> operandsInOrder(const Expr *E) {
  Operands Result;
  auto One = [&](const Expr *Child) {
    Result.Always.push_back(Child);
    return Result;
  };
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return One(Full->getSubExpr());
  if (const auto *Cast = dyn_cast<CastExpr>(E))
    return One(Cast->getSubExpr());
  if (const auto *Paren = dyn_cast<ParenExpr>(E))
    return One(Paren->getSubExpr());
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return One(Default->getExpr());
  if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E))
    return One(Temp->getSubExpr());
  if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
    return One(Bound->getSubExpr());
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return One(Unary->getSubExpr());
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return One(Member->getBase());
  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(E))
    return One(List->getSubExpr());
  if (const auto *Throw = dyn_cast<CXXThrowExpr>(E)) {
    if (Throw->getSubExpr())
      return One(Throw->getSubExpr());
    return Result;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    // C++17: the right side of an assignment comes first.
    if (Binary->isAssignmentOp())
      Result.Always = {Binary->getRHS(), Binary->getLHS()};
    else if (Binary->isLogicalOp())
      Result = {{Binary->getLHS()}, {Binary->getRHS()}};
    else
      Result.Always = {Binary->getLHS(), Binary->getRHS()};
    return Result;
  }
  if (const auto *Select = dyn_cast<ConditionalOperator>(E)) {
    Result = {{Select->getCond()},
              {Select->getTrueExpr(), Select->getFalseExpr()}};
    return Result;
  }
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
    Result.Always = {Subscript->getLHS(), Subscript->getRHS()};
    return Result;
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
    Result.Always.append(Operator->arg_begin(), Operator->arg_end());
    if (Operator->isAssignmentOp())
      std::reverse(Result.Always.begin(), Result.Always.end());
    return Result;
  }
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(E);
    Result.Always.push_back(Member ? Member->getImplicitObjectArgument()
                                   : Call->getCallee());
    Result.Always.append(Call->arg_begin(), Call->arg_end());
    return Result;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    Result.Always.append(Construct->arg_begin(), Construct->arg_end());
    return Result;
  }
  if (const auto *List = dyn_cast<InitListExpr>(E)) {
    if (const InitListExpr *Semantic = List->getSemanticForm())
      List = Semantic;
    for (const Stmt *Init : *List)
      Result.Always.push_back(cast<Expr>(Init));
    return Result;
  }
  if (const auto *List = dyn_cast<CXXParenListInitExpr>(E)) {
    for (Expr *Init : const_cast<CXXParenListInitExpr *>(List)->getInitExprs())
      Result.Always.push_back(Init);
    return Result;
  }
  if (isa<DeclRefExpr, IntegerLiteral, FloatingLiteral, StringLiteral,
          CharacterLiteral, CXXBoolLiteralExpr, CXXNullPtrLiteralExpr,
          CXXDefaultInitExpr, ImplicitValueInitExpr, CXXScalarValueInitExpr,
          UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, CXXThisExpr, TypeTraitExpr,
          UserDefinedLiteral>(E))
    return Result;
  return std::nullopt;
}

bool isInert(const Expr *E, const ASTContext &Ast) {
  const Expr *Bare = E->IgnoreParens();
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(Bare))
    return isInert(Default->getExpr(), Ast);
  if (isa<IntegerLiteral, FloatingLiteral, StringLiteral, CharacterLiteral,
          CXXBoolLiteralExpr, CXXNullPtrLiteralExpr, CXXThisExpr,
          UnaryExprOrTypeTraitExpr>(Bare))
    return true;
  if (isa<DeclRefExpr>(Bare))
    return true; // Naming a thing; reading it is an implicit cast around it.
  if (const auto *Member = dyn_cast<MemberExpr>(Bare))
    return isInert(Member->getBase(), Ast);
  if (const auto *Cast = dyn_cast<CastExpr>(Bare)) {
    switch (Cast->getCastKind()) {
    case CK_NoOp:
    case CK_ArrayToPointerDecay:
    case CK_FunctionToPointerDecay:
    case CK_BuiltinFnToFnPtr:
    case CK_UncheckedDerivedToBase:
    case CK_DerivedToBase:
    case CK_NullToPointer:
      return isInert(Cast->getSubExpr(), Ast);
    default:
      break;
    }
  }
  // So does p-> of a library's pointer.
  if (const auto *Arrow = dyn_cast<CXXOperatorCallExpr>(Bare))
    return Arrow->getOperator() == OO_Arrow &&
           isa_and_nonnull<CXXMethodDecl>(Arrow->getDirectCallee()) &&
           cast<CXXMethodDecl>(Arrow->getDirectCallee())
               ->getParent()
               ->isInStdNamespace() &&
           isInert(Arrow->getArg(0), Ast);
  // std::move(x) and its like name x too.
  if (const auto *Call = dyn_cast<CallExpr>(Bare))
    return Call->isCallToStdMove() && isInert(Call->getArg(0), Ast);
  if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Bare))
    return Temp->getType().isTrivialType(Ast) &&
           isInert(Temp->getSubExpr(), Ast);
  return Bare->getType()->isScalarType() && !Bare->isInstantiationDependent() &&
         Bare->isEvaluatable(Ast) && !Bare->HasSideEffects(Ast);
}

} // namespace coroexpand
