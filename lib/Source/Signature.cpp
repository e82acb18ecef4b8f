#include "Source/Signature.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace coroexpand {
namespace {

const AnnotateAttr *mark(const FunctionDecl *D) {
  for (const auto *A : D->specific_attrs<AnnotateAttr>())
    if (!A->isInherited() && A->getAnnotation() == "coro::async")
      return A;
  return nullptr;
}

class SelfCallFinder : public RecursiveASTVisitor<SelfCallFinder> {
public:
  explicit SelfCallFinder(const FunctionDecl *D) : D(D) {}
  bool Found = false;
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    Found |= E->getDecl()->getCanonicalDecl() == D->getCanonicalDecl();
    return !Found;
  }

private:
  const FunctionDecl *D;
};

/// The tokens around the declaration of one function.
class SignatureReader {
public:
  SignatureReader(const AsyncFunction &F, const syntax::TokenBuffer &Tokens,
                  const LangOptions &LangOpts)
      : F(F), D(F.Decl), Tokens(Tokens), SM(Tokens.sourceManager()),
        Source(Tokens, LangOpts) {}

  ir::Signature run() {
    ir::Signature S;
    S.StructName = F.StructName;
    S.Erased = F.Erased;
    // A struct behind an erased function is nobody else's business.
    S.Internal = F.Internal || (F.Erased && !D->isInlined());
    SelfCallFinder Finder(D);
    Finder.TraverseStmt(const_cast<CompoundStmt *>(
        cast<CompoundStmt>(F.body()->getBody())));
    S.CallsItself = Finder.Found && !F.Erased;
    SourceRange Type = D->getFunctionTypeLoc().getReturnLoc().getSourceRange();
    S.Future = Source.spelling(Type);

    nameParameters();
    SourceRange Written(firstToken()->location(), lastToken()->location());
    llvm::SmallVector<Fragments::Hole, 4> Holes{
        {Type, ir::Text().append(ir::declaredName())}};
    S.Declaration = Source.slice(Written, Holes);
    for (const ParmVarDecl *P : D->parameters())
      if (P->hasDefaultArg())
        Holes.push_back({defaultArgument(P), ir::Text()});
    S.Redeclaration = Source.slice(Written, Holes);
    S.Span.Begin = SM.getFileOffset(SM.getExpansionLoc(markToken()->location()));
    S.Span.End =
        SM.getFileOffset(SM.getExpansionLoc(D->getBodyRBrace())) + 1;
    return S;
  }

private:
  /// The first `[` of the mark.
  const syntax::Token *markToken() const {
    return Tokens.expandedTokens(mark(D)->getRange()).begin() - 2;
  }
  const syntax::Token *firstToken() const {
    const syntax::Token *T = Tokens.expandedTokens(mark(D)->getRange()).end();
    return T + 2; // Behind `]]`.
  }
  const syntax::Token *lastToken() const {
    SourceRange Body = D->getBody()->getSourceRange();
    return Tokens.expandedTokens(Body).begin() - 1;
  }

  /// An object that nobody names still has to go into the frame.
  void nameParameters() {
    for (unsigned I = 0; I < D->getNumParams(); ++I) {
      const ParmVarDecl *P = D->getParamDecl(I);
      if (!P->getName().empty() || !P->getType()->isRecordType())
        continue;
      SourceRange Type = P->getTypeSourceInfo()->getTypeLoc().getSourceRange();
      Source.insertAfter(Tokens.expandedTokens(Type).back().location(),
                         ir::Text(" ").append(ir::use(I)));
    }
  }

  /// ` = value`
  SourceRange defaultArgument(const ParmVarDecl *P) const {
    auto Value = Tokens.expandedTokens(P->getDefaultArgRange());
    return {(Value.begin() - 1)->location(), Value.back().location()};
  }

  const AsyncFunction &F;
  const FunctionDecl *D;
  const syntax::TokenBuffer &Tokens;
  const SourceManager &SM;
  Fragments Source;
};

} // namespace

ir::Signature signatureOf(const AsyncFunction &F,
                          const syntax::TokenBuffer &Tokens,
                          const LangOptions &LangOpts) {
  return SignatureReader(F, Tokens, LangOpts).run();
}

} // namespace coroexpand
