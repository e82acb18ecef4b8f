#include "Lower/EvaluationOrder.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ExprConcepts.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {

bool isStdCast(const CallExpr *Call) {
  if (Call->isCallToStdMove())
    return true;
  const auto *Named = dyn_cast<UnresolvedLookupExpr>(Call->getCallee());
  if (!Named || Call->getNumArgs() != 1)
    return false;
  const IdentifierInfo *Name = Named->getName().getAsIdentifierInfo();
  return Name && (Name->isStr("move") || Name->isStr("forward")) &&
         llvm::all_of(Named->decls(),
                      [](const NamedDecl *D) { return D->isInStdNamespace(); });
}

namespace {

/// The operands of what only an instantiation knows.
std::optional<Operands> operandsInTemplate(const Expr *E) {
  Operands Result;
  auto BaseOf = [&](const auto *Member) {
    if (!Member->isImplicitAccess())
      Result.Always.push_back(Member->getBase());
    return Result;
  };
  if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(E))
    return BaseOf(Member);
  if (const auto *Member = dyn_cast<UnresolvedMemberExpr>(E))
    return BaseOf(Member);
  if (const auto *Construct = dyn_cast<CXXUnresolvedConstructExpr>(E))
    Result.Always.append(Construct->arg_begin(), Construct->arg_end());
  else if (const auto *List = dyn_cast<ParenListExpr>(E))
    for (const Stmt *Part : List->children())
      Result.Always.push_back(cast<Expr>(Part));
  else if (const auto *Pack = dyn_cast<PackExpansionExpr>(E))
    Result.Always.push_back(Pack->getPattern());
  else if (!isa<UnresolvedLookupExpr, DependentScopeDeclRefExpr>(E))
    return std::nullopt;
  return Result;
}

} // namespace

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
  if (const auto *Delete = dyn_cast<CXXDeleteExpr>(E))
    return One(Delete->getArgument());
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E))
    return One(Rewritten->getSemanticForm());
  if (const auto *Type = dyn_cast<CXXTypeidExpr>(E))
    return Type->isTypeOperand() || !Type->isPotentiallyEvaluated()
               ? Result
               : One(Type->getExprOperand());
  if (const auto *Pseudo = dyn_cast<CXXPseudoDestructorExpr>(E))
    return One(Pseudo->getBase());
  if (const auto *New = dyn_cast<CXXNewExpr>(E)) {
    for (unsigned I = 0; I < New->getNumPlacementArgs(); ++I)
      Result.Always.push_back(New->getPlacementArg(I));
    if (New->getArraySize() && *New->getArraySize())
      Result.Always.push_back(*New->getArraySize());
    const Expr *Init = New->getInitializer();
    if (const auto *List = dyn_cast_if_present<ParenListExpr>(Init))
      for (const Stmt *Part : List->children()) // In a template.
        Result.Always.push_back(cast<Expr>(Part));
    else if (Init)
      Result.Always.push_back(Init);
    return Result;
  }
  if (const auto *Lambda = dyn_cast<LambdaExpr>(E)) {
    for (const Expr *Init : Lambda->capture_inits())
      if (Init)
        Result.Always.push_back(Init);
    return Result;
  }
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
    const auto *ByPointer =
        dyn_cast<BinaryOperator>(Call->getCallee()->IgnoreParens());
    const Expr *Called = Call->getCallee()->IgnoreParens();
    if (Member && ByPointer)
      Result.Always = {ByPointer->getLHS(), ByPointer->getRHS()};
    else if (!Member &&
             isa<CXXDependentScopeMemberExpr, UnresolvedMemberExpr, MemberExpr>(
                 Called))
      Result = *operandsInOrder(Called); // Of a member, its object.
    else
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
          UserDefinedLiteral, PredefinedExpr, SourceLocExpr, OffsetOfExpr,
          SubstNonTypeTemplateParmExpr, SizeOfPackExpr, RequiresExpr,
          ConceptSpecializationExpr>(E))
    return Result;
  return operandsInTemplate(E);
}

namespace {

/// Whether a conversion looks at nothing but its operand, and at that not as an
/// object: it names it, or makes another number of it.
bool isPlainConversion(CastKind K) {
  switch (K) {
  case CK_NoOp:
  case CK_ArrayToPointerDecay:
  case CK_FunctionToPointerDecay:
  case CK_BuiltinFnToFnPtr:
  case CK_UncheckedDerivedToBase:
  case CK_DerivedToBase:
  case CK_NullToPointer:
  case CK_IntegralCast:
  case CK_IntegralToBoolean:
  case CK_IntegralToFloating:
  case CK_FloatingCast:
  case CK_FloatingToIntegral:
  case CK_FloatingToBoolean:
  case CK_PointerToBoolean:
  case CK_BitCast:
  case CK_ToVoid:
    return true;
  default:
    return false;
  }
}

class Inertness {
public:
  Inertness(const ASTContext &Ast,
            llvm::function_ref<bool(const Expr *)> IsKnown,
            llvm::DenseMap<const Expr *, bool> &Answers)
      : Ast(Ast), IsKnown(IsKnown), Answers(Answers) {}

