#include "Source/FutureUses.h"
#include "Source/ConcreteFutures.h"
#include "Source/Runtime.h"
#include "Source/Walk.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace coroexpand {
namespace {

bool isInStd(const FunctionDecl *F, llvm::StringRef Name) {
  return F->isInStdNamespace() && F->getDeclName().isIdentifier() &&
         F->getName() == Name;
}

/// `coro::future<int>`
std::string written(const FunctionDecl *F) {
  return F->getReturnType().getUnqualifiedType().getAsString(
      F->getASTContext().getPrintingPolicy());
}

class UseChecker : public RecursiveASTVisitor<UseChecker> {
public:
  UseChecker(const AsyncFunctions &Functions, Diagnostics &Diags)
      : Functions(Functions), Concrete(Functions), Diags(Diags) {}

  bool VisitCallExpr(CallExpr *Call) {
    Callees.insert(Call->getCallee()->IgnoreParenImpCasts());
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Callee)
      return true;
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
    if (Operator && Operator->getOperator() == OO_Equal)
      return variable(Call->getArg(0));
    llvm::ArrayRef<const Expr *> Arguments(Call->getArgs(), Call->getNumArgs());
    // The object of a member operator is its first argument.
    if (Operator && isa<CXXMethodDecl>(Callee))
      Arguments = Arguments.drop_front();
    if (isInStd(Callee, "swap") || isInStd(Callee, "exchange"))
      for (const Expr *Arg : Arguments)
        variable(Arg);
    passed(Callee, Arguments);
    if (deducesFromArguments(Call, Callee))
      for (unsigned I = 0; I < Arguments.size(); ++I)
        deduced(Callee, I, Arguments[I]);
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    passed(E->getConstructor(), {E->getArgs(), E->getNumArgs()});
    return true;
  }

  bool VisitInitListExpr(InitListExpr *List) {
    // The list as it was meant: in the order of the fields. Only the written
    // one is visited.
    if (InitListExpr *Meant = List->getSemanticForm())
      List = Meant;
    const RecordDecl *Made = List->getType()->getAsRecordDecl();
    if (!Made || Made->isUnion())
      return true;
    unsigned I = 0; // Bases come before fields.
    if (const auto *Class = dyn_cast<CXXRecordDecl>(Made))
      I = Class->getNumBases();
    for (const FieldDecl *Field : Made->fields()) {
      if (Field->isUnnamedBitField())
        continue;
      if (I == List->getNumInits())
        break;
      if (const Expr *Init = List->getInit(I++); bindsTo(Field->getType()))
        variable(Init);
    }
    return true;
  }

  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    const auto *F = Functions.lookup(dyn_cast<FunctionDecl>(Ref->getDecl()));
    if (F && !F->Erased && !Callees.contains(Ref))
      Diags.report(Ref->getLocation(), Diag::async_address) << F->Decl;
    return true;
  }

  bool VisitConditionalOperator(ConditionalOperator *C) {
    const AsyncFunction *Then = Concrete.of(C->getTrueExpr());
    const AsyncFunction *Else = Concrete.of(C->getFalseExpr());
    if (Then && Else && Then != Else)
      Diags.report(C->getQuestionLoc(), Diag::async_mixed_arms);
    return true;
  }

  bool VisitVarDecl(VarDecl *D) {
    if (D->getInit() && bindsTo(D->getType()) && !isDeduced(D->getType()))
      variable(D->getInit());
    return true;
  }

  bool VisitFunctionDecl(FunctionDecl *F) {
    if (F->doesThisDeclarationHaveABody() && isDeduced(F->getReturnType()))
      sameReturns(F);
    return true;
  }

  bool VisitLambdaExpr(LambdaExpr *L) {
    if (isDeduced(L->getCallOperator()->getReturnType()) ||
        !L->hasExplicitResultType())
      sameReturns(L->getCallOperator());
    return true;
  }

private:
  /// A reference to coro::future<T> that wants an object which is one.
  static bool bindsTo(QualType T) {
    return !T.isNull() && T->isLValueReferenceType() &&
           !futureOutput(T.getNonReferenceType()).isNull();
  }

  /// \p E stands where the erased future would have to.
  bool variable(const Expr *E) {
    const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreUnlessSpelledInSource());
    const AsyncFunction *F = Ref ? Concrete.of(Ref) : nullptr;
    if (F)
      Diags.report(Ref->getLocation(), Diag::future_variable)
          << Ref->getDecl() << F->Decl
          << F->Decl->getReturnType().getUnqualifiedType();
    return true;
  }

  void passed(const FunctionDecl *Callee,
              llvm::ArrayRef<const Expr *> Arguments) {
    if (Callee->getPrimaryTemplate())
      return; // Instantiated for what it is given.
    for (unsigned I = 0; I < Arguments.size(); ++I)
      if (bindsTo(parameterType(Callee, I)))
        variable(Arguments[I]);
  }

  /// Not all template arguments are written.
  static bool deducesFromArguments(const CallExpr *Call,
                                   const FunctionDecl *Callee) {
    const FunctionTemplateDecl *Template = Callee->getPrimaryTemplate();
    if (!Template)
      return false;
    const Expr *Named = Call->getCallee()->IgnoreParenImpCasts();
    unsigned Written = 0;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Named))
      Written = Ref->getNumTemplateArgs();
    else if (const auto *Member = dyn_cast<MemberExpr>(Named))
      Written = Member->getNumTemplateArgs();
    return Written < Template->getTemplateParameters()->size();
  }

  void deduced(const FunctionDecl *Callee, unsigned I, const Expr *Arg) {
    const FunctionDecl *Pattern =
        Callee->getPrimaryTemplate()->getTemplatedDecl();
    QualType T = parameterType(Pattern, I);
    if (T.isNull() || !T->isDependentType())
      return;
    const auto *Future =
        T.getNonReferenceType()->getAs<TemplateSpecializationType>();
    const TemplateDecl *Template =
        Future ? Future->getTemplateName().getAsTemplateDecl() : nullptr;
    const AsyncFunction *F = Concrete.of(Arg);
    if (F && runtimeClass(Template) == RuntimeClass::Future)
      Diags.report(Arg->getBeginLoc(), Diag::future_deduced)
          << Callee << F->Decl << written(F->Decl);
  }

  /// `auto` stands for one type only.
  void sameReturns(const FunctionDecl *F) {
    llvm::SmallVector<const ReturnStmt *, 4> Returns;
    if (const Stmt *Body = F->getBody())
      returnsIn(Body, Returns);
    const ReturnStmt *First = nullptr;
    for (const ReturnStmt *Return : Returns) {
      const Expr *Value = Return->getRetValue();
      if (!Value || futureOutput(Value->getType()).isNull())
        continue;
      if (!First)
        First = Return;
      else if (Concrete.of(First->getRetValue()) != Concrete.of(Value))
        Diags.report(Return->getBeginLoc(), Diag::future_returns)
            << Value->getType().getUnqualifiedType();
    }
  }

  const AsyncFunctions &Functions;
  ConcreteFutures Concrete;
  Diagnostics &Diags;
  llvm::SmallPtrSet<const Expr *, 32> Callees;
};

} // namespace

void checkFutureUses(const AsyncFunctions &Functions, ASTContext &Context,
                     Diagnostics &Diags) {
  UseChecker(Functions, Diags).TraverseAST(Context);
}

} // namespace coroexpand
