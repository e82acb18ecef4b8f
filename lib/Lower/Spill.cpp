#include "Lower/Spill.h"
#include "Source/Walk.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {

std::optional<Operands> operandsInOrder(const Expr *E) {
  Operands Result;
  auto One = [&](const Expr *Child) {
    Result.Always.push_back(Child);
    return Result;
  };
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return One(Full->getSubExpr());
  if (const auto *Cast = dyn_cast<CastExpr>(E))
    return One(Cast->getSubExpr());
  if (const auto *Paren = dyn_cast<ParenExpr>(E))
    return One(Paren->getSubExpr());
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return One(Default->getExpr());
  if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E))
    return One(Temp->getSubExpr());
  if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
    return One(Bound->getSubExpr());
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return One(Unary->getSubExpr());
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    return One(Member->getBase());
  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(E))
    return One(List->getSubExpr());
  if (const auto *Throw = dyn_cast<CXXThrowExpr>(E)) {
    if (Throw->getSubExpr())
      return One(Throw->getSubExpr());
    return Result;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(E)) {
    // C++17: the right side of an assignment comes first.
    if (Binary->isAssignmentOp())
      Result.Always = {Binary->getRHS(), Binary->getLHS()};
    else if (Binary->isLogicalOp())
      Result = {{Binary->getLHS()}, {Binary->getRHS()}};
    else
      Result.Always = {Binary->getLHS(), Binary->getRHS()};
    return Result;
  }
  if (const auto *Select = dyn_cast<ConditionalOperator>(E)) {
    Result = {{Select->getCond()},
              {Select->getTrueExpr(), Select->getFalseExpr()}};
    return Result;
  }
  if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E)) {
    Result.Always = {Subscript->getLHS(), Subscript->getRHS()};
    return Result;
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
    Result.Always.append(Operator->arg_begin(), Operator->arg_end());
    if (Operator->isAssignmentOp())
      std::reverse(Result.Always.begin(), Result.Always.end());
    return Result;
  }
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    const auto *Member = dyn_cast<CXXMemberCallExpr>(E);
    Result.Always.push_back(Member ? Member->getImplicitObjectArgument()
                                   : Call->getCallee());
    Result.Always.append(Call->arg_begin(), Call->arg_end());
    return Result;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    Result.Always.append(Construct->arg_begin(), Construct->arg_end());
    return Result;
  }
  if (const auto *List = dyn_cast<InitListExpr>(E)) {
    if (const InitListExpr *Semantic = List->getSemanticForm())
      List = Semantic;
    for (const Stmt *Init : *List)
      Result.Always.push_back(cast<Expr>(Init));
    return Result;
  }
  if (const auto *List = dyn_cast<CXXParenListInitExpr>(E)) {
    for (Expr *Init : const_cast<CXXParenListInitExpr *>(List)->getInitExprs())
      Result.Always.push_back(Init);
    return Result;
  }
  if (isa<DeclRefExpr, IntegerLiteral, FloatingLiteral, StringLiteral,
          CharacterLiteral, CXXBoolLiteralExpr, CXXNullPtrLiteralExpr,
          CXXDefaultInitExpr, ImplicitValueInitExpr, CXXScalarValueInitExpr,
          UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, CXXThisExpr, TypeTraitExpr,
          UserDefinedLiteral>(E))
    return Result;
  return std::nullopt;
}

