#include "Lower/LocalNames.h"
#include "Lower/Context.h"
#include "Source/Walk.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace coroexpand {

LocalNames::LocalNames(const Stmt *Body) {
  forEachLocalDecl(Body, [&](const Decl *D) {
    HasDirective |= isa<UsingDirectiveDecl>(D);
    const auto *Var = dyn_cast<VarDecl>(D);
    if (Var ? Var->isStaticLocal() : isa<NamedDecl>(D))
      Names.insert(cast<NamedDecl>(D)->getDeclName().getAsString());
    if (const auto *Enum = dyn_cast<EnumDecl>(D))
      for (const EnumConstantDecl *E : Enum->enumerators())
        Names.insert(E->getName());
  });
}

namespace {

/// The words in \p Code that could be names.
void forEachWord(llvm::StringRef Code,
                 llvm::function_ref<void(llvm::StringRef)> Visit) {
  auto InWord = [](char C) { return llvm::isAlnum(C) || C == '_'; };
  while (!Code.empty()) {
    Code = Code.drop_until(InWord);
    llvm::StringRef Word = Code.take_while(InWord);
    if (!Word.empty())
      Visit(Word);
    Code = Code.drop_front(Word.size());
  }
}

} // namespace

bool usesLocalName(const Context &C, const ir::Text &T) {
  bool Found = C.Locals.HasDirective;
  forEachPiece(T, [&](const ir::Piece &P) {
    if (P.K == ir::Piece::Kind::Verbatim || P.K == ir::Piece::Kind::Macro)
      forEachWord(P.Text, [&](llvm::StringRef Word) {
        Found |=
            C.Locals.Names.contains(Word) && !C.OwnTypeNames.contains(Word);
      });
  });
  return Found;
}

bool usesConstant(const Context &C, const ir::Text &T) {
  return llvm::any_of(ir::variablesIn(T), [&](ir::VarId Id) {
    return C.Body.Vars[Id].R == ir::Variable::Role::Constant;
  });
}

bool containsLambda(const ir::Text &T) {
  bool Found = false;
  forEachPiece(
      T, [&](const ir::Piece &P) { Found |= P.K == ir::Piece::Kind::Lambda; });
  return Found;
}

} // namespace coroexpand
