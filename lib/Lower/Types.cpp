#include "Lower/Types.h"
#include "ClangCompat.h"
#include "Source/Runtime.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace coroexpand {
namespace {

bool isFuture(const TagDecl *D) {
  return runtimeClass(D) == RuntimeClass::Future;
}

/// Of the runtime's classes: `join_handle<output_of<future<int>>>` is the same
/// whatever future that is.
bool isRuntimeClass(QualType T) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  return Class && isOfRuntime(Class);
}

} // namespace

bool mayBeVoid(QualType T) {
  T = T.getCanonicalType();
  return T->isDependentType() && !T->isReferenceType() &&
         !T->isAnyPointerType() &&
         !isa<TemplateSpecializationType, InjectedClassNameType, ArrayType>(
             T.getTypePtr());
}

bool Types::mentionsFuture(QualType T) const {
  return (!isRuntimeClass(T) && anyPart(T, isFuture)) ||
         anyPart(T.getCanonicalType(), isFuture);
}

bool Types::needsDestroy(QualType T) const {
  if (T->isDependentType())
    return !T->isReferenceType() && !T->isAnyPointerType();
  return T.isDestructedType() != QualType::DK_none;
}

bool Types::destroyMayThrow(QualType T) const {
  if (T->isDependentType())
    return needsDestroy(T);
  const CXXRecordDecl *Class =
      Context.getBaseElementType(T)->getAsCXXRecordDecl();
  const CXXDestructorDecl *Destructor =
      Class && Class->hasDefinition() ? Class->getDestructor() : nullptr;
  if (!Destructor || Destructor->isTrivial())
    return false;
  const auto *Type = Destructor->getType()->castAs<FunctionProtoType>();
  if (!isUnresolvedExceptionSpec(Type->getExceptionSpecType()))
    return !Type->isNothrow();
  // Nobody has asked yet: as its parts do, if nothing is written.
  return llvm::any_of(Class->bases(),
                      [&](const CXXBaseSpecifier &Base) {
                        return destroyMayThrow(Base.getType());
                      }) ||
         llvm::any_of(Class->fields(), [&](const FieldDecl *Field) {
           return destroyMayThrow(Field->getType());
         });
}

bool Types::moveMayThrow(QualType T) const {
  if (T->isReferenceType())
    return false;
  if (T->isDependentType())
    return needsDestroy(T);
  if (T.isTriviallyCopyableType(Context))
    return false;
  const CXXRecordDecl *Class =
      Context.getBaseElementType(T)->getAsCXXRecordDecl();
  if (!Class || T.isConstQualified() || !Class->hasMoveConstructor())
    return true;
  for (const CXXConstructorDecl *C : Class->ctors())
    if (const auto *Type = C->getType()->getAs<FunctionProtoType>();
        C->isMoveConstructor() &&
        !isUnresolvedExceptionSpec(Type->getExceptionSpecType()))
      return !Type->isNothrow();
  // Nobody has asked yet: as its parts do.
  return llvm::any_of(Class->bases(),
                      [&](const CXXBaseSpecifier &Base) {
                        return moveMayThrow(Base.getType());
                      }) ||
         llvm::any_of(Class->fields(), [&](const FieldDecl *Field) {
           return moveMayThrow(Field->getType());
         });
}

bool Types::isQuietFuture(QualType T) const {
  if (T->isDependentType())
    return false;
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class || !Spelling.typeId(T))
    return !Class;
  if (!needsDestroy(T) || !futureOutput(T).isNull())
    return true;
  const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(Class);
  return isRuntimeClass(T) &&
         (!S || llvm::all_of(S->getTemplateArgs().asArray(),
                             [&](const TemplateArgument &A) {
                               return isQuietArgument(A);
                             }));
}

bool Types::isQuietArgument(const TemplateArgument &A) const {
  if (A.getKind() == TemplateArgument::Pack)
    return llvm::all_of(A.pack_elements(), [&](const TemplateArgument &Part) {
      return isQuietArgument(Part);
    });
  return A.getKind() != TemplateArgument::Type ||
         isQuietFuture(A.getAsType().getNonReferenceType());
}

