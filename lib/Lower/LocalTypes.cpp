#include "Lower/Declarations.h"
#include "Source/Mark.h"
#include "Source/Walk.h"

#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace coroexpand {
namespace {

/// \p Type means the same as a member: it uses nothing that the function knows,
/// and its names are not used where something else is meant by them.
bool standsAlone(const Context &C, SourceRange Written, const TypeDecl *Type) {
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
  auto Inside = C.Source.tokens(Written);
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

/// What \p Type becomes in the struct: \p Text, under \p Name.
void moveToStruct(Context &C, const TypeDecl *Type, std::string Name,
                  std::string Text) {
  C.OwnTypeNames.insert(Name);
  C.Body.OwnTypeNames.push_back(Name);
  C.Body.Types.push_back(std::move(Text));
  C.Body.TypesWhere.push_back(at(Type->getBeginLoc()));
  C.Spelling.Names.addOwn(Type, std::move(Name));
}

/// What stands in front of a name for the class or enumeration \p Tag, which
/// has none: `struct`.
const syntax::Token *beforeName(const Context &C, const TagDecl *Tag) {
  const syntax::Token *Last = nullptr;
  unsigned Brackets = 0; // Of attributes.
  for (const syntax::Token &T : C.Source.tokens(Tag->getSourceRange())) {
    if (Brackets == 0 && (T.kind() == tok::l_brace || T.kind() == tok::colon))
      break;
    Brackets += T.kind() == tok::l_square;
    Brackets -= T.kind() == tok::r_square;
    Last = &T;
  }
  return Last;
}

} // namespace

/// The type that \p S declares together with variables goes to the struct, as
/// one that is declared alone does:
///
///   struct { int n; } rows[2];   private: struct rows_type { int n; };
///                                rows_type rows[2];
void lowerEmbeddedType(Context &C, const DeclStmt *S) {
  const auto *Tag = dyn_cast<TagDecl>(*S->decl_begin());
  if (S->isSingleDecl() || !C.WaitsBehind || !Tag ||
      !Tag->isThisDeclarationADefinition() ||
      Tag->getTypedefNameForAnonDecl() ||
      !standsAlone(C, Tag->getSourceRange(), Tag))
    return;
  std::string Name = Tag->getName().str();
  if (Name.empty()) {
    const auto *First = dyn_cast<VarDecl>(*std::next(S->decl_begin()));
    if (!First || First->getName().empty())
      return;
    std::string Wish = Name = First->getName().str() + "_type";
    for (unsigned N = 2;
         C.UsedNames.contains(Name) || C.OwnTypeNames.contains(Name); ++N)
      Name = Wish + "_" + std::to_string(N);
    C.Source.insertAfter(beforeName(C, Tag)->location(), " " + Name);
  } else if (C.OwnTypeNames.contains(Name)) {
    return;
  }
  moveToStruct(C, Tag, Name, withNested(C, Tag->getSourceRange()) + ";");
  C.Source.replace(Tag->getSourceRange(), Name);
}

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
  if (!standsAlone(C, S->getSourceRange(), Type) ||
      C.OwnTypeNames.contains(Type->getName()))
    return false;
  moveToStruct(C, Type, Type->getName().str(),
               withNested(C, S->getSourceRange()));
  return true;
}

} // namespace coroexpand
