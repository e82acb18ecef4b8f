#include "IR/IR.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Casting.h"

using llvm::cast;

namespace coroexpand::ir {
namespace {

/// What follows a jump is reached again from a resume point in it.
bool scopeFallsThrough(const Scope &S) {
  bool Reached = true;
  for (const StmtPtr &Child : S.Body)
    Reached = (Reached || hasAwait(*Child)) && fallsThrough(*Child);
  return Reached;
}

bool tryFallsThrough(const Try &T) {
  return scopeFallsThrough(*T.Body) ||
         llvm::any_of(T.Handlers, [](const std::unique_ptr<Opaque> &Handler) {
           return Handler->FallsThrough;
         });
}

/// Whether a jump in \p S leaves loop \p L through `break`.
bool breaksOut(const Stmt &S, LoopId L) {
  auto InOpaque = [&](const Opaque &O) {
    return llvm::any_of(O.Jumps, [&](const Jump &J) {
      return J.K == Jump::Kind::Break && J.Target == L;
    });
  };
  switch (S.K) {
  case StmtKind::Opaque:
    return InOpaque(cast<Opaque>(S));
  case StmtKind::Declare:
  case StmtKind::Assign:
    return false;
  case StmtKind::Scope:
    return llvm::any_of(cast<Scope>(S).Body, [&](const StmtPtr &Child) {
      return breaksOut(*Child, L);
    });
  case StmtKind::FullExpr:
    return breaksOut(*cast<FullExpr>(S).Consumer, L);
  case StmtKind::If: {
    const If &I = cast<If>(S);
    return breaksOut(*I.Then, L) || (I.Else && breaksOut(*I.Else, L));
  }
  case StmtKind::Loop: {
    const Loop &Inner = cast<Loop>(S);
    return breaksOut(*Inner.Body, L) ||
           (Inner.Tail && breaksOut(*Inner.Tail, L));
  }
  case StmtKind::Try: {
    const Try &T = cast<Try>(S);
    return breaksOut(*T.Body, L) ||
           llvm::any_of(T.Handlers, [&](const std::unique_ptr<Opaque> &H) {
             return InOpaque(*H);
           });
  }
  }
  llvm_unreachable("all kinds are above");
}

} // namespace

bool fallsThrough(const Stmt &S) {
  switch (S.K) {
  case StmtKind::Opaque:
    return cast<Opaque>(S).FallsThrough;
  case StmtKind::Declare:
  case StmtKind::Assign:
    return true;
  case StmtKind::Scope:
    return scopeFallsThrough(cast<Scope>(S));
  case StmtKind::FullExpr:
    return fallsThrough(*cast<FullExpr>(S).Consumer);
  case StmtKind::If: {
    const If &I = cast<If>(S);
    return !I.Else || fallsThrough(*I.Then) || fallsThrough(*I.Else);
  }
  case StmtKind::Loop: {
    const Loop &L = cast<Loop>(S);
    return !L.Cond.empty() || breaksOut(*L.Body, L.Id);
  }
  case StmtKind::Try:
    return tryFallsThrough(cast<Try>(S));
  }
  llvm_unreachable("all kinds are above");
}

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