bool isInert(const Expr *E, const ASTContext &Context) {
  const Expr *Bare = E->IgnoreParens();
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(Bare))
    return isInert(Default->getExpr(), Context);
  if (isa<IntegerLiteral, FloatingLiteral, StringLiteral, CharacterLiteral,
          CXXBoolLiteralExpr, CXXNullPtrLiteralExpr, CXXThisExpr,
          UnaryExprOrTypeTraitExpr>(Bare))
    return true;
  if (isa<DeclRefExpr>(Bare))
    return true; // Naming a thing; reading it is an implicit cast around it.
  if (const auto *Member = dyn_cast<MemberExpr>(Bare))
    return isInert(Member->getBase(), Context);
  if (const auto *Cast = dyn_cast<CastExpr>(Bare)) {
    switch (Cast->getCastKind()) {
    case CK_NoOp:
    case CK_ArrayToPointerDecay:
    case CK_FunctionToPointerDecay:
    case CK_BuiltinFnToFnPtr:
    case CK_UncheckedDerivedToBase:
    case CK_DerivedToBase:
    case CK_NullToPointer:
      return isInert(Cast->getSubExpr(), Context);
    default:
      break;
    }
  }
  // So does p-> of a library's pointer.
  if (const auto *Arrow = dyn_cast<CXXOperatorCallExpr>(Bare))
    return Arrow->getOperator() == OO_Arrow &&
           isa_and_nonnull<CXXMethodDecl>(Arrow->getDirectCallee()) &&
           cast<CXXMethodDecl>(Arrow->getDirectCallee())
               ->getParent()
               ->isInStdNamespace() &&
           isInert(Arrow->getArg(0), Context);
  // std::move(x) and its like name x too.
  if (const auto *Call = dyn_cast<CallExpr>(Bare))
    return Call->isCallToStdMove() && isInert(Call->getArg(0), Context);
  if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Bare))
    return Temp->getType().isTrivialType(Context) &&
           isInert(Temp->getSubExpr(), Context);
  return Bare->getType()->isScalarType() && !Bare->isInstantiationDependent() &&
         Bare->isEvaluatable(Context) && !Bare->HasSideEffects(Context);
}

//===----------------------------------------------------------------------===//
// Temporaries that outlive a suspension
//===----------------------------------------------------------------------===//

namespace {

/// What is left of the value of \p E when nothing is done with it.
const Expr *discarded(const Expr *E) {
  E = E->IgnoreParens();
  if (const auto *Cast = dyn_cast<CastExpr>(E);
      Cast && Cast->getCastKind() == CK_ToVoid)
    return discarded(Cast->getSubExpr());
  if (const auto *Comma = dyn_cast<BinaryOperator>(E);
      Comma && Comma->isCommaOp())
    return discarded(Comma->getRHS());
  return E;
}

/// Of the runtime, and moves the futures in that it is given as rvalues.
bool isCombinator(const CallExpr &Call) {
  const FunctionDecl *F = Call.getDirectCallee();
  if (!F || !F->getDeclName().isIdentifier())
    return false;
  const auto *Home = dyn_cast<NamespaceDecl>(F->getDeclContext());
  return Home && Home->getName() == "coro" &&
         Home->getParent()->isTranslationUnit() &&
         llvm::is_contained({"join", "select", "timeout", "try_join"},
                            F->getName());
}

} // namespace

bool Spill::isTemporary(const Expr *E) const {
  if (Arguments.contains(E))
    return true;
  if (Consumed.contains(E))
    return false;
  if (Discarded.contains(E))
    return true;
  const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E);
  // The array behind an initializer_list stays with the list.
  return Temp && Temp->getStorageDuration() == SD_FullExpression &&
         !Temp->getType()->isArrayType();
}

/// A list of objects whose end can be observed: it would end too early.
bool Spill::isObservableList(const Expr *E) const {
  return isa<CXXStdInitializerListExpr>(E) && !Consumed.contains(E);
}

