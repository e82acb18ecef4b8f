#include "Source/Mark.h"

#include "Source/AsyncFunction.h"
#include "Source/Runtime.h"
#include "clang/AST/StmtCXX.h"

#include "clang/AST/ASTLambda.h"
#include "clang/AST/Attr.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {
namespace {

using syntax::Token;

/// What begins so many tokens before \p Inside and ends so many behind it.
TokenRange around(TokenRange Inside, unsigned Before, unsigned After) {
  return {Inside.begin() - Before, Inside.end() + After};
}

/// The two tokens on each side of \p Inside are these, one of them twice.
bool isBracketed(TokenRange Inside, tok::TokenKind Open, tok::TokenKind Close) {
  const Token *First = Inside.begin(), *End = Inside.end();
  return First[-1].kind() == Open && First[-2].kind() == Open &&
         End[0].kind() == Close && End[1].kind() == Close;
}

/// Every attribute of a function stands well inside its file: the neighbours of
/// its tokens are there.
std::optional<TokenRange> tokensOf(const AnnotateAttr *Mark,
                                   const syntax::TokenBuffer &Tokens) {
  TokenRange Own = Tokens.expandedTokens(Mark->getRange());
  TokenRange All = Tokens.expandedTokens();
  if (Own.empty() || Own.begin() - All.begin() < 3 || All.end() - Own.end() < 3)
    return std::nullopt; // `#pragma clang attribute`
  if (Mark->isCXX11Attribute() &&
      isBracketed(Own, tok::l_square, tok::r_square))
    return around(Own, 2, 2);
  if (Mark->isGNUAttribute() && isBracketed(Own, tok::l_paren, tok::r_paren))
    return around(Own, 3, 2);
  if (Own.begin()[-1].kind() == tok::comma)
    return around(Own, 1, 0);
  if (Own.end()[0].kind() == tok::comma)
    return around(Own, 0, 1);
  return std::nullopt;
}

} // namespace

std::optional<llvm::SmallVector<TokenRange, 1>>
markTokens(const FunctionDecl *D, const syntax::TokenBuffer &Tokens) {
  llvm::SmallVector<TokenRange, 1> Result;
  for (const auto *A : D->specific_attrs<AnnotateAttr>()) {
    if (A->isInherited() || (A->getAnnotation() != AsyncAnnotation &&
                             A->getAnnotation() != BudgetAnnotation))
      continue;
    std::optional<TokenRange> Mark = tokensOf(A, Tokens);
    if (!Mark)
      return std::nullopt;
    Result.push_back(*Mark);
  }
  llvm::sort(Result,
             [](TokenRange A, TokenRange B) { return A.begin() < B.begin(); });
  return Result;
}

namespace {

/// Where the brackets that \p T closes open; \p T itself if it closes none.
const Token *groupStart(const Token *T, const Token *Begin) {
  for (int Depth = 0; T != Begin; --T) {
    tok::TokenKind K = T->kind();
    Depth += K == tok::r_square || K == tok::r_paren;
    Depth -= K == tok::l_square || K == tok::l_paren;
    if (Depth <= 0)
      break;
  }
  return T;
}

/// `}`, `;`, `namespace {`, `extern "C"`, `public:`
bool standsBefore(const Token &T) {
  return T.kind() == tok::semi || T.kind() == tok::colon ||
         T.kind() == tok::l_brace || T.kind() == tok::r_brace ||
         T.kind() == tok::string_literal;
}

} // namespace

const Token *firstToken(const FunctionDecl *D,
                        const syntax::TokenBuffer &Tokens) {
  if (isLambdaCallOperator(D))
    return Tokens
        .expandedTokens(cast<CXXMethodDecl>(D)->getParent()->getSourceRange())
        .begin();
  const Token *Begin = Tokens.expandedTokens().begin();
  const Token *First = Tokens.expandedTokens(definitionRange(D)).begin();
  // Clang lets a declaration begin behind its attributes.
  while (First != Begin && !standsBefore(First[-1]))
    First = groupStart(First - 1, Begin);
  return First;
}

AroundInMacro aroundInMacro(const FunctionDecl *D,
                            const syntax::TokenBuffer &Tokens) {
  const SourceManager &SM = Tokens.sourceManager();
  auto Invoked = [&](const Token &T) {
    return T.location().isMacroID() ? SM.getExpansionLoc(T.location())
                                    : SourceLocation();
  };
  TokenRange All = Tokens.expandedTokens();
  const Token *First = firstToken(D, Tokens), *Front = First;
  const Token *Last = Tokens.expandedTokens(bodyRange(D)).end();
  const Token *Back = Last;
  if (SourceLocation At = Invoked(*First); At.isValid())
    while (Front != All.begin() && Invoked(Front[-1]) == At)
      --Front;
  if (SourceLocation At = Invoked(Last[-1]); At.isValid())
    while (Back != All.end() && Invoked(*Back) == At)
      ++Back;
  return {{Front, First}, {Last, Back}};
}

SourceRange bodyRange(const FunctionDecl *D) {
  const Stmt *Body = D->getBody();
  if (const auto *Coroutine = dyn_cast<CoroutineBodyStmt>(Body);
      Coroutine && Body->getBeginLoc().isInvalid())
    // Clang puts the try block into a block that is nowhere in the source.
    Body = *cast<CompoundStmt>(Coroutine->getBody())->body_begin();
  return Body->getSourceRange();
}

SourceRange definitionRange(const FunctionDecl *D) {
  return {D->getBeginLoc(),
          D->hasBody() ? bodyRange(D).getEnd() : D->getEndLoc()};
}

} // namespace coroexpand
