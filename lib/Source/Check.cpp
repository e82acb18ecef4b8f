#include "Source/Check.h"
#include "Source/Includes.h"
#include "Source/Mark.h"
#include "Source/Walk.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Tooling/Syntax/Tokens.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {
namespace {

//===----------------------------------------------------------------------===//
// The declaration
//===----------------------------------------------------------------------===//

void reportUnsupported(const FunctionDecl *D, Diagnostics &Diags) {
  Diags.report(D->getLocation(), Diag::async_forced_include) << D;
}

/// Another declaration of a function whose struct all files share, which only
/// some of them may have: one in the main file, or behind the definition.
const FunctionDecl *strayDeclaration(const AsyncFunction &F,
                                     const SourceManager &SM) {
  if (!F.Shared)
    return nullptr;
  auto IsInMainFile = [&](const FunctionDecl *D) {
    return SM.isInMainFile(SM.getExpansionLoc(D->getLocation()));
  };
  bool Behind = true; // The definition.
  const FunctionDecl *Stray = nullptr;
  // From the last one to the first.
  for (const FunctionDecl *D = F.Decl->getMostRecentDecl(); D;
       D = D->getPreviousDecl()) {
    if (D == F.Decl)
      Behind = false;
    else if (Behind || (IsInMainFile(D) && !IsInMainFile(F.Decl)))
      Stray = D;
  }
  return Stray;
}

bool isInSeveralFiles(const FunctionDecl *D,
                      const syntax::TokenBuffer &Tokens) {
  const SourceManager &SM = Tokens.sourceManager();
  return fileOf(firstToken(D, Tokens)->location(), SM) !=
         fileOf(bodyRange(D).getEnd(), SM);
}

/// A macro that the definition begins or ends in makes another async function
/// too. (All else that it makes stays.)
bool sharesMacro(const AsyncFunction &F, const AsyncFunctions &Functions,
                 const syntax::TokenBuffer &Tokens) {
  AroundInMacro Around = aroundInMacro(F.Decl, Tokens);
  if (Around.Before.empty() && Around.After.empty())
    return false;
  auto Holds = [&](TokenRange Range, const syntax::Token *T) {
    return T >= Range.begin() && T < Range.end();
  };
  return llvm::any_of(Functions.all(), [&](const AsyncFunction &Other) {
    SourceRange Written = bodyRange(Other.Decl);
    if (Written.isInvalid())
      return false;
    const syntax::Token *Body = Tokens.expandedTokens(Written).begin();
    return Holds(Around.Before, Body) || Holds(Around.After, Body);
  });
}

/// The one reason why \p F can't be lowered as a declaration, if there is one.
bool checkDeclaration(const AsyncFunction &F, const AsyncFunctions &Functions,
                      const syntax::TokenBuffer &Tokens, Diagnostics &Diags) {
  const FunctionDecl *D = F.Decl;
  SourceLocation Where = D->getLocation();
  if (!markTokens(D, Tokens))
    Diags.report(Where, Diag::async_mark) << D;
  else if (F.Lambda && D->getDescribedFunctionTemplate() &&
           D->getParent()->getParent()->isDependentContext())
    Diags.report(F.Lambda->getBeginLoc(), Diag::async_lambda_in_template);
  else if (!asyncMark(D->getFirstDecl()) &&
           !D->isFunctionTemplateSpecialization())
    Diags.report(Where, Diag::async_first_declaration) << D;
  else if (F.Output.isNull())
    Diags.report(Where, Diag::async_wrong_return) << D << D->getReturnType();
  else if (const AsyncFunction *Around =
               F.isTemplated() && !F.Lambda ? Functions.around(F) : nullptr)
    Diags.report(Where, Diag::async_local_class) << D << Around->Decl;
  else if (!F.body())
    Diags.report(Where, Diag::async_not_a_coroutine) << D;
  else if (isInSeveralFiles(D, Tokens))
    Diags.report(Where, Diag::async_several_files) << D;
  else if (const FunctionDecl *Stray =
               strayDeclaration(F, Tokens.sourceManager()))
    Diags.report(Stray->getLocation(), Diag::async_redeclared) << D;
  else if (F.NameIsTaken)
    Diags.report(Where, Diag::async_struct_name) << D << F.StructName;
  else if (sharesMacro(F, Functions, Tokens))
    Diags.report(Where, Diag::async_in_macro) << D;
  else
    return true;
  return false;
}

/// Other files are to call it, and can't: the factory of an internal struct is
/// internal too.
bool isOutOfReach(const AsyncFunction &F) {
  return F.isInternal() && !F.Erased && F.Decl->isExternallyVisible() &&
         !F.Decl->isUsed();
}

//===----------------------------------------------------------------------===//
// The body
//===----------------------------------------------------------------------===//

void checkBody(const Stmt *S, const AsyncFunction &F, Diagnostics &Diags) {
  if (const auto *Decl = dyn_cast<DeclStmt>(S))
    for (const auto *D : Decl->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D))
        if (Var->isStaticLocal() && F.waits(Var->getInit()))
          Diags.report(Var->getLocation(), Diag::unsupported_static_init);
  forEachChild(S, [&](const Stmt *Child) { checkBody(Child, F, Diags); });
}

