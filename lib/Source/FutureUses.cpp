#include "Source/FutureUses.h"
#include "Source/ConcreteFutures.h"
#include "Source/Includes.h"
#include "Source/Runtime.h"
#include "Source/Walk.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

#include <set>

using namespace clang;

namespace coroexpand {
namespace {

bool isInStd(const FunctionDecl *F, llvm::StringRef Name) {
  return F->isInStdNamespace() && F->getDeclName().isIdentifier() &&
         F->getName() == Name;
}

/// `f` of `&f` and `f`.
const DeclRefExpr *addressed(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E);
      Unary && Unary->getOpcode() == UO_AddrOf)
    E = Unary->getSubExpr()->IgnoreParenImpCasts();
  return dyn_cast<DeclRefExpr>(E);
}

/// Expressions whose types have to be coro::future once lowered, or one and the
/// same.
struct Need {
  llvm::SmallVector<const Expr *, 2> Expressions;
  bool SameIsEnough = false;
};

class UseFinder : public RecursiveASTVisitor<UseFinder> {
  using Base = RecursiveASTVisitor<UseFinder>;

public:
  explicit UseFinder(const AsyncFunctions &Functions) : Functions(Functions) {}

  std::vector<Need> Needs;
  /// Functions, or their addresses, where a pointer to function is needed.
  std::vector<std::pair<const Expr *, const DeclRefExpr *>> Addresses;
  /// What is in async functions.
  llvm::SmallPtrSet<const Expr *, 32> InAsync;
  /// Something besides the runtime is called coro.
  bool NameIsUsed = false;

  bool TraverseFunctionDecl(FunctionDecl *D) {
    return inside(D, [&] { return Base::TraverseFunctionDecl(D); });
  }
  bool TraverseCXXMethodDecl(CXXMethodDecl *D) {
    return inside(D, [&] { return Base::TraverseCXXMethodDecl(D); });
  }
  bool TraverseLambdaExpr(LambdaExpr *L) {
    return inside(L->getCallOperator(),
                  [&] { return Base::TraverseLambdaExpr(L); });
  }
  /// What is only asked for its type may have its own.
  bool TraverseDecltypeTypeLoc(DecltypeTypeLoc) { return true; }

  bool VisitNamedDecl(NamedDecl *D) {
    if (D->getDeclName().isIdentifier() && D->getName() == "coro")
      NameIsUsed |=
          !isa<NamespaceDecl>(D) || !D->getDeclContext()->isTranslationUnit();
    return true;
  }

  bool VisitCallExpr(CallExpr *Call) {
    note(Call);
    callee(Call->getCallee());
    const FunctionDecl *Callee = Call->getDirectCallee();
    if (!Callee)
      return true;
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
    if (Operator && Operator->getOperator() == OO_Equal)
      return erased(Call->getArg(0));
    llvm::ArrayRef<const Expr *> Arguments(Call->getArgs(), Call->getNumArgs());
    // The object of a member operator is its first argument.
    if (Operator && isa<CXXMethodDecl>(Callee))
      Arguments = Arguments.drop_front();
    if (isInStd(Callee, "swap") || isInStd(Callee, "exchange"))
      for (const Expr *Arg : Arguments)
        erased(Arg);
    if (isInStd(Callee, "visit") && !Arguments.empty())
      VisitorFinder(*this).TraverseStmt(const_cast<Expr *>(Arguments.front()));
    passed(Callee, Arguments);
    if (deducesFromArguments(Call, Callee))
      for (unsigned I = 0; I < Arguments.size(); ++I)
        deduced(Callee, I, Arguments[I]);
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *E) {
    passed(E->getConstructor(), {E->getArgs(), E->getNumArgs()});
    return true;
  }

  bool VisitInitListExpr(InitListExpr *List) {
    // The list as it was meant: in the order of the fields. Only the written
    // one is visited.
    if (InitListExpr *Meant = List->getSemanticForm())
      List = Meant;
    const RecordDecl *Made = List->getType()->getAsRecordDecl();
    if (!Made || Made->isUnion())
      return true;
    unsigned I = 0; // Bases come before fields.
    if (const auto *Class = dyn_cast<CXXRecordDecl>(Made))
      I = Class->getNumBases();
    for (const FieldDecl *Field : Made->fields()) {
      if (Field->isUnnamedBitField())
        continue;
      if (I == List->getNumInits())
        break;
      if (const Expr *Init = List->getInit(I++); bindsTo(Field->getType()))
        erased(Init);
    }
    return true;
  }

