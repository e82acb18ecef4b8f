#include "Lower/Expressions.h"
#include "Lower/EvaluationOrder.h"
#include "Source/Walk.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace coroexpand {

const Expr *asWritten(const Expr *E) {
  const Expr *Before = nullptr;
  while (E != Before) {
    Before = E;
    E = E->IgnoreParens();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
      E = Cleanups->getSubExpr();
    if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Temp->getSubExpr();
    if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bound->getSubExpr();
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E))
      if (Cast->getCastKind() == CK_NoOp)
        E = Cast->getSubExpr();
  }
  return E;
}

bool isComma(const Expr *E) {
  E = E->IgnoreImplicit();
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return Binary->isCommaOp();
  const auto *Call = dyn_cast<CXXOperatorCallExpr>(E);
  return Call && Call->getOperator() == OO_Comma;
}

const DeclRefExpr *namedVariable(const Expr *E) {
  E = asWritten(E);
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return isStdCast(Call) ? namedVariable(Call->getArg(0)) : nullptr;
  const auto *Ref = dyn_cast<DeclRefExpr>(E);
  return Ref && isa<VarDecl, BindingDecl>(Ref->getDecl()) ? Ref : nullptr;
}

namespace {

/// The object of a member operator is its first argument.
bool isMemberOperator(const CallExpr *Call) {
  return isa<CXXOperatorCallExpr>(Call) &&
         isa_and_nonnull<CXXMethodDecl>(Call->getDirectCallee());
}

} // namespace

const Expr *calledObject(const CallExpr *Call) {
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
    return Member->getImplicitObjectArgument();
  return isMemberOperator(Call) ? Call->getArg(0) : nullptr;
}

llvm::ArrayRef<const Expr *> calledArguments(const CallExpr *Call) {
  llvm::ArrayRef<const Expr *> All(Call->getArgs(), Call->getNumArgs());
  return isMemberOperator(Call) ? All.drop_front() : All;
}

std::string wordFor(const Expr *E) {
  E = asWritten(E)->IgnoreUnlessSpelledInSource();
  auto NameOf = [](const NamedDecl *D) {
    return D && D->getDeclName().isIdentifier() ? D->getName().str()
                                                : std::string();
  };
  if (isAwait(E))
    return wordFor(awaitedOperand(E));
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    if (isStdCast(Call))
      return wordFor(Call->getArg(0));
    if (isa<CXXOperatorCallExpr>(E)) {
      const Expr *Object = asWritten(Call->getArg(0));
      return isa<LambdaExpr>(Object->IgnoreUnlessSpelledInSource())
                 ? "running_block"
                 : wordFor(Object);
    }
    if (Call->isTypeDependent())
      return wordFor(Call->getCallee());
    return NameOf(dyn_cast_or_null<NamedDecl>(Call->getCalleeDecl()));
  }
  auto NameIn = [](DeclarationName Name) {
    return Name.isIdentifier() ? Name.getAsString() : std::string();
  };
  if (const auto *Overloads = dyn_cast<OverloadExpr>(E))
    return NameIn(Overloads->getName());
  if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(E))
    return NameIn(Member->getMember());
  if (const auto *Named = dyn_cast<DependentScopeDeclRefExpr>(E))
    return NameIn(Named->getDeclName());
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return NameOf(Ref->getDecl());
  if (isa<LambdaExpr>(E))
    return "block";
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return NameOf(Member->getMemberDecl());
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return wordFor(Unary->getSubExpr());
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
    return wordFor(Subscript->getBase());
  if (const auto *Class = E->getType()->getAsCXXRecordDecl();
      Class && isa<CXXConstructExpr, InitListExpr, CXXFunctionalCastExpr>(E))
    return NameOf(Class);
  return "";
}

const Expr *convertedBy(const Expr *E) {
  E = E->IgnoreImplicit();
  if (const auto *Cast = dyn_cast<CXXFunctionalCastExpr>(E))
    return Cast->getSubExprAsWritten();
  const auto *Unknown = dyn_cast<CXXUnresolvedConstructExpr>(E);
  return Unknown && Unknown->getNumArgs() == 1 ? Unknown->getArg(0) : nullptr;
}

} // namespace coroexpand