/// A list that a library's container copies may end with the call, and so may a
/// future that a combinator moves from. An object that a comma discards may
/// not.
void Spill::noteLifetimes(const Expr *E) {
  if (const auto *Comma = dyn_cast<BinaryOperator>(E);
      Comma && Comma->isCommaOp()) {
    const Expr *Left = discarded(Comma->getLHS());
    if (Left->isPRValue() && B.TypeOf.needsDestroy(Left->getType()))
      Discarded.insert(Left);
  }
  if (const auto *Call = dyn_cast<CallExpr>(E); Call && isCombinator(*Call))
    for (const Expr *Arg : Call->arguments())
      if (isa<MaterializeTemporaryExpr>(Arg) &&
          B.TypeOf.isQuietFuture(Arg->getType()))
        Consumed.insert(Arg);
  const auto *Construct = dyn_cast<CXXConstructExpr>(E);
  if (Construct && B.TypeOf.isQuiet(Construct->getType()))
    for (const Expr *Arg : Construct->arguments()) {
      const auto *List =
          dyn_cast<CXXStdInitializerListExpr>(Arg->IgnoreImplicit());
      if (List && B.TypeOf.isQuiet(B.Context.getBaseElementType(
                      List->getSubExpr()->getType())))
        Consumed.insert(List);
    }
  forEachChild(E, [&](const Stmt *Child) {
    if (const auto *Sub = dyn_cast<Expr>(Child))
      noteLifetimes(Sub);
  });
}

/// An allocator and its like, which nobody has a word for at the call.
bool Spill::isLibrarys(const CXXDefaultArgExpr *E) const {
  return B.Source.sourceManager().isInSystemHeader(
      E->getParam()->getLocation());
}

/// Whether something in \p E becomes a temporary of the full-expression. A
/// trivial temporary that only a call returning a number sees does not.
bool Spill::extracts(const Expr *E) const {
  if (isTemporary(E) || isObservableList(E))
    return true;
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return !isLibrarys(Default) && extracts(Default->getExpr());
  bool Number = E->isPRValue() && E->getType()->isArithmeticType();
  bool Found = false;
  forEachChild(E, [&](const Stmt *Child) {
    const auto *Sub = dyn_cast<Expr>(Child);
    if (!Sub || Found)
      return;
    const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Sub);
    if (Number && Temp && !B.TypeOf.needsDestroy(Temp->getType()))
      Found = extracts(Temp->getSubExpr());
    else
      Found = extracts(Sub);
  });
  return Found;
}

namespace {

/// A default argument is written where the function is declared.
SourceRange writtenRange(const Expr *E, const Fragments &Source) {
  const auto *Default = dyn_cast<CXXDefaultArgExpr>(E);
  if (!Default)
    return E->getSourceRange();
  auto Tokens = Source.tokens(Default->getParam()->getDefaultArgRange());
  if (Tokens.front().kind() == tok::equal)
    Tokens = Tokens.drop_front();
  return {Tokens.front().location(), Tokens.back().location()};
}

llvm::ArrayRef<const Expr *> argumentsOf(const Expr *E) {
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return {Call->getArgs(), Call->getNumArgs()};
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return {Construct->getArgs(), Construct->getNumArgs()};
  return {};
}

/// The token that ends the arguments of a call.
SourceLocation closingToken(const Expr *E) {
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return Call->getRParenLoc();
  return cast<CXXConstructExpr>(E)->getParenOrBraceRange().getEnd();
}

} // namespace

ir::Text Spill::text(const Expr *E) const {
  return B.Source.slice(writtenRange(E, B.Source), Holes);
}

/// The default argument's names are found in the caller as they are where the
/// function is declared.
bool Spill::meansTheSameHere(const CXXDefaultArgExpr *E) const {
  const auto *Callee = cast<FunctionDecl>(E->getParam()->getDeclContext());
  bool Literal = true;
  for (const syntax::Token &T : B.Source.tokens(writtenRange(E, B.Source))) {
    if (T.kind() != tok::identifier)
      continue;
    Literal = false;
    for (const auto &[D, Id] : B.Vars)
      if (D->getName() == B.Source.text(T))
        return false;
  }
  return Literal || Callee->getDeclContext()->getRedeclContext()->Encloses(
                        B.F.Decl->getDeclContext());
}