bool Types::movesUnseen(QualType T) const {
  if (T->isDependentType())
    return false;
  if (!T->isRecordType() || T.isTriviallyCopyableType(Context) ||
      mentionsFuture(T))
    return true;
  const auto *S = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  auto Unseen = [&](const TemplateArgument &A) {
    return A.getKind() != TemplateArgument::Type ||
           A.getAsType()->isReferenceType() || movesUnseen(A.getAsType());
  };
  return isRuntimeClass(T) &&
         (!S || llvm::all_of(S->getTemplateArgs().asArray(), [&](auto &A) {
           return A.getKind() == TemplateArgument::Pack
                      ? llvm::all_of(A.pack_elements(), Unseen)
                      : Unseen(A);
         }));
}

void Types::forEachInstance(
    llvm::function_ref<void(const FunctionDecl *)> Visit) const {
  for (const AsyncFunctions::Instance &Each :
       Functions.instances(const_cast<ASTContext &>(Context)))
    if (Each.Of == &Current && !Each.Made->isDependentContext())
      Visit(Each.Made);
}

bool Types::isQuiet(QualType T) const {
  if (!needsDestroy(T))
    return true;
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class)
    return false;
  static const llvm::StringSet<> Known = {
      "basic_string",  "vector",        "unique_ptr", "shared_ptr", "weak_ptr",
      "function",      "deque",         "list",       "map",        "set",
      "unordered_map", "unordered_set", "future"};
  if (!Class->getDeclName().isIdentifier() || !Known.contains(Class->getName()))
    return false;
  return Class->isInStdNamespace() ||
         runtimeClass(Class) == RuntimeClass::Future;
}

const AsyncFunction *Types::concreteCall(const Expr *E) const {
  if (!E)
    return nullptr;
  E = E->IgnoreImplicit()->IgnoreParens()->IgnoreImplicit();
  const auto *Call = dyn_cast<CallExpr>(E);
  const AsyncFunction *F = Call && !isErased(Call)
                               ? Functions.lookup(Call->getDirectCallee())
                               : nullptr;
  return F && !F->Erased ? F : nullptr;
}

bool Types::namesConcrete(const DeclRefExpr *E) const {
  const AsyncFunction *F =
      Functions.lookup(dyn_cast<FunctionDecl>(E->getDecl()));
  return F && !F->Erased;
}

bool Types::isBoxedCall(const Expr *E) const {
  const AsyncFunction *F = concreteCall(E);
  return F && Functions.isBoxed(*F, Current);
}

bool Types::returnsAsDeclared(const Expr *E) const {
  const auto *Call = dyn_cast<CallExpr>(E->IgnoreUnlessSpelledInSource());
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  return F && !F->getTemplateInstantiationPattern() && !concreteCall(E) &&
         !F->getDeclaredReturnType()->getContainedDeducedType();
}

std::string Types::concreteName(const AsyncFunction &F) const {
  auto HomeOf = [](const AsyncFunction &Of) {
    return Of.isMemberStruct() ? Of.Decl->getDeclContext()
                               : Of.Decl->getEnclosingNamespaceContext();
  };
  const DeclContext *Home = HomeOf(F);
  bool Hidden = llvm::any_of(Functions.all(), [&](const AsyncFunction &Other) {
    return Other.StructName == F.StructName && !HomeOf(Other)->Equals(Home);
  });
  const DeclContext *Here = Current.Decl->getDeclContext();
  if (HomeOf(Current)->Equals(Home) || (Home->Encloses(Here) && !Hidden))
    return F.StructName;
  if (F.isMemberStruct())
    if (std::optional<ir::Text> Class =
            Spelling.typeId(declaredBy(cast<CXXRecordDecl>(Home), Context))) {
      std::string Name;
      for (const ir::Piece &P : *Class)
        Name += P.Text;
      return Name + "::" + F.StructName;
    }
  return NamesFrom::fromTop(F.Decl, F.StructName);
}

bool Types::isSpelledFuture(const Expr *E) const {
  E = E->IgnoreUnlessSpelledInSource();
  QualType T;
  if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
    T = Cast->getTypeAsWritten();
  else if (const auto *Object = dyn_cast<CXXTemporaryObjectExpr>(E))
    T = Object->getTypeSourceInfo()->getType();
  if (T.isNull() || futureOutput(T).isNull())
    return false;
  // decltype(f()) is a concrete future by another name.
  for (QualType Inside; !isa<DecltypeType>(T); T = Inside) {
    Inside = T.getSingleStepDesugaredType(Context);
    if (Inside == T)
      return true;
  }
  return false;
}

} // namespace coroexpand
