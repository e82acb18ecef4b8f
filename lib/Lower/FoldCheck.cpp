#include "Lower/Declarations.h"
#include "Lower/Steps.h"
#include "Source/Walk.h"

#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace coroexpand {
namespace {

/// What only the instantiations of a function show of its folds over co_await:
/// their elements are closures once lowered, and what these make ends with
/// them.
class FoldsInInstances {
public:
  explicit FoldsInInstances(Context &C) : C(C) {}

  void run() {
    C.TypeOf.forEachInstance([&](const FunctionDecl *D) {
      statement(D->getBody(), /*InOperand=*/false);
    });
  }

private:
  const CXXFoldExpr *foldAround(const Expr *E) const {
    for (const CXXFoldExpr *Fold : C.Folds)
      if (C.Ast.getSourceManager().isPointWithin(
              E->getBeginLoc(), Fold->getBeginLoc(), Fold->getEndLoc()))
        return Fold;
    return nullptr;
  }

  /// \p InOperand: it is a part of what a fold waits for.
  void statement(const Stmt *S, bool InOperand) {
    if (isAwait(S)) {
      const Expr *Operand = awaitedOperand(cast<Expr>(S));
      const Expr *Made = bare(Operand);
      if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Made))
        Made = bare(Temp->getSubExpr()); // The future itself.
      return children(Made, foldAround(cast<Expr>(S)));
    }
    if (isa<MaterializeTemporaryExpr>(S))
      temporary(cast<Expr>(S), InOperand);
    // What is discarded, or passed by value.
    const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(S);
    if (Bound && !InOperand && !isAwait(Bound->getSubExpr()))
      temporary(Bound, InOperand);
    if (const auto *Call = dyn_cast<CXXOperatorCallExpr>(S))
      for (const CXXFoldExpr *Fold : C.Folds)
        if (Call->getOperatorLoc() == Fold->getEllipsisLoc())
          refuse(Fold, "an overloaded operator");
    children(S, InOperand);
  }

  void children(const Stmt *S, bool InOperand) {
    forEachChild(S, [&](const Stmt *Child) { statement(Child, InOperand); });
  }

  void temporary(const Expr *Temp, bool InOperand) {
    const CXXFoldExpr *Fold = foldAround(Temp);
    QualType T = Temp->getType();
    bool IsSeen = C.TypeOf.needsDestroy(T) && !C.TypeOf.isQuiet(T);
    if (Fold && (InOperand || IsSeen))
      refuse(Fold, "a temporary that outlives its expression");
  }

  void refuse(const CXXFoldExpr *Fold, const char *What) {
    if (Reported.insert(Fold).second)
      C.Diags.report(Fold->getBeginLoc(), Diag::unsupported_fold) << What;
  }

  Context &C;
  llvm::DenseSet<const CXXFoldExpr *> Reported;
};

} // namespace

void checkFolds(Context &C) {
  if (!C.Folds.empty())
    FoldsInInstances(C).run();
}

} // namespace coroexpand
