#include "Source/Find.h"
#include "ClangCompat.h"
#include "Source/Includes.h"
#include "Source/Runtime.h"
#include "Source/Sites.h"
#include "Source/StructNames.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ASTLambda.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace coroexpand {

namespace {

/// What `this` points to in a body; not in the classes that are local to it.
class ThisFinder : public RecursiveASTVisitor<ThisFinder> {
public:
  QualType Object;

  bool TraverseCXXRecordDecl(CXXRecordDecl *) { return true; }
  bool VisitCXXThisExpr(CXXThisExpr *E) {
    Object = E->getType()->getPointeeType();
    return false;
  }
  /// A member without `this->` that only an instantiation finds.
  bool VisitUnresolvedMemberExpr(UnresolvedMemberExpr *E) { return member(E); }
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) {
    return member(E);
  }

private:
  template <typename Member> bool member(const Member *E) {
    if (!E->isImplicitAccess() || E->getBaseType().isNull())
      return true;
    Object = E->getBaseType()->getPointeeType();
    return Object.isNull();
  }
};

QualType objectIn(const FunctionDecl *D) {
  ThisFinder Finder;
  Finder.TraverseStmt(D->getBody());
  return Finder.Object;
}

/// `int twice(int);`, `extern int count;` in a body: members of the innermost
/// namespace, which must not become another one.
class LocalExternFinder : public RecursiveASTVisitor<LocalExternFinder> {
public:
  bool Found = false;

  bool VisitNamedDecl(NamedDecl *D) {
    Found |= D->isLocalExternDecl();
    return !Found;
  }
};

bool declaresExtern(const FunctionDecl *D) {
  LocalExternFinder Finder;
  Finder.TraverseStmt(D->getBody());
  return Finder.Found;
}

bool isFriend(const FunctionDecl *D) {
  return llvm::any_of(D->redecls(), [](const FunctionDecl *R) {
    return R->getFriendObjectKind() != Decl::FOK_None;
  });
}

/// Somewhere an instantiation of \p D is written out with its type, which
/// `auto` would not match.
bool isSpecialized(const FunctionDecl *D) {
  auto IsWritten = [](const FunctionDecl *Made) {
    TemplateSpecializationKind K = Made->getTemplateSpecializationKind();
    return isTemplateExplicitInstantiationOrSpecialization(K);
  };
  if (const FunctionTemplateDecl *Template = D->getDescribedFunctionTemplate())
    return llvm::any_of(Template->specializations(), IsWritten);
  const auto *Class = dyn_cast<CXXRecordDecl>(D->getDeclContext());
  const ClassTemplateDecl *Template =
      Class ? Class->getDescribedClassTemplate() : nullptr;
  return Template && llvm::any_of(Template->specializations(), [&](auto *Made) {
           return llvm::any_of(Made->methods(), [&](const CXXMethodDecl *M) {
             return M->getInstantiatedFromMemberFunction() == D &&
                    M->getTemplateSpecializationKind() ==
                        TSK_ExplicitSpecialization;
           });
         });
}

/// What substitution may find to be no type.
class MemberTypes : public RecursiveASTVisitor<MemberTypes> {
public:
  bool Found = false;
  bool VisitDependentNameType(DependentNameType *) { return !(Found = true); }
  bool VisitDecltypeType(DecltypeType *) { return !(Found = true); }
  bool VisitType(Type *T) {
    return !(Found |= asDependentTemplate(T).has_value());
  }
};

/// The type that \p D returns may take it out of an overload set, which `auto`
/// would not.
bool choosesByReturnType(const FunctionDecl *D) {
  MemberTypes Finder;
  Finder.TraverseType(D->getReturnType().getCanonicalType());
  auto Beside =
      D->getDeclContext()->getRedeclContext()->lookup(D->getDeclName());
  return Finder.Found && !Beside.isSingleResult();
}

class Finder : public RecursiveASTVisitor<Finder> {
public:
  explicit Finder(ASTContext &Context) : SM(Context.getSourceManager()) {}

  bool shouldVisitTemplateInstantiations() const { return false; }

  bool VisitFunctionDecl(FunctionDecl *D) {
    bool Marked = llvm::any_of(D->redecls(), asyncMark);
    if (!Marked)
      return true;
    if (D->doesThisDeclarationHaveABody())
      addDefinition(D);
    else if (asyncMark(D))
      Result.Others.push_back(D);
    return true;
  }

  bool VisitLambdaExpr(LambdaExpr *L) {
    CXXMethodDecl *D = L->getCallOperator();
    if (asyncMark(D))
      addLambda(L, D);
    return true;
  }

