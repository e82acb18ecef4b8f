#include "Source/Signature.h"
#include "Source/FutureUses.h"
#include "Source/Mark.h"
#include "Source/Sites.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"

using namespace clang;

namespace coroexpand {
namespace {

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

/// The expressions in a declaration that are put into a coro::future: in
/// default arguments, and in captures.
class ErasedFinder : public RecursiveASTVisitor<ErasedFinder> {
public:
  explicit ErasedFinder(const AsyncFunctions &Functions)
      : Functions(Functions) {}
  std::vector<const Expr *> Found; ///< Parents come first.

  bool VisitExpr(Expr *E) {
    if (Functions.isErased(E))
      Found.push_back(E);
    return true;
  }

private:
  const AsyncFunctions &Functions;
};

/// `auto` stands in front of it already, and its body says what it returns.
bool losesReturn(const AsyncFunction &F) {
  return !F.Erased &&
         (F.Lambda || (F.isLocalStruct() && F.Decl->getType()
                                                ->castAs<FunctionProtoType>()
                                                ->hasTrailingReturn()));
}

/// The return type, with the arrow before it where it's lost.
SourceRange writtenReturn(const AsyncFunction &F,
                          const syntax::TokenBuffer &Tokens) {
  SourceRange Type =
      F.Decl->getFunctionTypeLoc().getReturnLoc().getSourceRange();
  if (!losesReturn(F))
    return Type;
  return {(Tokens.expandedTokens(Type).begin() - 1)->location(), Type.getEnd()};
}

/// The tokens around the declaration of one function.
class SignatureReader {
public:
  SignatureReader(const AsyncFunction &F, const AsyncFunctions &Functions,
                  const SourceText &Source, const LangOptions &LangOpts)
      : F(F), Functions(Functions), D(F.Decl), Tokens(Source.Tokens),
        SM(Tokens.sourceManager()), LangOpts(LangOpts),
        Source(Source, LangOpts) {}

  ir::Signature run() {
    ir::Signature S;
    S.StructName = F.StructName;
    S.Erased = F.Erased;
    S.HidesTopLevel = hidesTopLevel();
    S.Struct = F.Struct;
    S.Internal = F.isInternal();
    // Nor can a function be named elsewhere whose type is internal.
    S.OnlyHere = !D->isExternallyVisible() || (F.isInternal() && !F.Erased);
    S.NobodyCalls = D->isExternallyVisible() && !D->isUsed();
    SelfCallFinder Finder(D);
    Finder.TraverseStmt(
        const_cast<CompoundStmt *>(cast<CompoundStmt>(F.body()->getBody())));
    S.CallsItself = Finder.Found && !F.Erased && !F.isMemberStruct();
    S.IsLambda = F.Lambda;
    S.IsTemplated = F.isTemplated();
    S.Budget = budget();
    AroundInMacro Around = aroundInMacro(D, Tokens);
    S.MacroFront = text(Around.Before);
    S.MacroBack = text(Around.After);
    nameParameters();
    eraseInDeclaration();
    llvm::SmallVector<Fragments::Hole, 4> Holes{{writtenReturn(F, Tokens), {}}};
    if (!losesReturn(F))
      Holes.front().With.append(ir::declaredName());
    const syntax::Token *First = firstToken(D, Tokens);
    auto Marks = markTokens(D, Tokens).value(); // The check has seen to it.
    for (TokenRange Mark : Marks)
      if (Mark.begin() == First)
        First = Mark.end();
      else
        Holes.push_back(
            {{Mark.front().location(), Mark.back().location()}, ir::Text()});
    SourceRange Written(First->location(), lastToken()->location());
    S.Declaration = Source.slice(Written, Holes);
    for (const ParmVarDecl *P : D->parameters())
      if (P->hasDefaultArg())
        Holes.push_back({defaultArgument(P), ir::Text()});
    S.Redeclaration = Source.slice(Written, Holes);
    if (F.isMemberStruct())
      memberStruct(S, Holes);
    S.File = fileOf(firstToken(D, Tokens)->location(), SM);
    if (F.Lambda) {
      S.Span.Begin = SM.getFileOffset(
          SM.getExpansionLoc(firstToken(D, Tokens)->location()));
    } else {
      S.Span.Begin = Source.docBegin(*firstToken(D, Tokens));
      S.Doc = Source.docText(*firstToken(D, Tokens));
    }
    S.Comments = Source.comments(
        {firstToken(D, Tokens)->location(), bodyRange(D).getEnd()});
    S.Span.End = SM.getFileOffset(Lexer::getLocForEndOfToken(
        SM.getExpansionRange(bodyRange(D).getEnd()).getEnd(), 0, SM, LangOpts));
    return S;
  }

private:
  ir::Text budget() const {
    const Expr *Bytes = budgetOf(D);
    if (!Bytes)
      return {};
    if (Bytes->isValueDependent())
      return Source.slice(Bytes->getSourceRange());
    llvm::SmallString<20> Number;
    Bytes->EvaluateKnownConstInt(D->getASTContext()).toString(Number, 10);
    return ir::Text(Number.str().str());
  }

