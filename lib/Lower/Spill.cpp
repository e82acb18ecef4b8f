#include "Lower/Spill.h"
#include "Lower/EvaluationOrder.h"
#include "Lower/Temporaries.h"
#include "Source/Runtime.h"
#include "Source/Walk.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {

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

llvm::ArrayRef<const Expr *> argumentsOf(const Expr *E) {
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return {Call->getArgs(), Call->getNumArgs()};
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return {Construct->getArgs(), Construct->getNumArgs()};
  return {};
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

void Spill::noteParameters(const Expr *E) {
  const FunctionDecl *F = nullptr;
  llvm::ArrayRef<const Expr *> Arguments = argumentsOf(E);
  if (const auto *Call = dyn_cast<CallExpr>(E)) {
    F = Call->getDirectCallee();
    // The object of a member operator is its first argument.
    if (isa<CXXOperatorCallExpr>(E) && isa_and_nonnull<CXXMethodDecl>(F))
      Arguments = Arguments.drop_front();
  } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    F = Construct->getConstructor();
  }
  if (F)
    for (auto [P, Argument] : llvm::zip(F->parameters(), Arguments))
      Parameters[Argument] = P;
}

/// A list that a library's container copies may end with the call, and so may a
/// future that a combinator moves from, and a trivial temporary of which only a
/// number is left: \p E is a part of what gives that number. An object that a
/// comma discards may not.
void Spill::noteLifetimes(const Expr *E, bool InNumber) {
  noteParameters(E);
  const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E);
  if (Temp && InNumber && !C.TypeOf.needsDestroy(Temp->getType()))
    Consumed.insert(Temp);
  InNumber |= E->isPRValue() && E->getType()->isArithmeticType();
  if (const auto *Comma = dyn_cast<BinaryOperator>(E);
      Comma && Comma->isCommaOp()) {
    const Expr *Left = discarded(Comma->getLHS());
    if (Left->isPRValue() && C.TypeOf.needsDestroy(Left->getType()))
      Discarded.insert(Left);
  }
  if (const auto *Call = dyn_cast<CallExpr>(E);
      Call && runtimeFunction(Call->getDirectCallee()))
    for (const Expr *Arg : Call->arguments())
      if (isa<MaterializeTemporaryExpr>(Arg) &&
          C.TypeOf.isQuietFuture(Arg->getType()))
        Consumed.insert(Arg);
  const auto *Construct = dyn_cast<CXXConstructExpr>(E);
  if (Construct && C.TypeOf.isQuiet(Construct->getType()))
    for (const Expr *Arg : Construct->arguments()) {
      const auto *List =
          dyn_cast<CXXStdInitializerListExpr>(Arg->IgnoreImplicit());
      if (List && C.TypeOf.isQuiet(
                      C.Ast.getBaseElementType(List->getSubExpr()->getType())))
        Consumed.insert(List);
    }
  forEachChild(E, [&](const Stmt *Child) {
    if (const auto *Sub = dyn_cast<Expr>(Child))
      noteLifetimes(Sub, InNumber);
  });
}

/// An allocator and its like, which nobody has a word for at the call.
bool Spill::isLibrarys(const CXXDefaultArgExpr *E) const {
  return C.Source.sourceManager().isInSystemHeader(
      E->getParam()->getLocation());
}

