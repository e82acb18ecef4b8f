#include "Lower/Describe.h"
#include "Lower/Declarations.h"
#include "Lower/Expressions.h"
#include "Lower/Initialiser.h"
#include "Lower/LocalNames.h"
#include "Lower/Steps.h"
#include "Source/Walk.h"

#include "clang/AST/Attr.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;

namespace coroexpand {
namespace {

/// decltype of it is the type of an object, not of a reference.
bool isObject(const Expr *E) {
  E = E->IgnoreUnlessSpelledInSource();
  return E->isPRValue() && E->getType()->isRecordType() &&
         !E->getType().isConstQualified();
}

/// The classes that \p E works with: their members may be names of its type.
void classesIn(const Expr *E,
               llvm::SmallVectorImpl<const CXXRecordDecl *> &Found) {
  QualType T = E->getType(); // The parentheses of `T x(e)` have none.
  if (const CXXRecordDecl *Class =
          T.isNull() ? nullptr : T->getAsCXXRecordDecl();
      Class && !llvm::is_contained(Found, Class))
    Found.push_back(Class);
  forEachChild(E, [&](const Stmt *Child) {
    if (const auto *Part = dyn_cast<Expr>(Child))
      classesIn(Part, Found);
  });
}

/// A name in \p T is `_Rb_tree_iterator` or its like.
bool saysReserved(const ir::Text &T) {
  return llvm::any_of(T, [](const ir::Piece &P) {
    llvm::SmallVector<llvm::StringRef, 4> Parts;
    llvm::StringRef(P.Text).split(Parts, "::");
    return P.K == ir::Piece::Kind::Name && llvm::any_of(Parts, isReserved);
  });
}

/// \p E is a variable's name, and nothing else.
bool namesVariable(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(asWritten(E));
  return Ref && isa<VarDecl, BindingDecl>(Ref->getDecl());
}

bool saysDeduced(QualType T) { return T->getContainedDeducedType(); }

/// The type of \p E is another one once lowered: a concrete future is in it.
/// \p Size grows by that of each that can be seen.
bool dependsOnConcrete(const Context &C, const Expr *E, std::uint64_t &Size) {
  // What is awaited has been given a type by what gave it.
  if (isAwait(E) || C.TypeOf.isErased(E) ||
      !C.TypeOf.mentionsFuture(E->getType()) || C.TypeOf.isSpelledFuture(E) ||
      C.TypeOf.returnsAsDeclared(E))
    return false;
  if (const AsyncFunction *F = C.TypeOf.concreteCall(E)) {
    Size += C.Facts.lookup(F->Decl).Size;
    return true;
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (std::optional<ir::VarId> Id = C.find(Ref->getDecl())) {
      const ir::Variable &V = C.Body.Vars[*Id];
      Size += V.FuturesSize;
      return V.OnlyLowered;
    }
    const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
    return C.TypeOf.namesConcrete(Ref) || (Var && saysDeduced(Var->getType()));
  }
  if (const auto *Call = dyn_cast<CallExpr>(E))
    if (const FunctionDecl *F = Call->getDirectCallee();
        F && saysDeduced(F->getDeclaredReturnType()))
      return true;
  bool Found = false;
  forEachChild(E, [&](const Stmt *Child) {
    const auto *Part = dyn_cast<Expr>(Child);
    Found |= Part && dependsOnConcrete(C, Part, Size);
  });
  return Found;
}

/// \p T where the constants of the body can't be named: what has their type
/// takes their place.
ir::Text withoutConstants(const Context &C, const ir::Text &T) {
  ir::Text Result;
  for (const ir::Piece &P : T) {
    const ir::Variable *V =
        P.K == ir::Piece::Kind::Use ? &C.Body.Vars[P.Id] : nullptr;
    if (V && V->HandedOn == ir::Variable::Handing::Pack) {
      Result.append(V->Given);
      continue;
    }
    if (!V || V->R != ir::Variable::Role::Constant) {
      Result.append(P);
      continue;
    }
    Result.append(ir::LibraryName::Declval)
        .append(V->Const ? "<" : "<const ")
        .append(V->TypeId)
        .append("&>()");
  }
  return Result;
}

/// \p T is `std::move(x)`, whatever it was in the source.
bool isMoved(const ir::Text &T) {
  return !T.empty() && T.begin()->K == ir::Piece::Kind::Library &&
         T.begin()->Id == static_cast<unsigned>(ir::LibraryName::Move);
}

/// The type as that of the initialiser, in whose words it is the same in every
/// library, or which alone has it.
ir::Text typeOf(const Expr *Init, const ir::Text &InitText,
                const ir::Variable &V) {
  ir::Text Result;
  if (V.Reference)
    return Result.append(ir::LibraryName::RemoveReference)
        .append("<decltype((")
        .append(InitText)
        .append("))>*");
  Result.append(V.Const ? "const " : "");
  if (Init && isObject(Init) && !isMoved(InitText))
    return Result.append("decltype(").append(InitText).append(")");
  return Result.append(ir::LibraryName::Decay)
      .append("<decltype(")
      .append(InitText)
      .append(")>");
}

} // namespace

ir::Text withoutValue(const Context &C, const ir::Text &T) {
  ir::Text Result;
  for (const ir::Piece &P : T)
    if (P.K == ir::Piece::Kind::Value)
      Result.append(ir::LibraryName::Prvalue)
          .append("<")
          .append(C.AwaitedOutput)
          .append(">()");
    else
      Result.append(P);
  return Result;
}

namespace {

/// `coro::held<decltype((e))>`. What an await gives is no object yet: its type
/// is the future's output.
ir::Text holderOf(const Context &C, ir::LibraryName Holder,
                  const ir::Text &Operand, bool IsAwaited,
                  const ir::Text &Reference = {}, bool IsConstant = false) {
  ir::Text Result = ir::Text(Holder).append("<");
  if (IsConstant)
    Result.append(ir::LibraryName::Constant).append("<");
  if (IsAwaited)
    Result.append(C.AwaitedOutput);
  else
    Result.append("decltype((").append(Operand).append("))");
  if (IsConstant)
    Result.append(">");
  if (!Reference.empty())
    Result.append(", ").append(Reference);
  return Result.append(">");
}

/// Only an instantiation knows whether \p Init, which reference type \p T is
/// deduced from, is an object or names one.
bool mayBindTemporary(QualType T, const Expr *Init) {
  if (!T->isReferenceType() || !T->isDependentType())
    return false;
  bool Takes =
      T->isRValueReferenceType() || T.getNonReferenceType().isConstQualified();
  return Takes && !(Init && namesVariable(Init));
}

/// \p InitText means the same as part of the struct: it uses nothing that only
/// the body knows, but for variables of the frame.
bool meansTheSameInStruct(const Context &C, const ir::Text &InitText) {
  return !containsLambda(InitText) && !usesLocalName(C, InitText) &&
         !usesConstant(C, InitText);
}

} // namespace

void hasName(ir::Variable &V) {
  if (V.Problem == ir::FrameProblem::Unnameable)
    V.Problem = ir::FrameProblem::None;
}

void declareBy(ir::Variable &V, ir::Text TypeId) {
  V.Declared = ir::Text(TypeId).append(" ").append(ir::declaredName());
  V.TypeId = std::move(TypeId);
}

bool declareAs(Context &C, ir::Variable &V, QualType T, const Expr *Init) {
  llvm::SmallVector<const CXXRecordDecl *, 8> Near;
  if (Init && !T->isArithmeticType()) // Those need no name.
    classesIn(Init, Near);
  std::optional<ir::Text> Declared = C.Spelling.declare(T, Near);
  if (!Declared)
    return false;
  V.Declared = std::move(*Declared);
  V.TypeId = *C.Spelling.typeId(T, Near);
  return true;
}

namespace {

/// Only an instantiation knows the type of \p V, and only under the conditions
/// around it.
void dependOnInstantiation(const Context &C, ir::Variable &V) {
  V.Dependent = true;
  V.Conditions = C.Conditions;
}

void describeAs(Context &C, ir::Variable &V, QualType T, const Expr *Init) {
  // A parameter of the template is a type in every instantiation.
  if (T->isDependentType() && !isa<TemplateTypeParmType>(T.getTypePtr()))
    dependOnInstantiation(C, V);
  V.Reference = T->isReferenceType();
  QualType Kept =
      V.Reference ? C.Ast.getPointerType(T.getNonReferenceType()) : T;
  if (!declareAs(C, V, Kept, Init) && V.Problem == ir::FrameProblem::None)
    V.Problem = ir::FrameProblem::Unnameable;
  V.ClangType = Kept.getAsOpaquePtr();
  QualType Element = C.Ast.getBaseElementType(Kept);
  V.Const = Element.isConstQualified();
  V.Array = Kept->isArrayType();
  V.Grid = V.Array && Element->isRecordType() &&
           C.Ast.getAsArrayType(Kept)->getElementType()->isArrayType();
  V.NeedsDestroy = !V.Reference && C.TypeOf.needsDestroy(Kept);
  V.DestroyMayThrow = V.NeedsDestroy && C.TypeOf.destroyMayThrow(Kept);
  V.List = isList(Kept);
  V.TrivialInit = Element->isScalarType() || (V.List && !V.Const);
  if (Kept->isDependentType() || Kept->isIncompleteType())
    return;
  V.Size = C.Ast.getTypeSizeInChars(Kept).getQuantity();
  V.Align = C.Ast.getTypeAlignInChars(Kept).getQuantity();
}

} // namespace

bool isList(QualType T) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  return Class && Class->isInStdNamespace() && Class->getIdentifier() &&
         Class->getName() == "initializer_list";
}

