#include "IR/Verifier.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Casting.h"

using llvm::cast;

namespace coroexpand::ir {
namespace {

class Verifier {
public:
  explicit Verifier(const Body &B) : B(B), Declared(B.Vars.size()) {}

  std::optional<BrokenPromise> run() {
    if (!B.Top) {
      fail("a body without a scope");
      return Problem;
    }
    stmt(*B.Top, /*Consumer=*/false);
    Here = B.Top->Where;
    if (Awaits != B.NumAwaits)
      fail("awaits that are counted but not there");
    return Problem;
  }

private:
  void fail(const char *What) {
    if (!Problem)
      Problem = {Here, What};
  }

  void text(const Text &T, bool MayHoldValue) {
    for (const Piece &P : T) {
      bool NamesVariable =
          P.K == Piece::Kind::Use || P.K == Piece::Kind::Member ||
          P.K == Piece::Kind::Capture || P.K == Piece::Kind::CaptureAlso;
      if (NamesVariable && P.Id >= B.Vars.size())
        fail("a text names a variable that does not exist");
      if (P.K == Piece::Kind::Value && !MayHoldValue)
        fail("an awaited value outside a full-expression's consumer");
      if (P.K == Piece::Kind::Continue && !llvm::is_contained(Loops, P.Id))
        fail("a continue outside its loop");
      if (P.K == Piece::Kind::Macro) {
        text(P.Macro->Expanded, MayHoldValue);
        text(P.Macro->Edited, MayHoldValue);
      }
    }
  }

  void declare(const Declarator &D, bool MayHoldValue) {
    if (D.Var >= B.Vars.size())
      return fail("a declaration of a variable that does not exist");
    if (Declared[D.Var])
      fail("a variable is declared twice");
    Declared[D.Var] = true;
    text(D.Value, MayHoldValue);
  }

  void jumps(const Opaque &O) {
    for (const Jump &J : O.Jumps)
      if (J.K == Jump::Kind::Goto ? J.Target >= B.NumLabels
                                  : !llvm::is_contained(Loops, J.Target))
        fail("a jump out of a loop that is not around it");
  }

  void stmt(const Stmt &S, bool Consumer) {
    Here = S.Where;
    switch (S.K) {
    case StmtKind::Opaque:
      text(cast<Opaque>(S).T, Consumer);
      return jumps(cast<Opaque>(S));
    case StmtKind::Declare:
      for (const Declarator &D : cast<Declare>(S).Vars)
        declare(D, Consumer);
      return;
    case StmtKind::Assign:
      return text(cast<Assign>(S).T, Consumer);
    case StmtKind::Scope:
      for (const StmtPtr &Child : cast<Scope>(S).Body)
        stmt(*Child, false);
      return;
    case StmtKind::FullExpr:
      return fullExpr(cast<FullExpr>(S));
    case StmtKind::Make:
      if (!cast<Make>(S).IsResult)
        fail("a step outside a full-expression");
      return make(cast<Make>(S), Consumer);
    case StmtKind::Wait:
    case StmtKind::Branch:
    case StmtKind::Block:
      return fail("a step outside a full-expression");
    case StmtKind::If: {
      const If &I = cast<If>(S);
      text(I.Cond, false);
      stmt(*I.Then, false);
      if (I.Else)
        stmt(*I.Else, false);
      return;
    }
    case StmtKind::Loop: {
      const Loop &L = cast<Loop>(S);
      Loops.push_back(L.Id);
      text(L.Cond, false);
      text(L.Advance, false);
      stmt(*L.Body, false);
      Loops.pop_back();
      if (L.Tail)
        stmt(*L.Tail, false);
      return;
    }
    case StmtKind::Switch: {
      const auto &Sw = cast<Switch>(S);
      text(Sw.Cond, false);
      Loops.push_back(Sw.Id);
      stmt(*Sw.Body, false);
      Loops.pop_back();
      return;
    }
    case StmtKind::Label:
      return text(cast<Label>(S).T, false);
    case StmtKind::Try:
      stmt(*cast<Try>(S).Body, false);
      for (const auto &Handler : cast<Try>(S).Handlers)
        stmt(*Handler, false);
      return;
    }
  }

  /// Returns whether the last one is a wait, whose value is still to be taken.
  bool steps(const std::vector<StmtPtr> &Steps) {
    bool HasValue = false;
    for (const StmtPtr &Step : Steps) {
      Here = Step->Where;
      if (const auto *W = llvm::dyn_cast<Wait>(Step.get())) {
        if (HasValue)
          fail("an awaited value that nothing takes");
        wait(W->A);
        HasValue = true;
        continue;
      }
      if (const auto *M = llvm::dyn_cast<Make>(Step.get()))
        make(*M, HasValue);
      else if (const auto *B = llvm::dyn_cast<Branch>(Step.get()))
        branch(*B);
      else if (const auto *B = llvm::dyn_cast<Block>(Step.get()))
        block(*B);
      else if (const auto *O = llvm::dyn_cast<Opaque>(Step.get()))
        text(O->T, HasValue);
      else
        fail("a step that is none");
      HasValue = false;
    }
    return HasValue;
  }

  void make(const Make &M, bool HasValue) {
    if (!M.IsResult)
      return declare(M.D, HasValue);
    if (!Declared[M.D.Var])
      fail("a result without a branch");
    text(M.D.Value, HasValue);
  }

  void wait(const Await &A) {
    if (A.Id != ++Awaits)
      fail("awaits out of order");
    if (A.Operands.empty())
      fail("an await without an operand");
    forEachText(A,
                [&](const Text &T, bool TakesValue) { text(T, TakesValue); });
  }

  void block(const Block &Bl) {
    if (Bl.Result)
      declare({*Bl.Result}, false);
    stmt(*Bl.Body, false);
  }

  void branch(const Branch &Br) {
    text(Br.Cond, false);
    for (VarId Flag : Br.Flags)
      declare({Flag}, false);
    if (Br.Result)
      declare({*Br.Result}, false);
    if (steps(Br.Then) || steps(Br.Else))
      fail("an arm that ends in an await");
  }

  void fullExpr(const FullExpr &F) {
    bool HasValue = steps(F.Steps);
    if (!F.Consumer)
      return fail("a full-expression without a consumer");
    StmtKind K = F.Consumer->K;
    if (K != StmtKind::Opaque && K != StmtKind::Declare &&
        K != StmtKind::Assign && K != StmtKind::Make)
      fail("a full-expression's consumer is a compound statement");
    stmt(*F.Consumer, HasValue);
  }

  const Body &B;
  std::vector<bool> Declared;
  llvm::SmallVector<LoopId, 4> Loops;
  AwaitId Awaits = 0;
  Loc Here; ///< Of the statement that was begun last.
  std::optional<BrokenPromise> Problem;
};

} // namespace

std::optional<BrokenPromise> verify(const Body &B) { return Verifier(B).run(); }

} // namespace coroexpand::ir
