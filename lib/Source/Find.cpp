#include "Source/Find.h"
#include "Source/Includes.h"
#include "Source/Runtime.h"
#include "Source/Sites.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ASTLambda.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace coroexpand {

void AsyncFunctions::add(AsyncFunction F) {
  Index[F.Decl->getCanonicalDecl()] = Functions.size();
  if (F.Lambda)
    Lambdas[F.Decl->getLocation()] = Functions.size();
  Functions.push_back(std::move(F));
}

const AsyncFunction *AsyncFunctions::lookup(const FunctionDecl *D) const {
  if (!D)
    return nullptr;
  if (const FunctionDecl *Pattern = D->getTemplateInstantiationPattern())
    D = Pattern;
  if (auto Found = Index.find(D->getCanonicalDecl()); Found != Index.end())
    return &Functions[Found->second];
  // Of a lambda in a template, Clang does not say what it is an instance of.
  if (isLambdaCallOperator(D))
    if (auto Found = Lambdas.find(D->getLocation()); Found != Lambdas.end())
      return &Functions[Found->second];
  return nullptr;
}

const AsyncFunction *AsyncFunctions::around(const AsyncFunction &F) const {
  for (const DeclContext *C = F.Decl->getParent(); C; C = C->getParent())
    if (const auto *D = dyn_cast<FunctionDecl>(C))
      if (const AsyncFunction *Around = lookup(D))
        return Around;
  return nullptr;
}

const AnnotateAttr *asyncMark(const FunctionDecl *D) {
  for (const auto *A : D->specific_attrs<AnnotateAttr>())
    if (!A->isInherited() && A->getAnnotation() == AsyncAnnotation)
      return A;
  return nullptr;
}

namespace {

/// The argument of \p T, when that is of one of the class templates \p Wanted.
QualType argumentOf(QualType T, llvm::ArrayRef<RuntimeClass> Wanted) {
  if (T.isNull())
    return {};
  // The written argument keeps the user's spelling; the canonical one doesn't.
  const auto *Written = T->getAs<TemplateSpecializationType>();
  while (Written && Written->isTypeAlias())
    Written = Written->getAliasedType()->getAs<TemplateSpecializationType>();
  const auto *Class = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      T->getAsCXXRecordDecl());
  bool InTemplate = Written && T->isDependentType();
  const NamedDecl *D = Class;
  if (InTemplate)
    D = Written->getTemplateName().getAsTemplateDecl();
  std::optional<RuntimeClass> Kind = runtimeClass(D);
  if (!Kind || !llvm::is_contained(Wanted, *Kind))
    return {};
  if (Written)
    if (Written->template_arguments().size() == 1 &&
        Written->template_arguments()[0].getKind() == TemplateArgument::Type)
      return Written->template_arguments()[0].getAsType();
  return Class ? Class->getTemplateArgs()[0].getAsType() : QualType();
}

} // namespace

QualType futureOutput(QualType T) {
  return argumentOf(T, {RuntimeClass::Future});
}

