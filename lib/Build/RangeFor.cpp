#include "Build/Builder.h"
#include "Source/AwaitFinder.h"

using namespace clang;

namespace coroexpand {
namespace {

const VarDecl *onlyVariable(const Stmt *S) {
  return cast<VarDecl>(cast<DeclStmt>(S)->getSingleDecl());
}

/// How clang found the begin or the end of the range: `range.begin()`,
/// `ns::begin(range)`, or for an array `range` and `range + N`.
ir::Text iteratorText(const VarDecl *Iterator, ir::VarId Id) {
  ir::Text Range = ir::Text().append(ir::use(Id));
  const Expr *Init = asWritten(Iterator->getInit())->IgnoreImplicit();
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Init))
    return ir::Text().append(ir::use(Id, /*Postfix=*/true))
        .append(ir::member(Id))
        .append(Member->getMethodDecl()->getNameAsString() + "()");
  if (const auto *Call = dyn_cast<CallExpr>(Init)) {
    ir::Text Result("::" + Call->getDirectCallee()->getQualifiedNameAsString() +
                    "(");
    return Result.append(Range).append(")");
  }
  if (const auto *End = dyn_cast<BinaryOperator>(Init)) {
    llvm::APSInt N =
        End->getRHS()->EvaluateKnownConstInt(Iterator->getASTContext());
    return Range.append(" + " + llvm::toString(N, 10));
  }
  return Range;
}

} // namespace

/// for (T x : r) S
///
///   Scope { Declare x_range = r; Declare x_begin, x_end;
///           Loop For { x_begin != x_end; ++x_begin;
///                      Scope { Declare x = *x_begin; S } } }
void Builder::rangeFor(const CXXForRangeStmt *S, ir::Scope &Into) {
  ir::Loc Where = at(S->getBeginLoc());
  const VarDecl *Each = S->getLoopVariable();
  std::string Base = isa<DecompositionDecl>(Each) ? "each" : Each->getName().str();
  auto Own = std::make_unique<ir::Scope>(Where);
  if (S->getInit())
    statement(S->getInit(), *Own);

  // An lvalue range is referred to; any other lives as long as the loop.
  const VarDecl *RangeVar = onlyVariable(S->getRangeStmt());
  const Expr *RangeInit = S->getRangeInit();
  ir::VarId Range = variable(Base + "_range", ir::Variable::Role::Local, Where);
  bool Owned = !RangeInit->isGLValue() ||
               isa<MaterializeTemporaryExpr>(asWritten(RangeVar->getInit())) ||
               isa<MaterializeTemporaryExpr>(
                   RangeVar->getInit()->IgnoreParens()->IgnoreImpCasts());
  if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(RangeVar->getInit()))
    Owned |= isa<MaterializeTemporaryExpr>(Cleanups->getSubExpr());
  QualType RangeType = RangeVar->getType();
  if (Owned)
    RangeType = RangeType.getNonReferenceType();
  Holes Value;
  std::unique_ptr<ir::FullExpr> Steps;
  if (containsAwait(RangeInit))
    Steps = awaitSteps(RangeInit, Value);
  ir::Text InitText = Source.slice(RangeInit->getSourceRange(), Value);
  TypeOf.describeDeduced(var(Range), RangeType, RangeInit, InitText);
  auto DeclareRange = std::make_unique<ir::Declare>(Where);
  bool Braced = isa<InitListExpr>(RangeInit->IgnoreImplicit());
  if (Braced)
    InitText = ir::Text(var(Range).TypeId).append(InitText);
  DeclareRange->Vars.push_back({Range,
                                Braced ? ir::Declarator::Style::Spelled
                                       : ir::Declarator::Style::Copy,
                                InitText});
  if (Steps) {
    Steps->Consumer = std::move(DeclareRange);
    Own->Body.push_back(std::move(Steps));
  } else {
    Own->Body.push_back(std::move(DeclareRange));
  }

  auto Iterator = [&](const VarDecl *D, const char *Suffix) {
    ir::VarId Id = variable(Base + Suffix, ir::Variable::Role::Local, Where);
    TypeOf.describe(var(Id), D->getType());
    auto Declare = std::make_unique<ir::Declare>(Where);
    ir::Text Value = iteratorText(D, Range);
    Declare->Vars.push_back({Id, ir::Declarator::Style::Copy, Value});
    Own->Body.push_back(std::move(Declare));
    return Id;
  };
  ir::VarId Begin = Iterator(onlyVariable(S->getBeginStmt()), "_begin");
  ir::VarId End = Iterator(onlyVariable(S->getEndStmt()), "_end");

  auto Loop =
      std::make_unique<ir::Loop>(Where, ir::Loop::Kind::For, Result.NumLoops++);
  Loop->Cond.append(ir::use(Begin)).append(" != ").append(ir::use(End));
  Loop->Advance.append("++").append(ir::use(Begin));
  auto Body = std::make_unique<ir::Scope>(Where);
  auto DeclareEach = std::make_unique<ir::Declare>(at(Each->getLocation()));
  if (const auto *Parts = dyn_cast<DecompositionDecl>(Each))
    bindings(Parts);
  ir::VarId Id = idOf(Each);
  describeVariable(Each, Id, {});
  ir::Text Element = ir::Text("*").append(ir::use(Begin));
  DeclareEach->Vars.push_back({Id, ir::Declarator::Style::Copy, Element});
  SourceRange Written(Each->getBeginLoc(), Each->getLocation());
  if (const auto *Parts = dyn_cast<DecompositionDecl>(Each))
    Written.setEnd(Parts->getSourceRange().getEnd());
  DeclareEach->Original = Source.slice(Written);
  DeclareEach->Original.append(" = ").append(Element).append(";");
  Body->Body.push_back(std::move(DeclareEach));
  std::unique_ptr<ir::Scope> Inner = loopBody(S->getBody(), Loop->Id);
  for (ir::StmtPtr &Child : Inner->Body)
    Body->Body.push_back(std::move(Child));
  Body->LastComment = Inner->LastComment;
  Loop->Body = std::move(Body);
  Own->Body.push_back(std::move(Loop));
  Into.Body.push_back(std::move(Own));
}

} // namespace coroexpand