  /// Parents come first.
  bool VisitUnaryOperator(UnaryOperator *E) {
    if (E->getOpcode() == UO_AddrOf)
      address(E, addressed(E));
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    address(Ref, Ref);
    templateArguments(templateOf(Ref->getDecl()),
                      {Ref->getTemplateArgs(), Ref->getNumTemplateArgs()});
    return true;
  }
  bool VisitTemplateSpecializationTypeLoc(TemplateSpecializationTypeLoc T) {
    llvm::SmallVector<TemplateArgumentLoc, 4> Arguments;
    for (unsigned I = 0; I < T.getNumArgs(); ++I)
      Arguments.push_back(T.getArgLoc(I));
    templateArguments(T.getTypePtr()->getTemplateName().getAsTemplateDecl(),
                      Arguments);
    return true;
  }

  bool VisitConditionalOperator(ConditionalOperator *C) {
    const Expr *Then = C->getTrueExpr(), *Else = C->getFalseExpr();
    ConcreteFutures Concrete(Functions);
    bool OneIsErased = !Concrete.of(Then) || !Concrete.of(Else);
    // A value is converted to what the other one is.
    if (!(C->isPRValue() && OneIsErased && makes(Then) && makes(Else)))
      same({Then, Else});
    return true;
  }

  bool VisitVarDecl(VarDecl *D) {
    if (D->getInit() && bindsTo(D->getType()) && !isDeduced(D->getType()))
      erased(D->getInit());
    return true;
  }
  /// All of one `auto` have one type.
  bool VisitDeclStmt(DeclStmt *S) {
    llvm::SmallVector<const Expr *, 2> Inits;
    for (const Decl *D : S->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D);
          Var && isDeduced(Var->getType()) && Var->getInit())
        Inits.push_back(Var->getInit());
    if (Inits.size() > 1)
      same(std::move(Inits));
    return true;
  }

  bool VisitFunctionDecl(FunctionDecl *F) {
    if (F->doesThisDeclarationHaveABody() && isDeduced(F->getReturnType()))
      sameReturns(F);
    return true;
  }
  bool VisitLambdaExpr(LambdaExpr *L) {
    if (isDeduced(L->getCallOperator()->getReturnType()) ||
        !L->hasExplicitResultType())
      sameReturns(L->getCallOperator());
    return true;
  }

