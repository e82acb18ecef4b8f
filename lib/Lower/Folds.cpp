#include "Lower/Describe.h"
#include "Lower/EvaluationOrder.h"
#include "Lower/Expressions.h"
#include "Lower/Steps.h"
#include "Source/Walk.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {
namespace {

/// \p E without what only discards or groups.
const Expr *element(const Expr *E) {
  for (const Expr *Before = nullptr; E != Before;) {
    Before = E;
    E = withoutVoid(E);
    const auto *Unknown = dyn_cast<CXXUnresolvedConstructExpr>(E);
    if (Unknown && Unknown->getTypeAsWritten()->isVoidType() &&
        Unknown->getNumArgs() == 1)
      E = Unknown->getArg(0);
  }
  return E;
}

ir::Await::Fold::Operator operatorOf(const CXXFoldExpr *E) {
  switch (E->getOperator()) {
  case BO_Comma:
    return ir::Await::Fold::Operator::Comma;
  case BO_LAnd:
    return ir::Await::Fold::Operator::And;
  case BO_LOr:
    return ir::Await::Fold::Operator::Or;
  default:
    return ir::Await::Fold::Operator::Other;
  }
}

bool isLiteral(const Expr *E, bool Value) {
  const auto *Literal = dyn_cast<CXXBoolLiteralExpr>(bare(E));
  return Literal && Literal->getValue() == Value;
}

} // namespace

/// Whether a fold can be taken apart, and its elements.
class Steps::FoldElement {
public:
  explicit FoldElement(Steps &S) : S(S) {}

  /// What is in the way, for the message; null if nothing is.
  const char *Problem = nullptr;
  ir::Await::Fold Result;
  const Expr *Await = nullptr, *Operand = nullptr;

  void run(const CXXFoldExpr *E) {
    Result.Op = operatorOf(E);
    const Expr *Pattern = element(E->getPattern());
    findAwait(Pattern);
    if (Problem)
      return;
    init(E);
    if (Result.Op == ir::Await::Fold::Operator::Other) {
      if (Pattern != Await)
        refuse("an element of an operator that is more than its co_await");
      return make();
    }
    const Expr *Waiting = condition(Pattern);
    evaluatesFirst(Waiting);
    make();
    if (Waiting == Await)
      return;
    S.replace(Await, ir::Text().append(ir::awaitedValue()));
    Result.Take = Result.Op == ir::Await::Fold::Operator::Comma
                      ? S.discardedText(Waiting)
                      : S.text(Waiting);
  }

  /// The same of an expansion, whose elements are what their awaits give.
  void run(const PackExpansionExpr *E) {
    const Expr *Pattern = bare(E->getPattern());
    findAwait(Pattern);
    if (!Problem && Pattern != Await)
      refuse("an element that is more than its co_await");
    if (!Problem)
      make();
  }

private:
  void refuse(const char *What) {
    if (!Problem)
      Problem = What;
  }

  void findAwait(const Expr *Pattern) {
    llvm::SmallVector<const Expr *, 2> Awaits = awaitsIn(Pattern);
    if (Awaits.size() > 1)
      return refuse("more than one co_await in an element");
    if (isa<CoyieldExpr>(Awaits.front()))
      return refuse("a co_yield");
    Await = Awaits.front();
    Operand = awaitedOperand(Await);
  }

  void init(const CXXFoldExpr *E) {
    const Expr *Init = E->getInit();
    if (!Init)
      return;
    using Operator = ir::Await::Fold::Operator;
    bool IsLogical = Result.Op == Operator::And || Result.Op == Operator::Or;
    if (IsLogical ? !isLiteral(Init, Result.Op == Operator::And)
                  : !S.isInert(Init) || Result.Op == Operator::Comma)
      refuse("an initial value that is more than a constant");
  }

