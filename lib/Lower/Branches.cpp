#include "Lower/Await.h"
#include "Lower/Describe.h"
#include "Lower/Expressions.h"
#include "Lower/Steps.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace coroexpand {

/// Part of \p E runs under a condition, and needs steps.
bool Steps::branches(const Expr *E, bool WaitBehind) const {
  if (const auto *Select = dyn_cast<ConditionalOperator>(E))
    return needs(Select->getTrueExpr(), WaitBehind) ||
           needs(Select->getFalseExpr(), WaitBehind);
  const auto *Binary = dyn_cast<BinaryOperator>(E);
  return Binary && Binary->isLogicalOp() && needs(Binary->getRHS(), WaitBehind);
}

namespace {

/// What makes the object that \p D is, or whose life it extends.
const Expr *objectOf(const Context &C, const VarDecl *D) {
  if (const MaterializeTemporaryExpr *Bound = boundTemporary(D))
    return Bound->getSubExpr();
  const auto *List =
      dyn_cast<ParenListExpr>(bare(D->getInit())); // In a template.
  if (!List || List->getNumExprs() != 1)
    return D->getInit();
  const Expr *Only = List->getExpr(0);
  bool IsObject = D->getType()->isDependentType() || Only->isTypeDependent() ||
                  C.Ast.hasSameUnqualifiedType(Only->getType(), D->getType());
  return IsObject ? Only : List;
}

/// \p E is a statement expression that waits, or a `?:` that does in an arm.
bool waitsInPart(const Context &C, const Expr *E) {
  if (const auto *Select = dyn_cast<ConditionalOperator>(E))
    return C.waits(Select->getTrueExpr()) || C.waits(Select->getFalseExpr());
  return isa<StmtExpr>(E) && C.waits(E);
}

} // namespace

const Expr *madeFrom(const Context &C, const VarDecl *D) {
  return behindCommas(objectOf(C, D));
}

bool isUnknownChoice(const Context &C, const Expr *E) {
  return E->isTypeDependent() && waitsInPart(C, E);
}

bool isChoice(const Context &C, const VarDecl *D) {
  if (!D->hasInit())
    return false;
  const Expr *Last = madeFrom(C, D);
  if (isUnknownChoice(C, Last)) {
    QualType T = D->getType();
    bool IsFit = isa<StmtExpr>(Last) ? T->getContainedAutoType() != nullptr
                                     : !T->isReferenceType();
    return IsFit && !isa<DecompositionDecl>(D);
  }
  QualType T = Last->getType(); // In a template, `T x(e)` has none for `(e)`.
  return !T.isNull() && (T->isRecordType() || T->isScalarType()) &&
         Last->isPRValue() && waitsInPart(C, Last);
}

void Steps::makeByChoice(const Expr *Object, ir::VarId Id) {
  Chosen = behindCommas(Object);
  MadeByChoice = Id;
}

/// T x = c ? co_await f() : g();    branch c { Make x = .. } { Make x = g() }
void makeByChoice(Context &C, const VarDecl *D, ir::VarId Id, ir::Scope &Into) {
  const Expr *Init = D->getInit();
  Steps Before(C, Init);
  Before.makeByChoice(objectOf(C, D), Id);
  Before.before(Init, /*WaitBehind=*/false);
  appendConsumer(std::make_unique<ir::Opaque>(at(Init->getBeginLoc())),
                 Before.take(), Into);
}

/// What arms make, and what has their type, where only an instantiation knows
/// the type of the whole. A throw-expression has neither.
struct Steps::UnknownArm {
  llvm::SmallVector<ir::Make *, 2> Makes;
  ir::Text Type;
};

/// c ? a : b     branch c { a_steps; result = a } { b_steps; result = b }
///
/// The result of a class is built in place, a glvalue is kept as a pointer. An
/// arm that is a choice too makes the same result.
void Steps::select(const ConditionalOperator *E) {
  const Expr *Cond = E->getCond();
  before(Cond, /*WaitBehind=*/true);
  ir::Text Asked = text(Cond);
  if (C.waits(Cond) && !isDone(Cond)) {
    Asked = truth(Cond);
    ir::VarId Id = C.variable("condition", ir::Variable::Role::Temporary,
                              at(Cond->getBeginLoc()));
    describe(C, C.var(Id), C.Ast.BoolTy);
    make({Id, ir::Declarator::Style::Copy, std::move(Asked)},
         at(Cond->getBeginLoc()));
    Asked = ir::Text().append(ir::use(Id));
  }
  auto Step =
      std::make_unique<ir::Branch>(at(E->getBeginLoc()), std::move(Asked));
  std::vector<ir::VarId> *Outer = Flags;
  if (!Outer)
    Flags = &Step->Flags;
  std::optional<ir::VarId> Result;
  ir::Text Use;
  bool IsOwn = !(E == Chosen && IsChosenInArm);
  if (E->isTypeDependent() && !Unused.contains(E)) {
    Result = E == Chosen ? MadeByChoice : chosenVariable(E);
    UnknownArm Then = unknownArm(Step->Then, E->getTrueExpr(), *Result);
    UnknownArm Else = unknownArm(Step->Else, E->getFalseExpr(), *Result);
    UnknownArm Both = either(std::move(Then), std::move(Else));
    if (IsOwn)
      makeUnknown(E, *Result, Both);
    else
      *MadeInArm = std::move(Both);
    Use = ir::Text().append(ir::use(*Result)).append(".take()");
  } else {
    Result = resultOf(E);
    arm(Step->Then, E->getTrueExpr(), E, Result);
    arm(Step->Else, E->getFalseExpr(), E, Result);
    Use = resultText(E, Result);
  }
  if (IsOwn)
    Step->Result = Result;
  if (!Outer) // Both arms make it: it's there.
    Flags = nullptr;
  else if (Result && IsOwn)
    flag(*Result);
  keptIn(E, Result);
  replace(E, std::move(Use));
  append(std::move(Step));
}