  /// What the struct of a member function needs: names, places, access.
  void memberStruct(ir::Signature &S,
                    llvm::ArrayRef<Fragments::Hole> Holes) const {
    const CXXRecordDecl *Class = classOf(F);
    if (F.Struct == ir::Site::EndOfClass) {
      place(S, SM.getExpansionLoc(Class->getBraceRange().getEnd()));
      S.Access = getAccessSpelling(D->getAccess()).str();
      S.AccessBefore = getAccessSpelling(accessAtEnd(Class)).str();
      return;
    }
    const CXXRecordDecl *Outermost = outermost(Class);
    for (const CXXRecordDecl *C = Class;;
         C = cast<CXXRecordDecl>(C->getLexicalDeclContext())) {
      S.Scope = C->getName().str() + "::" + S.Scope;
      if (C == Outermost)
        break;
    }
    place(S, behind(Outermost));
    // What stands before the name is said in the class.
    bool Trailing =
        D->getType()->castAs<FunctionProtoType>()->hasTrailingReturn();
    S.Definition =
        Trailing ? ir::Text("inline auto ")
                 : ir::Text("inline ").append(ir::declaredName()).append(" ");
    S.Definition.append(S.Scope).append(Source.slice(
        {D->getNameInfo().getBeginLoc(), lastToken()->location()}, Holes));
  }

  /// What holds behind the last member that is written in \p Class.
  static AccessSpecifier accessAtEnd(const CXXRecordDecl *Class) {
    AccessSpecifier Result = Class->isClass() ? AS_private : AS_public;
    for (const Decl *Member : Class->decls())
      if (const auto *Label = dyn_cast<AccessSpecDecl>(Member))
        Result = Label->getAccess();
    return Result;
  }

  void place(ir::Signature &S, SourceLocation Definition) const {
    S.DefinitionFile = fileOf(Definition, SM);
    S.DefinitionAt = SM.getFileOffset(Definition);
  }

  /// Behind the `;` that ends the declaration of \p Class.
  SourceLocation behind(const CXXRecordDecl *Class) const {
    auto Rest = Tokens.expandedTokens();
    const syntax::Token *T =
        Tokens.expandedTokens(Class->getBraceRange().getEnd()).end();
    while (T != Rest.end() && T->kind() != tok::semi)
      ++T;
    return Lexer::getLocForEndOfToken(SM.getExpansionLoc(T->location()), 0, SM,
                                      LangOpts);
  }

  bool hidesTopLevel() const {
    ASTContext &Context = D->getASTContext();
    for (const DeclContext *C = D->getDeclContext(); !C->isTranslationUnit();
         C = C->getParent())
      for (const char *Name : {"coro", "std"})
        if (hasMember(C, &Context.Idents.get(Name)))
          return true;
    return false;
  }

  /// Expanded tokens without the marks of other declarations.
  std::string text(TokenRange Range) const {
    std::string Result;
    for (const syntax::Token &T : Range) {
      if (T.location().isMacroID() &&
          Lexer::getImmediateMacroName(T.location(), SM, LangOpts) ==
              "CORO_ASYNC")
        continue;
      Result += (Result.empty() ? "" : " ") + T.text(SM).str();
    }
    return Result;
  }

  static bool hasMember(const DeclContext *C, const IdentifierInfo *Name) {
    if (const auto *Class = dyn_cast<CXXRecordDecl>(C))
      return Class->hasMemberName(Name);
    return !C->lookup(Name).empty();
  }

  const syntax::Token *lastToken() const {
    SourceRange Body = bodyRange(D);
    return Tokens.expandedTokens(Body).begin() - 1;
  }

  /// An object that nobody names still has to go into the frame.
  void nameParameters() {
    for (unsigned I = 0; I < D->getNumParams(); ++I) {
      const ParmVarDecl *P = D->getParamDecl(I);
      if (!P->getName().empty())
        continue;
      std::string Name = parameterName(P);
      if (Name.empty() && !P->getType().isDestructedType())
        continue;
      SourceRange Type = P->getTypeSourceInfo()->getTypeLoc().getSourceRange();
      Source.insertAfter(
          Tokens.expandedTokens(Type).back().location(),
          ir::Text(" ").append(Name.empty() ? ir::Text().append(ir::use(I))
                                            : ir::Text(Name)));
    }
  }

  void eraseInDeclaration() {
    ErasedFinder Finder(Functions);
    for (ParmVarDecl *P : D->parameters())
      if (P->hasDefaultArg() && !P->hasUninstantiatedDefaultArg())
        Finder.TraverseStmt(const_cast<Expr *>(P->getDefaultArg()));
    if (F.Lambda)
      for (const Expr *Init : F.Lambda->capture_inits())
        Finder.TraverseStmt(const_cast<Expr *>(Init));
    putErased(Source, Finder.Found);
  }

  /// ` = value`
  SourceRange defaultArgument(const ParmVarDecl *P) const {
    auto Value = Tokens.expandedTokens(P->getDefaultArgRange());
    const syntax::Token *First = Value.begin();
    if (First->kind() != tok::equal)
      --First;
    return {First->location(), Value.back().location()};
  }

  const AsyncFunction &F;
  const AsyncFunctions &Functions;
  const FunctionDecl *D;
  const syntax::TokenBuffer &Tokens;
  const SourceManager &SM;
  const LangOptions &LangOpts;
  Fragments Source;
};

} // namespace

std::vector<SourceRange> droppedFromLambda(const AsyncFunction &F,
                                           const syntax::TokenBuffer &Tokens) {
  std::vector<SourceRange> Result;
  auto Marks = markTokens(F.Decl, Tokens).value();
  for (TokenRange Mark : Marks)
    Result.push_back({Mark.front().location(), Mark.back().location()});
  if (!F.Erased)
    Result.push_back(writtenReturn(F, Tokens));
  return Result;
}

ir::Signature signatureOf(const AsyncFunction &F,
                          const AsyncFunctions &Functions,
                          const SourceText &Source,
                          const LangOptions &LangOpts) {
  return SignatureReader(F, Functions, Source, LangOpts).run();
}

} // namespace coroexpand