private:
  /// What all lambdas of a visitor return is of one type.
  class VisitorFinder : public RecursiveASTVisitor<VisitorFinder> {
  public:
    explicit VisitorFinder(UseFinder &Uses) : Uses(Uses) {}
    bool VisitLambdaExpr(LambdaExpr *L) {
      llvm::SmallVector<const ReturnStmt *, 4> Returns;
      if (!L->hasExplicitResultType())
        returnsIn(L->getBody(), Returns);
      for (const ReturnStmt *Return : Returns)
        if (const Expr *Value = Return->getRetValue())
          Uses.erased(Value);
      return true;
    }
    bool VisitDeclRefExpr(DeclRefExpr *E) {
      const auto *Var = dyn_cast<VarDecl>(E->getDecl());
      if (Var && Var->getInit() && Var->getType()->isRecordType() &&
          Met.insert(Var).second)
        TraverseStmt(const_cast<Expr *>(Var->getInit()));
      return true;
    }

  private:
    UseFinder &Uses;
    llvm::SmallPtrSet<const VarDecl *, 4> Met;
  };

  template <typename Fn>
  bool inside(const FunctionDecl *D, const Fn &Traverse) {
    bool Around = std::exchange(IsAsync, IsAsync || Functions.lookup(D));
    bool Result = Traverse();
    IsAsync = Around;
    return Result;
  }
  void note(const Expr *E) {
    if (IsAsync)
      InAsync.insert(E);
  }

  /// A reference to coro::future<T> that wants an object which is one.
  static bool bindsTo(QualType T) {
    return !T.isNull() && T->isLValueReferenceType() &&
           !futureOutput(T.getNonReferenceType()).isNull();
  }

  /// It's a new object, not one that has a name.
  static bool makes(const Expr *E) {
    E = E->IgnoreUnlessSpelledInSource();
    return E->isPRValue();
  }

  bool erased(const Expr *E) {
    if (!futureOutput(E->getType()).isNull())
      Needs.push_back({{E}, false});
    return true;
  }
  void same(llvm::SmallVector<const Expr *, 2> Expressions) {
    llvm::erase_if(Expressions, [](const Expr *E) {
      return futureOutput(E->getType()).isNull();
    });
    if (Expressions.size() > 1)
      Needs.push_back({std::move(Expressions), true});
  }

  void passed(const FunctionDecl *Callee,
              llvm::ArrayRef<const Expr *> Arguments) {
    const FunctionTemplateDecl *Template = Callee->getPrimaryTemplate();
    for (unsigned I = 0; I < Arguments.size(); ++I)
      if (Template) // Instantiated for what it is given.
        takesAny(parameterType(Template->getTemplatedDecl(), I), Arguments[I]);
      else if (bindsTo(parameterType(Callee, I)))
        erased(Arguments[I]);
  }

  /// Not all template arguments are written.
  static bool deducesFromArguments(const CallExpr *Call,
                                   const FunctionDecl *Callee) {
    const FunctionTemplateDecl *Template = Callee->getPrimaryTemplate();
    if (!Template)
      return false;
    const Expr *Named = Call->getCallee()->IgnoreParenImpCasts();
    unsigned Written = 0;
    if (const auto *Ref = dyn_cast<DeclRefExpr>(Named))
      Written = Ref->getNumTemplateArgs();
    else if (const auto *Member = dyn_cast<MemberExpr>(Named))
      Written = Member->getNumTemplateArgs();
    return Written < Template->getTemplateParameters()->size();
  }

  /// `template <class T> void g(coro::future<T>)` finds no T in another type.
  void deduced(const FunctionDecl *Callee, unsigned I, const Expr *Arg) {
    const FunctionDecl *Pattern =
        Callee->getPrimaryTemplate()->getTemplatedDecl();
    QualType T = parameterType(Pattern, I);
    if (T.isNull() || !T->isDependentType())
      return;
    const auto *Future =
        T.getNonReferenceType()->getAs<TemplateSpecializationType>();
    const TemplateDecl *Template =
        Future ? Future->getTemplateName().getAsTemplateDecl() : nullptr;
    if (runtimeClass(Template) == RuntimeClass::Future)
      erased(Arg);
  }

  /// `auto` stands for one type only.
  void sameReturns(const FunctionDecl *F) {
    llvm::SmallVector<const ReturnStmt *, 4> Returns;
    if (const Stmt *Body = F->getBody())
      returnsIn(Body, Returns);
    llvm::SmallVector<const Expr *, 2> Values;
    for (const ReturnStmt *Return : Returns)
      if (const Expr *Value = Return->getRetValue())
        Values.push_back(Value);
    same(std::move(Values));
  }

  //===--------------------------------------------------------------------===//
  // Addresses
  //===--------------------------------------------------------------------===//

  /// \p E is the address of \p Ref, or is Ref.
  void address(const Expr *E, const DeclRefExpr *Ref) {
    const auto *F =
        Ref ? Functions.lookup(dyn_cast<FunctionDecl>(Ref->getDecl()))
            : nullptr;
    if (!F || F->Erased || !Met.insert(Ref).second)
      return;
    note(E);
    Addresses.emplace_back(E, Ref);
  }
  /// What is called is no address, nor what may have a type of its own.
  void callee(const Expr *E) {
    E = E->IgnoreParenImpCasts();
    if (const auto *Unary = dyn_cast<UnaryOperator>(E);
        Unary && Unary->getOpcode() == UO_Deref)
      E = Unary->getSubExpr();
    mayHaveItsType(E);
  }
  void mayHaveItsType(const Expr *E) {
    if (const DeclRefExpr *Ref = addressed(E))
      Met.insert(Ref);
  }
  /// \p Arg is passed for a parameter T, T& or T&& of a template.
  void takesAny(QualType Parameter, const Expr *Arg) {
    if (!Parameter.isNull() &&
        isa<TemplateTypeParmType>(Parameter.getNonReferenceType()))
      mayHaveItsType(Arg);
  }
  static const TemplateDecl *templateOf(const ValueDecl *D) {
    if (const auto *F = dyn_cast<FunctionDecl>(D))
      return F->getPrimaryTemplate();
    if (const auto *V = dyn_cast<VarTemplateSpecializationDecl>(D))
      return V->getSpecializedTemplate();
    return nullptr;
  }
  /// `template <auto F>`
  void templateArguments(const TemplateDecl *Template,
                         llvm::ArrayRef<TemplateArgumentLoc> Arguments) {
    if (!Template)
      return;
    const TemplateParameterList *Parameters = Template->getTemplateParameters();
    for (unsigned I = 0; I < Arguments.size() && Parameters->size(); ++I) {
      const auto *Value = dyn_cast<NonTypeTemplateParmDecl>(
          Parameters->getParam(std::min(I, Parameters->size() - 1)));
      if (Value && isDeduced(Value->getType()) &&
          Arguments[I].getArgument().getKind() == TemplateArgument::Expression)
        mayHaveItsType(Arguments[I].getSourceExpression());
    }
  }

  const AsyncFunctions &Functions;
  bool IsAsync = false;
  llvm::SmallPtrSet<const DeclRefExpr *, 32> Met;
};

/// Puts expressions into futures.
class Eraser {
public:
  Eraser(AsyncFunctions &Functions, ASTContext &Context, Diagnostics &Diags)
      : Functions(Functions), SM(Context.getSourceManager()),
        LangOpts(Context.getLangOpts()), Diags(Diags), Found(Functions) {
    Found.TraverseAST(Context);
    FromTop = Found.NameIsUsed;
  }

