#include "Source/Check.h"
#include "Source/AwaitFinder.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace coroexpand {
namespace {

//===----------------------------------------------------------------------===//
// The declaration
//===----------------------------------------------------------------------===//

void reportUnsupported(const FunctionDecl *D, const SourceManager &SM,
                       Diagnostics &Diags) {
  const auto *Method = dyn_cast<CXXMethodDecl>(D);
  if (Method && Method->getParent()->isLambda())
    Diags.report(D->getBeginLoc(), Diag::async_lambda);
  else if (D->isTemplated())
    Diags.report(D->getLocation(), Diag::async_template) << D;
  else if (Method)
    Diags.report(D->getLocation(), Diag::async_member) << D;
  else
    Diags.report(D->getLocation(), Diag::async_in_header) << D;
}

bool declaredLocally(const FunctionDecl *D) {
  return llvm::any_of(D->redecls(), [](const FunctionDecl *R) {
    return R->isLocalExternDecl();
  });
}

bool isFriend(const FunctionDecl *D) {
  return llvm::any_of(D->redecls(), [](const FunctionDecl *R) {
    return R->getFriendObjectKind() != Decl::FOK_None;
  });
}

/// The one reason why \p F can't be lowered as a declaration, if there is one.
bool checkDeclaration(const AsyncFunction &F, const SourceManager &SM,
                      Diagnostics &Diags) {
  const FunctionDecl *D = F.Decl;
  SourceLocation Where = D->getLocation();
  if (D->getBeginLoc().isMacroID() && !SM.isMacroArgExpansion(Where) &&
      SM.getExpansionLoc(Where) == SM.getExpansionLoc(D->getBodyRBrace()))
    Diags.report(Where, Diag::async_in_macro) << D;
  else if (!D->getDeclName().isIdentifier())
    Diags.report(Where, Diag::async_operator) << D;
  else if (!isMarkedAsync(D->getFirstDecl()))
    Diags.report(Where, Diag::async_first_declaration) << D;
  else if (F.Output.isNull())
    Diags.report(Where, Diag::async_wrong_return) << D << D->getReturnType();
  else if (declaredLocally(D))
    Diags.report(Where, Diag::async_local_extern) << D;
  else if (isFriend(D))
    Diags.report(Where, Diag::async_friend) << D;
  else if (D->isVariadic())
    Diags.report(Where, Diag::async_variadic) << D;
  else if (!F.body())
    Diags.report(Where, Diag::async_not_a_coroutine) << D;
  else if (isa<CXXTryStmt>(F.body()->getBody()))
    Diags.report(Where, Diag::async_function_try) << D;
  else
    return true;
  return false;
}

//===----------------------------------------------------------------------===//
// The body
//===----------------------------------------------------------------------===//

struct Unsupported {
  const char *What, *Instead;
};

/// A statement that has no construct in Build: it must not contain an await.
std::optional<Unsupported> unsupportedAround(const Stmt *S) {
  if (isa<SwitchStmt>(S))
    return Unsupported{"switch statement", "if and else"};
  if (isa<StmtExpr>(S))
    return Unsupported{"statement expression", "a block"};
  if (isa<LambdaExpr>(S))
    return Unsupported{"lambda's capture", "a variable before it"};
  if (isa<ObjCForCollectionStmt, SEHTryStmt, CapturedStmt>(S))
    return Unsupported{"statement of a language extension", "standard C++"};
  return std::nullopt;
}

void checkBody(const Stmt *S, Diagnostics &Diags) {
  if (isa<LabelStmt, GotoStmt, IndirectGotoStmt>(S))
    Diags.report(S->getBeginLoc(), Diag::unsupported_goto);
  if (isa<CoyieldExpr>(S))
    Diags.report(S->getBeginLoc(), Diag::unsupported_co_yield);
  if (std::optional<Unsupported> U = unsupportedAround(S))
    for (const CoawaitExpr *Await : awaitsIn(S))
      Diags.report(Await->getKeywordLoc(), Diag::unsupported_statement)
          << U->What << U->Instead;
  if (const auto *Decl = dyn_cast<DeclStmt>(S))
    for (const auto *D : Decl->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D))
        if (Var->isStaticLocal() && containsAwait(Var->getInit()))
          Diags.report(Var->getLocation(), Diag::unsupported_static_init);
  forEachChild(S, [&](const Stmt *Child) { checkBody(Child, Diags); });
}

//===----------------------------------------------------------------------===//
// The uses
//===----------------------------------------------------------------------===//

/// The async function whose concrete future \p E is a fresh call of.
const AsyncFunction *concreteCallee(const Expr *E,
                                    const AsyncFunctions &Functions) {
  const auto *Call = dyn_cast<CallExpr>(E->IgnoreParens()->IgnoreImplicit());
  const AsyncFunction *F =
      Call ? Functions.lookup(Call->getDirectCallee()) : nullptr;
  return F && !F->Erased ? F : nullptr;
}

class UseChecker : public RecursiveASTVisitor<UseChecker> {
public:
  UseChecker(const AsyncFunctions &Functions, Diagnostics &Diags)
      : Functions(Functions), Diags(Diags) {}

  bool VisitCallExpr(CallExpr *Call) {
    Callees.insert(Call->getCallee()->IgnoreParenImpCasts());
    return true;
  }

  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    const auto *F = Functions.lookup(dyn_cast<FunctionDecl>(Ref->getDecl()));
    if (F && !F->Erased && !Callees.contains(Ref))
      Diags.report(Ref->getLocation(), Diag::async_address) << F->Decl;
    return true;
  }

  bool VisitConditionalOperator(ConditionalOperator *C) {
    const AsyncFunction *Then = concreteCallee(C->getTrueExpr(), Functions);
    const AsyncFunction *Else = concreteCallee(C->getFalseExpr(), Functions);
    if (Then && Else && Then != Else)
      Diags.report(C->getQuestionLoc(), Diag::async_mixed_arms);
    return true;
  }

private:
  const AsyncFunctions &Functions;
  Diagnostics &Diags;
  llvm::SmallPtrSet<const Expr *, 32> Callees;
};

} // namespace

void checkAsyncFunctions(const Marked &Found, ASTContext &Context,
                         Diagnostics &Diags) {
  const SourceManager &SM = Context.getSourceManager();
  for (const FunctionDecl *D : Found.Unsupported)
    reportUnsupported(D, SM, Diags);
  for (const FunctionDecl *D : Found.Others)
    if (D->isTemplated() || isa<CXXMethodDecl>(D))
      reportUnsupported(D, SM, Diags);
  for (const AsyncFunction &F : Found.Functions.all())
    if (checkDeclaration(F, SM, Diags))
      checkBody(F.body()->getBody(), Diags);
  UseChecker(Found.Functions, Diags).TraverseAST(Context);
}

} // namespace coroexpand
