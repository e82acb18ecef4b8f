#include "Source/AsyncFunction.h"
#include "Source/Runtime.h"

#include "clang/AST/ASTLambda.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/STLExtras.h"

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

namespace {

class InstanceFinder : public RecursiveASTVisitor<InstanceFinder> {
public:
  explicit InstanceFinder(const AsyncFunctions &Functions)
      : Functions(Functions) {}

  std::vector<AsyncFunctions::Instance> Found;

  bool shouldVisitTemplateInstantiations() const { return true; }
  bool VisitFunctionDecl(FunctionDecl *D) {
    const AsyncFunction *F = Functions.lookup(D);
    if (F && F->isTemplated() && D != F->Decl && D->hasBody())
      Found.push_back({F, D});
    return true;
  }

private:
  const AsyncFunctions &Functions;
};

} // namespace

llvm::ArrayRef<AsyncFunctions::Instance>
AsyncFunctions::instances(ASTContext &Context) const {
  if (!Instances) {
    InstanceFinder Finder(*this);
    Finder.TraverseAST(Context);
    Instances = std::move(Finder.Found);
  }
  return *Instances;
}

AsyncFunctions::Place AsyncFunctions::placeOf(const Expr *E) {
  // A template does not know yet what is called. A conversion has the place of
  // its operand.
  const auto *Call = dyn_cast<CallExpr>(E);
  bool IsCall =
      Call && !isa_and_nonnull<CXXConversionDecl>(Call->getCalleeDecl());
  return {IsCall ? Stmt::CallExprClass : E->getStmtClass(),
          E->getBeginLoc().getRawEncoding(), E->getEndLoc().getRawEncoding()};
}

std::string parameterName(const ParmVarDecl *P) {
  QualType T = P->getType();
  bool MayBeObject =
      T->isDependentType() && !T->isReferenceType() && !T->isPointerType();
  if (!P->getName().empty() || !(MayBeObject || P->isParameterPack()))
    return P->getName().str();
  unsigned N = P->getFunctionScopeIndex();
  return N == 0 ? "unnamed" : "unnamed_" + std::to_string(N + 1);
}

const Expr *budgetOf(const FunctionDecl *D) {
  for (const auto *A : D->specific_attrs<AnnotateAttr>())
    if (A->getAnnotation() == BudgetAnnotation && A->args_size() == 1)
      return *A->args_begin();
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

std::string structSuffix(const FunctionDecl *D) {
  auto Returns = [&](RuntimeClass Class) {
    return !argumentOf(D->getReturnType(), Class).isNull();
  };
  return Returns(RuntimeClass::Generator) ? "_generator"
         : Returns(RuntimeClass::Stream)  ? "_stream"
                                          : "_future";
}

} // namespace coroexpand
