#include "Lower/Steps.h"
#include "Lower/Declarations.h"
#include "Lower/Describe.h"
#include "Lower/EvaluationOrder.h"
#include "Lower/Expressions.h"
#include "Source/Walk.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {

const Expr *bare(const Expr *E) {
  for (const Expr *Before = nullptr; E != Before;) {
    Before = E;
    E = E->IgnoreParens();
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bound->getSubExpr();
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E);
        Cast && Cast->getCastKind() == CK_NoOp)
      E = Cast->getSubExpr();
  }
  return E;
}

const Expr *withoutVoid(const Expr *E) {
  E = bare(E);
  const auto *Cast = dyn_cast<CastExpr>(E);
  return Cast && Cast->getCastKind() == CK_ToVoid ? Cast->getSubExpr() : E;
}

const Expr *behindCommas(const Expr *E) {
  E = bare(E);
  while (const auto *Comma = dyn_cast<BinaryOperator>(E)) {
    if (!Comma->isCommaOp())
      break;
    E = bare(Comma->getRHS());
  }
  return E;
}

namespace {

/// `[... x = co_await f(v)] { .. }`
bool capturesExpansion(const Context &C, const Expr *E) {
  const auto *L = dyn_cast<LambdaExpr>(E);
  if (!L)
    return false;
  for (auto [Capture, Init] : llvm::zip(L->captures(), L->capture_inits()))
    if (L->isInitCapture(&Capture) && C.waits(Init) &&
        Capture.getCapturedVar()->isParameterPack())
      return true;
  return false;
}

/// The first operand of \p E stands before a postfix operator.
bool isPostfix(const Expr *E) {
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
    switch (Operator->getOperator()) {
    case OO_Subscript:
    case OO_Call:
    case OO_Arrow:
      return true;
    case OO_PlusPlus:
    case OO_MinusMinus:
      return Operator->getNumArgs() == 2;
    default:
      return false;
    }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->isPostfix();
  return isa<MemberExpr, CallExpr, ArraySubscriptExpr>(E);
}

bool isMovable(QualType T) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition())
    return false;
  bool Declared = false;
  for (const CXXConstructorDecl *Each : Class->ctors()) {
    if (!Each->isCopyOrMoveConstructor())
      continue;
    Declared = true;
    if (!Each->isDeleted() && Each->getAccess() == AS_public)
      return true;
  }
  if (Class->needsImplicitMoveConstructor())
    return !Class->defaultedMoveConstructorIsDeleted();
  return !Declared && Class->needsImplicitCopyConstructor() &&
         !Class->defaultedCopyConstructorIsDeleted();
}

} // namespace

Steps::Steps(Context &C, const Expr *Root) : C(C), Root(Root) {
  noteLifetimes(Root, /*InNumber=*/false);
  noteChanges(Root);
  forgetAnswers();
}

/// No call takes the outputs of an expansion in `int a[] = {co_await f(v)...}`.
std::vector<ir::StmtPtr> Steps::take() {
  for (const Expansion &Each : std::exchange(Expansions, {}))
    C.Diags.report(Each.E->getBeginLoc(), Diag::unsupported_expansion)
        << "co_await without a call around it";
  return std::move(All);
}

void Steps::noteUnused(const Expr *E) {
  for (const Expr *Before = nullptr; E != Before;) {
    Before = E;
    E = withoutVoid(E);
  }
  Unused.insert(E);
  if (const auto *Comma = dyn_cast<BinaryOperator>(E);
      Comma && Comma->isCommaOp())
    noteUnused(Comma->getRHS());
  if (const auto *Select = dyn_cast<ConditionalOperator>(E)) {
    noteUnused(Select->getTrueExpr());
    noteUnused(Select->getFalseExpr());
  }
}

void Steps::keptIn(const Expr *E, std::optional<ir::VarId> Id) {
  Kept[E] = Id;
  forgetAnswers();
}

