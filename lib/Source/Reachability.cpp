#include "Source/Reachability.h"
#include "Source/Walk.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace coroexpand {
namespace {

/// There is a case in \p S of a switch that is around it.
bool hasFreeCase(const Stmt *S) {
  if (isa<SwitchCase>(S))
    return true;
  bool Found = false;
  if (!isa<SwitchStmt, Expr>(S))
    forEachChild(
        S, [&](const Stmt *Child) { Found = Found || hasFreeCase(Child); });
  return Found;
}

/// A statement alone, in a loop that gives its jumps somewhere to go:
///
///   for (;; NextRound) { S; End }
///   for (;; NextRound) switch (0) { case 1: S; End }
class Graph {
public:
  Graph(const AsyncFunction &F, const Stmt *S) {
    ASTContext &Context = F.Decl->getASTContext();
    SourceLocation Nowhere;
    if (const auto *Handler = dyn_cast<CXXCatchStmt>(S))
      S = Handler->getHandlerBlock();
    End = new (Context) CXXNullPtrLiteralExpr(Context.NullPtrTy, Nowhere);
    Stmt *Parts[] = {const_cast<Stmt *>(S), End};
    Stmt *Body = CompoundStmt::Create(Context, Parts, FPOptionsOverride(),
                                      Nowhere, Nowhere);
    if (hasFreeCase(S))
      Body = inSwitch(Context, Body);
    NextRound = new (Context) CXXNullPtrLiteralExpr(Context.NullPtrTy, Nowhere);
    auto *Loop = new (Context) ForStmt(
        Context, /*Init=*/nullptr, /*Cond=*/nullptr, /*condVar=*/nullptr,
        NextRound, Body, Nowhere, Nowhere, Nowhere);
    CFG::BuildOptions Options;
    Options.setAllAlwaysAdd();
    Options.PruneTriviallyFalseEdges = false;
    Blocks = CFG::buildCFG(F.Decl, Loop, &Context, Options);
    if (Blocks)
      findReached();
  }

  bool reachesEnd() const { return !Blocks || Reached.contains(End); }
  bool reachesNextRound() const {
    return !Blocks || Reached.contains(NextRound);
  }

private:
  static Stmt *inSwitch(ASTContext &Context, Stmt *Body) {
    SourceLocation Nowhere;
    auto *Value = IntegerLiteral::Create(
        Context, llvm::APInt(Context.getIntWidth(Context.IntTy), 0),
        Context.IntTy, Nowhere);
    auto *Around = SwitchStmt::Create(Context, /*Init=*/nullptr,
                                      /*Var=*/nullptr, Value, Nowhere, Nowhere);
    Around->setBody(Body);
    return Around;
  }

  void findReached() {
    enter(&Blocks->getEntry());
    for (const CFGBlock *B : *Blocks)
      if (isEntered(*B))
        enter(B);
  }

  /// From a resume point, by an exception, or by a jump.
  static bool isEntered(const CFGBlock &B) {
    if (isa_and_nonnull<LabelStmt>(B.getLabel()))
      return true;
    if (isa_and_nonnull<CXXTryStmt>(B.getTerminatorStmt()))
      return true;
    return llvm::any_of(B, [](const CFGElement &E) {
      std::optional<CFGStmt> S = E.getAs<CFGStmt>();
      return S && isAwait(S->getStmt());
    });
  }

  /// Of constant conditions only those count that every compiler sees.
  static bool isEndless(const Stmt *Loop) {
    const Expr *Cond = nullptr;
    if (const auto *While = dyn_cast_or_null<WhileStmt>(Loop))
      Cond = While->getCond();
    else if (const auto *Do = dyn_cast_or_null<DoStmt>(Loop))
      Cond = Do->getCond();
    else if (const auto *For = dyn_cast_or_null<ForStmt>(Loop))
      Cond = For->getCond();
    Cond = Cond ? Cond->IgnoreParenImpCasts() : nullptr;
    if (const auto *Bool = dyn_cast_or_null<CXXBoolLiteralExpr>(Cond))
      return Bool->getValue();
    const auto *Number = dyn_cast_or_null<IntegerLiteral>(Cond);
    return Number && Number->getValue() != 0;
  }

  void enter(const CFGBlock *First) {
    llvm::SmallVector<const CFGBlock *> Waiting{First};
    while (!Waiting.empty()) {
      const CFGBlock *B = Waiting.pop_back_val();
      if (!Seen.insert(B).second)
        continue;
      for (const CFGElement &E : *B)
        if (std::optional<CFGStmt> S = E.getAs<CFGStmt>())
          Reached.insert(S->getStmt());
      for (const CFGBlock::AdjacentBlock &Next : B->succs()) {
        const CFGBlock *Target = Next.getReachableBlock();
        // A switch over an enum may be given a value that is no enumerator.
        if (!Target)
          Target = Next.getPossiblyUnreachableBlock();
        bool Leaves = &Next != B->succ_begin();
        if (Target && !(Leaves && isEndless(B->getTerminatorStmt())))
          Waiting.push_back(Target);
      }
    }
  }

  Expr *End, *NextRound; ///< Values that nobody uses.
  std::unique_ptr<CFG> Blocks;
  llvm::SmallPtrSet<const CFGBlock *, 16> Seen;
  llvm::SmallPtrSet<const Stmt *, 32> Reached;
};

} // namespace

/// \p S ends in a statement that leaves the function. Clang makes no graph of
/// some loops in templates.
static bool endsInReturn(const Stmt *S) {
  if (const auto *Block = dyn_cast_or_null<CompoundStmt>(S))
    return !Block->body_empty() && endsInReturn(Block->body_back());
  return isa_and_nonnull<CoreturnStmt>(S);
}

bool reachesEnd(const AsyncFunction &F, const Stmt *S) {
  return !endsInReturn(S) && Graph(F, S).reachesEnd();
}

bool reachesNextRound(const AsyncFunction &F, const Stmt *LoopBody) {
  return Graph(F, LoopBody).reachesNextRound();
}

} // namespace coroexpand
