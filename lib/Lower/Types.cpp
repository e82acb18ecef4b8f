#include "Lower/Types.h"
#include "Source/Walk.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace coroexpand {
namespace {

/// Looks through the parts of a type, template arguments included.
class TypeWalker : public RecursiveASTVisitor<TypeWalker> {
public:
  using OwnTypes = llvm::SmallPtrSetImpl<const TypeDecl *>;
  explicit TypeWalker(const OwnTypes &Own) : Own(Own) {}

  bool Unnameable = false, Local = false, Future = false;

  bool VisitTagType(TagType *T) {
    const TagDecl *D = T->getDecl();
    if (!D->getDeclName() && !D->getTypedefNameForAnonDecl())
      Unnameable = true;
    if (D->getParentFunctionOrMethod() && !Own.contains(D))
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
    Local |= T->getDecl()->getParentFunctionOrMethod() != nullptr &&
             !Own.contains(T->getDecl());
    return true;
  }
  bool TraverseNestedNameSpecifier(NestedNameSpecifier *N) {
    for (NestedNameSpecifier *Part = N; Part; Part = Part->getPrefix())
      if (const NamespaceAliasDecl *Alias = Part->getAsNamespaceAlias())
        Local |= Alias->getDeclContext()->isFunctionOrMethod();
    return RecursiveASTVisitor::TraverseNestedNameSpecifier(N);
  }
  bool VisitTemplateSpecializationType(TemplateSpecializationType *T) {
    if (const auto *Shadow = T->getTemplateName().getAsUsingShadowDecl())
      Local |= Shadow->getDeclContext()->isFunctionOrMethod();
    return true;
  }
  bool VisitUsingType(UsingType *T) {
    const DeclContext *Home = T->getFoundDecl()->getDeclContext();
    Local |= Home->getParent() && Home->isFunctionOrMethod();
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

private:
  const OwnTypes &Own;
};

/// Of the runtime's classes: `join_handle<output_of<future<int>>>` is the same
/// whatever future that is.
bool isOfRuntime(QualType T) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  const auto *Home =
      Class ? dyn_cast<NamespaceDecl>(Class->getDeclContext()) : nullptr;
  return Home && Home->getName() == "coro" &&
         Home->getParent()->isTranslationUnit();
}

/// decltype of it is the type of an object, not of a reference.
bool isObject(const Expr *E) {
  E = E->IgnoreUnlessSpelledInSource();
  return E->isPRValue() && E->getType()->isRecordType() &&
         !E->getType().isConstQualified();
}

TypeWalker walk(QualType T, const TypeWalker::OwnTypes &Own) {
  TypeWalker W(Own);
  W.TraverseType(T);
  if (T.getCanonicalType() != T) {
    TypeWalker Canonical(Own);
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
  // `using namespace` in the body is not seen by the struct's members.
  forEachLocalDecl(Current.Decl->getBody(), [&](const Decl *D) {
    UsesDirective |= isa<UsingDirectiveDecl>(D);
  });
}

bool Types::isUnnameable(QualType T) const {
  return walk(T, OwnTypes).Unnameable;
}
bool Types::mentionsLocal(QualType T) const { return walk(T, OwnTypes).Local; }
bool Types::mentionsFuture(QualType T) const {
  return walk(isOfRuntime(T) ? T.getCanonicalType() : T, OwnTypes).Future;
}

bool Types::needsDestroy(QualType T) const {
  return T.isDestructedType() != QualType::DK_none;
}

bool Types::destroyMayThrow(QualType T) const {
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

bool Types::isQuietFuture(QualType T) const {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class || isUnnameable(T))
    return !Class;
  if (!needsDestroy(T) || !futureOutput(T).isNull())
    return true;
  const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(Class);
  return isOfRuntime(T) && (!S || llvm::all_of(S->getTemplateArgs().asArray(),
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
         Class->getQualifiedNameAsString() == "coro::future";
}

QualType Types::spelledType(QualType T, bool Deduced) const {
  if (Deduced || UsesDirective || mentionsLocal(T))
    return portable(T);
  return T;
}

QualType Types::portable(QualType T) const {
  Qualifiers Quals = T.getLocalQualifiers();
  auto Qualified = [&](QualType Bare) {
    return Context.getQualifiedType(Bare, Quals);
  };
  const Type *Ty = T.getTypePtr();
  if (isa<DeducedTemplateSpecializationType>(Ty))
    return T.getCanonicalType(); // Its sugar is that of a deduction guide.
  if (const auto *P = dyn_cast<PointerType>(Ty))
    return Qualified(Context.getPointerType(portable(P->getPointeeType())));
  if (const auto *R = dyn_cast<LValueReferenceType>(Ty))
    return Context.getLValueReferenceType(portable(R->getPointeeType()));
  if (const auto *R = dyn_cast<RValueReferenceType>(Ty))
    return Context.getRValueReferenceType(portable(R->getPointeeType()));
  if (const auto *A = dyn_cast<ConstantArrayType>(Ty))
    return Qualified(Context.getConstantArrayType(
        portable(A->getElementType()), A->getSize(), nullptr,
        A->getSizeModifier(), A->getIndexTypeCVRQualifiers()));
  if (const auto *Name = dyn_cast<TypedefType>(Ty))
    if (Name->getDecl()->getDeclContext()->isFileContext())
      return T;
  if (const auto *S = dyn_cast<TemplateSpecializationType>(Ty))
    if (!S->isTypeAlias()) {
      llvm::SmallVector<TemplateArgument, 4> Arguments;
      for (const TemplateArgument &A : S->template_arguments())
        Arguments.push_back(A.getKind() == TemplateArgument::Type
                                ? TemplateArgument(portable(A.getAsType()))
                                : Context.getCanonicalTemplateArgument(A));
      return Qualified(Context.getTemplateSpecializationType(
          TemplateName(S->getTemplateName().getAsTemplateDecl()), Arguments,
          S->getCanonicalTypeInternal()));
    }
  QualType Inside = T.getSingleStepDesugaredType(Context);
  return Inside == T ? T : portable(Inside);
}

std::string Types::spell(QualType T) const {
  return spelledType(T, /*Deduced=*/false).getAsString(Policy);
}

/// Fully qualified names begin at the top: where a nearer namespace has the
/// name of theirs, `::` has to say so.
std::string Types::fromTopLevel(const std::string &Spelled) const {
  auto IsHidden = [&](llvm::StringRef Name) {
    const DeclContext *C = Current.Decl->getDeclContext();
    for (; !C->isTranslationUnit(); C = C->getParent())
      if (!C->lookup(&Context.Idents.get(Name)).empty())
        return true;
    return false;
  };
  std::string Result;
  for (size_t I = 0; I < Spelled.size();) {
    size_t End = I;
    while (End < Spelled.size() &&
           (llvm::isAlnum(Spelled[End]) || Spelled[End] == '_'))
      ++End;
    llvm::StringRef Name(Spelled.data() + I, End - I);
    bool First = I < 2 || Spelled[I - 1] != ':';
    bool Qualifies = llvm::StringRef(Spelled).substr(End).starts_with("::");
    if (!Name.empty() && First && Qualifies && IsHidden(Name))
      Result += "::";
    End = std::max(End, I + 1);
    Result.append(Spelled, I, End - I);
    I = End;
  }
  return Result;
}

void Types::declareAs(ir::Variable &V, QualType T, bool Deduced) const {
  QualType Spelled = spelledType(T, Deduced);
  // The name stands where clang's declarator printer puts it.
  static constexpr llvm::StringLiteral Mark = "$";
  PrintingPolicy Full = Policy;
  Full.FullyQualifiedName = Spelled != T;
  std::string Declared = Mark.str();
  Spelled.getAsStringInternal(Declared, Full);
  if (Full.FullyQualifiedName)
    Declared = fromTopLevel(Declared);
  auto [Before, After] = llvm::StringRef(Declared).split(Mark);
  V.Declared = ir::Text(Before.str());
  V.Declared.append(ir::declaredName()).append(After.str());
  std::string TypeId = Spelled.getAsString(Full);
  V.TypeId = ir::Text(Full.FullyQualifiedName ? fromTopLevel(TypeId) : TypeId);
}

void Types::describe(ir::Variable &V, QualType T) const {
  describeAs(V, T, /*Deduced=*/false);
}

void Types::describeAs(ir::Variable &V, QualType T, bool Deduced) const {
  V.Reference = T->isReferenceType();
  QualType Kept =
      V.Reference ? Context.getPointerType(T.getNonReferenceType()) : T;
  declareAs(V, Kept, Deduced);
  QualType Element = Context.getBaseElementType(Kept);
  V.Const = Element.isConstQualified();
  V.Array = Kept->isArrayType();
  V.Grid = V.Array && Element->isRecordType() &&
           Context.getAsArrayType(Kept)->getElementType()->isArrayType();
  V.NeedsDestroy = !V.Reference && needsDestroy(Kept);
  V.DestroyMayThrow = V.NeedsDestroy && destroyMayThrow(Kept);
  V.TrivialInit = Element->isScalarType();
  if (!Kept->isDependentType() && !Kept->isIncompleteType())
    V.Size = mentionsFuture(Kept)
                 ? 0
                 : Context.getTypeSizeInChars(Kept).getQuantity();
  if (isUnnameable(Kept))
    V.Problem = ir::FrameProblem::Unnameable;
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

/// A call of a function that is no template and says what it returns, which
/// lowered is the same.
bool Types::returnsAsDeclared(const Expr *E) const {
  const auto *Call = dyn_cast<CallExpr>(E->IgnoreUnlessSpelledInSource());
  const FunctionDecl *F = Call ? Call->getDirectCallee() : nullptr;
  return F && !F->getTemplateInstantiationPattern() && !concreteCall(E) &&
         !F->getDeclaredReturnType()->getContainedDeducedType();
}

std::string Types::concreteName(const AsyncFunction &F) const {
  const DeclContext *Home = F.Decl->getEnclosingNamespaceContext();
  const DeclContext *Here = Current.Decl->getEnclosingNamespaceContext();
  bool Hidden = llvm::any_of(Functions.all(), [&](const AsyncFunction &Other) {
    const DeclContext *C = Other.Decl->getEnclosingNamespaceContext();
    return Other.StructName == F.StructName && !C->Equals(Home);
  });
  if (Home->Equals(Here) || (Home->Encloses(Here) && !Hidden))
    return F.StructName;
  std::string Name = F.StructName;
  for (const DeclContext *C = Home; !C->isTranslationUnit(); C = C->getParent())
    if (const auto *N = dyn_cast<NamespaceDecl>(C))
      if (!N->isAnonymousNamespace() && !N->isInline())
        Name = N->getNameAsString() + "::" + Name;
  return "::" + Name;
}

/// `coro::future<int>(f())`: erased, whatever f makes.
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

void Types::describeDeduced(ir::Variable &V, QualType T, const Expr *Init,
                            const ir::Text &InitText) const {
  describeAs(V, T, /*Deduced=*/true);
  bool Reserved = llvm::any_of(V.TypeId, [](const ir::Piece &P) {
    return llvm::StringRef(P.Text).contains("__");
  });
  if (!Init || !(mentionsFuture(T) || Reserved) || Current.waits(Init) ||
      isSpelledFuture(Init) || (!Reserved && returnsAsDeclared(Init)))
    return;
  ir::Text Spelled;
  const AsyncFunction *Fresh = V.Reference ? nullptr : concreteCall(Init);
  if (Fresh && Fresh->Decl == Current.Decl)
    return; // A future can't hold one of its own kind but in a box.
  if (Fresh) {
    Spelled.append((V.Const ? "const " : "") + concreteName(*Fresh));
    V.NeedsDestroy = !Fresh->TriviallyDestroyed;
  } else if (V.Reference)
    Spelled.append("\1std::remove_reference_t<decltype((")
        .append(InitText)
        .append("))>*");
  else if (isObject(Init))
    Spelled.append(V.Const ? "const decltype(" : "decltype(")
        .append(InitText)
        .append(")");
  else
    Spelled
        .append(V.Const ? "const \1std::decay_t<decltype("
                        : "\1std::decay_t<decltype(")
        .append(InitText)
        .append(")>");
  V.TypeId = Spelled;
  V.Declared = Spelled;
  V.Declared.append(" ").append(ir::declaredName());
}

} // namespace coroexpand