void Steps::forgetAnswers() {
  Inert.clear();
  Extracting.clear();
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

bool Steps::isDone(const Expr *E) const {
  for (const Expr *Before = nullptr; E != Before;) {
    if (Kept.contains(E))
      return true;
    Before = E;
    E = withoutVoid(E);
  }
  return false;
}

ir::Text Steps::text(const Expr *E) const {
  if (auto Known = Defaults.find(E); Known != Defaults.end())
    return Known->second;
  ir::Text Text = C.Source.slice(writtenRange(C, E), Replaced);
  if (!isComma(E) || isa<ParenExpr>(E->IgnoreImplicit()) || isDone(E))
    return Text;
  return ir::Text("(").append(Text).append(")");
}

/// A statement expression can't stand there, nor a lambda that takes the
/// outputs of an expansion; and of a placement new in a call g++ 12 crashes:
/// something of its type takes its place.
ir::Text Steps::textForType(const Expr *E, ir::Text Text) const {
  Holes Typed;
  auto Visit = [&](auto &&Self, const Expr *Part) -> void {
    if (auto Known = TypeTexts.find(Part); Known != TypeTexts.end())
      return Typed.push_back({writtenRange(C, Part), Known->second});
    if (isDone(Part) || isa<LambdaExpr>(Part))
      return;
    if (!isa<CXXNewExpr, StmtExpr>(Part))
      return forEachPart(Part, [&](const Expr *P) { Self(Self, P); });
    std::optional<ir::Text> Type = C.Spelling.typeId(Part->getType());
    if (Type && !Part->isTypeDependent())
      Typed.push_back(
          {Part->getSourceRange(), ir::Text(ir::LibraryName::Prvalue)
                                       .append("<")
                                       .append(*Type)
                                       .append(">()")});
  };
  Visit(Visit, E);
  if (Typed.empty())
    return Text;
  Holes All = Replaced;
  for (const Fragments::Hole &H : Typed)
    llvm::erase_if(All, [&](const Fragments::Hole &Other) {
      return Other.Range == H.Range;
    });
  llvm::append_range(All, Typed);
  return C.Source.slice(writtenRange(C, E), All);
}

ir::Text Steps::truth(const Expr *E) const {
  if (E->IgnoreUnlessSpelledInSource()->getType()->isBooleanType())
    return text(E);
  return ir::Text("static_cast<bool>(").append(text(E)).append(")");
}

/// What has been replaced in \p E goes with it.
void Steps::replace(const Expr *E, ir::Text Use) {
  SourceRange Range = writtenRange(C, E);
  llvm::ArrayRef<syntax::Token> Tokens = C.Source.tokens(Range);
  auto IsInside = [&](const Fragments::Hole &H) {
    return !H.Tokens.empty() && Tokens.begin() <= H.Tokens.begin() &&
           H.Tokens.end() <= Tokens.end();
  };
  while (!Replaced.empty() && IsInside(Replaced.back()))
    Replaced.pop_back();
  Replaced.push_back({Range, std::move(Use), Tokens});
}

/// The text of a part of \p E, which has been replaced, may still be asked for.
void Steps::replaceAround(const Expr *E, ir::Text Use) {
  Replaced.push_back({writtenRange(C, E), std::move(Use)});
}

//===----------------------------------------------------------------------===//
// The walk
//===----------------------------------------------------------------------===//

bool Steps::needs(const Expr *E, bool WaitBehind) const {
  return C.waits(E) || (WaitBehind && extracts(E));
}

void Steps::before(const Expr *E, bool WaitBehind) {
  if (!needs(E, WaitBehind) || Kept.contains(E))
    return;
  if (isTemporary(E) && (WaitBehind || isMadeInArms(E)))
    return takeOut(E);
  if (WaitBehind && UnknownLists.contains(E)) {
    C.Diags.report(E->getBeginLoc(), Diag::operand_list);
    return;
  }
  inside(E, WaitBehind);
}

void Steps::inside(const Expr *E, bool WaitBehind) {
  if (const Expr *Await = E->IgnoreParens(); isAwait(Await)) {
    if (Await != E && WaitBehind && isTemporary(Await))
      return takeOut(Await);
    isa<CoyieldExpr>(Await) ? yield(Await) : await(Await);
    if (Await != E)
      replaceAround(E, ir::Text().append(ir::awaitedValue()));
    return;
  }
  if (const auto *Fold = dyn_cast<CXXFoldExpr>(E))
    return fold(Fold);
  if (const auto *Block = dyn_cast<StmtExpr>(E->IgnoreParens());
      Block && C.waits(Block))
    return block(Block);
  const auto *Pack = dyn_cast<PackExpansionExpr>(E);
  if (Pack && C.waits(Pack))
    return expansion(Pack);
  const auto *Binary = dyn_cast<BinaryOperator>(E);
  if (Binary && Binary->isCommaOp())
    return comma(Binary, WaitBehind);
  if (!branches(E, WaitBehind))
    return parts(E, WaitBehind);
  if (Binary)
    return logical(Binary);
  select(cast<ConditionalOperator>(E));
}

void Steps::parts(const Expr *E, bool WaitBehind) {
  if (capturesExpansion(C, E)) {
    C.Diags.report(E->getBeginLoc(), Diag::unsupported_expansion)
        << "a capture that waits";
    return;
  }
  std::optional<Operands> Parts = operandsInOrder(E);
  if (!Parts || llvm::any_of(Parts->Conditional, [&](const Expr *Part) {
        return needs(Part, WaitBehind);
      })) {
    C.Diags.report(E->getBeginLoc(), Diag::operand_order);
    return;
  }
  llvm::ArrayRef<const Expr *> Operands = Parts->Always;
  llvm::SmallVector<bool, 4> Behind(Operands.size());
  bool Waits = WaitBehind;
  for (size_t I = Operands.size(); I-- > 0; Waits |= C.waits(Operands[I]))
    Behind[I] = Waits;
  size_t Last = 0;
  for (size_t I = 0; I < Operands.size(); ++I)
    if (needs(Operands[I], Behind[I]) && (WaitBehind || !isInert(Operands[I])))
      Last = I + 1;
  for (size_t I = 0; I < Last; ++I) {
    const Expr *Part = Operands[I];
    bool IsLast = I + 1 == Last, IsInert = isInert(Part);
    // A closure may be made by a function, which can't wait: what it captures
    // is made before.
    bool IsCaptured = isa<LambdaExpr>(E);
    bool IsKept = !IsLast || IsCaptured;
    if (IsKept && !IsInert)
      mustOutlive(Part);
    if (IsLast || !IsInert || WaitBehind)
      before(Part, Behind[I] || IsCaptured);
    if (IsKept)
      keep(Part, I == 0 && isPostfix(E));
  }
  takeExpansions(E);
  if (WaitBehind)
    writeDefaults(E);
}

/// a, b    a; b
void Steps::comma(const BinaryOperator *E, bool WaitBehind) {
  const Expr *Left = bare(E->getLHS());
  if (Left->isTypeDependent() && !isInert(Left)) {
    holdDiscarded(Left);
  } else {
    before(E->getLHS(), /*WaitBehind=*/true);
    discard(E->getLHS());
  }
  before(E->getRHS(), WaitBehind);
  replaceAround(E, text(E->getRHS()));
  if (isDone(E->getRHS()))
    keptIn(E, Kept.lookup(bare(E->getRHS())));
}

/// Left operand \p E of a comma is kept, if it turns out to be of a type.
void Steps::holdDiscarded(const Expr *E) {
  inside(E, /*WaitBehind=*/true);
  if (isDone(E))
    return;
  ir::Text Value = text(E);
  ir::VarId Id = C.variable("discarded", ir::Variable::Role::Temporary,
                            at(E->getBeginLoc()));
  describeDiscarded(C, C.var(Id), Value);
  make({Id, ir::Declarator::Style::Spelled,
        ir::Text(C.var(Id).TypeId)
            .append("([&]() -> decltype(auto) { return (")
            .append(std::move(Value))
            .append("); })")},
       at(E->getBeginLoc()));
  replace(E, "void()");
  keptIn(E, Id);
}

/// \p E is evaluated for what it does.
void Steps::discard(const Expr *E) {
  if (isInert(E) || isDone(E))
    return;
  append(std::make_unique<ir::Opaque>(at(E->getBeginLoc()),
                                      discardedText(E).append(";")));
}

/// Compilers warn of a value that is not used.
ir::Text Steps::discardedText(const Expr *E) const {
  const Expr *Written = E->IgnoreUnlessSpelledInSource();
  const auto *Binary = dyn_cast<BinaryOperator>(Written);
  if (E->getType()->isVoidType() || isa<CallExpr>(Written) ||
      isAwait(Written) || (Binary && Binary->isAssignmentOp()))
    return text(E);
  return ir::Text("static_cast<void>(").append(text(E)).append(")");
}

//===----------------------------------------------------------------------===//
// What stays as it is
//===----------------------------------------------------------------------===//

void Steps::noteChanges(const Stmt *S) {
  const Expr *Changed = nullptr;
  if (const auto *Binary = dyn_cast<BinaryOperator>(S);
      Binary && Binary->isAssignmentOp())
    Changed = Binary->getLHS();
  if (const auto *Unary = dyn_cast<UnaryOperator>(S);
      Unary && Unary->isIncrementDecrementOp())
    Changed = Unary->getSubExpr();
  if (Changed)
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Changed->IgnoreParens()))
      Changes.push_back({Ref->getDecl(), cast<Expr>(S)});
  forEachChild(S, [&](const Stmt *Child) { noteChanges(Child); });
}

