#include "Lower/Constructs.h"
#include "Source/Reachability.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {
namespace {

/// The comments of \p S, which has become the statements from \p First on.
void noteComments(Context &C, const Stmt *S, size_t First, ir::Scope &In) {
  if (First == In.Body.size())
    return;
  In.Body[First]->Inside = C.Source.comments(S->getSourceRange());
  In.Body[First]->Parts = In.Body.size() - First;
}

/// Gives each statement the comments and directives that stand around it.
class BlockLowering {
public:
  BlockLowering(Context &C, ir::Scope &Into) : C(C), Into(Into) {}

  void run(const CompoundStmt *Block) {
    SourceLocation Outer = std::exchange(C.BlockEnd, Block->getRBracLoc());
    Previous = Block->getLBracLoc();
    bool WaitsBehind = C.WaitsBehind;
    size_t Waiting = 0; // Statements before this one have awaits behind them.
    for (auto [I, Child] : llvm::enumerate(Block->body()))
      if (C.waits(Child))
        Waiting = I;
    for (auto [I, Child] : llvm::enumerate(Block->body())) {
      C.WaitsBehind = I < Waiting;
      statement(Child);
    }
    C.WaitsBehind = WaitsBehind;
    Gap Gap = C.Source.gap(Previous, Block->getRBracLoc());
    trailing(Gap.Trailing, Into.Body.size());
    Into.LastComment = Comment + Gap.Comment;
    C.BlockEnd = Outer;
  }

private:
  void statement(const Stmt *Child) {
    // What a pragma makes of a statement begins at the pragma.
    auto Tokens = C.Source.tokens(Child->getSourceRange());
    Gap Gap =
        C.Source.gap(Previous, Tokens.empty() ? Child->getBeginLoc()
                                              : Tokens.front().location());
    size_t First = Into.Body.size();
    lowerStatement(C, Child, Into);
    trailing(Gap.Trailing, First);
    Comment += Gap.Comment;
    bool Kept = First < Into.Body.size();
    // A loop that waits is no loop that a hint could make faster.
    if (Gap.HasHint && C.isSplit(Child))
      Comment = withoutHints(Comment);
    if (Gap.AboutNext && (!Kept || C.isSplit(Child)))
      C.Diags.report(Child->getBeginLoc(), Diag::unsupported_pragma);
    if (Kept) {
      Into.Body[First]->Comment = std::exchange(Comment, "");
      Into.Body[First]->BlankBefore = Gap.Blank && First != 0;
      noteComments(C, Child, First, Into);
    }
    Previous = C.Source.withSemicolon(Child->getSourceRange()).getEnd();
  }

  /// A comment on the line where the statement before number \p Next ends.
  void trailing(const std::string &Text, size_t Next) {
    if (Text.empty())
      return;
    if (Next > 0)
      Into.Body[Next - 1]->Trailing = Text;
    else
      Comment += Text + "\n"; // Behind the opening brace.
  }

  Context &C;
  ir::Scope &Into;
  SourceLocation Previous; ///< The end of the statement before.
  std::string Comment;     ///< The lines above what comes next.
};

} // namespace

std::unique_ptr<ir::Scope> lowerScope(Context &C, const Stmt *S) {
  auto Result = std::make_unique<ir::Scope>(at(S->getBeginLoc()));
  Result->End = at(S->getEndLoc());
  if (const auto *With = dyn_cast<AttributedStmt>(S)) {
    S = With->getSubStmt();
    Result->Attributes = attributesOf(C, *With);
  }
  const auto *Block = dyn_cast<CompoundStmt>(S);
  if (!Block) { // It has no object that could outlive its statement.
    lowerStatement(C, S, *Result);
    noteComments(C, S, 0, *Result);
    return Result;
  }
  Result->FallsThrough = reachesEnd(C.F, S);
  BlockLowering(C, *Result).run(Block);
  return Result;
}

std::unique_ptr<ir::Scope> lowerBranch(Context &C, const Stmt *S) {
  std::unique_ptr<ir::Scope> Result = lowerScope(C, S);
  std::string &First =
      Result->Body.empty() ? Result->LastComment : Result->Body[0]->Comment;
  First = C.Source.before(S->getBeginLoc()) + First;
  return Result;
}

/// { S; T; }    Scope { S; T }
void lowerCompound(Context &C, const CompoundStmt &S, ir::Scope &Into) {
  Into.Body.push_back(lowerScope(C, &S));
}

} // namespace coroexpand
