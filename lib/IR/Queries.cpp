#include "IR/IR.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Casting.h"

using llvm::cast;

namespace coroexpand::ir {

bool hasAwait(const Stmt &S) {
  switch (S.K) {
  case StmtKind::Opaque:
  case StmtKind::Declare:
  case StmtKind::Assign:
    return false;
  case StmtKind::FullExpr:
    return true;
  case StmtKind::Scope:
    return llvm::any_of(cast<Scope>(S).Body,
                        [](const StmtPtr &Child) { return hasAwait(*Child); });
  case StmtKind::If: {
    const If &I = cast<If>(S);
    return hasAwait(*I.Then) || (I.Else && hasAwait(*I.Else));
  }
  case StmtKind::Loop: {
    const Loop &L = cast<Loop>(S);
    return hasAwait(*L.Body) || (L.Tail && hasAwait(*L.Tail));
  }
  case StmtKind::Try:
    return hasAwait(*cast<Try>(S).Body);
  }
  llvm_unreachable("all kinds are above");
}

} // namespace coroexpand::ir
