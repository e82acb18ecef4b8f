#include "Lower/Builder.h"
#include "Source/Reachability.h"
#include "Source/Walk.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {

Builder::Builder(const AsyncFunction &F, const AsyncFunctions &Functions,
                 const ASTContext &Context, const syntax::TokenBuffer &Tokens,
                 Diagnostics &Diags)
    : F(F), Context(Context), Diags(Diags),
      Source(Tokens, Context.getLangOpts()), TypeOf(Context, Functions, F) {}

const Expr *asWritten(const Expr *E) {
  const Expr *Before = nullptr;
  while (E != Before) {
    Before = E;
    E = E->IgnoreParens();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(E))
      E = Cleanups->getSubExpr();
    if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Temp->getSubExpr();
    if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bound->getSubExpr();
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E))
      if (Cast->getCastKind() == CK_NoOp)
        E = Cast->getSubExpr();
  }
  return E;
}

std::string nameFromTop(const NamedDecl *D) {
  std::string Name = D->getQualifiedNameAsString();
  static constexpr llvm::StringLiteral Unnamed = "(anonymous namespace)::";
  for (size_t At; (At = Name.find(Unnamed)) != std::string::npos;)
    Name.erase(At, Unnamed.size());
  return Name;
}

bool isComma(const Expr *E) {
  E = E->IgnoreImplicit();
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return Binary->isCommaOp();
  const auto *Call = dyn_cast<CXXOperatorCallExpr>(E);
  return Call && Call->getOperator() == OO_Comma;
}

ir::Body Builder::build() {
  Result.OutputIsVoid = F.Output->isVoidType();
  Result.Output = TypeOf.spell(F.Output);
  parameters();
  markUses();
  Result.Top = scope(F.body()->getBody());
  return std::move(Result);
}

void Builder::parameters() {
  for (const ParmVarDecl *P : F.Decl->parameters()) {
    ir::VarId Id = variable(P->getName().str(), ir::Variable::Role::Parameter,
                            at(P->getLocation()));
    parameter(P, var(Id));
    Vars[P] = Id;
  }
  Result.NumParams = F.Decl->getNumParams();
}

/// A reference parameter is a reference member; an object goes from the
/// caller's argument into the frame by the one move that it makes natively.
void Builder::parameter(const ParmVarDecl *P, ir::Variable &V) {
  QualType T = P->getType();
  TypeOf.describe(V, T);
  ir::Text Name = ir::Text().append(ir::declaredName());
  if (V.Reference) {
    V.Reference = false;
    TypeOf.declareAs(V, T, /*Deduced=*/false);
    V.Passed = V.Declared;
    V.PassedByMove = T->isRValueReferenceType();
  } else if (T->isRecordType()) {
    V.Passed = ir::Text(V.TypeId).append(V.Const ? "& " : "&& ").append(Name);
    V.PassedByMove = !V.Const;
  } else {
    V.Passed = V.Declared;
  }
}