/// Nobody else can change the variable, and no other part of the
/// full-expression does before \p Read is used.
bool Steps::isUnchanged(const DeclRefExpr *Read) const {
  return C.Unshared.contains(Read->getDecl()) &&
         llvm::none_of(Changes, [&](const auto &Change) {
           return Change.first == Read->getDecl() &&
                  !contains(Change.second, Read);
         });
}

bool Steps::isInert(const Expr *E) const {
  if (Kept.empty() && C.waits(E))
    return false; // Nothing has been waited for yet.
  auto IsKnown = [&](const Expr *Part) {
    if (const auto *Read = dyn_cast<DeclRefExpr>(Part))
      return isUnchanged(Read);
    return Kept.contains(Part);
  };
  return coroexpand::isInert(E, C.Ast, IsKnown, Inert);
}

//===----------------------------------------------------------------------===//
// What is kept
//===----------------------------------------------------------------------===//

/// The value of \p E, whose steps are done, is kept: something is waited for,
/// or made, before it is used.
void Steps::keep(const Expr *E, bool Postfix) {
  if (isInert(E) || isDone(E))
    return;
  if (E->isTypeDependent())
    return hold(E);
  if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(bare(E)))
    return takeOut(Temp);
  if (E->isGLValue())
    return keepAsReference(E, Postfix);
  QualType T = E->getType();
  if (T->isVoidType()) {
    discard(E);
    replace(E, "void()");
    keptIn(E, std::nullopt);
    return;
  }
  if (!T->isScalarType() && !isMovable(T)) {
    C.Diags.report(E->getBeginLoc(), Diag::operand_immovable) << T;
    return;
  }
  ir::VarId Id =
      temporary(nameOf(E), T.getUnqualifiedType(), E, {text(bare(E))});
  ir::Text Use = ir::Text().append(ir::use(Id));
  replace(E, T->isScalarType() ? Use : ir::moved(Use));
  keptIn(E, Id);
}

