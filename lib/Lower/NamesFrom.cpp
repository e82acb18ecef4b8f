#include "Lower/NamesFrom.h"
#include "Source/Walk.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {
namespace {

/// The template of a class template's pattern or specialization, which has
/// the same name; else \p D.
const NamedDecl *namedEntity(const NamedDecl *D) {
  D = D->getUnderlyingDecl();
  if (const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(D))
    D = S->getSpecializedTemplate();
  else if (const auto *Class = dyn_cast<CXXRecordDecl>(D)) {
    if (Class->isInjectedClassName())
      Class = cast<CXXRecordDecl>(Class->getDeclContext());
    D = Class;
    if (const ClassTemplateDecl *T = Class->getDescribedClassTemplate())
      D = T;
  }
  return cast<NamedDecl>(D->getCanonicalDecl());
}

bool isTransparent(const DeclContext *C) {
  const auto *N = dyn_cast<NamespaceDecl>(C);
  return (N && (N->isInline() || N->isAnonymousNamespace())) ||
         isa<LinkageSpecDecl, ExportDecl>(C) ||
         (isa<EnumDecl>(C) && !cast<EnumDecl>(C)->isScoped());
}

/// What a name of \p D is qualified with, innermost first: namespaces, classes
/// and scoped enumerations.
llvm::SmallVector<const NamedDecl *, 4> scopesOf(const NamedDecl *D) {
  llvm::SmallVector<const NamedDecl *, 4> Scopes;
  for (const DeclContext *C = D->getDeclContext(); !C->isTranslationUnit();
       C = C->getParent())
    if (!isTransparent(C))
      Scopes.push_back(cast<NamedDecl>(C));
  return Scopes;
}

/// A typedef in a library's `detail` is not for programs to write.
bool isInternal(const NamedDecl *D) {
  return isa<TypedefNameDecl>(D) &&
         llvm::any_of(scopesOf(D), [](const NamedDecl *Scope) {
           return isa<NamespaceDecl>(Scope) &&
                  (Scope->getName() == "detail" ||
                   Scope->getName().starts_with("__"));
         });
}

ir::Text named(std::string Name) {
  return ir::Text().append(ir::name(std::move(Name)));
}

/// The struct has a member of that name.
bool isOfStruct(llvm::StringRef Name) {
  return Name == "output_type" || Name == "poll";
}

/// A tag hides behind a function or variable of the same name.
bool isHiddenTag(const NamedDecl *Wanted, const DeclContext *Home) {
  return isa<TagDecl>(Wanted) &&
         llvm::any_of(Home->lookup(Wanted->getDeclName()),
                      [](const NamedDecl *D) {
                        return isa<ValueDecl, FunctionTemplateDecl>(
                            D->getUnderlyingDecl());
                      });
}

} // namespace

/// Whether \p D can be found from the struct, which stands where the function
/// is defined: a namespace's members are declared before that.
bool NamesFrom::isVisible(const NamedDecl *D) const {
  const ASTContext &Ast = D->getASTContext();
  if (D->getDeclContext()->getRedeclContext()->isRecord())
    return true;
  return llvm::any_of(D->redecls(), [&](const Decl *Each) {
    SourceLocation L = Each->getLocation();
    return L.isInvalid() || Ast.getSourceManager().isBeforeInTranslationUnit(
                                L, Function.getBeginLoc());
  });
}

/// A local type of a function around this one, by the only name of that kind.
bool NamesFrom::isAround(const NamedDecl *D) const {
  const DeclContext *Home = D->getDeclContext()->getRedeclContext();
  const auto *Around = dyn_cast<FunctionDecl>(Home);
  if (!Around || Around == &Function ||
      !Around->Encloses(Function.getDeclContext()))
    return false;
  unsigned Declared = 0;
  auto Count = [&](const Decl *Each) {
    const auto *Named = dyn_cast<NamedDecl>(Each);
    Declared += Named && Named->getDeclName() == D->getDeclName();
  };
  for (const FunctionDecl *F : {Around, &Function}) {
    llvm::for_each(F->parameters(), Count);
    forEachLocalDecl(F->getBody(), Count);
  }
  return Declared == 1;
}

/// A class lets its own functions see what it hides from others.
bool NamesFrom::isAccessible(const NamedDecl *D) const {
  if (D->getAccess() == AS_public || D->getAccess() == AS_none)
    return true;
  const auto *Home = dyn_cast<CXXRecordDecl>(D->getDeclContext());
  for (const DeclContext *C = Function.getDeclContext(); Home && C;
       C = C->getParent()) {
    const auto *Class = dyn_cast<CXXRecordDecl>(C);
    if (!Class)
      continue;
    if (Class->getCanonicalDecl() == Home->getCanonicalDecl())
      return true;
    if (D->getAccess() == AS_protected && Class->isDerivedFrom(Home))
      return true;
  }
  return false;
}