ir::VarId Builder::variable(std::string Name, ir::Variable::Role R,
                            ir::Loc Where) {
  ir::Variable V;
  V.Name = std::move(Name);
  V.R = R;
  V.Where = Where;
  Result.Vars.push_back(std::move(V));
  return Result.Vars.size() - 1;
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

std::unique_ptr<ir::Scope> Builder::scope(const Stmt *S) {
  auto Result = std::make_unique<ir::Scope>(at(S->getBeginLoc()));
  Result->FallsThrough = reachesEnd(F, S);
  const auto *Block = dyn_cast<CompoundStmt>(S);
  if (!Block) {
    statement(S, *Result);
    return Result;
  }
  SourceLocation Outer = std::exchange(BlockEnd, Block->getRBracLoc());
  SourceLocation Previous = Block->getLBracLoc();
  std::string Comment; // Above what comes next.
  auto Trailing = [&](const std::string &Text, size_t Next) {
    if (Text.empty())
      return;
    if (Next > 0)
      Result->Body[Next - 1]->Trailing = Text;
    else
      Comment += Text + "\n"; // Behind the opening brace.
  };
  for (const Stmt *Child : Block->body()) {
    // What a pragma makes of a statement begins at the pragma.
    auto Tokens = Source.tokens(Child->getSourceRange());
    Fragments::Gap Gap =
        Source.gap(Previous, Tokens.empty() ? Child->getBeginLoc()
                                            : Tokens.front().location());
    size_t First = Result->Body.size();
    statement(Child, *Result);
    Trailing(Gap.Trailing, First);
    Comment += Gap.Comment;
    bool Kept = First < Result->Body.size();
    if (Gap.AboutNext && (!Kept || waits(Child)))
      Diags.report(Child->getBeginLoc(), Diag::unsupported_pragma);
    if (Kept) {
      Result->Body[First]->Comment = std::exchange(Comment, "");
      Result->Body[First]->BlankBefore = Gap.Blank && First != 0;
    }
    Previous = Source.withSemicolon(Child->getSourceRange()).getEnd();
  }
  Fragments::Gap Gap = Source.gap(Previous, Block->getRBracLoc());
  Trailing(Gap.Trailing, Result->Body.size());
  Result->LastComment = Comment + Gap.Comment;
  BlockEnd = Outer;
  return Result;
}

void Builder::statement(const Stmt *S, ir::Scope &Into) {
  if (const auto *Decl = dyn_cast<DeclStmt>(S))
    return declaration(Decl, Into);
  if (!waits(S)) {
    Into.Body.push_back(opaque(S));
    return;
  }
  structured(S, Into);
}

/// A statement with an await in it. What has no case here was refused by the
/// check stage.
void Builder::structured(const Stmt *S, ir::Scope &Into) {
  if (const auto *Attributed = dyn_cast<AttributedStmt>(S))
    return statement(Attributed->getSubStmt(), Into);
  if (isa<CompoundStmt>(S)) {
    Into.Body.push_back(scope(S));
    return;
  }
  if (const auto *If = dyn_cast<IfStmt>(S))
    return ifStatement(If, Into);
  if (const auto *While = dyn_cast<WhileStmt>(S))
    return whileLoop(While, Into);
  if (const auto *Do = dyn_cast<DoStmt>(S))
    return doLoop(Do, Into);
  if (const auto *For = dyn_cast<ForStmt>(S))
    return forLoop(For, Into);
  if (const auto *For = dyn_cast<CXXForRangeStmt>(S))
    return rangeFor(For, Into);
  if (const auto *Try = dyn_cast<CXXTryStmt>(S))
    return tryStatement(Try, Into);
  if (const auto *Return = dyn_cast<CoreturnStmt>(S))
    return expression(S, Return->getOperand(), Into);
  if (const auto *E = dyn_cast<Expr>(S))
    return expression(S, E, Into);
}

namespace {

/// The jumps of \p S that leave it, for the innermost loop around it.
void collectJumps(const Stmt *S, bool InLoop, bool InSwitch, ir::LoopId Loop,
                  std::vector<ir::Jump> &Jumps) {
  if (isa<BreakStmt>(S) && !InLoop && !InSwitch)
    Jumps.push_back({ir::Jump::Kind::Break, Loop});
  if (isa<ContinueStmt>(S) && !InLoop)
    Jumps.push_back({ir::Jump::Kind::Continue, Loop});
  InLoop |= isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(S);
  InSwitch |= isa<SwitchStmt>(S);
  forEachChild(S, [&](const Stmt *Child) {
    collectJumps(Child, InLoop, InSwitch, Loop, Jumps);
  });
}

} // namespace

std::unique_ptr<ir::Opaque> Builder::opaque(const Stmt *S) {
  SourceRange Range = S->getSourceRange();
  if (!isa<CompoundStmt, NullStmt, CXXCatchStmt>(S))
    Range = Source.withSemicolon(Range);
  auto Result =
      std::make_unique<ir::Opaque>(at(S->getBeginLoc()), Source.slice(Range));
  if (!Loops.empty())
    collectJumps(S, false, false, Loops.back(), Result->Jumps);
  Result->FallsThrough = reachesEnd(F, S);
  return Result;
}

/// An expression statement or co_return that waits:
///
///   co_return co_await e;    FullExpr { .. Opaque { co_return <value>; } }
void Builder::expression(const Stmt *S, const Expr *Root, ir::Scope &Into) {
  Holes Value;
  std::unique_ptr<ir::FullExpr> Steps = awaitSteps(Root, Value);
  SourceRange Range = Source.withSemicolon(S->getSourceRange());
  auto Consumer = std::make_unique<ir::Opaque>(at(S->getBeginLoc()),
                                               Source.slice(Range, Value));
  if (Range == S->getSourceRange())
    Consumer->T.append(";"); // The advance of a for loop.
  Consumer->FallsThrough = reachesEnd(F, S);
  Steps->Consumer = std::move(Consumer);
  Into.Body.push_back(std::move(Steps));
}

} // namespace coroexpand