void Steps::keepAsReference(const Expr *E, bool Postfix) {
  if (E->refersToBitField() || E->refersToVectorElement()) {
    C.Diags.report(E->getBeginLoc(), Diag::operand_order);
    return;
  }
  ir::VarId Id = reference(nameOf(E), E, text(E));
  ir::Text Use = ir::Text().append(ir::use(Id, Postfix && !E->isXValue()));
  replace(E, E->isXValue() ? ir::moved(Use) : Use);
  keptIn(E, Id);
}

/// Temporary \p E becomes an object of the full-expression, its own
/// temporaries before it.
void Steps::takeOut(const Expr *E) {
  const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E);
  const Expr *Init = Temp ? Temp->getSubExpr() : E;
  bool IsArgument = Arguments.erase(E); // Its own parts come next.
  bool IsDiscarded = Discarded.erase(E);
  if (IsArgument || IsDiscarded)
    forgetAnswers();
  if (needs(Init, true))
    Temp ? before(Init, true) : inside(E, true);
  if (E->isTypeDependent() && !isa<LambdaExpr>(E))
    return hold(E);
  const auto *Default = dyn_cast<CXXDefaultArgExpr>(Init);
  const Expr *From = Default ? Default->getExpr() : Init;
  std::optional<ir::VarId> ByBranch = Kept.lookup(bare(Init));
  ir::VarId Id =
      ByBranch && !Init->getType()->isScalarType()
          ? *ByBranch
          : temporary(nameOf(E), E->getType(), From, {text(bare(Init))});
  if (Temp && Temp->getStorageDuration() == SD_Automatic) {
    C.var(Id).R = ir::Variable::Role::Local; // It outlives the full-expression.
    C.var(Id).Where = at(Temp->getExtendingDecl()->getLocation());
    if (Temp->getType()->isArrayType() && !Lists.contains(Temp))
      C.var(Id).Problem = ir::FrameProblem::ExtendedTemporary;
  }
  ir::Text Use = ir::Text().append(ir::use(Id));
  bool IsMoved = IsArgument || (Temp && !Temp->isBoundToLvalueReference() &&
                                Temp->isXValue());
  if (Lists.contains(E))
    Use = listOf(E, Id);
  else if (IsMoved && !PlainObjects.contains(E))
    Use = ir::moved(Use);
  else if (IsDiscarded)
    Use = ir::Text("void(").append(Use).append(")");
  replace(E, std::move(Use));
  keptIn(E, Id);
}