  bool holds(const Expr *E) const {
    if (auto Known = Answers.find(E); Known != Answers.end())
      return Known->second;
    return Answers[E] = find(E);
  }

private:
  bool find(const Expr *E) const {
    if (IsKnown(E))
      return true;
    const Expr *Bare = E->IgnoreParens();
    if (Bare != E)
      return holds(Bare);
    if (const auto *Full = dyn_cast<FullExpr>(E))
      return holds(Full->getSubExpr());
    if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      return holds(Bound->getSubExpr());
    if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
      return holds(Default->getExpr());
    // DeclRefExpr: naming a thing; reading it is an implicit cast around it.
    if (isa<IntegerLiteral, FloatingLiteral, StringLiteral, CharacterLiteral,
            CXXBoolLiteralExpr, CXXNullPtrLiteralExpr, CXXThisExpr,
            UnaryExprOrTypeTraitExpr, DeclRefExpr, UnresolvedLookupExpr,
            DependentScopeDeclRefExpr>(E))
      return true;
    if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(E))
      return Member->isImplicitAccess() ||
             (!Member->isArrow() && holds(Member->getBase()));
    if (const auto *Member = dyn_cast<UnresolvedMemberExpr>(E))
      return Member->isImplicitAccess() || holds(Member->getBase());
    if (const auto *Pack = dyn_cast<PackExpansionExpr>(E))
      return holds(Pack->getPattern());
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      return holds(Member->getBase());
    if (const auto *Cast = dyn_cast<CastExpr>(E); Cast && conversion(Cast))
      return true;
    if (const auto *Call = dyn_cast<CallExpr>(E); Call && call(Call))
      return true;
    if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(E))
      return (Temp->getType().isTrivialType(Ast) ||
              isPlainLibraryObject(Temp->getType()) ||
              isa<LambdaExpr>(Temp->getSubExpr())) &&
             holds(Temp->getSubExpr());
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(E);
        Construct && isPlainLibraryObject(Construct->getType()))
      return fromNumbers(Construct);
    if (const auto *Lambda = dyn_cast<LambdaExpr>(E))
      return closure(Lambda);
    return isNumber(E) && (arithmetic(E) || isConstant(E));
  }

  bool conversion(const CastExpr *Cast) const {
    const Expr *Sub = Cast->getSubExpr();
    if (isPlainConversion(Cast->getCastKind()))
      return holds(Sub);
    // A prvalue that is made by its own constructor.
    if (Cast->getCastKind() == CK_ConstructorConversion)
      return holds(Sub);
    const auto *Ref = dyn_cast<DeclRefExpr>(Sub->IgnoreParens());
    return Cast->getCastKind() == CK_LValueToRValue && Ref && IsKnown(Ref);
  }

  /// std::move(x) and its like name x too; so does p-> of a library's pointer.
  bool call(const CallExpr *Call) const {
    if (const auto *Arrow = dyn_cast<CXXOperatorCallExpr>(Call)) {
      const auto *Callee =
          dyn_cast_or_null<CXXMethodDecl>(Arrow->getDirectCallee());
      return Arrow->getOperator() == OO_Arrow && Callee &&
             Callee->getParent()->isInStdNamespace() && holds(Arrow->getArg(0));
    }
    return isStdCast(Call) && holds(Call->getArg(0));
  }

  /// A string or a view of one, of which nobody can tell when it is made.
  static bool isPlainLibraryObject(QualType T) {
    const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
    return Class && Class->isInStdNamespace() &&
           Class->getDeclName().isIdentifier() &&
           (Class->getName() == "basic_string" ||
            Class->getName() == "basic_string_view" ||
            Class->getName() == "allocator");
  }

  /// From literals and numbers, or from another such object that is just being
  /// made.
  bool fromNumbers(const CXXConstructExpr *Construct) const {
    return llvm::all_of(Construct->arguments(), [&](const Expr *Arg) {
      const Expr *Bare = Arg->IgnoreParenImpCasts();
      return (isa<StringLiteral, MaterializeTemporaryExpr, CXXDefaultArgExpr>(
                  Bare) ||
              !Arg->isGLValue()) &&
             holds(Arg);
    });
  }

  /// References to things, and copies of numbers.
  bool closure(const LambdaExpr *Lambda) const {
    return llvm::all_of(llvm::zip(Lambda->captures(), Lambda->capture_inits()),
                        [&](const auto &Each) {
                          const auto &[Capture, Init] = Each;
                          return Capture.getCaptureKind() == LCK_ByRef ||
                                 Capture.getCaptureKind() == LCK_This ||
                                 (Init && isNumber(Init) && holds(Init));
                        });
  }

  static bool isNumber(const Expr *E) {
    return E->isPRValue() && E->getType()->isScalarType();
  }

  bool arithmetic(const Expr *E) const {
    if (const auto *Binary = dyn_cast<BinaryOperator>(E))
      return !Binary->isAssignmentOp() && !Binary->isCommaOp() &&
             !Binary->isPtrMemOp() && holds(Binary->getLHS()) &&
             holds(Binary->getRHS());
    const auto *Unary = dyn_cast<UnaryOperator>(E);
    return Unary && !Unary->isIncrementDecrementOp() &&
           Unary->getOpcode() != UO_Deref && holds(Unary->getSubExpr());
  }

  /// Arithmetic is as constant as its operands, which have been asked.
  bool isConstant(const Expr *E) const {
    const auto *Binary = dyn_cast<BinaryOperator>(E);
    if (Binary && (Binary->isAdditiveOp() || Binary->isMultiplicativeOp()))
      return false;
    return !E->isInstantiationDependent() && E->isEvaluatable(Ast) &&
           !E->HasSideEffects(Ast);
  }

  const ASTContext &Ast;
  llvm::function_ref<bool(const Expr *)> IsKnown;
  llvm::DenseMap<const Expr *, bool> &Answers;
};

} // namespace

bool isInert(const Expr *E, const ASTContext &Ast,
             llvm::function_ref<bool(const Expr *)> IsKnown,
             llvm::DenseMap<const Expr *, bool> &Answers) {
  return Inertness(Ast, IsKnown, Answers).holds(E);
}

} // namespace coroexpand
