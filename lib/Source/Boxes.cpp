#include "Source/Boxes.h"
#include "Source/ConcreteFutures.h"
#include "Source/InFunctions.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace coroexpand {
namespace {

class BoxFinder : public InFunctions<BoxFinder> {
public:
  BoxFinder(const AsyncFunctions &Functions, Diagnostics &Diags)
      : Functions(Functions), Concrete(Functions), Diags(Diags) {}

  auto enter(const FunctionDecl *D) { return llvm::SaveAndRestore(Current, D); }

  bool VisitCallExpr(CallExpr *Call) {
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (Functions.isErased(Call))
      Diags.report(Call->getBeginLoc(), Diag::boxed_use);
    else if (const AsyncFunction *F = Functions.lookup(Callee))
      called(*F, Call->getBeginLoc());
    if (Callee && !isa<CXXOperatorCallExpr>(Call))
      passed(Callee, {Call->getArgs(), Call->getNumArgs()});
    return true;
  }
  bool VisitExpr(Expr *E) {
    if (Functions.isErased(E) && !isa<CallExpr>(E))
      Diags.report(E->getBeginLoc(), Diag::boxed_address);
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    // The future's own constructors are what the other rules are about.
    if (futureOutput(E->getType()).isNull())
      passed(E->getConstructor(), {E->getArgs(), E->getNumArgs()});
    return true;
  }
  bool VisitVarDecl(VarDecl *D) {
    if (!isa<ParmVarDecl>(D))
      becomes(D->getType(), D->getInit());
    return true;
  }
  bool VisitExplicitCastExpr(ExplicitCastExpr *E) {
    becomes(E->getTypeAsWritten(), E->getSubExpr());
    return true;
  }
  bool VisitReturnStmt(ReturnStmt *S) {
    if (Current)
      becomes(Current->getReturnType(), S->getRetValue());
    return true;
  }

private:
  void called(const AsyncFunction &F, SourceLocation Where) {
    const AsyncFunction *Caller = Functions.lookup(Current);
    if (F.Erased)
      Diags.report(Where, Diag::boxed_call) << F.Decl;
    else if (Caller && Functions.isBoxed(F, *Caller))
      Diags.report(Where, Diag::boxed_later) << F.Decl;
  }

  void passed(const FunctionDecl *Callee,
              llvm::ArrayRef<const Expr *> Arguments) {
    // A template's own parameter takes what it is given.
    if (const FunctionTemplateDecl *Template = Callee->getPrimaryTemplate())
      Callee = Template->getTemplatedDecl();
    for (unsigned I = 0; I < Arguments.size(); ++I)
      if (QualType T = parameterType(Callee, I); !T.isNull())
        becomes(T.getNonReferenceType(), Arguments[I]);
  }

  /// \p E is converted to \p T.
  void becomes(QualType T, const Expr *E) {
    if (!E || T.isNull() || isDeduced(T) || futureOutput(T).isNull() ||
        isa<DecltypeType>(T))
      return;
    if (const AsyncFunction *F = Concrete.of(E))
      Diags.report(E->getBeginLoc(), Diag::boxed_future) << F->Decl;
  }

  const AsyncFunctions &Functions;
  ConcreteFutures Concrete;
  Diagnostics &Diags;
  const FunctionDecl *Current = nullptr;
};

} // namespace

void warnOfBoxes(const AsyncFunctions &Functions, ASTContext &Context,
                 Diagnostics &Diags) {
  BoxFinder(Functions, Diags).TraverseAST(Context);
}

} // namespace coroexpand
