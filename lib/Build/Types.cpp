#include "Build/Types.h"
#include "Source/AwaitFinder.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/QualTypeNames.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace coroexpand {
namespace {

/// Looks through the parts of a type, template arguments included.
class TypeWalker : public RecursiveASTVisitor<TypeWalker> {
public:
  bool Unnameable = false, Local = false, Future = false;

  bool VisitTagType(TagType *T) {
    const TagDecl *D = T->getDecl();
    if (!D->getDeclName() && !D->getTypedefNameForAnonDecl())
      Unnameable = true;
    if (D->getParentFunctionOrMethod())
      Unnameable = true;
    if (const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(D)) {
      if (S->getQualifiedNameAsString() == "coro::future")
        Future = true;
      for (const TemplateArgument &A : S->getTemplateArgs().asArray())
        TraverseTemplateArgument(A);
    }
    return true;
  }
  bool VisitTypedefType(TypedefType *T) {
    Local |= T->getDecl()->getParentFunctionOrMethod() != nullptr;
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    Local |= E->getDecl()->getParentFunctionOrMethod() != nullptr;
    return true;
  }
  bool VisitDecltypeType(DecltypeType *) {
    Local = true; // Printed as its expression, which may name anything.
    return true;
  }
};

TypeWalker walk(QualType T) {
  TypeWalker W;
  W.TraverseType(T);
  if (T.getCanonicalType() != T) {
    TypeWalker Canonical;
    Canonical.TraverseType(T.getCanonicalType());
    W.Unnameable |= Canonical.Unnameable;
    W.Future |= Canonical.Future;
  }
  return W;
}

} // namespace

Types::Types(const ASTContext &Context, const AsyncFunctions &Functions,
             const AsyncFunction &Current)
    : Context(Context), Functions(Functions), Current(Current),
      Policy(Context.getLangOpts()) {
  Policy.SuppressUnwrittenScope = true;
  Policy.UsePreferredNames = true;
}

bool Types::isUnnameable(QualType T) const { return walk(T).Unnameable; }
bool Types::mentionsLocal(QualType T) const { return walk(T).Local; }
bool Types::mentionsFuture(QualType T) const { return walk(T).Future; }

bool Types::needsDestroy(QualType T) const {
  return T.isDestructedType() != QualType::DK_none;
}

bool Types::isQuiet(QualType T) const {
  if (!needsDestroy(T))
    return true;
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class)
    return false;
  static const llvm::StringSet<> Known = {
      "basic_string", "vector", "unique_ptr", "shared_ptr", "weak_ptr",
      "function",     "deque",  "list",       "map",        "set",
      "unordered_map", "unordered_set", "future"};
  if (!Class->getDeclName().isIdentifier() || !Known.contains(Class->getName()))
    return false;
  return Class->isInStdNamespace() ||
         Class->getQualifiedNameAsString() == "coro::future";
}

QualType Types::spelledType(QualType T, bool Deduced) const {
  if (mentionsLocal(T))
    return T.getCanonicalType();
  if (Deduced)
    return TypeName::getFullyQualifiedType(T, Context);
  return T;
}

std::string Types::spell(QualType T) const {
  return spelledType(T, /*Deduced=*/false).getAsString(Policy);
}

void Types::describeAs(ir::Variable &V, QualType T, bool Deduced) const {
  QualType Spelled = spelledType(T, Deduced);
  // The name stands where clang's declarator printer puts it.
  static constexpr llvm::StringLiteral Mark = "$";
  std::string Declared = Mark.str();
  Spelled.getAsStringInternal(Declared, Policy);
  auto [Before, After] = llvm::StringRef(Declared).split(Mark);
  V.Declared = ir::Text(Before.str());
  V.Declared.append(ir::declaredName()).append(After.str());
  V.TypeId = ir::Text(Spelled.getAsString(Policy));
}

void Types::describe(ir::Variable &V, QualType T) const {
  // `auto` and `decltype(auto)` anywhere in the type make it a deduced one.
  bool Deduced = T->getContainedDeducedType() != nullptr;
  V.Reference = T->isReferenceType();
  QualType Kept = V.Reference ? Context.getPointerType(T.getNonReferenceType())
                              : T;
  describeAs(V, Kept, Deduced);
  QualType Element = Context.getBaseElementType(Kept);
  V.Const = Element.isConstQualified();
  V.Array = Kept->isArrayType();
  V.NeedsDestroy = !V.Reference && needsDestroy(Kept);
  V.TrivialInit = !Kept->isArrayType() && Element.isTrivialType(Context) &&
                  !V.NeedsDestroy;
  if (const CXXRecordDecl *Class = Element->getAsCXXRecordDecl())
    V.TrivialInit &= Class->hasTrivialDefaultConstructor() &&
                     Class->hasTrivialCopyAssignment();
  if (Kept->isArrayType() && Element.isTrivialType(Context))
    V.TrivialInit = true;
  if (!Kept->isDependentType() && !Kept->isIncompleteType())
    V.Size = mentionsFuture(Kept) ? 0
                                  : Context.getTypeSizeInChars(Kept).getQuantity();
  if (isUnnameable(Kept))
    V.FrameProblem = "frame_unnameable";
  if (Kept->isVariablyModifiedType())
    V.FrameProblem = "frame_multi_unsized";
}

const AsyncFunction *Types::concreteCall(const Expr *E) const {
  if (!E)
    return nullptr;
  E = E->IgnoreImplicit()->IgnoreParens()->IgnoreImplicit();
  const auto *Call = dyn_cast<CallExpr>(E);
  const AsyncFunction *F =
      Call ? Functions.lookup(Call->getDirectCallee()) : nullptr;
  return F && !F->Erased ? F : nullptr;
}

std::string Types::concreteName(const AsyncFunction &F) const {
  const DeclContext *Home = F.Decl->getEnclosingNamespaceContext();
  if (Home->Encloses(Current.Decl->getDeclContext()))
    return F.StructName;
  std::string Name = F.StructName;
  for (const DeclContext *C = Home; !C->isTranslationUnit(); C = C->getParent())
    if (const auto *N = dyn_cast<NamespaceDecl>(C))
      if (!N->isAnonymousNamespace() && !N->isInline())
        Name = N->getNameAsString() + "::" + Name;
  return Name;
}

void Types::describeDeduced(ir::Variable &V, QualType T, const Expr *Init,
                            const ir::Text &InitText) const {
  describe(V, T);
  if (!Init || !mentionsFuture(T) || containsAwait(Init))
    return;
  ir::Text Spelled;
  const AsyncFunction *Fresh = V.Reference ? nullptr : concreteCall(Init);
  if (Fresh && Fresh->Decl == Current.Decl)
    return; // A future can't hold one of its own kind but in a box.
  if (Fresh)
    Spelled.append((V.Const ? "const " : "") + concreteName(*Fresh));
  else if (V.Reference)
    Spelled.append("std::remove_reference_t<decltype((")
        .append(InitText)
        .append("))>*");
  else
    Spelled.append(V.Const ? "const std::decay_t<decltype("
                           : "std::decay_t<decltype(")
        .append(InitText)
        .append(")>");
  V.TypeId = Spelled;
  V.Declared = Spelled;
  V.Declared.append(" ").append(ir::declaredName());
}

} // namespace coroexpand