/// The list whose array \p Array is variable \p Id:
///
///   f({a, b})  T{a, b}      f(coro::list_of(list))  T(coro::list_of(list))
ir::Text Steps::listOf(const Expr *Array, ir::VarId Id) const {
  ir::Text Result = ir::Text(ir::LibraryName::ListOf)
                        .append("(")
                        .append(ir::use(Id))
                        .append(")");
  return ObjectLists.contains(Array) ||
                 C.Source.followsName(Array->getBeginLoc())
             ? ir::Text("(").append(Result).append(")")
             : Result;
}

/// Object or not, as only an instantiation knows, what \p E gives is held.
void Steps::hold(const Expr *E) {
  ir::Text Value = text(E->IgnoreParens());
  ir::VarId Id = C.variable(nameOf(E), ir::Variable::Role::Temporary,
                            at(E->getBeginLoc()));
  describeHeld(C, C.var(Id), textForType(E, Value));
  makeHolder(Id, E, std::move(Value));
  replace(E, ir::Text().append(ir::use(Id)).append(".take()"));
  keptIn(E, Id);
}

/// An object that holds operand \p E is called as the parameter is that it is
/// passed for, else as what makes it, else as its class.
std::string Steps::nameOf(const Expr *E) const {
  if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E))
    if (const ValueDecl *Of = Temp->getExtendingDecl())
      return (isReserved(Of->getName()) ? "range" : Of->getName().str()) +
             "_object";
  const ParmVarDecl *P = Parameters.lookup(E);
  if (P && !P->getName().empty() && !isReserved(P->getName()))
    return P->getName().str();
  const CXXRecordDecl *Class = E->getType()->getAsCXXRecordDecl();
  llvm::StringRef Name = Class ? Class->getName() : "";
  if (Class && Class->isInStdNamespace())
    Name.consume_front("basic_"); // A string.
  return nameFor(C, E,
                 Lists.contains(E)                  ? "list"
                 : Name.empty() || isReserved(Name) ? "operand"
                                                    : Name);
}

//===----------------------------------------------------------------------===//
// Objects
//===----------------------------------------------------------------------===//