QualType sequenceItem(QualType T) {
  return argumentOf(T, {RuntimeClass::Generator, RuntimeClass::Stream});
}

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
  bool VisitDependentTemplateSpecializationType(
      DependentTemplateSpecializationType *) {
    return !(Found = true);
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

/// `_future`, `_generator`, `_stream`
std::string kindOf(const FunctionDecl *D) {
  auto Returns = [&](RuntimeClass Class) {
    return !argumentOf(D->getReturnType(), Class).isNull();
  };
  return Returns(RuntimeClass::Generator) ? "_generator"
         : Returns(RuntimeClass::Stream)  ? "_stream"
                                          : "_future";
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
    F.StructName = "lambda" + kindOf(D);
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

/// `std::string` for `std::basic_string<char>`.
std::string withStringsByName(std::string Type) {
  constexpr llvm::StringRef Prefix = "basic_", Character = "<char>";
  for (llvm::StringRef Name : {"string", "string_view"}) {
    std::string Long = (Prefix + Name + Character).str();
    for (size_t At; (At = Type.find(Long)) != std::string::npos;)
      Type.replace(At, Long.size(), Name);
  }
  return Type;
}

/// The parameter types of \p D as part of a name: `int_std_string`. Parameters
/// of templates go by their names.
std::string parameterSuffix(const FunctionDecl *D) {
  std::string Suffix;
  for (const ParmVarDecl *P : D->parameters()) {
    QualType T = P->getType();
    std::string Type = withStringsByName(
        (T->isDependentType() ? T : T.getCanonicalType())
            .getAsString(PrintingPolicy(D->getASTContext().getLangOpts())));
    for (char &C : Type)
      C = C == '&' ? 'r' : C == '*' ? 'p' : C;
    llvm::SmallVector<llvm::StringRef> Words;
    for (char &C : Type)
      C = llvm::isAlnum(C) ? C : ' ';
    llvm::StringRef(Type).split(Words, ' ', -1, /*KeepEmpty=*/false);
    for (llvm::StringRef Word : Words)
      Suffix += ("_" + Word).str();
  }
  return Suffix.empty() ? "_void" : Suffix;
}

/// `get` of get, `plus_equal` of operator+=.
std::string wordFor(const FunctionDecl *D) {
  switch (D->getOverloadedOperator()) {
#define OVERLOADED_OPERATOR(Name, ...)                                         \
  case OO_##Name:                                                              \
    return llvm::convertToSnakeFromCamelCase(#Name);
#include "clang/Basic/OperatorKinds.def"
  default:
    return D->getDeclName().isIdentifier() ? D->getName().str() : "operator";
  }
}

/// `a::b::` of `a::b::name`.
std::string scopeOf(const AsyncFunction &F) {
  return F.QualifiedName.substr(0, F.QualifiedName.size() -
                                       F.Decl->getNameAsString().size());
}

/// Struct names depend on the function and the overloads beside it, never on
/// the order in which a translation unit meets them. A class has all overloads
/// of a member in every file. Those of a function at namespace scope may be
/// anywhere, so that the name of a struct that files share has them in mind.
class StructNames {
public:
  explicit StructNames(const AsyncFunctions &Found) {
    for (const AsyncFunction &F : Found.all())
      if (!F.isLocalStruct())
        ++Overloads[F.QualifiedName];
  }

  void name(AsyncFunction &F) {
    if (F.Lambda) // Named by what it is.
      return;
    F.StructName = wordFor(F.Decl) + suffix(F) + kindOf(F.Decl);
    if (F.Shared && !F.isLocalStruct() && !F.isMemberStruct()) {
      F.NameIsTaken = isTaken(F) || !isNew(F);
      return;
    }
    // Whoever has that name already keeps it.
    while (isTaken(F) || !(F.isLocalStruct() || isNew(F)))
      F.StructName += "_";
  }

private:
  std::string suffix(const AsyncFunction &F) {
    if (F.isLocalStruct())
      return "";
    if (F.Shared && !F.isMemberStruct())
      return F.Decl->getNumParams() ? parameterSuffix(F.Decl) : "";
    return Overloads[F.QualifiedName] > 1 ? parameterSuffix(F.Decl) : "";
  }

  static bool isTaken(const AsyncFunction &F) {
    const DeclContext *Home = F.Decl->getDeclContext()->getRedeclContext();
    const IdentifierInfo &Identifier =
        F.Decl->getASTContext().Idents.get(F.StructName);
    return Identifier.hadMacroDefinition() ||
           !Home->lookup(&Identifier).empty();
  }

  bool isNew(const AsyncFunction &F) {
    return Taken.insert(scopeOf(F) + F.StructName).second;
  }

  llvm::StringMap<unsigned> Overloads;
  llvm::StringSet<> Taken;
};

AsyncFunctions named(const AsyncFunctions &Found) {
  StructNames Names(Found);
  AsyncFunctions Result;
  for (AsyncFunction F : Found.all()) {
    Names.name(F);
    Result.add(std::move(F));
  }
  return Result;
}

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