//===----------------------------------------------------------------------===//
// What instantiations show of templates
//===----------------------------------------------------------------------===//

/// A call in the operand of an await of which the template does not know what
/// it calls: a default argument that a reference is bound to would die with it.
class DefaultsInTemplates {
public:
  DefaultsInTemplates(const SourceManager &SM, Diagnostics &Diags)
      : SM(SM), Diags(Diags) {}

  void run(const AsyncFunctions &Functions, ASTContext &Context) {
    for (const AsyncFunction &F : Functions.all())
      if (F.isTemplated())
        unknownCalls(F.Decl->getBody());
    for (const AsyncFunctions::Instance &Each : Functions.instances(Context))
      for (const Expr *Await : awaitsIn(Each.Made->getBody()))
        operand(awaitedOperand(Await));
  }

private:
  void unknownCalls(const Stmt *S) {
    if (const auto *Call = dyn_cast<CallExpr>(S);
        Call && Call->isTypeDependent())
      Unknown.insert(Call->getRParenLoc());
    forEachChild(S, [&](const Stmt *Child) { unknownCalls(Child); });
  }

  void operand(const Stmt *S) {
    if (const auto *Call = dyn_cast<CallExpr>(S);
        Call && Unknown.contains(Call->getRParenLoc()))
      for (const Expr *A : Call->arguments())
        if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(A);
            Default && isBound(Default->getExpr()) &&
            !SM.isInSystemHeader(Default->getParam()->getLocation()) &&
            Reported.insert(Call->getBeginLoc()).second)
          Diags.report(Call->getBeginLoc(), Diag::operand_default)
              << Default->getParam();
    forEachChild(S, [&](const Stmt *Child) { operand(Child); });
  }

  static bool isBound(const Expr *E) {
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    return isa<MaterializeTemporaryExpr>(E->IgnoreImpCasts()) ||
           isa<MaterializeTemporaryExpr>(E);
  }

  const SourceManager &SM;
  Diagnostics &Diags;
  llvm::DenseSet<SourceLocation> Unknown, Reported;
};

} // namespace

Lowerable checkAsyncFunctions(const Marked &Found, ASTContext &Context,
                              const syntax::TokenBuffer &Tokens,
                              Diagnostics &Diags) {
  for (const FunctionDecl *D : Found.Unsupported)
    reportUnsupported(D, Diags);
  Lowerable Result;
  for (const AsyncFunction &F : Found.Functions.all()) {
    unsigned ErrorsBefore = Diags.count();
    if (checkDeclaration(F, Found.Functions, Tokens, Diags))
      checkBody(F.body()->getBody(), F, Diags);
    if (Diags.count() != ErrorsBefore)
      continue;
    if (isOutOfReach(F))
      Diags.report(F.Decl->getLocation(), Diag::async_only_here) << F.Decl;
    Result.insert(&F);
  }
  if (llvm::any_of(Found.Functions.all(),
                   [](const AsyncFunction &F) { return F.isTemplated(); }))
    DefaultsInTemplates(Context.getSourceManager(), Diags)
        .run(Found.Functions, Context);
  return Result;
}

} // namespace coroexpand