/// The steps of \p Arm; \p Id is what it makes where it is a choice itself.
void Steps::beforeArm(const Expr *Arm, std::optional<ir::VarId> Id) {
  llvm::SaveAndRestore ChosenAround(Chosen);
  llvm::SaveAndRestore MadeAround(MadeByChoice);
  llvm::SaveAndRestore IsInArmAround(IsChosenInArm);
  if (Id) {
    makeByChoice(Arm, *Id);
    IsChosenInArm = true;
  }
  before(Arm, /*WaitBehind=*/true);
}

/// What \p Arm makes as variable \p Id. A choice in it makes the same.
Steps::UnknownArm Steps::unknownArm(std::vector<ir::StmtPtr> &Into,
                                    const Expr *Arm, ir::VarId Id) {
  std::vector<ir::StmtPtr> *Around = std::exchange(List, &Into);
  UnknownArm Result;
  const auto *Inner = dyn_cast<ConditionalOperator>(behindCommas(Arm));
  bool IsChoice = Inner && Inner->isTypeDependent() && branches(Inner, true);
  {
    llvm::SaveAndRestore MadeInArmAround(MadeInArm, &Result);
    beforeArm(Arm, IsChoice ? std::optional(Id) : std::nullopt);
  }
  if (isa<CXXThrowExpr>(Arm->IgnoreParens())) {
    discard(Arm);
  } else if (IsChoice) { // int to float, and only then to double.
    for (ir::Make *Makes : Result.Makes)
      Makes->D.Value = ir::Text("static_cast<decltype(")
                           .append(Result.Type)
                           .append(")>(")
                           .append(Makes->D.Value)
                           .append(")");
    Result.Type = ir::Text("(").append(Result.Type).append(")");
  } else {
    ir::Text Value = text(bare(Arm));
    Result.Type = withoutValue(C, textForType(Arm, Value));
    auto Make = std::make_unique<ir::Make>(
        at(Arm->getBeginLoc()),
        ir::Declarator{Id, ir::Declarator::Style::Spelled, std::move(Value)});
    Make->IsResult = true;
    Result.Makes.push_back(Make.get());
    append(std::move(Make));
  }
  List = Around;
  return Result;
}

/// What one of two arms makes.
Steps::UnknownArm Steps::either(UnknownArm Then, UnknownArm Else) {
  if (Else.Makes.empty())
    return Then;
  if (Then.Makes.empty())
    return Else;
  Then.Makes.append(Else.Makes);
  Then.Type =
      ir::Text("true ? ").append(Then.Type).append(" : ").append(Else.Type);
  return Then;
}

/// The variable \p Id that all of \p Arms make, the arms of \p E:
///
///   decltype(chosen){static_cast<coro::held_type<decltype(chosen)>>(value)}
///   decltype(x)(value)                                      auto x = c ? ..
///   T(static_cast<std::decay_t<decltype(true ? ..)>>(value))   T x = c ? ..
void Steps::makeUnknown(const Expr *E, ir::VarId Id, const UnknownArm &Arms) {
  ir::Text Front, Back;
  auto Of = [&](const char *Text) {
    return ir::Text("decltype(").append(ir::use(Id)).append(Text);
  };
  if (E != Chosen) {
    describeChosen(C, C.var(Id), Arms.Type);
    Front = Of("){static_cast<")
                .append(ir::LibraryName::HeldType)
                .append("<")
                .append(Of(")>>("));
    Back = ")}";
  } else if (C.var(Id).TypeId.empty()) {
    describeDecayed(C, C.var(Id), Arms.Type);
    Front = Of(")(");
    Back = ")";
  } else {
    Front = ir::Text(C.var(Id).TypeId)
                .append("(static_cast<")
                .append(ir::LibraryName::Decay)
                .append("<decltype(")
                .append(Arms.Type)
                .append(")>>(");
    Back = "))";
  }
  for (ir::Make *Makes : Arms.Makes)
    Makes->D.Value = ir::Text(Front).append(Makes->D.Value).append(Back);
}

/// What \p E makes: the choice around it may have said it.
std::optional<ir::VarId> Steps::resultOf(const Expr *E) {
  return E == Chosen ? MadeByChoice : resultFor(E);
}