void describe(Context &C, ir::Variable &V, QualType T) {
  describeAs(C, V, T, nullptr);
}

namespace {

/// Reference \p V of type \p T becomes \p Holder, which has an object or refers
/// to one.
void declareHeld(ir::Variable &V, QualType T, const ir::Text &Holder) {
  V.Held = V.NeedsDestroy = V.DestroyMayThrow = true;
  V.TrivialInit = false;
  V.ClangType = nullptr;
  bool Const = T.getNonReferenceType().isConstQualified();
  declareBy(V, ir::Text(Const ? "const " : "").append(Holder));
}

/// \p V has the type of what is awaited, as `auto` makes it.
void declareAsAwaited(const Context &C, ir::Variable &V) {
  declareBy(V, ir::Text(V.Const ? "const " : "")
                   .append(ir::LibraryName::Decay)
                   .append("<")
                   .append(C.AwaitedOutput)
                   .append(">"));
}

/// `auto x = e` where an instantiation alone knows the type of e.
void describeInTemplate(Context &C, ir::Variable &V, QualType T,
                        const Expr *Init, const ir::Text &InitText) {
  bool IsAwait = Init && isAwait(asWritten(Init));
  if (IsAwait && !C.AwaitedType.isNull() && !T->isReferenceType() &&
      isa<AutoType>(T.getTypePtr())) {
    QualType Decayed =
        C.Ast.getAdjustedParameterType(C.AwaitedType.getNonReferenceType());
    return describeAs(
        C, V,
        C.Ast.getQualifiedType(Decayed.getUnqualifiedType(), T.getQualifiers()),
        nullptr);
  }
  describeAs(C, V, T, Init);
  ir::Text Operand = withoutConstants(C, withoutValue(C, InitText));
  if (!meansTheSameInStruct(C, Operand) ||
      isa<DeducedTemplateSpecializationType>(T->getContainedDeducedType()))
    return;
  hasName(V);
  if (mayBindTemporary(T, Init))
    return declareHeld(V, T,
                       holderOf(C, ir::LibraryName::Held, Operand, IsAwait, {},
                                T.getNonReferenceType().isConstQualified()));
  if (IsAwait && !V.Reference)
    return declareAsAwaited(C, V);
  declareBy(V, typeOf(Init, Operand, V));
}

} // namespace

