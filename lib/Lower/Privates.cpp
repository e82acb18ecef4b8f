//===- Privates.cpp - which variables only their own names can reach ------===//
//
//   n = k + 1;  b.bytes[k] = 1;  f(n);        by its name: n, b
//   int& r = n;  g(&n);  [&] { n; };  h(b)    by something else too, for which
//                                             h takes a reference
//
// What is destroyed trivially, and is reached by its name alone, is not needed
// behind the last text that has its name. All that is not known to be such a
// use counts as one that keeps the address.
//
//   co_await f(std::move(s))                  s is moved on: the same, where
//                                             nobody can tell its rest's end
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#include "Lower/EvaluationOrder.h"
#include "Lower/Expressions.h"
#include "Lower/Uses.h"
#include "Source/Runtime.h"
#include "Source/Walk.h"

#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;

namespace coroexpand {
namespace {

/// The variable that lvalue \p E is, or is a part of; null for anything else.
const DeclRefExpr *rootOf(const Expr *E) {
  E = E->IgnoreParens();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    return Ref;
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return rootOf(Full->getSubExpr());
  if (const auto *Cast = dyn_cast<ImplicitCastExpr>(E))
    return Cast->getCastKind() == CK_NoOp ? rootOf(Cast->getSubExpr())
                                          : nullptr;
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
    return Field && !Member->isArrow() && !Field->getType()->isReferenceType()
               ? rootOf(Member->getBase())
               : nullptr;
  }
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
    const auto *Decay = dyn_cast<ImplicitCastExpr>(Element->getBase());
    return Decay && Decay->getCastKind() == CK_ArrayToPointerDecay
               ? rootOf(Decay->getSubExpr())
               : nullptr;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->isIncrementDecrementOp() ? rootOf(Unary->getSubExpr())
                                           : nullptr;
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return Binary->isAssignmentOp() ? rootOf(Binary->getLHS()) : nullptr;
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return isStdCast(Call) && Call->getNumArgs() == 1 ? rootOf(Call->getArg(0))
                                                      : nullptr;
  return nullptr;
}

/// A copy that keeps nothing of what it copies.
bool isTrivialCopy(const CXXConstructExpr *E) {
  return E->getNumArgs() == 1 && E->getConstructor()->isTrivial() &&
         E->getConstructor()->isCopyOrMoveConstructor();
}

/// The object that an argument like \p E is moved from: `std::move(s)` for a
/// parameter that is an object of the same type.
const DeclRefExpr *movedFrom(const Expr *E) {
  const auto *Made = dyn_cast<CXXConstructExpr>(E->IgnoreImplicit());
  if (!Made || Made->getNumArgs() != 1 ||
      !Made->getConstructor()->isMoveConstructor())
    return nullptr;
  const auto *Move = dyn_cast<CallExpr>(Made->getArg(0)->IgnoreParens());
  return Move && isStdCast(Move) && Move->getNumArgs() == 1
             ? dyn_cast<DeclRefExpr>(Move->getArg(0)->IgnoreParens())
             : nullptr;
}

/// \p E gives its caller nothing that could keep an object's address.
bool givesNumber(const Expr *E) {
  QualType T = E->getType();
  return E->isPRValue() && (T->isVoidType() || T->isArithmeticType());
}

bool isTrivialAssignment(const CXXOperatorCallExpr *E) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(E->getDirectCallee());
  return Method && Method->isTrivial() &&
         (Method->isCopyAssignmentOperator() ||
          Method->isMoveAssignmentOperator());
}

/// Finds the variables of which something may keep the address.
class Exposures : public RecursiveASTVisitor<Exposures> {
  using Base = RecursiveASTVisitor<Exposures>;

public:
  explicit Exposures(const AsyncFunction &F) : F(F) {}

  llvm::DenseSet<const ValueDecl *> Exposed;
  llvm::DenseSet<const ValueDecl *> Declared;
  /// What the call of an await takes what it holds from.
  llvm::DenseSet<const ValueDecl *> MovedOn;