/// Whether something in \p E becomes a temporary of the full-expression.
bool Spill::extracts(const Expr *E) const {
  if (isTemporary(E) || isObservableList(E))
    return true;
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return !isLibrarys(Default) && extracts(Default->getExpr());
  bool Found = false;
  forEachChild(E, [&](const Stmt *Child) {
    const auto *Sub = dyn_cast<Expr>(Child);
    Found = Found || (Sub && extracts(Sub));
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

/// The token that ends the arguments of a call.
SourceLocation closingToken(const Expr *E) {
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return Call->getRParenLoc();
  return cast<CXXConstructExpr>(E)->getParenOrBraceRange().getEnd();
}

} // namespace

ir::Text Spill::text(const Expr *E) const {
  return C.Source.slice(writtenRange(E, C.Source), Replaced);
}

/// The default argument's names are found in the caller as they are where the
/// function is declared.
bool Spill::meansTheSameHere(const CXXDefaultArgExpr *E) const {
  const auto *Callee = cast<FunctionDecl>(E->getParam()->getDeclContext());
  bool Literal = true;
  for (const syntax::Token &T : C.Source.tokens(writtenRange(E, C.Source))) {
    if (T.kind() != tok::identifier)
      continue;
    Literal = false;
    for (const auto &[D, Id] : C.variables())
      if (D->getName() == C.Source.text(T))
        return false;
  }
  return Literal || Callee->getDeclContext()->getRedeclContext()->Encloses(
                        C.F.Decl->getDeclContext());
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
      C.Diags.report(Close, Diag::operand_default)
          << cast<CXXDefaultArgExpr>(*A)->getParam();
      return;
    }
  ir::Text Written;
  for (auto A = First; A != Arguments.end(); ++A)
    Written.append(A == Arguments.begin() ? "" : ", ").append(text(*A));
  auto Token = C.Source.tokens({Close, Close});
  Written.append(C.Source.text(Token.front()).str());
  Replaced.push_back({{Close, Close}, std::move(Written)});
}

void Spill::steps(const Expr *E) {
  noteLifetimes(E, /*InNumber=*/false);
  if (isTemporary(E))
    return takeOut(E);
  if (isObservableList(E)) {
    C.Diags.report(E->getBeginLoc(), Diag::operand_list);
    return;
  }
  if (!extracts(E))
    return;
  std::optional<Operands> Parts = operandsInOrder(E);
  if (!Parts) {
    C.Diags.report(E->getBeginLoc(), Diag::operand_order);
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
      C.Diags.report(Part->getBeginLoc(), Diag::operand_conditional);
      return;
    }
  for (size_t I = 0; I < Last; ++I) {
    const Expr *Part = Parts->Always[I];
    if (I + 1 < Last)
      Consumed.erase(Part); // It's evaluated before the last one's steps.
    if (extracts(Part))
      steps(Part);
    else if (!isInert(Part, C.Ast))
      keepValue(Part);
  }
  if (Defaults)
    writeDefaults(E);
}

/// An object that holds operand \p E is called as the parameter is that it is
/// passed for, else as what makes it, else as its class.
std::string Spill::nameOf(const Expr *E) const {
  const ParmVarDecl *P = Parameters.lookup(E);
  if (P && !P->getName().empty() && !isReserved(P->getName()))
    return P->getName().str();
  const CXXRecordDecl *Class = E->getType()->getAsCXXRecordDecl();
  bool HasName =
      Class && !Class->getName().empty() && !isReserved(Class->getName());
  return nameFor(C, E, HasName ? Class->getName() : "operand");
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
  const Expr *From = Default ? Default->getExpr() : Init;
  ir::VarId Id =
      temporary(C, nameOf(E), E->getType(), From, {text(Init)}, Into);
  ir::Text Use;
  if (Argument ||
      (Temp && !Temp->isBoundToLvalueReference() && Temp->isXValue()))
    Use = ir::moved(ir::Text().append(ir::use(Id)));
  else if (IsDiscarded)
    Use.append("void(").append(ir::use(Id)).append(")");
  else
    Use.append(ir::use(Id));
  Replaced.push_back({writtenRange(E, C.Source), std::move(Use)});
}

/// \p E is evaluated before an extracted temporary: its value is kept.
void Spill::keepValue(const Expr *E) {
  ir::Text Value = text(E);
  ir::Text Use;
  if (E->isGLValue()) {
    ir::VarId Id = temporaryReference(C, nameOf(E), E, std::move(Value), Into);
    Use.append(ir::use(Id));
    if (E->isXValue())
      Use = ir::moved(Use);
  } else if (E->getType()->isScalarType()) {
    ir::VarId Id =
        temporary(C, nameOf(E), E->getType(), E, {std::move(Value)}, Into);
    Use.append(ir::use(Id));
  } else {
    C.Diags.report(E->getBeginLoc(), Diag::operand_order);
    return;
  }
  Replaced.push_back({writtenRange(E, C.Source), std::move(Use)});
}

} // namespace coroexpand