std::string nameFor(const Context &C, const Expr *E,
                    llvm::StringRef Otherwise) {
  std::string Word = wordFor(E);
  if (Word.empty() || isReserved(Word))
    return Otherwise.str();
  const Expr *Written = asWritten(E)->IgnoreUnlessSpelledInSource();
  if (isAwait(Written))
    return Word + "_result";
  if (!C.UsedNames.contains(Word))
    return Word;
  // The word is needed for what it names in the body.
  return Word + (isa<CallExpr>(Written)         ? "_call"
                 : E->getType()->isScalarType() ? "_value"
                                                : "_object");
}

bool makesItsType(const Context &C, const Expr *E, QualType T) {
  const Expr *Written = E->IgnoreUnlessSpelledInSource();
  return !T.isConstQualified() && !T->isArrayType() && Written->isPRValue() &&
         !isa<InitListExpr>(Written) && !C.TypeOf.isBoxedCall(E) &&
         C.Ast.hasSameType(Written->getType(), T);
}

ir::Declarator::Style initStyle(Context &C, const Expr *E, QualType T,
                                const ir::Variable &V, ir::Text &Value) {
  using Style = ir::Declarator::Style;
  const Expr *Bare = asWritten(E);
  bool SpellsType = isa<CXXTemporaryObjectExpr, CXXFunctionalCastExpr>(Bare);
  if (SpellsType && C.Ast.hasSameUnqualifiedType(Bare->getType(), T))
    return Style::Spelled;
  const auto *Construct = dyn_cast<CXXConstructExpr>(Bare);
  if (!isa<InitListExpr>(Bare) &&
      !(Construct && Construct->isListInitialization()))
    return Style::Copy;
  Value = ir::Text(V.TypeId).append(Value);
  return Style::Spelled;
}

ir::VarId Steps::temporary(std::string Name, QualType T, const Expr *E,
                           Made From) {
  ir::Loc Where = at(E->getBeginLoc());
  ir::VarId Id =
      C.variable(std::move(Name), ir::Variable::Role::Temporary, Where);
  describeDeduced(C, C.var(Id), T, E,
                  From.SpellsType ? From.Value : textForType(E, From.Value));
  bool IsNumber = C.var(Id).TrivialInit && !C.var(Id).Array;
  ir::Declarator::Style Init = From.SpellsType ? ir::Declarator::Style::Spelled
                               : IsNumber
                                   ? ir::Declarator::Style::Copy
                                   : initStyle(C, E, T, C.var(Id), From.Value);
  ir::Declarator D{Id, Init, std::move(From.Value)};
  D.Deduced = makesItsType(C, E, T);
  nameByMaker(C, E, "", D);
  make(std::move(D), Where);
  return Id;
}

ir::VarId Steps::reference(std::string Name, const Expr *E, ir::Text Value) {
  ir::Loc Where = at(E->getBeginLoc());
  ir::VarId Id =
      C.variable(std::move(Name), ir::Variable::Role::Temporary, Where);
  QualType T = C.Ast.getLValueReferenceType(E->getType());
  describeDeduced(C, C.var(Id), T, E, Value);
  make({Id, ir::Declarator::Style::Copy, std::move(Value)}, Where);
  return Id;
}

void Steps::make(ir::Declarator D, ir::Loc Where) {
  flag(D.Var);
  append(std::make_unique<ir::Make>(Where, std::move(D)));
}

void Steps::makeHolder(ir::VarId Id, const Expr *E, ir::Text Value) {
  make({Id, ir::Declarator::Style::Spelled,
        ir::Text(C.var(Id).TypeId)
            .append("{")
            .append(std::move(Value))
            .append("}")},
       at(E->getBeginLoc()));
}

/// What is made in a branch may be there or not.
void Steps::flag(ir::VarId Id) {
  if (!Flags || !C.var(Id).NeedsDestroy)
    return;
  ir::VarId Flag = C.variable("has_" + C.var(Id).Name, ir::Variable::Role::Flag,
                              C.var(Id).Where);
  describe(C, C.var(Flag), C.Ast.BoolTy);
  C.var(Id).Flag = Flag;
  Flags->push_back(Flag);
}

} // namespace coroexpand
