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
  if (Flags || E->isTypeDependent()) {
    C.Diags.report(E->getBeginLoc(), Diag::unsupported_statement)
        << (Flags ? "statement expression under a condition"
                  : "statement expression of a type that depends on a template")
        << "a block";
    return;
  }
  auto Step = std::make_unique<ir::Block>(at(E->getBeginLoc()));
  Step->Result = E == Chosen ? MadeByChoice : resultFor(E);
  const CompoundStmt *Body = E->getSubStmt();
  {
    llvm::SaveAndRestore Result(C.Result);
    C.Result = {Step->Result ? valueOf(Body) : nullptr, Step->Result};
    Step->Body = lowerScope(C, Body);
  }
  keptIn(E, Step->Result);
  replace(E, resultText(E, Step->Result));
  append(std::move(Step));
}

void lowerResult(Context &C, const Expr *E, ir::Scope &Into) {
  std::unique_ptr<Steps> Before = stepsOf(C, E);
  ir::Text Value = Before ? Before->text(bare(E))
                          : C.Source.slice(bare(E)->getSourceRange());
  QualType T = E->getType();
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
