#include "Lower/Builder.h"
#include "Source/Reachability.h"

using namespace clang;

namespace coroexpand {
namespace {

const VarDecl *onlyVariable(const Stmt *S) {
  return cast<VarDecl>(cast<DeclStmt>(S)->getSingleDecl());
}

/// How clang found the begin or the end of the range: `range.begin()`,
/// `ns::begin(range)`, or for an array `range` and `range + N`.
ir::Text iteratorText(const VarDecl *Iterator, ir::VarId Range) {
  ir::Text Use = ir::Text().append(ir::use(Range));
  const Expr *Init = asWritten(Iterator->getInit())->IgnoreImplicit();
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Init))
    return ir::Text()
        .append(ir::use(Range, /*Postfix=*/true))
        .append(ir::member(Range))
        .append(Member->getMethodDecl()->getNameAsString() + "()");
  if (const auto *Call = dyn_cast<CallExpr>(Init))
    return ir::Text("::" + nameFromTop(Call->getDirectCallee()) + "(")
        .append(Use)
        .append(")");
  if (const auto *End = dyn_cast<BinaryOperator>(Init)) {
    llvm::APSInt N =
        End->getRHS()->EvaluateKnownConstInt(Iterator->getASTContext());
    return Use.append(" + " + llvm::toString(N, 10));
  }
  return Use;
}

/// The array behind a range that is written as a braced list, or null.
const ConstantArrayType *listArray(const VarDecl *RangeVar,
                                   const ASTContext &Context) {
  const auto *List = dyn_cast<CXXStdInitializerListExpr>(
      asWritten(RangeVar->getInit())->IgnoreImplicit());
  return List ? Context.getAsConstantArrayType(List->getSubExpr()->getType())
              : nullptr;
}

/// An lvalue range is referred to; any other lives as long as the loop, and of
/// a braced list the array does that the list refers to.
QualType rangeType(const VarDecl *RangeVar, const ASTContext &Context) {
  if (const ConstantArrayType *Array = listArray(RangeVar, Context))
    return QualType(Array, 0);
  const Expr *Init = RangeVar->getInit();
  if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Init))
    Init = Cleanups->getSubExpr();
  const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Init);
  return Temp ? Temp->getType() : RangeVar->getType();
}

} // namespace

/// The range and its two iterators, as variables of their own in \p Into.
Builder::RangeVars Builder::rangeVariables(const CXXForRangeStmt *S,
                                           const std::string &Base,
                                           ir::Scope &Into) {
  ir::Loc Where = at(S->getBeginLoc());
  const VarDecl *RangeVar = onlyVariable(S->getRangeStmt());
  const Expr *Init = S->getRangeInit();
  ir::VarId Range = variable(Base + "_range", ir::Variable::Role::Local, Where);
  Holes Value;
  std::unique_ptr<ir::FullExpr> Steps;
  if (waits(Init))
    Steps = awaitSteps(Init, Value);
  ir::Text InitText = Source.slice(Init->getSourceRange(), Value);
  TypeOf.describeDeduced(var(Range), rangeType(RangeVar, Context), Init,
                         InitText);
  using Style = ir::Declarator::Style;
  const ConstantArrayType *List = listArray(RangeVar, Context);
  if (List)
    InitText = ir::Text(var(Range).TypeId).append(InitText);
  auto Declare = std::make_unique<ir::Declare>(Where);
  Declare->Original = ir::Text("auto&& ")
                          .append(ir::use(Range))
                          .append(" = ")
                          .append(InitText)
                          .append(";");
  Declare->Vars.push_back(
      {Range, List ? Style::Spelled : Style::Copy, std::move(InitText)});
  if (Steps) {
    Steps->Consumer = std::move(Declare);
    Into.Body.push_back(std::move(Steps));
  } else {
    Into.Body.push_back(std::move(Declare));
  }

  auto Iterator = [&](const Stmt *S, const char *Suffix, std::string Offset) {
    const VarDecl *D = onlyVariable(S);
    ir::VarId Id = variable(Base + Suffix, ir::Variable::Role::Local, Where);
    ir::Text Text = List ? ir::Text().append(ir::use(Range)).append(Offset)
                         : iteratorText(D, Range);
    TypeOf.describeDeduced(var(Id), D->getType(), D->getInit(), Text);
    auto Declare = std::make_unique<ir::Declare>(Where);
    Declare->Original = ir::Text("auto ")
                            .append(ir::use(Id))
                            .append(" = ")
                            .append(Text)
                            .append(";");
    Declare->Vars.push_back({Id, Style::Copy, std::move(Text)});
    Into.Body.push_back(std::move(Declare));
    return Id;
  };
  ir::VarId Begin = Iterator(S->getBeginStmt(), "_begin", "");
  std::string Size =
      List ? " + " + llvm::toString(List->getSize(), 10, false) : "";
  return {Begin, Iterator(S->getEndStmt(), "_end", Size)};
}

/// for (T x : r) S
///
///   Scope { Declare x_range = r; Declare x_begin, x_end;
///           Loop For { x_begin != x_end; ++x_begin;
///                      Scope { Declare x = *x_begin; S } } }
void Builder::rangeFor(const CXXForRangeStmt *S, ir::Scope &Into) {
  ir::Loc Where = at(S->getBeginLoc());
  const VarDecl *Each = S->getLoopVariable();
  const auto *Parts = dyn_cast<DecompositionDecl>(Each);
  auto Own = std::make_unique<ir::Scope>(Where);
  Own->FallsThrough = reachesEnd(F, S);
  if (S->getInit())
    statement(S->getInit(), *Own);
  RangeVars Range =
      rangeVariables(S, Parts ? "each" : Each->getName().str(), *Own);

  auto Loop =
      std::make_unique<ir::Loop>(Where, ir::Loop::Kind::For, Result.NumLoops++);
  Loop->Cond.append(ir::use(Range.Begin)).append(" != ");
  Loop->Cond.append(ir::use(Range.End));
  Loop->Advance.append("++").append(ir::use(Range.Begin));

  if (Parts)
    bindings(Parts);
  ir::VarId Id = idOf(Each);
  ir::Text Element = ir::Text("*").append(ir::use(Range.Begin));
  describeVariable(Each, Id, Element);
  auto Declare = std::make_unique<ir::Declare>(at(Each->getLocation()));
  Declare->Vars.push_back({Id, ir::Declarator::Style::Copy, Element});
  SourceRange Written(Each->getBeginLoc(),
                      Parts ? Parts->getEndLoc() : Each->getLocation());
  Declare->Original = Source.slice(Written);
  Declare->Original.append(" = ").append(Element).append(";");

  Loop->Body = std::make_unique<ir::Scope>(Where);
  Loop->Body->Body.push_back(std::move(Declare));
  std::unique_ptr<ir::Scope> Inner = loopBody(S->getBody(), Loop->Id);
  for (ir::StmtPtr &Child : Inner->Body)
    Loop->Body->Body.push_back(std::move(Child));
  Loop->Body->LastComment = Inner->LastComment;
  Loop->Body->FallsThrough = Inner->FallsThrough;
  Own->Body.push_back(std::move(Loop));
  Into.Body.push_back(std::move(Own));
}

} // namespace coroexpand