  /// The part of element \p E that waits: an element may wait under a
  /// condition.
  const Expr *condition(const Expr *E) {
    using Operator = ir::Await::Fold::Operator;
    if (const auto *Select = dyn_cast<ConditionalOperator>(E);
        Select && !S.C.waits(Select->getCond())) {
      bool IsFalse = S.C.waits(Select->getFalseExpr());
      condition(Select->getCond(), IsFalse);
      const Expr *Other =
          IsFalse ? Select->getTrueExpr() : Select->getFalseExpr();
      Result.Otherwise = S.text(element(Other));
      if (const auto *Void = dyn_cast<CXXScalarValueInitExpr>(element(Other));
          Void && Void->getType()->isVoidType())
        Result.Otherwise = {};
      return element(IsFalse ? Select->getFalseExpr() : Select->getTrueExpr());
    }
    const auto *Logical = dyn_cast<BinaryOperator>(E);
    if (Logical && Logical->isLogicalOp() && !S.C.waits(Logical->getLHS())) {
      bool IsOr = Logical->getOpcode() == BO_LOr;
      condition(Logical->getLHS(), IsOr);
      if (Result.Op != Operator::Comma)
        Result.Otherwise = IsOr ? "true" : "false";
      return element(Logical->getRHS());
    }
    return E;
  }

  void condition(const Expr *E, bool Negated) {
    Result.Condition = S.text(element(E));
    if (Negated)
      Result.Condition = ir::Text("!(").append(Result.Condition).append(")");
  }

  /// Nothing in \p E, which waits, happens before that.
  void evaluatesFirst(const Expr *E) {
    while (E != Await && !Problem) {
      std::optional<Operands> Parts = operandsInOrder(E);
      if (!Parts)
        return refuse("this");
      const Expr *Next = nullptr;
      for (const Expr *Part : Parts->Always) {
        if (S.C.waits(Part)) {
          Next = Part;
          break;
        }
        if (!S.isInert(Part))
          return refuse("what is evaluated before the co_await");
      }
      if (!Next)
        return refuse("a condition");
      E = Next;
    }
  }

  void make() {
    Operand = asWritten(Operand);
    Result.Make = S.text(Operand);
    // What has only a name is handed on as a reference, as decltype((e)) says.
    Result.NamesOperand = !isa<CallExpr>(Operand->IgnoreParens());
  }

  Steps &S;
};

/// What \p E, a fold of numbers over an operator, gives, when its elements are
/// at \p Place:
///
///   f_turns.combine([&](auto... value) { return (value + ... + 0); })
///
/// It becomes a number of its own where it is part of something else, which may
/// have to be kept: the type of a closure has no name.
void Steps::combined(const CXXFoldExpr *E, const ir::Text &Operand,
                     ir::Text Place) {
  const Expr *Await = awaitsIn(E->getPattern()).front();
  auto With = [&](ir::Text Value) {
    replace(Await, std::move(Value));
    return C.Source.slice(writtenRange(C, E), Replaced);
  };
  std::string Name = C.UsedNames.contains("value") ? "awaited_value" : "value";
  ir::Text Combined =
      Place.append("combine([&](auto... " + Name + ") { return ")
          .append(With(Name))
          .append("; })");
  if (bare(Root) == E)
    return replace(E, std::move(Combined));
  ir::Loc Where = at(E->getBeginLoc());
  ir::VarId Id = C.variable("combined", ir::Variable::Role::Temporary, Where);
  describeCombined(C, C.var(Id),
                   With(ir::Text(ir::LibraryName::OutputOf)
                            .append("<decltype((")
                            .append(Operand)
                            .append("))>()")));
  make({Id, ir::Declarator::Style::Copy, std::move(Combined)}, Where);
  replace(E, ir::Text().append(ir::use(Id)));
  keptIn(E, Id);
}

namespace {

/// `f_turns.`
ir::Text placeOf(ir::VarId Id) {
  return ir::Text()
      .append(ir::use(Id, /*Postfix=*/true))
      .append(ir::member(Id));
}

} // namespace

/// The variable that waits for the elements, one after the other.
ir::VarId Steps::waitInTurn(const FoldElement &Element) {
  ir::Loc Where = at(keywordOf(Element.Await));
  std::string Word = wordFor(Element.Operand);
  ir::VarId Id = C.variable((Word.empty() ? "awaited" : Word) + "_turns",
                            ir::Variable::Role::Temporary, Where);
  describeInTurn(C, C.var(Id), Element.Result.Make);
  make({Id, ir::Declarator::Style::Spelled,
        ir::Text(C.var(Id).TypeId).append("()")},
       Where);
  auto Step = std::make_unique<ir::Wait>(Where);
  ir::Await &A = Step->A;
  A.K = ir::Await::Kind::Fold;
  A.Wish = Word;
  A.Operands.push_back(placeOf(Id));
  A.Elements = Element.Result;
  A.Discardable = true;
  A.Id = ++C.Body.NumAwaits;
  append(std::move(Step));
  return Id;
}