namespace {

/// Looks for a name in a class, and where it is not there, in its bases.
void lookupInClass(const CXXRecordDecl *Class, DeclarationName Name,
                   llvm::function_ref<void(const NamedDecl *)> Visit) {
  auto Own = Class->lookup(Name);
  for (const NamedDecl *D : Own)
    Visit(D);
  if (!Own.empty() || !Class->hasDefinition())
    return;
  for (const CXXBaseSpecifier &Base : Class->bases())
    if (const CXXRecordDecl *Of = Base.getType()->getAsCXXRecordDecl())
      lookupInClass(Of, Name, Visit);
}

} // namespace

bool NamesFrom::finds(const NamedDecl *Wanted, bool Directives) const {
  const NamedDecl *Entity = namedEntity(Wanted);
  bool Found = false, Other = false;
  auto Look = [&](const DeclContext *Home) {
    auto Meet = [&](const NamedDecl *D) {
      if (isa<BaseUsingDecl>(D) || !isVisible(D))
        return; // Of a using-declaration the shadow counts.
      (namedEntity(D) == Entity ? Found : Other) = true;
    };
    if (const auto *Class = dyn_cast<CXXRecordDecl>(Home))
      lookupInClass(Class, Wanted->getDeclName(), Meet);
    else
      llvm::for_each(Home->lookup(Wanted->getDeclName()), Meet);
  };
  for (const DeclContext *C = Function.getDeclContext(); C;
       C = C->getParent()) {
    Look(C);
    for (const UsingDirectiveDecl *Using : C->using_directives())
      if (Using->getNominatedNamespace() && isVisible(Using)) {
        bool FoundBefore = Found;
        Look(Using->getNominatedNamespace());
        if (!Directives && !FoundBefore && Found)
          return false;
      }
    if (Found || Other)
      return Found && !Other;
  }
  return false;
}

std::string NamesFrom::fromTop(const NamedDecl *D, llvm::StringRef Name) {
  std::string Result = Name.str();
  for (const NamedDecl *Scope : scopesOf(D))
    Result = Scope->getName().str() + "::" + Result;
  return "::" + Result;
}

std::optional<ir::Text> NamesFrom::nameOf(const NamedDecl *D,
                                          WrittenQualifier Written,
                                          bool WrittenAlone,
                                          ClassName NameOfClass) const {
  if (const auto *Type = dyn_cast<TypeDecl>(D); Type && isOwn(Type))
    return named(Own.lookup(Type));
  if (!D->getDeclName().isIdentifier() || D->getName().empty())
    return std::nullopt;
  if (const DeclContext *Home = D->getDeclContext()->getRedeclContext();
      Home->isFunctionOrMethod())
    return isAround(D) ? std::optional(named(D->getName().str()))
                       : std::nullopt;
  if (!isAccessible(D))
    return std::nullopt;
  if (isInternal(D))
    return std::nullopt;

  llvm::SmallVector<const NamedDecl *, 4> Scopes = scopesOf(D);
  std::string Name = D->getName().str();
  if (isHiddenTag(D, D->getDeclContext())) {
    if (llvm::any_of(Scopes, [](const NamedDecl *Scope) {
          return isa<CXXRecordDecl>(Scope);
        }))
      return std::nullopt;
    std::string Tag = cast<TagDecl>(D)->getKindName().str() + " ";
    return ir::Text(Tag).append(ir::name(fromTop(D)));
  }
  // The scope that the written name begins with, and the user's word for it.
  const NamedDecl *Leading = nullptr;
  const NamespaceAliasDecl *Alias = nullptr;
  while (Written) {
    WrittenAlone = false;
    QualifierPart Part = lastPart(Written);
    Alias = Part.Alias;
    if (Alias)
      Leading = Alias->getNamespace();
    else if (Part.Namespace)
      Leading = Part.Namespace;
    else if (Part.Class)
      if (const CXXRecordDecl *Class = Part.Class->getAsCXXRecordDecl())
        Leading = Class;
    Written = Part.Before;
  }
  // Short enough is what finds it without a look into namespaces that a
  // using-directive opens; the user's own word may do that too.
  bool Enough = !Leading && finds(D, /*Directives=*/WrittenAlone) &&
                !isOfStruct(D->getName());
  for (const NamedDecl *Scope : Scopes) {
    if (Enough)
      return named(Name);
    if (const auto *Class = dyn_cast<CXXRecordDecl>(Scope)) {
      std::optional<ir::Text> Around = NameOfClass(Class);
      if (!Around)
        return std::nullopt;
      return Around->append("::" + Name);
    }
    if (Scope->getDeclContext()->getRedeclContext()->isFunctionOrMethod())
      return std::nullopt;
    bool Reached =
        Leading && Scope->getCanonicalDecl() == Leading->getCanonicalDecl();
    if (Reached && Alias && !Alias->getDeclContext()->isFunctionOrMethod() &&
        finds(Alias, /*Directives=*/false))
      return named(Alias->getName().str() + "::" + Name);
    Name = Scope->getName().str() + "::" + Name;
    Enough = (!Leading || Reached) && finds(Scope, /*Directives=*/false) &&
             !isOfStruct(Scope->getName());
    if (Reached)
      Leading = nullptr;
  }
  return named(Enough ? Name : "::" + Name);
}

} // namespace coroexpand