void describeDeduced(Context &C, ir::Variable &V, QualType T, const Expr *Init,
                     const ir::Text &InitText) {
  if (T->isDependentType() && T->getContainedDeducedType() && !InitText.empty())
    return describeInTemplate(C, V, T, Init, InitText);
  describeAs(C, V, T, Init);
  if (!Init || (!V.Reference && C.TypeOf.isBoxedCall(Init)))
    return;
  V.OnlyLowered = dependsOnConcrete(C, Init, V.FuturesSize);
  if (V.OnlyLowered)
    V.ClangType = nullptr;
  const AsyncFunction *Fresh = C.TypeOf.concreteCall(Init);
  FutureFacts Facts = Fresh ? C.Facts.lookup(Fresh->Decl) : FutureFacts{};
  if (V.OnlyLowered && !V.Reference) {
    V.Size = V.FuturesSize;
    V.Align = Facts.Align;
  }
  if (Fresh && V.OnlyLowered && !V.Reference) {
    V.NeedsDestroy = Facts.NeedsDestroy;
    if (!Fresh->isLocalStruct()) {
      declareBy(V, ir::Text(V.Const ? "const " : "")
                       .append(ir::name(C.TypeOf.concreteName(*Fresh))));
      return;
    }
  }
  bool HasName = V.Problem != ir::FrameProblem::Unnameable;
  if (HasName && !V.OnlyLowered && !saysReserved(V.TypeId))
    return;
  if (!HasName && !V.Reference && isAwait(asWritten(Init)) &&
      !C.AwaitedOutput.empty()) {
    // A class of a template with a closure for an argument.
    V.ClangType = nullptr;
    declareAsAwaited(C, V);
    return hasName(V);
  }
  ir::Text Operand = withoutConstants(C, withoutValue(C, InitText));
  if (meansTheSameInStruct(C, Operand)) {
    declareBy(V, typeOf(Init, Operand, V));
    hasName(V);
  } else if (!C.waits(Init) && (V.OnlyLowered || !HasName) &&
             nameByDirectives(C, V, Init->getBeginLoc(),
                              typeOf(Init, Operand, V))) {
    return;
  } else if (V.OnlyLowered) {
    V.Problem = ir::FrameProblem::Unnameable;
  }
}

