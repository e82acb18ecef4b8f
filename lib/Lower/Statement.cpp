#include "Lower/Await.h"
#include "Lower/Constructs.h"
#include "Lower/Expressions.h"
#include "Lower/Jumps.h"
#include "Source/Reachability.h"

using namespace clang;

namespace coroexpand {

void lowerStatement(Context &C, const Stmt *S, ir::Scope &Into) {
  if (const auto *Decl = dyn_cast<DeclStmt>(S))
    return lowerDeclaration(C, Decl, Into);
  if (S == C.Result.Of)
    return lowerResult(C, cast<Expr>(S), Into);
  if (!C.isSplit(S)) {
    Into.Body.push_back(opaque(C, S));
    return;
  }
  C.WaitsBehind = true; // What it declares lives on in it.
  switch (S->getStmtClass()) {
#define CONSTRUCT(Kind, Function)                                              \
  case Stmt::Kind##Class:                                                      \
    return Function(C, cast<Kind>(*S), Into);
#include "Lower/Constructs.def"
#undef CONSTRUCT
  default:
    return lowerExpression(C, S, cast<Expr>(S), Into);
  }
}

std::unique_ptr<ir::Opaque> opaque(Context &C, const Stmt *S) {
  SourceRange Range = S->getSourceRange();
  if (!isa<CompoundStmt, NullStmt, CXXCatchStmt>(S))
    Range = C.Source.withSemicolon(Range);
  auto Result =
      std::make_unique<ir::Opaque>(at(S->getBeginLoc()), C.Source.slice(Range));
  Result->Declares = isa<DeclStmt>(S);
  Result->Jumps = jumpsOutOf(C, S);
  Result->FallsThrough = reachesEnd(C.F, S);
  return Result;
}

/// An expression statement or co_return that waits:
///
///   co_return co_await e;    FullExpr { .. Opaque { co_return <value>; } }
void lowerExpression(Context &C, const Stmt *S, const Expr *Root,
                     ir::Scope &Into) {
  Steps Before(C, Root);
  if (S == Root || C.F.Output->isVoidType())
    Before.noteUnused(Root);
  Before.before(Root, /*WaitBehind=*/false);
  auto Consumer = std::make_unique<ir::Opaque>(at(S->getBeginLoc()));
  if (S != Root || !Before.isDone(Root)) {
    SourceRange Range = C.Source.withSemicolon(S->getSourceRange());
    Consumer->T = C.Source.slice(Range, Before.replaced());
    if (Range == S->getSourceRange())
      Consumer->T.append(";"); // The advance of a for loop.
    const Expr *Part = S == Root ? convertedBy(Root) : nullptr;
    if (Part && Before.isDone(Part->IgnoreParens()))
      Consumer->T = ir::Text("(").append(Before.text(Root)).append(");");
  }
  Consumer->FallsThrough = reachesEnd(C.F, S);
  appendConsumer(std::move(Consumer), Before.take(), Into);
}

/// co_return e;    as the expression e
void lowerCoreturn(Context &C, const CoreturnStmt &S, ir::Scope &Into) {
  lowerExpression(C, &S, S.getOperand(), Into);
}

std::string attributesOf(const Context &C, const AttributedStmt &S) {
  auto Tokens =
      C.Source.tokens({S.getBeginLoc(), S.getSubStmt()->getBeginLoc()});
  if (Tokens.size() < 2 || Tokens.front().kind() == tok::annot_pragma_loop_hint)
    return "";
  return C.Source.spelling({Tokens.front().location(),
                            Tokens.drop_back().back().location()}) +
         " ";
}

namespace {

/// The statement of \p In, from \p First on, that the source's has become: what
/// it declares, and its steps, come before it.
ir::Stmt *main(ir::Scope &In, size_t First) {
  if (First >= In.Body.size())
    return nullptr;
  if (isa<ir::Label>(*In.Body[First]))
    return In.Body[First].get();
  auto *Inner = dyn_cast<ir::Scope>(In.Body.back().get());
  ir::Stmt *Last = Inner ? main(*Inner, 0) : nullptr;
  return Last && isa<ir::Loop, ir::If, ir::Switch>(*Last)
             ? Last
             : In.Body.back().get();
}

} // namespace

/// [[likely]] S    as S
void lowerAttributed(Context &C, const AttributedStmt &S, ir::Scope &Into) {
  size_t First = Into.Body.size();
  lowerStatement(C, S.getSubStmt(), Into);
  if (ir::Stmt *Main = main(Into, First))
    Main->Attributes = attributesOf(C, S);
}

} // namespace coroexpand
