#include "Lower/Describe.h"
#include "Lower/EvaluationOrder.h"
#include "Lower/Expressions.h"
#include "Lower/Steps.h"
#include "Source/Runtime.h"

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

/// \p E names what is called; it is no object that has to stay.
bool isName(const Expr *E) {
  return isa<DeclRefExpr, DependentScopeDeclRefExpr, OverloadExpr, MemberExpr,
             CXXDependentScopeMemberExpr, CXXPseudoDestructorExpr>(E);
}

} // namespace

llvm::ArrayRef<const Expr *> argumentsOf(const Expr *E) {
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return {Call->getArgs(), Call->getNumArgs()};
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return {Construct->getArgs(), Construct->getNumArgs()};
  return {};
}

bool Steps::isTemporary(const Expr *E) const {
  const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E);
  if (Temp && Temp->getStorageDuration() == SD_Automatic)
    return Temp != boundTemporary(cast<VarDecl>(Temp->getExtendingDecl()));
  if (Arguments.contains(E) && !Unused.contains(bare(E)))
    return true;
  if (Consumed.contains(E) || Copied.contains(E))
    return false;
  if (Discarded.contains(E))
    return true;
  return Temp && Temp->getStorageDuration() == SD_FullExpression;
}

/// An object that outlives the full-expression, and that the arms of a branch
/// make: the text that is left could only make another one of it.
bool Steps::isMadeInArms(const Expr *E) const {
  const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E);
  if (!Temp || Temp->getStorageDuration() != SD_Automatic)
    return false;
  return branches(behindCommas(Temp->getSubExpr()), /*WaitBehind=*/false);
}

/// Whether something in \p E becomes a temporary of the full-expression.
bool Steps::extracts(const Expr *E) const {
  if (auto Known = Extracting.find(E); Known != Extracting.end())
    return Known->second;
  return Extracting[E] = findsTemporary(E);
}

bool Steps::findsTemporary(const Expr *E) const {
  if (Kept.contains(E))
    return false;
  if (isTemporary(E) || UnknownLists.contains(E))
    return true;
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return !isLibrarys(Default) && extracts(Default->getExpr());
  bool Found = false;
  forEachPart(E, [&](const Expr *Part) { Found = Found || extracts(Part); });
  return Found;
}

/// What \p E makes is used after something else has been waited for, or made.
void Steps::mustOutlive(const Expr *E) {
  bool IsNumber = E->isPRValue() && E->getType()->isArithmeticType();
  if ((IsNumber && !C.waits(E)) || !Outliving.insert(E).second)
    return; // Only a number is left of it; or its parts have been told too.
  if (Consumed.erase(E))
    forgetAnswers();
  forEachPart(E, [&](const Expr *Part) { mustOutlive(Part); });
}

void Steps::noteParameters(const Expr *E) {
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
  if (F && !isa<CXXOperatorCallExpr>(E))
    for (auto [P, Argument] : llvm::zip(F->parameters(), Arguments))
      Parameters[Argument] = P;
}

/// An object of which a member function is called that any object has.
void Steps::noteObject(const Expr *E) {
  const auto *Call = dyn_cast<CXXMemberCallExpr>(E);
  const CXXMethodDecl *Method = Call ? Call->getMethodDecl() : nullptr;
  if (!Method || Method->getRefQualifier() != RQ_None)
    return;
  const Expr *Object = Call->getImplicitObjectArgument()->IgnoreParenImpCasts();
  if (isa<MaterializeTemporaryExpr>(Object))
    PlainObjects.insert(Object);
}

/// Only an instantiation knows what \p E calls, and so which of its operands it
/// refers to: all live as long as natively those do that are bound to a
/// reference.
void Steps::noteOperands(const Expr *E) {
  const auto *Call = dyn_cast<CallExpr>(E);
  if ((Call && isStdCast(Call)) || isAwait(E) ||
      isa<PackExpansionExpr, CastExpr, FullExpr, LambdaExpr, ParenExpr>(E))
    return;
  std::optional<Operands> Parts = operandsInOrder(E);
  if (!Parts)
    return;
  const auto *Binary = dyn_cast<BinaryOperator>(E);
  bool IsTested =
      isa<ConditionalOperator>(E) || (Binary && Binary->isLogicalOp());
  for (const Expr *Part : Parts->Always) {
    Part = Part->IgnoreParens();
    if (IsTested && Part->getType()->isScalarType())
      continue; // No reference is bound to it.
    bool IsVoid = Part->getType()->isVoidType() && !isa<InitListExpr>(Part);
    if (IsVoid || (isInert(Part) && !Part->isPRValue()))
      continue;
    const auto *Inner = dyn_cast<CallExpr>(Part);
    if (const auto *List = dyn_cast<InitListExpr>(Part);
        Call && List && mayTell(C, List))
      UnknownLists.insert(Part);
    bool Names = isa<InitListExpr, PackExpansionExpr, CXXThisExpr>(Part) ||
                 (Inner && isStdCast(Inner)) ||
                 Part->getType()->isNullPtrType();
    bool IsCallee = Call && Part == Call->getCallee()->IgnoreParens();
    bool IsWhole = Binary && Binary->isCommaOp() &&
                   Part == Binary->getRHS()->IgnoreParens();
    if (Names || IsWhole || (IsCallee && isName(Part)) ||
        !(Part->isTypeDependent() || Part->isPRValue()))
      continue;
    Arguments.insert(Part);
    if (IsCallee && isa<LambdaExpr>(Part))
      PlainObjects.insert(Part);
  }
}

/// The array of a list is named as the list is.
void Steps::noteList(const CXXStdInitializerListExpr *List) {
  const Expr *Array = List->getSubExpr();
  Lists.insert(Array);
  if (const ParmVarDecl *P = Parameters.lookup(List))
    Parameters[Array] = P;
}

/// A library's container copies a list of what nobody can see the end of.
void Steps::noteConstruct(const CXXConstructExpr *Object) {
  bool Copies = C.TypeOf.isQuiet(Object->getType());
  for (const Expr *Arg : Object->arguments()) {
    const auto *List =
        dyn_cast<CXXStdInitializerListExpr>(Arg->IgnoreImplicit());
    if (!List)
      continue;
    const Expr *Array = List->getSubExpr();
    if (Object->isStdInitListInitialization())
      ObjectLists.insert(Array);
    if (Copies && C.TypeOf.isQuiet(C.Ast.getBaseElementType(Array->getType())))
      Copied.insert(Array);
  }
}

/// A list that a library's container copies may end with the call, and so may a
/// future that a combinator moves from, and a trivial temporary of which only a
/// number is left: \p E is a part of what gives that number. An object that a
/// comma discards may not.
void Steps::noteLifetimes(const Expr *E, bool InNumber) {
  if (E->getType().isNull()) // In a template, `T x(e)` has one for `(e)`.
    return forEachPart(
        E, [&](const Expr *Part) { noteLifetimes(Part, /*InNumber=*/false); });
  noteParameters(E);
  if (E->isTypeDependent())
    noteOperands(E);
  noteObject(E);
  const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E);
  if (Temp && InNumber && !C.TypeOf.needsDestroy(Temp->getType()))
    Consumed.insert(Temp);
  InNumber |= E->isPRValue() && E->getType()->isArithmeticType();
  InNumber &= !C.waits(E);
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
  if (const auto *List = dyn_cast<CXXStdInitializerListExpr>(E))
    noteList(List);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    noteConstruct(Construct);
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    noteLifetimes(Default->getExpr(), InNumber);
  forEachPart(E, [&](const Expr *Part) { noteLifetimes(Part, InNumber); });
}

} // namespace coroexpand