namespace {

/// \p Operand as it stands in the type of member \p V, which only an
/// instantiation knows.
ir::Text inTypeOf(Context &C, ir::Variable &V, const ir::Text &Operand) {
  ir::Text Result = withoutConstants(C, withoutValue(C, Operand));
  if (!meansTheSameInStruct(C, Result))
    V.Problem = ir::FrameProblem::Unnameable;
  dependOnInstantiation(C, V);
  return Result;
}

/// \p T where something of their type takes the place of variables, which may
/// be no members, or come later than what has type \p T.
ir::Text withoutVariables(Context &C, const ir::Text &T) {
  using Role = ir::Variable::Role;
  ir::Text Result;
  for (const ir::Piece &P : T) {
    const ir::Variable *V =
        P.K == ir::Piece::Kind::Use ? &C.Body.Vars[P.Id] : nullptr;
    bool IsFirst = V && (V->R == Role::Parameter || V->R == Role::Object ||
                         V->R == Role::Capture);
    if (!V || IsFirst)
      Result.append(P);
    else if (V->R == Role::Binding)
      Result.append(withoutVariables(C, V->Access));
    else if (V->Array && !V->Reference) // `int[3]&` is no type.
      Result.append(ir::LibraryName::Declval)
          .append("<")
          .append(ir::LibraryName::AddLValueReference)
          .append("<")
          .append(withoutVariables(C, V->TypeId))
          .append(">>()");
    else
      Result.append(V->Reference ? "(*" : "")
          .append(ir::LibraryName::Declval)
          .append("<")
          .append(withoutVariables(C, V->TypeId))
          .append(V->Reference ? ">())" : "&>()");
  }
  return Result;
}

void describeBy(Context &C, ir::Variable &V, ir::LibraryName Holder,
                const ir::Text &Operand) {
  ir::Text Type = inTypeOf(C, V, Operand);
  bool IsValue = Operand.begin() != Operand.end() &&
                 std::next(Operand.begin()) == Operand.end() &&
                 Operand.begin()->K == ir::Piece::Kind::Value;
  declareBy(V, holderOf(C, Holder, Type, IsValue));
  V.NeedsDestroy = V.DestroyMayThrow = true;
}

} // namespace

