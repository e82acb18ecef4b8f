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
    C.Result = {Step->Result ? Body->getStmtExprResult() : nullptr,
                Step->Result};
    Step->Body = lowerScope(C, Body);
  }
  ir::Text Use("void()");
  if (Step->Result) {
    Use = ir::Text().append(ir::use(*Step->Result));
    if (!E->getType()->isScalarType())
      Use = ir::moved(Use);
  }
  keptIn(E, Step->Result);
  append(std::move(Step));
  replace(E, std::move(Use));
}

void lowerResult(Context &C, const Expr *E, ir::Scope &Into) {
  using Style = ir::Declarator::Style;
  ir::VarId Id = *C.Result.Id;
  ir::Loc Where = at(E->getBeginLoc());
  std::unique_ptr<Steps> Before = stepsOf(C, E);
  ir::Text Value = Before ? Before->text(bare(E))
                          : C.Source.slice(bare(E)->getSourceRange());
  Style Init = E->getType()->isScalarType()
                   ? Style::Copy
                   : initStyle(C, E, E->getType(), C.var(Id), Value);
  auto Result = std::make_unique<ir::Make>(
      Where, ir::Declarator{Id, Init, std::move(Value)});
  const Expr *Written = E->IgnoreUnlessSpelledInSource();
  Result->D.Deduced =
      Init == Style::Copy && !E->getType()->isScalarType() &&
      (makesItsType(C, E, E->getType()) ||
       (Written->isGLValue() &&
        C.Ast.hasSameUnqualifiedType(Written->getType(), E->getType())));
  Result->IsResult = true;
  appendConsumer(std::move(Result), takeSteps(Before), Into);
}

} // namespace coroexpand