  /// A lambda becomes a pointer to a function, whose type is fixed.
  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *Call) {
    if (isa_and_nonnull<CXXConversionDecl>(Call->getMethodDecl()) &&
        Call->getRecordDecl()->isLambda())
      Result.Converted.insert(Call->getRecordDecl());
    return true;
  }

  /// Only the written form of a list is visited, where nothing is converted.
  bool VisitInitListExpr(InitListExpr *List) {
    if (const InitListExpr *Meant = List->getSemanticForm())
      inList(Meant);
    return true;
  }

  struct Result : Marked {
    llvm::SmallPtrSet<const CXXRecordDecl *, 4> Converted;
  } Result;

private:
  void inList(const InitListExpr *Meant) {
    for (const Stmt *Init : *Meant)
      if (const auto *Inner = dyn_cast<InitListExpr>(Init))
        inList(Inner);
      else if (const auto *Call = dyn_cast<CXXMemberCallExpr>(
                   cast<Expr>(Init)->IgnoreImpCasts()))
        VisitCXXMemberCallExpr(const_cast<CXXMemberCallExpr *>(Call));
  }

  /// What it returns. A generator or a stream is always in a box.
  static void noteOutput(AsyncFunction &F) {
    QualType T = F.Decl->getReturnType();
    F.Output = futureOutput(T);
    if (!F.Output.isNull())
      return;
    F.Output = sequenceItem(T);
    F.IsSequence = !F.Output.isNull();
    F.Erased |= F.IsSequence;
  }

  /// Its expansion has a place in the output.
  bool isInReach(const Decl *D) const {
    return hasDirective(D->getBeginLoc(), SM);
  }

  void addLambda(LambdaExpr *L, CXXMethodDecl *D) {
    if (!isInReach(D->getParent())) {
      Result.Unsupported.push_back(D);
      return;
    }
    AsyncFunction F;
    F.Decl = D;
    F.Lambda = L;
    F.QualifiedName = "lambda";
    for (const DeclContext *C = D->getParent()->getDeclContext(); C;
         C = C->getParent())
      if (const auto *Around = dyn_cast<FunctionDecl>(C);
          Around && !isLambdaCallOperator(Around)) {
        F.QualifiedName =
            Around->getQualifiedNameAsString() + "::" + F.QualifiedName;
        break;
      }
    F.StructName = "lambda" + structSuffix(D);
    noteOutput(F);
    F.Object = objectIn(D);
    F.Struct = ir::Site::Inside;
    Result.Functions.add(std::move(F));
  }

  void addDefinition(FunctionDecl *D) {
    if (!isInReach(D)) {
      Result.Unsupported.push_back(D);
      return;
    }
    AsyncFunction F;
    F.Decl = D;
    F.QualifiedName = D->getQualifiedNameAsString();
    F.Erased = D->getFirstDecl() != D || D->getMostRecentDecl() != D;
    noteOutput(F);
    const auto *Method = dyn_cast<CXXMethodDecl>(D);
    F.Shared = D->isExternallyVisible() && (D->isInlined() || D->isTemplated());
    F.Object = objectIn(D);
    // Its struct needs the access that the function has to what a class hides.
    if (D->isTemplated()) {
      F.Struct = ir::Site::Inside;
      F.Erased |= isFriend(D) || isSpecialized(D) || choosesByReturnType(D) ||
                  (Method && Method->isVirtual());
    } else if (isFriend(D) || D->getQualifier() ||
               D->isFunctionTemplateSpecialization() || F.IsSequence ||
               (Method && Method->isVirtual()) || isa<CXXConversionDecl>(D)) {
      F.Struct = ir::Site::Inside;
      F.Erased = true;
    } else if (Method) {
      F.Struct = ir::Site::BehindClass;
    } else if (F.isInternal() && declaresExtern(D)) {
      F.Struct = ir::Site::Inside;
      F.Erased = true;
    }
    Result.Functions.add(std::move(F));
  }

  SourceManager &SM;
};

} // namespace

Marked findAsyncFunctions(ASTContext &Context) {
  Finder F(Context);
  F.TraverseAST(Context);
  AsyncFunctions All;
  for (AsyncFunction Each : F.Result.Functions.all()) {
    if (Each.Lambda &&
        F.Result.Converted.contains(Each.Lambda->getLambdaClass()))
      Each.Erased = true;
    if (!Each.Lambda && F.Result.Functions.around(Each)) {
      Each.Struct = ir::Site::Inside;
      Each.Erased = true;
    }
    All.add(std::move(Each));
  }
  F.Result.Functions = named(sited(All, Context));
  return std::move(F.Result);
}

} // namespace coroexpand