void describeHeld(Context &C, ir::Variable &V, const ir::Text &Operand) {
  describeBy(C, V, ir::LibraryName::Held, Operand);
}

void describeChosen(Context &C, ir::Variable &V, const ir::Text &Operand) {
  describeBy(C, V, ir::LibraryName::Held, withoutVariables(C, Operand));
}

void describeDiscarded(Context &C, ir::Variable &V, const ir::Text &Operand) {
  describeBy(C, V, ir::LibraryName::Discarded, Operand);
}

void describeAwaited(Context &C, ir::Variable &V, const ir::Text &Operand) {
  describeBy(C, V, ir::LibraryName::Awaited, Operand);
}

void describeLater(ir::Variable &V, bool Const) {
  V.Const = Const;
  V.NeedsDestroy = V.DestroyMayThrow = true;
}

void describeDecayed(Context &C, ir::Variable &V, const ir::Text &Operand) {
  ir::Text Type = inTypeOf(C, V, Operand);
  if (V.Problem == ir::FrameProblem::None)
    Type = withoutVariables(C, Type);
  declareBy(V, typeOf(/*Init=*/nullptr, Type, V));
}

void describeInTurn(Context &C, ir::Variable &V, const ir::Text &Operand) {
  ir::Text Type = inTypeOf(C, V, Operand);
  declareBy(V, ir::Text(ir::LibraryName::InTurn)
                   .append("<decltype((")
                   .append(Type)
                   .append("))...>"));
  V.NeedsDestroy = V.DestroyMayThrow = true;
}

void describeCombined(Context &C, ir::Variable &V, const ir::Text &Like) {
  ir::Text Type = inTypeOf(C, V, Like);
  declareBy(V, ir::Text("decltype(").append(Type).append(")"));
  V.TrivialInit = true;
}

const MaterializeTemporaryExpr *boundTemporary(const VarDecl *D) {
  if (!D->getType()->isReferenceType() || !D->getInit())
    return nullptr;
  return dyn_cast<MaterializeTemporaryExpr>(writtenInit(D)->IgnoreParens());
}

