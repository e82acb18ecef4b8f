#include "Source/StructNames.h"

#include "clang/AST/ASTContext.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace coroexpand {
namespace {

/// `std::string` for `std::basic_string<char>`.
std::string withStringsByName(std::string Type) {
  constexpr llvm::StringRef Prefix = "basic_", Character = "<char>";
  for (llvm::StringRef Name : {"string", "string_view"}) {
    std::string Long = (Prefix + Name + Character).str();
    for (size_t At; (At = Type.find(Long)) != std::string::npos;)
      Type.replace(At, Long.size(), Name);
  }
  return Type;
}

/// The parameter types of \p D as part of a name: `int_std_string`. Parameters
/// of templates go by their names.
std::string parameterSuffix(const FunctionDecl *D) {
  std::string Suffix;
  for (const ParmVarDecl *P : D->parameters()) {
    QualType T = P->getType();
    std::string Type = withStringsByName(
        (T->isDependentType() ? T : T.getCanonicalType())
            .getAsString(PrintingPolicy(D->getASTContext().getLangOpts())));
    for (char &C : Type)
      C = C == '&' ? 'r' : C == '*' ? 'p' : C;
    llvm::SmallVector<llvm::StringRef> Words;
    for (char &C : Type)
      C = llvm::isAlnum(C) ? C : ' ';
    llvm::StringRef(Type).split(Words, ' ', -1, /*KeepEmpty=*/false);
    for (llvm::StringRef Word : Words)
      Suffix += ("_" + Word).str();
  }
  return Suffix.empty() ? "_void" : Suffix;
}

/// `get` of get, `plus_equal` of operator+=.
std::string wordFor(const FunctionDecl *D) {
  switch (D->getOverloadedOperator()) {
#define OVERLOADED_OPERATOR(Name, ...)                                         \
  case OO_##Name:                                                              \
    return llvm::convertToSnakeFromCamelCase(#Name);
#include "clang/Basic/OperatorKinds.def"
  default:
    return D->getDeclName().isIdentifier() ? D->getName().str() : "operator";
  }
}

/// `a::b::` of `a::b::name`.
std::string scopeOf(const AsyncFunction &F) {
  return F.QualifiedName.substr(0, F.QualifiedName.size() -
                                       F.Decl->getNameAsString().size());
}

/// Struct names depend on the function and the overloads beside it, never on
/// the order in which a translation unit meets them. A class has all overloads
/// of a member in every file. Those of a function at namespace scope may be
/// anywhere, so that the name of a struct that files share has them in mind.
class StructNames {
public:
  explicit StructNames(const AsyncFunctions &Found) {
    for (const AsyncFunction &F : Found.all())
      if (!F.isLocalStruct())
        ++Overloads[F.QualifiedName];
  }

  void name(AsyncFunction &F) {
    if (F.Lambda) // Named by what it is.
      return;
    F.StructName = wordFor(F.Decl) + suffix(F) + structSuffix(F.Decl);
    if (F.Shared && !F.isLocalStruct() && !F.isMemberStruct()) {
      F.NameIsTaken = isTaken(F) || !isNew(F);
      return;
    }
    // Whoever has that name already keeps it.
    while (isTaken(F) || !(F.isLocalStruct() || isNew(F)))
      F.StructName += "_";
  }

private:
  std::string suffix(const AsyncFunction &F) {
    if (F.isLocalStruct())
      return "";
    if (F.Shared && !F.isMemberStruct())
      return F.Decl->getNumParams() ? parameterSuffix(F.Decl) : "";
    return Overloads[F.QualifiedName] > 1 ? parameterSuffix(F.Decl) : "";
  }

  static bool isTaken(const AsyncFunction &F) {
    const DeclContext *Home = F.Decl->getDeclContext()->getRedeclContext();
    const IdentifierInfo &Identifier =
        F.Decl->getASTContext().Idents.get(F.StructName);
    return Identifier.hadMacroDefinition() ||
           !Home->lookup(&Identifier).empty();
  }

  bool isNew(const AsyncFunction &F) {
    return Taken.insert(scopeOf(F) + F.StructName).second;
  }

  llvm::StringMap<unsigned> Overloads;
  llvm::StringSet<> Taken;
};

} // namespace

AsyncFunctions named(const AsyncFunctions &Found) {
  StructNames Names(Found);
  AsyncFunctions Result;
  for (AsyncFunction F : Found.all()) {
    Names.name(F);
    Result.add(std::move(F));
  }
  return Result;
}

} // namespace coroexpand
