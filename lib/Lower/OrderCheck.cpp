#include "Lower/OrderCheck.h"
#include "Lower/EvaluationOrder.h"
#include "Source/Walk.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseMap.h"

using namespace clang;

namespace coroexpand {
namespace {

/// CodeGen evaluates the right side of an assignment first, as C++17 says; the
/// graph has the left one first, but for the built-in `=`. And it has a
/// lambda's captures backwards.
bool isException(const Expr *E) {
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
  return isa<CompoundAssignOperator, LambdaExpr>(E) ||
         (Operator && Operator->isAssignmentOp());
}

class Comparison {
public:
  Comparison(const AsyncFunction &F, Diagnostics &Diags) : F(F), Diags(Diags) {}

  void run() {
    CFG::BuildOptions Options;
    Options.setAllAlwaysAdd();
    Options.PruneTriviallyFalseEdges = false;
    Stmt *Body = F.body()->getBody();
    std::unique_ptr<CFG> Graph =
        CFG::buildCFG(F.Decl, Body, &F.Decl->getASTContext(), Options);
    if (!Graph)
      return;
    for (const CFGBlock *B : *Graph)
      for (unsigned I = 0; I < B->size(); ++I)
        if (std::optional<CFGStmt> S = (*B)[I].getAs<CFGStmt>())
          Positions.try_emplace(S->getStmt(), -int(B->getBlockID()), I);
    statement(Body);
  }

private:
  /// In the order of the graph, which is built from its end.
  using Position = std::pair<int, unsigned>;

  void statement(const Stmt *S) {
    if (const auto *E = dyn_cast<Expr>(S))
      expression(E);
    forEachChild(S, [&](const Stmt *Child) { statement(Child); });
  }

  void expression(const Expr *E) {
    std::optional<Operands> Parts = operandsInOrder(E);
    if (!Parts || isException(E))
      return;
    std::optional<Position> Last;
    for (const Expr *Part : Parts->Always) {
      std::optional<Position> Here = positionOf(Part);
      if (!Here)
        continue;
      if (Last && *Here < *Last)
        Diags.report(E->getBeginLoc(), Diag::internal_error)
            << F.Decl
            << std::string(E->getStmtClassName()) +
                   " has its parts in another order than clang's graph";
      Last = Here;
    }
  }

  /// Some wrappers have no place of their own in the graph.
  std::optional<Position> positionOf(const Expr *E) const {
    for (const Expr *Before = nullptr; E != Before;) {
      if (auto Found = Positions.find(E); Found != Positions.end())
        return Found->second;
      Before = E;
      E = E->IgnoreParens();
      if (const auto *Full = dyn_cast<FullExpr>(E))
        E = Full->getSubExpr();
    }
    return std::nullopt;
  }

  const AsyncFunction &F;
  Diagnostics &Diags;
  llvm::DenseMap<const Stmt *, Position> Positions;
};

} // namespace

void checkOrder(const AsyncFunction &F, Diagnostics &Diags) {
  Comparison(F, Diags).run();
}

} // namespace coroexpand