/// f(co_await g(v)...)    g_turns = coro::in_turn<decltype((g(v)))...>();
///                        wait for g_turns
///
/// The call takes the outputs, which stay until the full-expression ends.
void Steps::expansion(const PackExpansionExpr *E) {
  FoldElement Element(*this);
  Element.run(E);
  if (Element.Problem) {
    C.Diags.report(E->getBeginLoc(), Diag::unsupported_expansion)
        << Element.Problem;
    return;
  }
  ir::VarId Id = waitInTurn(Element);
  std::string Name = hasExpansions() ? Expansions.back().Name + "_" : "awaited";
  while (C.UsedNames.contains(Name))
    Name += "_";
  // What has it for its type has none that a member could be declared with.
  replace(E, ir::Text()
                 .append({ir::Piece::Kind::Lambda})
                 .append(ir::LibraryName::Forward)
                 .append("<decltype(" + Name + ")>(" + Name + ")..."));
  keptIn(E, Id);
  Expansions.push_back({E, Id, Name,
                        ir::Text(ir::LibraryName::Prvalue)
                            .append("<")
                            .append(ir::LibraryName::OutputOf)
                            .append("<decltype((")
                            .append(Element.Result.Make)
                            .append("))>>()...")});
}

/// Call \p E takes the outputs of the expansions among its operands:
///
///   g_turns.apply([&](auto&&... awaited) -> decltype(auto) {
///     return f(std::forward<decltype(awaited)>(awaited)...);
///   })
void Steps::takeExpansions(const Expr *E) {
  if (!hasExpansions() || isa<InitListExpr, ParenListExpr>(bare(E)))
    return;
  Holes Typed = Replaced;
  for (const Expansion &Each : Expansions)
    for (Fragments::Hole &H : Typed)
      if (H.Range == writtenRange(C, Each.E))
        H.With = Each.Type;
  TypeTexts[E] = C.Source.slice(writtenRange(C, E), Typed);
  replace(E, withExpansions(text(E)));
}

ir::Text Steps::withExpansions(ir::Text Call) {
  for (const Expansion &Each : llvm::reverse(Expansions))
    Call = placeOf(Each.Id)
               .append("apply([&](auto&&... " + Each.Name +
                       ") -> decltype(auto) { return ")
               .append(Call)
               .append("; })");
  Expansions.clear();
  return Call;
}

/// (co_await f(v), ...)    f_turns = coro::in_turn<decltype((f(v)))...>();
///                         wait for f_turns
///
/// The operands of all elements stay until the full-expression ends.
void Steps::fold(const CXXFoldExpr *E) {
  if (!C.waits(E->getPattern())) {
    if (E->isRightFold())
      C.Diags.report(E->getBeginLoc(), Diag::operand_order);
    else
      before(E->getInit(), /*WaitBehind=*/true);
    return;
  }
  FoldElement Element(*this);
  Element.run(E);
  using Operator = ir::Await::Fold::Operator;
  Operator Op = Element.Result.Op;
  bool IsUsed = !Unused.contains(E);
  if (Op == Operator::Comma && IsUsed && !Element.Problem)
    Element.Problem = "the value of the last element";
  if (Element.Problem) {
    C.Diags.report(E->getBeginLoc(), Diag::unsupported_fold) << Element.Problem;
    return;
  }
  C.Folds.push_back(E);
  ir::VarId Id = waitInTurn(Element);
  ir::Text Place = placeOf(Id);
  switch (Op) {
  case Operator::Comma:
    replace(E, "void()");
    keptIn(E, std::nullopt);
    return;
  case Operator::And:
    return replace(E, Place.append("all()"));
  case Operator::Or:
    return replace(E, Place.append("any()"));
  case Operator::Other:
    break;
  }
  combined(E, Element.Result.Make, Place);
}

} // namespace coroexpand