std::unique_ptr<ir::Make> makeResult(Context &C, ir::VarId Id, const Expr *E,
                                     QualType T, bool IsReference,
                                     ir::Text Value) {
  using Style = ir::Declarator::Style;
  Style Init = IsReference || T->isScalarType()
                   ? Style::Copy
                   : initStyle(C, E, T, C.var(Id), Value);
  auto Result = std::make_unique<ir::Make>(
      at(E->getBeginLoc()), ir::Declarator{Id, Init, std::move(Value)});
  Result->D.Deduced =
      Init == Style::Copy && !IsReference && makesItsType(C, E, T);
  Result->IsResult = true;
  return Result;
}

ir::Text resultText(const Expr *E, std::optional<ir::VarId> Id) {
  if (!Id)
    return "void()";
  ir::Text Use = ir::Text().append(ir::use(*Id, E->isLValue()));
  bool IsObject = E->isPRValue() && !E->getType()->isScalarType();
  return IsObject || E->isXValue() ? ir::moved(Use) : Use;
}

/// A new variable for what arms of \p E make, or a block.
ir::VarId Steps::chosenVariable(const Expr *E) {
  std::string Name = nameOf(E);
  return C.variable(Name == "operand" ? "chosen" : Name,
                    ir::Variable::Role::Temporary, at(E->getBeginLoc()));
}

/// What holds the result of \p E, which one of two arms makes; nothing for
/// void.
std::optional<ir::VarId> Steps::resultFor(const Expr *E) {
  QualType T = E->getType();
  if (E->isPRValue())
    T = T.getUnqualifiedType();
  // In a template it may be of no type.
  if (T->isVoidType() || (T->isDependentType() && Unused.contains(E)))
    return std::nullopt;
  if (E->isPRValue() && !T->isScalarType() && !T->isRecordType() &&
      !isUnknownChoice(C, E))
    C.Diags.report(E->getBeginLoc(), Diag::operand_order);
  if (E->isGLValue())
    T = C.Ast.getLValueReferenceType(T);
  ir::VarId Id = chosenVariable(E);
  if (isUnknownChoice(C, E))
    describeLater(C.var(Id), /*Const=*/false);
  else
    describe(C, C.var(Id), T);
  return Id;
}

/// \p E, in an arm of \p Whole, has arms itself, or a block, that can make what
/// Whole is.
bool Steps::isChoiceOf(const Expr *E, const Expr *Whole) const {
  bool IsSame = E->isPRValue() && Whole->isPRValue() &&
                C.Ast.hasSameUnqualifiedType(E->getType(), Whole->getType());
  return IsSame && ((isa<ConditionalOperator>(E) && branches(E, true)) ||
                    (isa<StmtExpr>(E) && C.waits(E)));
}

/// The steps of \p Arm, and what it gives \p Whole.
void Steps::arm(std::vector<ir::StmtPtr> &Into, const Expr *Arm,
                const Expr *Whole, std::optional<ir::VarId> Result) {
  std::vector<ir::StmtPtr> *Around = std::exchange(List, &Into);
  bool IsChoice = Result && isChoiceOf(behindCommas(Arm), Whole);
  beforeArm(Arm, IsChoice ? Result : std::nullopt);
  if (!Result || Arm->getType()->isVoidType()) {
    discard(Arm);
  } else if (!IsChoice) {
    append(makeResult(C, *Result, Arm, Whole->getType(), Whole->isGLValue(),
                      text(bare(Arm))));
  }
  List = Around;
}

/// a && b     both = a; branch both { b_steps; both = b }
/// a || b     either = a; branch !either { b_steps; either = b }
void Steps::logical(const BinaryOperator *E) {
  ir::Loc Where = at(E->getBeginLoc());
  bool IsAnd = E->getOpcode() == BO_LAnd;
  before(E->getLHS(), /*WaitBehind=*/true);
  using Style = ir::Declarator::Style;
  ir::VarId Id = C.variable(IsAnd ? "both" : "either",
                            ir::Variable::Role::Temporary, Where);
  describe(C, C.var(Id), C.Ast.BoolTy);
  make({Id, Style::Copy, truth(E->getLHS())}, Where);
  auto Step = std::make_unique<ir::Branch>(
      Where, ir::Text(IsAnd ? "" : "!").append(ir::use(Id)));
  std::vector<ir::VarId> *Outer = Flags;
  if (!Outer)
    Flags = &Step->Flags;
  std::vector<ir::StmtPtr> *Around = std::exchange(List, &Step->Then);
  before(E->getRHS(), /*WaitBehind=*/true);
  auto Set = std::make_unique<ir::Make>(
      Where, ir::Declarator{Id, Style::Copy, truth(E->getRHS())});
  Set->IsResult = true;
  append(std::move(Set));
  List = Around;
  Flags = Outer;
  append(std::move(Step));
  replace(E, ir::Text().append(ir::use(Id)));
  keptIn(E, Id);
}

} // namespace coroexpand
