#include "IR/IR.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Casting.h"

using llvm::cast;

namespace coroexpand::ir {

namespace {

/// Whether \p S or a statement in it is of one of the kinds that \p Is names.
bool has(const Stmt &S, llvm::function_ref<bool(const Stmt &)> Is) {
  auto Part = [&](const auto &Child) { return Child && has(*Child, Is); };
  if (Is(S))
    return true;
  switch (S.K) {
  case StmtKind::Scope:
    return llvm::any_of(cast<Scope>(S).Body, Part);
  case StmtKind::If:
    return Part(cast<If>(S).Then) || Part(cast<If>(S).Else);
  case StmtKind::Loop:
    return Part(cast<Loop>(S).Body) || Part(cast<Loop>(S).Tail);
  case StmtKind::Switch:
    return Part(cast<Switch>(S).Body);
  case StmtKind::Try:
    return Part(cast<Try>(S).Body);
  default:
    return false;
  }
}

bool hasSteps(const Stmt &S) {
  if (const auto *F = llvm::dyn_cast<FullExpr>(&S))
    return llvm::any_of(F->Steps,
                        [](const StmtPtr &Step) { return hasSteps(*Step); });
  if (const auto *B = llvm::dyn_cast<Branch>(&S))
    return llvm::any_of(B->Then,
                        [](const StmtPtr &Step) { return hasSteps(*Step); }) ||
           llvm::any_of(B->Else,
                        [](const StmtPtr &Step) { return hasSteps(*Step); });
  if (const auto *B = llvm::dyn_cast<Block>(&S))
    return hasAwait(*B->Body);
  return llvm::isa<Wait>(S);
}

} // namespace

bool hasAwait(const Stmt &S) { return has(S, hasSteps); }

bool hasEntry(const Stmt &S) {
  return has(S, [](const Stmt &Part) {
    return hasSteps(Part) || llvm::isa<Label>(Part);
  });
}

void forEachText(const Await &A,
                 llvm::function_ref<void(const Text &, bool)> Visit) {
  for (const Text &Operand : A.Operands)
    Visit(Operand, false);
  for (const Text *T :
       {&A.Elements.Condition, &A.Elements.Otherwise, &A.Elements.Make})
    Visit(*T, false);
  Visit(A.Elements.Take, !A.Elements.Take.empty());
}

} // namespace coroexpand::ir
