#include "Lower/Describe.h"
#include "Lower/Initialiser.h"
#include "Lower/LocalNames.h"
#include "Source/Walk.h"

#include "clang/AST/Attr.h"
#include "llvm/ADT/STLExtras.h"

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
  if (const CXXRecordDecl *Class = E->getType()->getAsCXXRecordDecl();
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

bool saysDeduced(QualType T) { return T->getContainedDeducedType(); }

/// The type of \p E is another one once lowered: a concrete future is in it.
/// \p Size grows by that of each that can be seen.
bool dependsOnConcrete(const Context &C, const Expr *E, std::uint64_t &Size) {
  // What is awaited has been given a type by what gave it.
  if (isAwait(E) || !C.TypeOf.mentionsFuture(E->getType()) ||
      C.TypeOf.isSpelledFuture(E) || C.TypeOf.returnsAsDeclared(E))
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
    return Var && saysDeduced(Var->getType());
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
  if (isObject(Init))
    return Result.append("decltype(").append(InitText).append(")");
  return Result.append(ir::LibraryName::Decay)
      .append("<decltype(")
      .append(InitText)
      .append(")>");
}

/// \p InitText means the same as part of the struct: it uses nothing that only
/// the body knows, but for variables of the frame.
bool meansTheSameInStruct(const Context &C, const ir::Text &InitText) {
  return !containsLambda(InitText) && !usesLocalName(C, InitText) &&
         !usesConstant(C, InitText);
}

} // namespace

void declareBy(ir::Variable &V, ir::Text TypeId) {
  V.Declared = ir::Text(TypeId).append(" ").append(ir::declaredName());
  V.TypeId = std::move(TypeId);
}

bool declareAs(Context &C, ir::Variable &V, QualType T, const Expr *Init) {
  llvm::SmallVector<const CXXRecordDecl *, 8> Near;
  if (Init)
    classesIn(Init, Near);
  std::optional<ir::Text> Declared = C.Spelling.declare(T, Near);
  if (!Declared)
    return false;
  V.Declared = std::move(*Declared);
  V.TypeId = *C.Spelling.typeId(T, Near);
  return true;
}

namespace {

void describeAs(Context &C, ir::Variable &V, QualType T, const Expr *Init) {
  V.Reference = T->isReferenceType();
  QualType Kept =
      V.Reference ? C.Ast.getPointerType(T.getNonReferenceType()) : T;
  if (!declareAs(C, V, Kept, Init))
    V.Problem = ir::FrameProblem::Unnameable;
  QualType Element = C.Ast.getBaseElementType(Kept);
  V.Const = Element.isConstQualified();
  V.Array = Kept->isArrayType();
  V.Grid = V.Array && Element->isRecordType() &&
           C.Ast.getAsArrayType(Kept)->getElementType()->isArrayType();
  V.NeedsDestroy = !V.Reference && C.TypeOf.needsDestroy(Kept);
  V.DestroyMayThrow = V.NeedsDestroy && C.TypeOf.destroyMayThrow(Kept);
  V.TrivialInit = Element->isScalarType();
  if (!Kept->isDependentType() && !Kept->isIncompleteType())
    V.Size = C.Ast.getTypeSizeInChars(Kept).getQuantity();
}

} // namespace

void describe(Context &C, ir::Variable &V, QualType T) {
  describeAs(C, V, T, nullptr);
}

void describeDeduced(Context &C, ir::Variable &V, QualType T, const Expr *Init,
                     const ir::Text &InitText) {
  describeAs(C, V, T, Init);
  if (!Init || (!V.Reference && C.TypeOf.isBoxedCall(Init)))
    return;
  V.OnlyLowered = dependsOnConcrete(C, Init, V.FuturesSize);
  if (V.OnlyLowered && !V.Reference)
    V.Size = V.FuturesSize;
  const AsyncFunction *Fresh = C.TypeOf.concreteCall(Init);
  if (Fresh && V.OnlyLowered && !V.Reference) {
    V.NeedsDestroy = C.Facts.lookup(Fresh->Decl).NeedsDestroy;
    if (!Fresh->Lambda) {
      declareBy(V, ir::Text(V.Const ? "const " : "")
                       .append(ir::name(C.TypeOf.concreteName(*Fresh))));
      return;
    }
  }
  bool HasName = V.Problem != ir::FrameProblem::Unnameable;
  if (HasName && !V.OnlyLowered && !saysReserved(V.TypeId))
    return;
  ir::Text Operand = withoutConstants(C, InitText);
  if (!C.waits(Init) && meansTheSameInStruct(C, Operand)) {
    declareBy(V, typeOf(Init, Operand, V));
    V.Problem = ir::FrameProblem::None;
  } else if (V.OnlyLowered) {
    V.Problem = ir::FrameProblem::Unnameable;
  }
}

const MaterializeTemporaryExpr *boundTemporary(const VarDecl *D) {
  if (!D->getType()->isReferenceType() || !D->getInit())
    return nullptr;
  return dyn_cast<MaterializeTemporaryExpr>(writtenInit(D)->IgnoreParens());
}

/// A reference that extends a temporary's life is the temporary itself.
void describeVariable(Context &C, const VarDecl *D, ir::VarId Id,
                      const ir::Text &Init) {
  const MaterializeTemporaryExpr *Bound = boundTemporary(D);
  QualType T = Bound ? Bound->getType() : D->getType();
  // Nobody can tell whether a scalar that is only read is const.
  if (T.isLocalConstQualified() && !T.isVolatileQualified() &&
      T->isScalarType() && C.OnlyRead.contains(D))
    T.removeLocalConst();
  ir::Variable &V = C.var(Id);
  if (Bound || D->getType()->getContainedDeducedType())
    describeDeduced(C, V, T, D->getInit(), Init);
  else
    describe(C, V, T);
  if (D->hasAttr<AlignedAttr>()) {
    unsigned Align =
        C.Ast.toCharUnitsFromBits(D->getMaxAlignment()).getQuantity();
    V.Declared =
        ir::Text("alignas(" + std::to_string(Align) + ") ").append(V.Declared);
  }
}

} // namespace coroexpand
