#include "Source/Runtime.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace coroexpand {
namespace {

llvm::StringRef nameInRuntime(const NamedDecl *D) {
  bool Named = D && D->getDeclName().isIdentifier() && isOfRuntime(D);
  return Named ? D->getName() : llvm::StringRef();
}

} // namespace

bool isOfRuntime(const Decl *D) {
  // `extern "C++" { .. }` around an include is no scope.
  const auto *Home =
      dyn_cast<NamespaceDecl>(D->getDeclContext()->getRedeclContext());
  return Home && Home->getDeclName() && Home->getName() == "coro" &&
         Home->getParent()->getRedeclContext()->isTranslationUnit();
}

const DeclRefExpr *foundByFuture(const CallExpr *Call) {
  const auto *Name =
      dyn_cast<DeclRefExpr>(Call->getCallee()->IgnoreParenImpCasts());
  bool IsFound =
      Call->usesADL() && Name && !Name->getQualifier() &&
      isOfRuntime(Name->getDecl()) &&
      llvm::any_of(Call->arguments(), [](const Expr *Argument) {
        return runtimeClass(Argument->getType()) == RuntimeClass::Future;
      });
  return IsFound ? Name : nullptr;
}

std::optional<RuntimeFunction> runtimeFunction(const FunctionDecl *F) {
  using Result = std::optional<RuntimeFunction>;
  return llvm::StringSwitch<Result>(nameInRuntime(F))
      .Case("join", RuntimeFunction::Join)
      .Case("select", RuntimeFunction::Select)
      .Case("timeout", RuntimeFunction::Timeout)
      .Case("try_join", RuntimeFunction::TryJoin)
      .Default(std::nullopt);
}

std::optional<RuntimeClass> runtimeClass(const NamedDecl *D) {
  using Result = std::optional<RuntimeClass>;
  return llvm::StringSwitch<Result>(nameInRuntime(D))
      .Case("future", RuntimeClass::Future)
      .Case("join_future", RuntimeClass::JoinFuture)
      .Case("generator", RuntimeClass::Generator)
      .Case("stream", RuntimeClass::Stream)
      .Default(std::nullopt);
}

std::optional<RuntimeClass> runtimeClass(QualType T) {
  return T.isNull() ? std::nullopt : runtimeClass(T->getAsCXXRecordDecl());
}

} // namespace coroexpand