namespace {

/// `const T& x = e`, where an instantiation alone knows whether e is an object,
/// names one, or is converted.
void describeBound(Context &C, ir::Variable &V, const VarDecl *D,
                   const ir::Text &InitText) {
  dependOnInstantiation(C, V);
  ir::Text Operand = withoutConstants(C, withoutValue(C, InitText));
  std::optional<ir::Text> Reference = C.Spelling.typeId(D->getType());
  if (!Reference || !meansTheSameInStruct(C, Operand)) {
    V.Problem = ir::FrameProblem::Unnameable;
    return;
  }
  declareHeld(V, D->getType(),
              holderOf(C, ir::LibraryName::Held, Operand,
                       isAwait(asWritten(D->getInit())), *Reference));
}

/// An object of type \p T keeps references to what it is made of.
bool keepsReferences(QualType T) {
  const CXXRecordDecl *Class =
      T->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
  return Class && Class->hasDefinition() && Class->isAggregate() &&
         llvm::any_of(Class->fields(), [](const FieldDecl *Field) {
           return Field->getType()->isReferenceType() ||
                  keepsReferences(Field->getType());
         });
}

/// A list in \p E has an element that may be a temporary.
bool listsUnknown(const Expr *E) {
  bool Found = false;
  forEachChild(E, [&](const Stmt *Child) {
    const auto *Part = dyn_cast<Expr>(Child);
    if (!Part || Found)
      return;
    bool MayBe = isa<InitListExpr>(E) && !isa<InitListExpr>(Part) &&
                 Part->isTypeDependent() && Part->isPRValue();
    Found = MayBe || listsUnknown(Part);
  });
  return Found;
}

/// In a template, a part of what may be a temporary, whose life a reference
/// extends: `f(n).part`, `(co_await g()).part`.
bool isPartOfUnknown(const Expr *E) {
  if (const auto *Full = dyn_cast<FullExpr>(E))
    E = Full->getSubExpr();
  bool IsPart = false;
  for (;; IsPart = true) {
    E = E->IgnoreParens();
    if (const auto *Member = dyn_cast<CXXDependentScopeMemberExpr>(E);
        Member && !Member->isImplicitAccess() && !Member->isArrow())
      E = Member->getBase();
    else if (const auto *Known = dyn_cast<MemberExpr>(E);
             Known && !Known->isArrow())
      E = Known->getBase();
    else
      return IsPart && E->isTypeDependent() && E->isPRValue();
  }
}

/// What an instantiation alone knows of \p D in a template: what it refers to,
/// and whether that is a temporary.
void describeUnknown(Context &C, ir::Variable &V, const VarDecl *D,
                     const ir::Text &InitText) {
  const Expr *Init = D->getInit();
  QualType T = D->getType(), To = T.getNonReferenceType();
  bool MayExtend = T->isRValueReferenceType() ||
                   (T->isReferenceType() && To.isConstQualified());
  bool IsKnown = boundTemporary(D) || T->getContainedDeducedType() ||
                 !Init->isTypeDependent() || InitText.empty() ||
                 isa<InitListExpr>(Init) || namesVariable(Init);
  if ((MayExtend && isPartOfUnknown(Init)) ||
      (keepsReferences(boundTemporary(D) ? To : T) && listsUnknown(Init)))
    V.Problem = ir::FrameProblem::ExtendedTemporary;
  else if (MayExtend && !IsKnown)
    describeBound(C, V, D, InitText);
}

/// In \p E, which makes a \p T, a list has an element whose life a reference
/// in the object may extend, made by an arm.
bool listsUnknownChoice(const Context &C, const Expr *E, QualType T) {
  E = bare(E);
  if (const auto *Unresolved = dyn_cast<CXXUnresolvedConstructExpr>(E))
    return Unresolved->getNumArgs() == 1 &&
           listsUnknownChoice(C, Unresolved->getArg(0), E->getType());
  const auto *List = dyn_cast<InitListExpr>(E);
  if (!List || T->getContainedAutoType())
    return false;
  bool MayKeep = T->isDependentType() || keepsReferences(T);
  return llvm::any_of(List->inits(), [&](const Expr *Element) {
    return (MayKeep && isUnknownChoice(C, behindCommas(Element))) ||
           listsUnknownChoice(C, Element, T);
  });
}

} // namespace

bool mayExtend(const VarDecl *D) {
  QualType T = D->getType();
  return D->hasInit() && listsUnknown(D->getInit()) &&
         (T->isDependentType() || keepsReferences(T));
}

/// A reference that extends a temporary's life is the temporary itself.
void describeVariable(Context &C, const VarDecl *D, ir::VarId Id,
                      const ir::Text &Init) {
  const MaterializeTemporaryExpr *Bound = boundTemporary(D);
  QualType T = Bound ? Bound->getType() : D->getType();
  // Nobody can tell whether a scalar that is only read is const.
  if (T.isLocalConstQualified() && !T.isVolatileQualified() &&
      (T->isScalarType() || isList(T)) && C.OnlyRead.contains(D))
    T.removeLocalConst();
  ir::Variable &V = C.var(Id);
  if (Bound || D->getType()->getContainedDeducedType()) {
    describeDeduced(C, V, T, D->getInit(), Init);
  } else {
    llvm::SaveAndRestore Declared(C.Spelling.Declared, D);
    describe(C, V, T);
  }
  if (D->getInit() && C.F.isTemplated()) {
    describeUnknown(C, V, D, Init);
    if (T->isReferenceType() ? isUnknownChoice(C, madeFrom(C, D))
                             : listsUnknownChoice(C, D->getInit(), T))
      C.Diags.report(D->getLocation(), Diag::frame_extended_temporary)
          << D->getName();
  }
  if (D->hasAttr<AlignedAttr>()) {
    unsigned Align =
        C.Ast.toCharUnitsFromBits(D->getMaxAlignment()).getQuantity();
    V.Declared =
        ir::Text("alignas(" + std::to_string(Align) + ") ").append(V.Declared);
  }
}

} // namespace coroexpand