  ErasedText run() {
    // What is erased for one need may be what another must be the same as.
    while (llvm::any_of(Found.Needs, [&](const Need &N) { return meet(N); }))
      ;
    for (auto [E, Ref] : Found.Addresses)
      takeAddress(E, Ref);
    return std::move(Text);
  }

private:
  /// Erases what has to be for \p N. False when nothing had to be.
  bool meet(const Need &N) {
    ConcreteFutures Concrete(Functions);
    llvm::SmallVector<ConcreteFuture, 2> Kinds;
    for (const Expr *E : N.Expressions)
      Kinds.push_back(Concrete.find(E));
    if (N.SameIsEnough && llvm::all_of(Kinds, [&](const ConcreteFuture &Each) {
          return Each.Made == Kinds.front().Made;
        }))
      return false;
    bool Any = false;
    for (const ConcreteFuture &Each : Kinds)
      for (const CallExpr *Call : Each.Calls) {
        Any = true;
        Functions.erase(Call);
        if (!put(Call))
          Diags.report(Call->getBeginLoc(), Diag::future_in_macro)
              << Each.Of->Decl;
      }
    return Any;
  }

  void takeAddress(const Expr *E, const DeclRefExpr *Ref) {
    const auto *D = cast<FunctionDecl>(Ref->getDecl());
    const auto *Method = dyn_cast<CXXMethodDecl>(D);
    bool IsPointer = !Method || Method->isStatic();
    Functions.erase(E);
    if (!IsPointer || isOverloaded(D) || !put(E))
      Diags.report(Ref->getLocation(), Diag::async_address) << D;
  }

  /// `&f` alone would not say which.
  static bool isOverloaded(const FunctionDecl *D) {
    auto Named = D->getDeclContext()->lookup(D->getDeclName());
    return std::distance(Named.begin(), Named.end()) > 1;
  }

  /// Puts \p E into a future: lowering does it in async functions. False where
  /// there is no text of a file's to put it in.
  bool put(const Expr *E) {
    if (Found.InAsync.contains(E))
      return true;
    SourceLocation Begin = inFile(E->getBeginLoc()),
                   End = inFile(E->getEndLoc());
    if (Begin.isInvalid() || End.isInvalid() || !hasDirective(Begin, SM) ||
        fileOf(Begin, SM) != fileOf(End, SM))
      return false;
    unsigned BeginAt = SM.getFileOffset(Begin),
             EndAt = SM.getFileOffset(End) +
                     Lexer::MeasureTokenLength(End, SM, LangOpts);
    if (Done.insert({fileOf(Begin, SM), BeginAt, EndAt}).second) {
      std::vector<ir::Replacement> &Into = Text[fileOf(Begin, SM)];
      ErasedSpelling S = spellingOfErased(E);
      Into.push_back(
          {{BeginAt, BeginAt},
           std::string(FromTop ? "::" : "") + spelled(S.Name) + S.Open});
      Into.push_back({{EndAt, EndAt}, S.Close});
    }
    return true;
  }

  /// Where a token is written; invalid for what the body of a macro says.
  SourceLocation inFile(SourceLocation L) const {
    while (L.isMacroID() && SM.isMacroArgExpansion(L))
      L = SM.getImmediateSpellingLoc(L);
    return L.isMacroID() ? SourceLocation() : L;
  }

  AsyncFunctions &Functions;
  const SourceManager &SM;
  const LangOptions &LangOpts;
  Diagnostics &Diags;
  UseFinder Found;
  bool FromTop = false; ///< `::coro`
  ErasedText Text;
  std::set<std::tuple<ir::FileId, unsigned, unsigned>> Done;
};

} // namespace

ErasedSpelling spellingOfErased(const Expr *E) {
  if (isa<CallExpr>(E))
    return {ir::LibraryName::Erased, "(", ")"};
  return {ir::LibraryName::ErasedFunction, isa<DeclRefExpr>(E) ? "<&" : "<",
          ">"};
}

void putErased(Fragments &Source, llvm::ArrayRef<const Expr *> Erased) {
  for (const Expr *E : llvm::reverse(Erased)) {
    ErasedSpelling S = spellingOfErased(E);
    Source.insertBefore(E->getBeginLoc(), ir::Text(S.Name).append(S.Open));
    Source.insertAfter(E->getEndLoc(), S.Close);
  }
}

ErasedText eraseWhereNeeded(AsyncFunctions &Functions, ASTContext &Context,
                            Diagnostics &Diags) {
  return Eraser(Functions, Context, Diags).run();
}

} // namespace coroexpand
