#include "Source/Macros.h"
#include "Source/Sites.h"

#include "clang/AST/DeclLookups.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace coroexpand {
namespace {

/// What emitted code calls, and so can't be the name of any macro.
constexpr const char *Called[] = {
#define CALLED_NAME(Enumerator, Namespace, Name) Name,
#define CALLED_MEMBER(Name) Name,
#include "IR/LibraryNames.def"
};

/// What it names besides: a macro with parameters does no harm.
constexpr const char *Named[] = {
#define NAMED_NAME(Enumerator, Namespace, Name) Name,
#include "IR/LibraryNames.def"
    "coro", "output_type", "std"};

/// What it names besides in templates, called or not.
constexpr const char *OfTemplates[] = {
#define TEMPLATE_NAME(Enumerator, Namespace, Name) Name,
#define TEMPLATE_MEMBER(Name) Name,
#include "IR/LibraryNames.def"
};

} // namespace

MacroNames::MacroNames(Preprocessor &PP) : PP(PP) {
  for (const auto &Entry : PP.getIdentifierTable())
    if (Entry.second->hadMacroDefinition())
      All.insert(Entry.first());
}

const llvm::StringSet<> &MacroNames::at(const AsyncFunction &F) {
  const SourceManager &SM = PP.getSourceManager();
  SourceLocation Begin = SM.getExpansionLoc(F.Decl->getBeginLoc());
  if (SM.isInMainFile(Begin))
    return All;
  const CXXRecordDecl *Class = classOf(F);
  SourceLocation End = SM.getExpansionLoc(
      (Class ? outermost(Class) : static_cast<const Decl *>(F.Decl))
          ->getEndLoc());
  Here.clear();
  for (const auto &Entry : All) {
    const IdentifierInfo *Name = PP.getIdentifierInfo(Entry.first());
    if (PP.getMacroDefinitionAtLoc(Name, Begin) ||
        PP.getMacroDefinitionAtLoc(Name, End))
      Here.insert(Entry.first());
  }
  return Here;
}

llvm::StringSet<> variablesAround(const AsyncFunctions &Functions) {
  llvm::StringSet<> Result;
  llvm::SmallPtrSet<const DeclContext *, 8> Seen;
  for (const AsyncFunction &F : Functions.all())
    for (const DeclContext *Around = F.Decl->getDeclContext();
         Around && Seen.insert(Around->getPrimaryContext()).second;
         Around = Around->getParent())
      for (DeclContext::lookup_result Found :
           Around->getPrimaryContext()->lookups())
        for (const NamedDecl *D : Found)
          if (isa<VarDecl>(D->getUnderlyingDecl()) && D->getIdentifier())
            Result.insert(D->getName());
  return Result;
}

void checkMacros(const AsyncFunctions &Functions, Preprocessor &PP,
                 Diagnostics &Diags) {
  auto Check = [&](const FunctionDecl *D, const char *Name, bool IsCalled) {
    const IdentifierInfo *Identifier = PP.getIdentifierInfo(Name);
    if (!Identifier->hadMacroDefinition())
      return;
    SourceLocation Where =
        PP.getSourceManager().getExpansionLoc(D->getLocation());
    MacroDefinition Macro = PP.getMacroDefinitionAtLoc(Identifier, Where);
    const MacroInfo *Info = Macro.getMacroInfo();
    if (Info && (IsCalled || !Info->isFunctionLike()))
      Diags.report(Info->getDefinitionLoc(), Diag::macro_clash) << Name << D;
  };
  for (const AsyncFunction &F : Functions.all()) {
    for (const char *Name : Called)
      Check(F.Decl, Name, /*IsCalled=*/true);
    for (const char *Name : Named)
      Check(F.Decl, Name, /*IsCalled=*/false);
    if (F.isTemplated())
      for (const char *Name : OfTemplates)
        Check(F.Decl, Name, /*IsCalled=*/true);
  }
}

} // namespace coroexpand
