#include "IR/IR.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Casting.h"

using llvm::cast;

namespace coroexpand::ir {

namespace {

/// \p S or a statement in it is of one of the kinds that \p Is names.
bool has(const Stmt &S, llvm::function_ref<bool(const Stmt &)> Is) {
  bool Found = Is(S);
  if (!Found)
    forEachPart(
        S, [](const Text &) {},
        [&](const Stmt &Part) { Found = Found || has(Part, Is); });
  return Found;
}

} // namespace

bool hasAwait(const Stmt &S) {
  return has(S, [](const Stmt &Part) { return llvm::isa<Wait>(Part); });
}

bool hasEntry(const Stmt &S) {
  return has(S, [](const Stmt &Part) { return llvm::isa<Wait, Label>(Part); });
}

void forEachPart(const Stmt &S, llvm::function_ref<void(const Text &)> OnText,
                 llvm::function_ref<void(const Stmt &)> OnStmt) {
  auto OnScope = [&](const std::unique_ptr<Scope> &Part) {
    if (Part)
      OnStmt(*Part);
  };
  auto OnAll = [&](const std::vector<StmtPtr> &Parts) {
    for (const StmtPtr &Part : Parts)
      OnStmt(*Part);
  };
  switch (S.K) {
  case StmtKind::Opaque:
    return OnText(cast<Opaque>(S).T);
  case StmtKind::Declare:
    OnText(cast<Declare>(S).Attributes);
    OnText(cast<Declare>(S).Original);
    for (const Declarator &One : cast<Declare>(S).Vars)
      OnText(One.Value);
    return;
  case StmtKind::Assign:
    return OnText(cast<Assign>(S).T);
  case StmtKind::Scope:
    return OnAll(cast<Scope>(S).Body);
  case StmtKind::FullExpr:
    OnAll(cast<FullExpr>(S).Steps);
    return OnStmt(*cast<FullExpr>(S).Consumer);
  case StmtKind::Make:
    return OnText(cast<Make>(S).D.Value);
  case StmtKind::Wait:
    return forEachText(cast<Wait>(S).A,
                       [&](const Text &T, bool) { OnText(T); });
  case StmtKind::Branch:
    OnText(cast<Branch>(S).Cond);
    OnAll(cast<Branch>(S).Then);
    return OnAll(cast<Branch>(S).Else);
  case StmtKind::Block:
    return OnScope(cast<Block>(S).Body);
  case StmtKind::If:
    OnText(cast<If>(S).Cond);
    OnScope(cast<If>(S).Then);
    return OnScope(cast<If>(S).Else);
  case StmtKind::Loop:
    OnText(cast<Loop>(S).Cond);
    OnScope(cast<Loop>(S).Body);
    OnScope(cast<Loop>(S).Tail);
    return OnText(cast<Loop>(S).Advance);
  case StmtKind::Switch:
    OnText(cast<Switch>(S).Cond);
    return OnScope(cast<Switch>(S).Body);
  case StmtKind::Label:
    return OnText(cast<Label>(S).T);
  case StmtKind::Try:
    OnScope(cast<Try>(S).Body);
    for (const auto &Handler : cast<Try>(S).Handlers)
      OnText(Handler->T);
    return;
  }
  llvm_unreachable("all kinds are above");
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