  bool VisitVarDecl(VarDecl *D) {
    Declared.insert(D);
    return true;
  }

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    // In a lambda a reference is used when that is called.
    bool Later = InLambda && E->getDecl()->getType()->isReferenceType();
    if (Later || !(Known.contains(E) || isOfReference(E)))
      Exposed.insert(E->getDecl());
    return true;
  }

  //===--------------------------------------------------------------------===//
  // Uses that keep nothing; parents come first
  //===--------------------------------------------------------------------===//

  bool VisitCastExpr(CastExpr *E) {
    if (E->getCastKind() == CK_LValueToRValue)
      known(E->getSubExpr());
    if (E->getCastKind() == CK_ToVoid)
      discarded(E->getSubExpr());
    return true;
  }
  bool VisitUnaryOperator(UnaryOperator *E) {
    if (E->isPostfix())
      known(E->getSubExpr());
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *E) {
    if (E->isCommaOp())
      discarded(E->getLHS());
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    if (isTrivialCopy(E))
      known(E->getArg(0));
    return true;
  }
  /// A class of the library keeps nothing of itself.
  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *E) {
    const CXXMethodDecl *Method = E->getMethodDecl();
    if (Method && Method->getParent()->isInStdNamespace() && givesNumber(E))
      known(E->getImplicitObjectArgument());
    return true;
  }
  bool VisitCoawaitExpr(CoawaitExpr *E) {
    const auto *Call = dyn_cast<CallExpr>(asWritten(awaitedOperand(E)));
    if (!Call)
      return true;
    movesOn(Call);
    if (runtimeFunction(Call->getDirectCallee()) == RuntimeFunction::Join)
      for (const Expr *Joined : Call->arguments())
        if (const auto *Each = dyn_cast<CallExpr>(asWritten(Joined)))
          movesOn(Each);
    return true;
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *E) {
    if (isTrivialAssignment(E))
      known(E->getArg(1));
    return true;
  }
  bool VisitCoreturnStmt(CoreturnStmt *S) {
    const Expr *Operand = S->getOperand();
    if (Operand && F.Decl->getASTContext().hasSameUnqualifiedType(
                       Operand->getType(), F.Output))
      known(Operand);
    return true;
  }

  bool VisitCompoundStmt(CompoundStmt *S) {
    for (const Stmt *Child : S->body())
      discarded(Child);
    return true;
  }
  bool VisitIfStmt(IfStmt *S) {
    discarded(S->getThen());
    return discarded(S->getElse());
  }
  bool VisitWhileStmt(WhileStmt *S) { return discarded(S->getBody()); }
  bool VisitDoStmt(DoStmt *S) { return discarded(S->getBody()); }
  bool VisitForStmt(ForStmt *S) {
    discarded(S->getInit());
    discarded(S->getInc());
    return discarded(S->getBody());
  }
  bool VisitCXXForRangeStmt(CXXForRangeStmt *S) {
    return discarded(S->getBody());
  }
  bool VisitSwitchCase(SwitchCase *S) { return discarded(S->getSubStmt()); }

  //===--------------------------------------------------------------------===//
  // What is walked through otherwise
  //===--------------------------------------------------------------------===//

  bool TraverseLambdaExpr(LambdaExpr *L) {
    for (const LambdaCapture &Each : L->captures())
      if (Each.capturesVariable() && Each.getCaptureKind() != LCK_ByCopy)
        Exposed.insert(Each.getCapturedVar());
    bool Outside = std::exchange(InLambda, true);
    bool Result = Base::TraverseLambdaExpr(L);
    InLambda = Outside;
    return Result;
  }
  bool TraverseCoyieldExpr(CoyieldExpr *E) {
    return TraverseStmt(const_cast<Expr *>(awaitedOperand(E)));
  }
  bool TraverseCoreturnStmt(CoreturnStmt *S) {
    return WalkUpFromCoreturnStmt(S) && TraverseStmt(S->getOperand());
  }

private:
  /// What a reference refers to has been reached when that was bound.
  static bool isOfReference(const DeclRefExpr *E) {
    return E->getDecl()->getType()->isReferenceType();
  }

  void known(const Expr *E) {
    if (const DeclRefExpr *Root = rootOf(E))
      Known.insert(Root);
  }

  void movesOn(const CallExpr *Call) {
    for (const Expr *Arg : Call->arguments())
      if (const DeclRefExpr *From = movedFrom(Arg)) {
        Known.insert(From);
        MovedOn.insert(From->getDecl());
      }
  }

  /// Nothing is done with the value of \p S, if it is an expression.
  bool discarded(const Stmt *S) {
    const auto *E = dyn_cast_or_null<Expr>(S);
    if (!E)
      return true;
    E = E->IgnoreParens();
    if (const auto *Full = dyn_cast<FullExpr>(E))
      return discarded(Full->getSubExpr());
    const auto *Call = dyn_cast<CXXOperatorCallExpr>(E);
    if (Call && isTrivialAssignment(Call))
      known(Call->getArg(0));
    else if (const auto *Binary = dyn_cast<BinaryOperator>(E);
             Binary && Binary->isCommaOp())
      discarded(Binary->getRHS());
    else if (!isa<CallExpr>(E))
      known(E);
    return true;
  }

  const AsyncFunction &F;
  bool InLambda = false;
  llvm::DenseSet<const DeclRefExpr *> Known;
};

