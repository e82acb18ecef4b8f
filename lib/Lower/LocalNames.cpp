#include "Lower/LocalNames.h"
#include "Lower/Context.h"
#include "Source/Walk.h"

#include "clang/AST/ASTContext.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace coroexpand {

LocalNames::LocalNames(const Stmt *Body) {
  forEachLocalDecl(Body, [&](const Decl *D) {
    if (const auto *Directive = dyn_cast<UsingDirectiveDecl>(D))
      Opened.push_back(Directive->getNominatedNamespace());
    const auto *Var = dyn_cast<VarDecl>(D);
    if (Var ? Var->isStaticLocal() : isa<NamedDecl>(D))
      Names.insert(cast<NamedDecl>(D)->getDeclName().getAsString());
    if (const auto *Enum = dyn_cast<EnumDecl>(D))
      for (const EnumConstantDecl *E : Enum->enumerators())
        Names.insert(E->getName());
  });
}

void forEachWord(llvm::StringRef Code,
                 llvm::function_ref<void(llvm::StringRef, char)> Visit) {
  auto InWord = [](char C) { return llvm::isAlnum(C) || C == '_'; };
  char Before = 0;
  while (!Code.empty()) {
    llvm::StringRef Between = Code.take_until(InWord);
    Before = Between.empty() ? Before : Between.back();
    Code = Code.drop_front(Between.size());
    llvm::StringRef Word = Code.take_while(InWord);
    if (!Word.empty())
      Visit(Word, Before);
    Code = Code.drop_front(Word.size());
  }
}

namespace {

/// \p Home, or a namespace that it opens, has a member \p Name.
bool has(const NamespaceDecl *Home, DeclarationName Name,
         llvm::SmallVectorImpl<const NamespaceDecl *> &Seen) {
  if (llvm::is_contained(Seen, Home))
    return false;
  Seen.push_back(Home);
  return !Home->lookup(Name).empty() ||
         llvm::any_of(Home->using_directives(),
                      [&](const UsingDirectiveDecl *Each) {
                        return has(Each->getNominatedNamespace(), Name, Seen);
                      });
}

} // namespace

bool LocalNames::opens(llvm::StringRef Word, char Before) const {
  if (Opened.empty())
    return false;
  ASTContext &Ast = Opened.front()->getASTContext();
  auto Found = [&](DeclarationName Name) {
    llvm::SmallVector<const NamespaceDecl *, 4> Seen;
    return llvm::any_of(Opened, [&](const NamespaceDecl *Home) {
      return has(Home, Name, Seen);
    });
  };
  bool IsNumber = llvm::isDigit(Word.front());
  if (!IsNumber && Before != '"' && Before != '\'')
    return Found(&Ast.Idents.get(Word));
  for (size_t I = IsNumber; I < Word.size(); ++I)
    if (!llvm::isDigit(Word[I]) &&
        Found(Ast.DeclarationNames.getCXXLiteralOperatorName(
            &Ast.Idents.get(Word.drop_front(I)))))
      return true;
  return !IsNumber && Found(&Ast.Idents.get(Word)); // The word in a string.
}

bool isLocalName(const Context &C, llvm::StringRef Word) {
  return C.Locals.Names.contains(Word) && !C.OwnTypeNames.contains(Word);
}

bool usesLocalName(const ir::Text &T,
                   llvm::function_ref<bool(llvm::StringRef, char)> IsLocal) {
  bool Found = false;
  forEachPiece(T, [&](const ir::Piece &P) {
    Found |= P.K == ir::Piece::Kind::InStruct && !P.Text.empty();
    if (P.K == ir::Piece::Kind::Verbatim || P.K == ir::Piece::Kind::Macro)
      forEachWord(P.Text, [&](llvm::StringRef Word, char Before) {
        Found |= IsLocal(Word, Before);
      });
  });
  return Found;
}

bool usesLocalName(const Context &C, const ir::Text &T) {
  return usesLocalName(T, [&](llvm::StringRef Word, char Before) {
    return C.Locals.opens(Word, Before) || isLocalName(C, Word);
  });
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
