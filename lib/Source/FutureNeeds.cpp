#include "Source/FutureNeeds.h"
#include "Source/ConcreteFutures.h"
#include "Source/InFunctions.h"
#include "Source/Runtime.h"
#include "Source/Walk.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

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

class NeedFinder : public InFunctions<NeedFinder> {
public:
  NeedFinder(const AsyncFunctions &Functions, const SourceManager &SM)
      : Functions(Functions), SM(SM) {}

  FutureNeeds Found;

  bool shouldVisitTemplateInstantiations() const { return true; }
  /// The libraries of the system know no async functions.
  bool TraverseDecl(Decl *D) {
    if (D && !isa<TranslationUnitDecl>(D) &&
        SM.isInSystemHeader(D->getLocation()))
      return true;
    return InFunctions::TraverseDecl(D);
  }

  auto enter(const FunctionDecl *D) {
    return llvm::SaveAndRestore(IsAsync, IsAsync || Functions.lookup(D));
  }
  /// What is only asked for its type may have its own.
  bool TraverseDecltypeTypeLoc(DecltypeTypeLoc, auto...) { return true; }

  bool VisitNamedDecl(NamedDecl *D) {
    if (D->getDeclName().isIdentifier() && D->getName() == "coro")
      Found.NameIsUsed |=
          !isa<NamespaceDecl>(D) || !D->getDeclContext()->isTranslationUnit();
    return true;
  }

  bool VisitCallExpr(CallExpr *Call) {
    note(Call);
    if (const DeclRefExpr *Name = foundByFuture(Call); Name && !IsAsync)
      Found.FoundByFuture.push_back(Name);
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
    llvm::SmallVector<const Expr *, 4> Inits;
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
    forEachInstance(L, [&](FunctionDecl *Instance) {
      if (isDeduced(Instance->getReturnType()) || !L->hasExplicitResultType())
        sameReturns(Instance);
      if (Instance != L->getCallOperator())
        TraverseStmt(Instance->getBody());
    });
    return true;
  }

private:
  /// The call operator of \p L, and what a generic one has been called with.
  template <typename Fn>
  static void forEachInstance(LambdaExpr *L, const Fn &Visit) {
    Visit(L->getCallOperator());
    if (FunctionTemplateDecl *Generic = L->getDependentCallOperator())
      for (FunctionDecl *Instance : Generic->specializations())
        Visit(Instance);
  }

  /// What all lambdas of a visitor return is of one type.
  class VisitorFinder : public RecursiveASTVisitor<VisitorFinder> {
  public:
    explicit VisitorFinder(NeedFinder &Uses) : Uses(Uses) {}
    bool VisitLambdaExpr(LambdaExpr *L) {
      if (!L->hasExplicitResultType())
        forEachInstance(L, [&](const FunctionDecl *Instance) {
          for (const Expr *Value : returnedIn(Instance->getBody()))
            Uses.erased(Value);
        });
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
    NeedFinder &Uses;
    llvm::SmallPtrSet<const VarDecl *, 4> Met;
  };

  void note(const Expr *E) {
    if (IsAsync)
      Found.InAsync.insert(E);
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
      Found.Types.push_back({{E}, false});
    return true;
  }
  void same(llvm::SmallVector<const Expr *, 4> Expressions) {
    llvm::erase_if(Expressions, [](const Expr *E) {
      return futureOutput(E->getType()).isNull();
    });
    if (Expressions.size() > 1)
      Found.Types.push_back({std::move(Expressions), true});
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
  void sameReturns(const FunctionDecl *F) { same(returnedIn(F->getBody())); }

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
    Found.Addresses.emplace_back(E, Ref);
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
  const SourceManager &SM;
  bool IsAsync = false;
  llvm::SmallPtrSet<const DeclRefExpr *, 32> Met;
};

} // namespace

FutureNeeds findFutureNeeds(const AsyncFunctions &Functions,
                            ASTContext &Context) {
  NeedFinder Finder(Functions, Context.getSourceManager());
  Finder.TraverseAST(Context);
  return std::move(Finder.Found);
}

} // namespace coroexpand
