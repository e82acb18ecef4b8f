#include "Source/Captures.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/SetVector.h"

using namespace clang;

namespace coroexpand {
namespace {

/// The variables around a lambda that its body names.
class OuterUses : public RecursiveASTVisitor<OuterUses> {
public:
  explicit OuterUses(const LambdaExpr *L) : Body(L->getCallOperator()) {}
  llvm::SmallSetVector<ValueDecl *, 4> Variables;
  bool Object = false;

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    ValueDecl *D = E->getDecl();
    bool IsVariable = isa<VarDecl, BindingDecl>(D);
    if (IsVariable && E->refersToEnclosingVariableOrCapture() &&
        !Body->Encloses(D->getDeclContext()) && !isConstant(D))
      Variables.insert(D);
    return true;
  }
  bool VisitCXXThisExpr(CXXThisExpr *) { return Object = true; }
  bool TraverseCXXRecordDecl(CXXRecordDecl *) { return true; }

private:
  /// Reading it needs no capture.
  static bool isConstant(const ValueDecl *D) {
    const auto *Var = dyn_cast<VarDecl>(D);
    return Var && (Var->isConstexpr() || Var->isStaticLocal());
  }

  const CXXMethodDecl *Body;
};

} // namespace

std::vector<LambdaCapture> capturesOf(const LambdaExpr *L) {
  std::vector<LambdaCapture> Result(L->capture_begin(), L->capture_end());
  LambdaCaptureDefault Default = L->getCaptureDefault();
  if (Default == LCD_None || !L->getCallOperator()->isDependentContext())
    return Result;
  OuterUses Uses(L);
  Uses.TraverseStmt(L->getBody());
  auto IsCaptured = [&](const ValueDecl *D) {
    return llvm::any_of(Result, [&](const LambdaCapture &Each) {
      return D ? Each.capturesVariable() && Each.getCapturedVar() == D
               : Each.capturesThis();
    });
  };
  SourceLocation Where = L->getCaptureDefaultLoc();
  for (ValueDecl *D : Uses.Variables)
    if (!IsCaptured(D))
      Result.emplace_back(Where, /*Implicit=*/true,
                          Default == LCD_ByCopy ? LCK_ByCopy : LCK_ByRef, D);
  if (Uses.Object && !IsCaptured(nullptr))
    Result.emplace_back(Where, /*Implicit=*/true, LCK_This);
  return Result;
}

} // namespace coroexpand
