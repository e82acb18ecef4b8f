#include "Lower/Await.h"
#include "Lower/Constructs.h"
#include "Lower/Declarations.h"
#include "Lower/Describe.h"
#include "Lower/Expressions.h"
#include "Lower/LoopParts.h"
#include "Lower/Steps.h"
#include "Source/Reachability.h"

using namespace clang;

namespace coroexpand {
namespace {

const VarDecl *onlyVariable(const Stmt *S) {
  return cast<VarDecl>(cast<DeclStmt>(S)->getSingleDecl());
}

/// How clang found the begin or the end of the range: `range.begin()`,
/// `ns::begin(range)`, or for an array `range` and `range + N`. Null where only
/// an instantiation finds it.
ir::Text iteratorText(const VarDecl *Iterator, ir::LibraryName Otherwise,
                      ir::VarId Range) {
  ir::Text Use = ir::Text().append(ir::use(Range));
  if (!Iterator)
    return ir::Text(Otherwise).append("(").append(Use).append(")");
  const Expr *Init = asWritten(Iterator->getInit())->IgnoreImplicit();
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Init))
    return ir::Text()
        .append(ir::use(Range, /*Postfix=*/true))
        .append(ir::member(Range))
        .append(Member->getMethodDecl()->getNameAsString() + "()");
  if (const auto *Call = dyn_cast<CallExpr>(Init))
    return ir::Text(NamesFrom::fromTop(Call->getDirectCallee()) + "(")
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
  const MaterializeTemporaryExpr *Bound = boundTemporary(RangeVar);
  return Bound ? Bound->getType() : RangeVar->getType();
}

struct RangeVars {
  ir::VarId Begin, End;
};

/// The range as a variable in \p Into; an array behind a braced list. Where
/// only an instantiation knows of what, it is a `coro::listed{a, b}`.
ir::VarId rangeVariable(Context &C, const CXXForRangeStmt &S,
                        const std::string &Base, ir::Scope &Into) {
  ir::Loc Where = at(S.getBeginLoc());
  const VarDecl *RangeVar = onlyVariable(S.getRangeStmt());
  const Expr *Init = S.getRangeInit();
  ir::VarId Range =
      C.variable(Base + "_range", ir::Variable::Role::Local, Where);
  if (isChoice(C, RangeVar)) {
    if (isUnknownChoice(C, behindCommas(Init)))
      describeLater(C.var(Range), /*Const=*/false);
    else
      describeDeduced(C, C.var(Range), rangeType(RangeVar, C.Ast), Init, {});
    makeByChoice(C, RangeVar, Range, Into);
    return Range;
  }
  auto Declare = std::make_unique<ir::Declare>(Where);
  const ConstantArrayType *List = listArray(RangeVar, C.Ast);
  bool IsUnknownList = !List && isa<InitListExpr>(asWritten(Init));
  std::unique_ptr<Steps> Before =
      List || IsUnknownList ? stepsOf(C, Init) : stepsOf(C, RangeVar);
  ir::Text InitText = C.Source.slice(Init->getSourceRange(),
                                     Before ? Before->replaced() : Holes());
  if (IsUnknownList)
    InitText = ir::Text(ir::LibraryName::Listed).append(InitText);
  Declare->Original = ir::Text("auto&& ")
                          .append(ir::use(Range))
                          .append(" = ")
                          .append(InitText)
                          .append(";");
  describeDeduced(C, C.var(Range), rangeType(RangeVar, C.Ast), Init, InitText);
  if (isUnknownChoice(C, behindCommas(Init)))
    C.Diags.report(Init->getBeginLoc(), Diag::frame_extended_temporary)
        << "the range";
  using Style = ir::Declarator::Style;
  if (List)
    InitText = ir::Text(C.var(Range).TypeId).append(InitText);
  Declare->Vars.push_back(
      {Range, List ? Style::Spelled : Style::Copy, std::move(InitText)});
  appendConsumer(std::move(Declare), takeSteps(Before), Into);
  return Range;
}