/// f(a) with default arguments of which one has to outlive the call becomes
/// f(a, default, ..).
void Spill::writeDefaults(const Expr *E) {
  llvm::ArrayRef<const Expr *> Arguments = argumentsOf(E);
  auto First = llvm::find_if(
      Arguments, [](const Expr *A) { return isa<CXXDefaultArgExpr>(A); });
  SourceLocation Close =
      First == Arguments.end() ? SourceLocation() : closingToken(E);
  if (Close.isInvalid())
    return;
  for (auto A = First; A != Arguments.end(); ++A)
    if (!meansTheSameHere(cast<CXXDefaultArgExpr>(*A))) {
      B.Diags.report(Close, Diag::operand_default)
          << cast<CXXDefaultArgExpr>(*A)->getParam();
      return;
    }
  ir::Text Written;
  for (auto A = First; A != Arguments.end(); ++A)
    Written.append(A == Arguments.begin() ? "" : ", ").append(text(*A));
  auto Token = B.Source.tokens({Close, Close});
  Written.append(B.Source.text(Token.front()).str());
  Holes.push_back({{Close, Close}, std::move(Written)});
}

void Spill::steps(const Expr *E) {
  noteLifetimes(E);
  if (isTemporary(E))
    return takeOut(E);
  if (isObservableList(E)) {
    B.Diags.report(E->getBeginLoc(), Diag::operand_list);
    return;
  }
  if (!extracts(E))
    return;
  std::optional<Operands> Parts = operandsInOrder(E);
  if (!Parts) {
    B.Diags.report(E->getBeginLoc(), Diag::operand_order);
    return;
  }
  bool Defaults = llvm::any_of(argumentsOf(E), [&](const Expr *A) {
    return isa<CXXDefaultArgExpr>(A) && extracts(A);
  });
  size_t Last = 0;
  for (size_t I = 0; I < Parts->Always.size(); ++I)
    if (extracts(Parts->Always[I]))
      Last = I + 1;
  for (const Expr *Part : Parts->Conditional)
    if (extracts(Part)) {
      B.Diags.report(Part->getBeginLoc(), Diag::operand_conditional);
      return;
    }
  for (size_t I = 0; I < Last; ++I) {
    const Expr *Part = Parts->Always[I];
    if (I + 1 < Last)
      Consumed.erase(Part); // It's evaluated before the last one's steps.
    if (extracts(Part))
      steps(Part);
    else if (!isInert(Part, B.Context))
      keepValue(Part);
  }
  if (Defaults)
    writeDefaults(E);
}

/// Temporary \p E becomes an object of the full-expression, its own
/// temporaries before it.
void Spill::takeOut(const Expr *E) {
  const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E);
  const Expr *Init = Temp ? Temp->getSubExpr() : E;
  bool Argument = Arguments.erase(E); // Its own parts come next.
  bool IsDiscarded = Discarded.erase(E);
  steps(Init);
  const auto *Default = dyn_cast<CXXDefaultArgExpr>(Init);
  ir::VarId Id =
      B.temporary(Argument ? "argument" : "temporary", E->getType(),
                  Default ? Default->getExpr() : Init, text(Init), Into);
  ir::Text Use;
  if (Argument ||
      (Temp && !Temp->isBoundToLvalueReference() && Temp->isXValue()))
    Use.append("\1std::move(").append(ir::use(Id)).append(")");
  else if (IsDiscarded)
    Use.append("void(").append(ir::use(Id)).append(")");
  else
    Use.append(ir::use(Id));
  Holes.push_back({writtenRange(E, B.Source), std::move(Use)});
}

/// \p E is evaluated before an extracted temporary: its value is kept.
void Spill::keepValue(const Expr *E) {
  ir::Text Value = text(E);
  ir::Text Use;
  if (E->isGLValue()) {
    ir::VarId Id = B.temporaryReference("operand", E, std::move(Value), Into);
    Use.append(ir::use(Id));
    if (E->isXValue())
      Use = ir::Text("\1std::move(").append(Use).append(")");
  } else if (E->getType()->isScalarType()) {
    ir::VarId Id =
        B.temporary("operand", E->getType(), E, std::move(Value), Into);
    Use.append(ir::use(Id));
  } else {
    B.Diags.report(E->getBeginLoc(), Diag::operand_order);
    return;
  }
  Holes.push_back({writtenRange(E, B.Source), std::move(Use)});
}

} // namespace coroexpand
