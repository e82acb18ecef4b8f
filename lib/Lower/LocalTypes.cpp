#include "Lower/Declarations.h"
#include "Source/Mark.h"
#include "Source/Walk.h"

#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace coroexpand {
namespace {

/// \p Type means the same as a member: it uses nothing that the function knows,
/// and its names are not used where something else is meant by them.
bool standsAlone(const Context &C, const DeclStmt *S, const TypeDecl *Type) {
  llvm::StringSet<> Local, Variables, Own;
  forEachLocalDecl(C.F.Decl->getBody(), [&](const Decl *D) {
    const auto *Known = dyn_cast<TypeDecl>(D);
    if (isa<NamedDecl>(D) && D != Type &&
        !(Known && C.Spelling.Names.isOwn(Known)))
      (isa<VarDecl>(D) ? Variables : Local)
          .insert(cast<NamedDecl>(D)->getDeclName().getAsString());
  });
  for (const ParmVarDecl *P : C.F.Decl->parameters())
    Variables.insert(P->getName());
  Own.insert(Type->getName());
  if (const auto *Enum = dyn_cast<EnumDecl>(Type); Enum && !Enum->isScoped())
    for (const EnumConstantDecl *E : Enum->enumerators())
      Own.insert(E->getName());
  // In a class, the names of its members hide those of variables around it.
  llvm::StringSet<> Members;
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Type))
    for (const Decl *D : Class->decls())
      if (const auto *Member = dyn_cast<ValueDecl>(D);
          Member && Member->getIdentifier())
        Members.insert(Member->getName());
  auto Inside = C.Source.tokens(S->getSourceRange());
  for (const syntax::Token &T : Inside) {
    llvm::StringRef Word = C.Source.text(T);
    bool Opened = false;
    if (T.kind() == tok::identifier || tok::isLiteral(T.kind()))
      forEachWord(Word, [&](llvm::StringRef Each, char Before) {
        Opened |= C.Locals.opens(Each, Before);
      });
    bool IsVariable = T.kind() == tok::identifier && Variables.contains(Word);
    bool IsLocal = T.kind() == tok::identifier && Local.contains(Word);
    if (!Own.contains(Word) &&
        (IsLocal || ((IsVariable || Opened) && !Members.contains(Word))))
      return false;
  }
  // The names mean this type from here to the end of the block, no further.
  bool InBlock = false;
  for (const syntax::Token &T : C.Source.tokens(definitionRange(C.F.Decl))) {
    InBlock |= &T == Inside.begin();
    InBlock &= T.location() != C.BlockEnd;
    if (!InBlock && Own.contains(C.Source.text(T)))
      return false;
  }
  return true;
}

/// The text of \p Range, where async members have been lowered.
std::string withNested(const Context &C, SourceRange Range) {
  std::string Result;
  for (const ir::Piece &P : C.Source.slice(Range))
    Result += P.Text;
  return Result;
}

} // namespace

/// A local type goes to the struct, so that its objects can live there:
///
///   struct point { int x, y; };    private: struct point { int x, y; };
///
/// One that does not stand alone has to stay, and so has a second one of the
/// same name.
bool lowerLocalType(Context &C, const DeclStmt *S) {
  const auto *Type =
      S->isSingleDecl() ? dyn_cast<TypeDecl>(S->getSingleDecl()) : nullptr;
  const auto *Tag = dyn_cast_or_null<TagDecl>(Type);
  if (!Type || (Tag && !Tag->isThisDeclarationADefinition()) ||
      !Type->getDeclName())
    return false;
  if (!standsAlone(C, S, Type))
    return false;
  if (!C.OwnTypeNames.insert(Type->getName()).second)
    return false;
  C.Spelling.Names.addOwn(Type);
  C.Body.OwnTypeNames.push_back(Type->getName().str());
  C.Body.Types.push_back(withNested(C, S->getSourceRange()));
  return true;
}

} // namespace coroexpand