/// The iterators of \p Range, as variables of their own in \p Into.
RangeVars iterators(Context &C, const CXXForRangeStmt &S, ir::VarId Range,
                    const std::string &Base, ir::Scope &Into) {
  ir::Loc Where = at(S.getBeginLoc());
  const ConstantArrayType *List =
      listArray(onlyVariable(S.getRangeStmt()), C.Ast);
  auto Iterator = [&](const Stmt *S, ir::LibraryName Otherwise,
                      const char *Suffix, std::string Offset) {
    const VarDecl *D = S ? onlyVariable(S) : nullptr;
    ir::VarId Id = C.variable(Base + Suffix, ir::Variable::Role::Local, Where);
    ir::Text Text = List ? ir::Text().append(ir::use(Range)).append(Offset)
                         : iteratorText(D, Otherwise, Range);
    QualType Deduced = D ? D->getType()
                         : C.Ast.getAutoType({}, AutoTypeKeyword::Auto,
                                             /*IsDependent=*/true);
    describeDeduced(C, C.var(Id), Deduced, D ? D->getInit() : nullptr, Text);
    Into.Body.push_back(
        declareAuto(Where, Id, std::move(Text), /*Deduced=*/!D));
    return Id;
  };
  ir::VarId Begin =
      Iterator(S.getBeginStmt(), ir::LibraryName::BeginOf, "_begin", "");
  std::string Size =
      List ? " + " + llvm::toString(List->getSize(), 10, false) : "";
  return {Begin,
          Iterator(S.getEndStmt(), ir::LibraryName::EndOf, "_end", Size)};
}

/// `T x`, the loop's own variable.
SourceRange declaratorRange(const VarDecl *Each) {
  if (const auto *Parts = dyn_cast<DecompositionDecl>(Each))
    return {Each->getBeginLoc(), Parts->getEndLoc()};
  return Each->DeclaratorDecl::getSourceRange();
}

/// for (init; T x : co_await r) S    Scope { init; Declare x_range = <value>;
///                                           text: for (T x : x_range) S }
void plainLoop(Context &C, const CXXForRangeStmt &S, const std::string &Base,
               ir::Scope &Into) {
  const Expr *Init = S.getRangeInit();
  ir::Text Range =
      C.waits(Init)
          ? ir::Text().append(ir::use(rangeVariable(C, S, Base, Into)))
          : C.Source.slice(Init->getSourceRange());
  std::unique_ptr<ir::Opaque> Body = opaque(C, S.getBody());
  auto Loop = std::make_unique<ir::Opaque>(at(S.getBeginLoc()));
  Loop->T.append("for (")
      .append(C.Source.slice(declaratorRange(S.getLoopVariable())))
      .append(" : ")
      .append(Range)
      .append(") ")
      .append(Body->T);
  Into.Body.push_back(std::move(Loop));
}

} // namespace

/// for (T x : r) S
///
///   Scope { Declare x_range = r; Declare x_begin, x_end;
///           Loop For { x_begin != x_end; ++x_begin;
///                      Scope { Declare x = *x_begin; S } } }
///
/// Where only the range waits the loop stays a range-for.
void lowerRangeFor(Context &C, const CXXForRangeStmt &S, ir::Scope &Into) {
  ir::Loc Where = at(S.getBeginLoc());
  const VarDecl *Each = S.getLoopVariable();
  const auto *Parts = dyn_cast<DecompositionDecl>(Each);
  std::string Base = Parts ? "each" : Each->getName().str();
  auto Own = std::make_unique<ir::Scope>(Where);
  Own->FallsThrough = reachesEnd(C.F, &S);
  if (S.getInit())
    lowerStatement(C, S.getInit(), *Own);
  if (!C.isSplit(S.getBody())) {
    plainLoop(C, S, Base, *Own);
    Into.Body.push_back(std::move(Own));
    return;
  }
  ir::VarId RangeId = rangeVariable(C, S, Base, *Own);
  RangeVars Range = iterators(C, S, RangeId, Base, *Own);

  auto Loop = newLoop(C, ir::Loop::Kind::For, Where);
  Loop->Cond.append(ir::use(Range.Begin)).append(" != ");
  Loop->Cond.append(ir::use(Range.End));
  Loop->Advance.append("++").append(ir::use(Range.Begin));

  bool AsVariables = Parts && hasOwnGet(Parts);
  if (Parts)
    lowerBindings(C, Parts, AsVariables);
  ir::VarId Id = C.idOf(Each);
  ir::Text Element = ir::Text("*").append(ir::use(Range.Begin));
  describeVariable(C, Each, Id, Element);
  auto Declare = std::make_unique<ir::Declare>(at(Each->getLocation()));
  Declare->Vars.push_back({Id, ir::Declarator::Style::Copy, Element});
  Declare->Original =
      AsVariables ? declarationOfWhole(C, Parts, declaratorRange(Each), {})
                  : C.Source.slice(declaratorRange(Each));
  Declare->Original.append(" = ").append(Element).append(";");

  Loop->Body = std::make_unique<ir::Scope>(Where);
  Loop->Body->Body.push_back(std::move(Declare));
  if (AsVariables)
    declareParts(C, Parts, *Loop->Body);
  append(*Loop->Body, *loopBody(C, S.getBody(), Loop->Id));
  Own->Body.push_back(std::move(Loop));
  Into.Body.push_back(std::move(Own));
}

} // namespace coroexpand
