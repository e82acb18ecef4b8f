#include "ClangCompat.h"
#include "Lower/Await.h"
#include "Lower/Constructs.h"
#include "Lower/Describe.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace coroexpand {

/// ({ S; e; })    { S; result = e; }
///
/// The result of a class is built in place, behind the block's own objects.
void Steps::block(const StmtExpr *E) {
  auto Step = std::make_unique<ir::Block>(at(E->getBeginLoc()));
  std::optional<ir::VarId> Result = resultOf(E);
  if (!(E == Chosen && IsChosenInArm)) {
    Step->Result = Result;
    if (Result)
      flag(*Result);
  }
  const CompoundStmt *Body = E->getSubStmt();
  {
    llvm::SaveAndRestore Saved(C.Result);
    C.Result = {Result ? valueOf(Body) : nullptr, Result};
    Step->Body = lowerScope(C, Body);
  }
  keptIn(E, Result);
  replace(E, resultText(E, Result));
  append(std::move(Step));
}

/// The result of a block: what it is, where only an instantiation knows it, its
/// last statement says.
void lowerResult(Context &C, const Expr *E, ir::Scope &Into) {
  std::unique_ptr<Steps> Before = stepsOf(C, E);
  ir::Text Value = Before ? Before->text(bare(E))
                          : C.Source.slice(bare(E)->getSourceRange());
  QualType T = E->getType();
  if (C.var(*C.Result.Id).TypeId.empty()) {
    describeDecayed(C, C.var(*C.Result.Id), Value);
    auto Result = std::make_unique<ir::Make>(
        at(E->getBeginLoc()),
        ir::Declarator{*C.Result.Id, ir::Declarator::Style::Copy,
                       std::move(Value), /*Deduced=*/true});
    Result->IsResult = true;
    return appendConsumer(std::move(Result), takeSteps(Before), Into);
  }
  auto Result = makeResult(C, *C.Result.Id, E, T, /*IsReference=*/false,
                           std::move(Value));
  // A copy of what is named, or a move from it.
  const Expr *Written = E->IgnoreUnlessSpelledInSource();
  Result->D.Deduced |= Result->D.Init == ir::Declarator::Style::Copy &&
                       T->isRecordType() && Written->isGLValue() &&
                       C.Ast.hasSameUnqualifiedType(Written->getType(), T);
  appendConsumer(std::move(Result), takeSteps(Before), Into);
}

} // namespace coroexpand
