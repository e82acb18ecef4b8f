#include "Layout/Measure.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/RecordLayout.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace clang;

namespace coroexpand {
namespace {

/// The definitions of structs, by name.
class StructFinder : public RecursiveASTVisitor<StructFinder> {
public:
  llvm::StringMap<std::vector<const CXXRecordDecl *>> Found;

  bool VisitCXXRecordDecl(CXXRecordDecl *D) {
    if (D->isThisDeclarationADefinition())
      Found[D->getName()].push_back(D);
    return true;
  }
};

/// Visits each named member of \p In, in anonymous unions too, with its offset.
template <typename Fn>
void forEachMember(const RecordDecl *In, std::uint64_t Offset,
                   const ASTContext &Ast, const Fn &Visit) {
  bool Known = !In->isDependentType();
  for (const FieldDecl *Field : In->fields()) {
    std::uint64_t At =
        Known ? Offset + Ast.toCharUnitsFromBits(Ast.getFieldOffset(Field))
                             .getQuantity()
              : 0;
    if (Field->isAnonymousStructOrUnion())
      forEachMember(Field->getType()->getAsRecordDecl(), At, Ast, Visit);
    else
      Visit(*Field, At);
  }
}

/// The members of a struct, by name.
using Fields = llvm::StringMap<std::pair<const FieldDecl *, std::uint64_t>>;

Fields fieldsOf(const CXXRecordDecl *D, const ASTContext &Ast) {
  Fields Result;
  forEachMember(D, 0, Ast, [&](const FieldDecl &Field, std::uint64_t At) {
    Result[Field.getName()] = {&Field, At};
  });
  return Result;
}

bool hasAll(const Fields &Of, const FutureLayout &F) {
  return llvm::all_of(
      F.Members, [&](const MemberLayout &M) { return Of.contains(M.Name); });
}

void layOut(FutureLayout &F, const CXXRecordDecl *D, const Fields &Of,
            const ASTContext &Ast) {
  F.DependsOnInstantiation = D->isDependentType();
  if (F.DependsOnInstantiation)
    return;
  const ASTRecordLayout &Layout = Ast.getASTRecordLayout(D);
  F.Size = Layout.getSize().getQuantity();
  F.Align = Layout.getAlignment().getQuantity();
  for (MemberLayout &M : F.Members) {
    auto [Field, Offset] = Of.lookup(M.Name);
    QualType T = Field->getType();
    if (T->isReferenceType())
      T = Ast.getPointerType(T.getNonReferenceType());
    M.Offset = Offset;
    M.Size = Ast.getTypeSizeInChars(T).getQuantity();
    M.Align = Ast.getDeclAlign(Field).getQuantity();
  }
  llvm::stable_sort(F.Members,
                    [](const MemberLayout &A, const MemberLayout &B) {
                      return A.Offset < B.Offset;
                    });
}

/// Structs of lambdas may have one name: each goes to the first future with
/// that name and its members that has none yet.
void layOutAll(std::vector<FutureLayout> &Futures, const ParsedUnit &Unit) {
  StructFinder Finder;
  Finder.TraverseAST(Unit.Context);
  for (FutureLayout &F : Futures) {
    std::vector<const CXXRecordDecl *> &Structs = Finder.Found[F.Struct];
    for (auto D = Structs.begin(); D != Structs.end(); ++D) {
      Fields Of = fieldsOf(*D, Unit.Context);
      if (!hasAll(Of, F))
        continue;
      layOut(F, *D, Of, Unit.Context);
      Structs.erase(D);
      break;
    }
  }
}

} // namespace

bool measure(std::vector<FutureLayout> &Futures,
             const ParseRequest &Expansion) {
  return parse(Expansion,
               [&](const ParsedUnit &Unit) { layOutAll(Futures, Unit); });
}

} // namespace coroexpand