/// `this` in what its members are initialised with by default.
bool namesItself(const Stmt *S) {
  bool Found = isa<CXXThisExpr>(S);
  forEachChild(S,
               [&](const Stmt *Child) { Found = Found || namesItself(Child); });
  return Found;
}

/// An object of class \p Class is made without telling anybody where it is.
bool isMadeSilently(const CXXRecordDecl *Class) {
  if (!Class->hasDefinition() || Class->hasUserProvidedDefaultConstructor())
    return false;
  auto IsSilent = [](QualType T) {
    const CXXRecordDecl *Part =
        T->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
    return !T.isVolatileQualified() && (!Part || isMadeSilently(Part));
  };
  return llvm::none_of(
             Class->ctors(),
             [](const CXXConstructorDecl *C) { return C->isUserProvided(); }) &&
         llvm::all_of(Class->bases(),
                      [&](const CXXBaseSpecifier &Each) {
                        return IsSilent(Each.getType());
                      }) &&
         llvm::all_of(Class->fields(), [&](const FieldDecl *Field) {
           const Expr *Init = Field->getInClassInitializer();
           return IsSilent(Field->getType()) && !(Init && namesItself(Init));
         });
}

/// An object that a call in \p E makes may be made in its last place at once,
/// and the callee has its address.
bool isMadeByCall(const Stmt *S) {
  if (isa<CoawaitExpr>(S))
    return false; // Moved out of what poll has returned.
  const auto *Call = dyn_cast<CallExpr>(S);
  if (Call && Call->isPRValue() && Call->getType()->isRecordType())
    return true;
  bool Found = false;
  forEachChild(
      S, [&](const Stmt *Child) { Found = Found || isMadeByCall(Child); });
  return Found;
}

/// `auto copy = std::move(object);` means something.
bool isFreelyCopied(const CXXRecordDecl *Class) {
  return llvm::none_of(Class->ctors(), [](const CXXConstructorDecl *C) {
    return C->isCopyOrMoveConstructor() &&
           (C->isDeleted() || C->isExplicit() || C->getAccess() != AS_public);
  });
}

/// Only what names \p D can reach it, if that takes no address.
bool isOwn(const VarDecl *D, const ir::Variable &V, const ASTContext &Ast) {
  QualType T = D->getType();
  bool IsParameter = isa<ParmVarDecl>(D);
  if (T->isReferenceType())
    return V.Reference && !IsParameter;
  T = Ast.getBaseElementType(T);
  if (T.isVolatileQualified() || T->isAtomicType() || T->isDependentType())
    return false;
  if (T->isScalarType())
    return true;
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class || !T.isTriviallyCopyableType(Ast) || !isFreelyCopied(Class))
    return false;
  return IsParameter || (isMadeSilently(Class) &&
                         !(D->getInit() && isMadeByCall(D->getInit())));
}

/// Nobody can tell how often an object of type \p T is moved, nor when what is
/// left of it is destroyed.
bool mayMoveOn(const Context &C, const ir::Variable &V, QualType T) {
  return !V.Const && !V.Array && !T.isVolatileQualified() &&
         C.TypeOf.isQuiet(T) && !C.TypeOf.moveMayThrow(T) && !V.DestroyMayThrow;
}

} // namespace

void notePrivates(Context &C) {
  if (C.F.isTemplated())
    return;
  Exposures Found(C.F);
  Found.TraverseStmt(C.F.body()->getBody());
  for (auto [Declared, Id] : C.variables()) {
    ir::Variable &V = C.var(Id);
    const auto *D = dyn_cast<VarDecl>(Declared);
    bool Plain = V.R == ir::Variable::Role::Local ||
                 V.R == ir::Variable::Role::Parameter;
    if (!D || !Plain || isa<DecompositionDecl>(D) || D->isImplicit() ||
        D->getDeclContext() != C.F.Decl || V.Held || V.Extends ||
        V.OnlyLowered || V.Dependent || !V.Given.empty())
      continue;
    bool IsKnown = isa<ParmVarDecl>(D) || Found.Declared.contains(D);
    if (!IsKnown || Found.Exposed.contains(D))
      continue;
    if (V.NeedsDestroy)
      V.MovedOn = Found.MovedOn.contains(D) && mayMoveOn(C, V, D->getType());
    else
      V.Private = isOwn(D, V, C.Ast);
  }
}

} // namespace coroexpand
