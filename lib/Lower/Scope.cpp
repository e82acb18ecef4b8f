#include "Lower/Constructs.h"
#include "Source/Reachability.h"

using namespace clang;

namespace coroexpand {
namespace {

/// Gives each statement the comments and directives that stand around it.
class BlockLowering {
public:
  BlockLowering(Context &C, ir::Scope &Into) : C(C), Into(Into) {}

  void run(const CompoundStmt *Block) {
    SourceLocation Outer = std::exchange(C.BlockEnd, Block->getRBracLoc());
    Previous = Block->getLBracLoc();
    for (const Stmt *Child : Block->body())
      statement(Child);
    Fragments::Gap Gap = C.Source.gap(Previous, Block->getRBracLoc());
    trailing(Gap.Trailing, Into.Body.size());
    Into.LastComment = Comment + Gap.Comment;
    C.BlockEnd = Outer;
  }

private:
  void statement(const Stmt *Child) {
    // What a pragma makes of a statement begins at the pragma.
    auto Tokens = C.Source.tokens(Child->getSourceRange());
    Fragments::Gap Gap =
        C.Source.gap(Previous, Tokens.empty() ? Child->getBeginLoc()
                                              : Tokens.front().location());
    size_t First = Into.Body.size();
    lowerStatement(C, Child, Into);
    trailing(Gap.Trailing, First);
    Comment += Gap.Comment;
    bool Kept = First < Into.Body.size();
    if (Gap.AboutNext && (!Kept || C.waits(Child)))
      C.Diags.report(Child->getBeginLoc(), Diag::unsupported_pragma);
    if (Kept) {
      Into.Body[First]->Comment = std::exchange(Comment, "");
      Into.Body[First]->BlankBefore = Gap.Blank && First != 0;
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
  Result->FallsThrough = reachesEnd(C.F, S);
  if (const auto *Block = dyn_cast<CompoundStmt>(S))
    BlockLowering(C, *Result).run(Block);
  else
    lowerStatement(C, S, *Result);
  return Result;
}

/// { S; T; }    Scope { S; T }
void lowerCompound(Context &C, const CompoundStmt &S, ir::Scope &Into) {
  Into.Body.push_back(lowerScope(C, &S));
}

} // namespace coroexpand
