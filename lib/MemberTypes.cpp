#include "MemberTypes.h"

#include "Diagnostics/Diagnostics.h"
#include "Source/Runtime.h"
#include "Source/Walk.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/STLExtras.h"

#include <map>
#include <set>

using namespace clang;

namespace coroexpand {
namespace {

/// As clang prints it, every name from the top.
std::string inFull(QualType T) {
  return T.getCanonicalType().getAsString(PrintingPolicy(LangOptions()));
}

class MemberFinder : public RecursiveASTVisitor<MemberFinder> {
public:
  explicit MemberFinder(const std::vector<MemberType> &Wanted) {
    for (const MemberType &Each : Wanted)
      Structs.insert(Each.Struct);
  }

  /// Of all structs with one name: those of lambdas have the same.
  std::map<std::pair<std::string, std::string>, std::vector<QualType>> Found;

  bool VisitCXXRecordDecl(CXXRecordDecl *D) {
    if (D->isThisDeclarationADefinition() && Structs.count(D->getName().str()))
      membersOf(D, D->getName().str());
    return true;
  }

private:
  /// Members of anonymous unions and of structs in them too.
  void membersOf(const RecordDecl *In, const std::string &Struct) {
    for (const FieldDecl *Field : In->fields())
      if (const RecordDecl *Inner = Field->getType()->getAsRecordDecl();
          Inner && Field->isAnonymousStructOrUnion())
        membersOf(Inner, Struct);
      else
        Found[{Struct, Field->getName().str()}].push_back(Field->getType());
  }

  std::set<std::string> Structs;
};

} // namespace

std::optional<MemberType> memberOfType(std::string Struct, std::string Member,
                                       QualType T) {
  bool MayDiffer = T->isDependentType() ||
                   anyPart(T.getCanonicalType(), [](const TagDecl *D) {
                     return runtimeClass(D) == RuntimeClass::Future ||
                            D->getName().empty() ||
                            D->getParentFunctionOrMethod();
                   });
  if (MayDiffer)
    return std::nullopt;
  return MemberType{std::move(Struct), std::move(Member), inFull(T)};
}

bool checkMemberTypes(const std::vector<MemberType> &Wanted,
                      const ParseRequest &Expansion) {
  bool Same = true;
  bool Parsed = parse(Expansion, [&](const ParsedUnit &Unit) {
    MemberFinder Finder(Wanted);
    Finder.TraverseAST(Unit.Context);
    const SourceManager &SM = Unit.Context.getSourceManager();
    Diagnostics Diags(Unit.Context.getDiagnostics());
    for (const MemberType &Each : Wanted) {
      const std::vector<QualType> &Types =
          Finder.Found[{Each.Struct, Each.Member}];
      if (llvm::any_of(Types,
                       [&](QualType T) { return inFull(T) == Each.Type; }))
        continue;
      Same = false;
      Diags.report(SM.getLocForStartOfFile(SM.getMainFileID()),
                   Diag::internal_type)
          << Each.Member << Each.Struct << Each.Type
          << (Types.empty() ? "missing" : "'" + inFull(Types.front()) + "'");
    }
  });
  return Parsed && Same;
}

} // namespace coroexpand
