#include "Lower/LocalNames.h"
#include "Source/AwaitFinder.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace coroexpand {

bool usesLocalName(const Context &C, SourceRange Range) {
  llvm::StringSet<> Names;
  bool Directive = false;
  forEachLocalDecl(C.F.Decl->getBody(), [&](const Decl *D) {
    Directive |= isa<UsingDirectiveDecl>(D);
    const auto *Var = dyn_cast<VarDecl>(D);
    if (Var ? Var->isStaticLocal() : isa<NamedDecl>(D))
      Names.insert(cast<NamedDecl>(D)->getDeclName().getAsString());
    if (const auto *Enum = dyn_cast<EnumDecl>(D))
      for (const EnumConstantDecl *E : Enum->enumerators())
        Names.insert(E->getName());
  });
  return Directive ||
         llvm::any_of(C.Source.tokens(Range), [&](const syntax::Token &T) {
           return Names.contains(C.Source.text(T));
         });
}

bool usesConstant(const Context &C, const ir::Text &T) {
  using Kind = ir::Piece::Kind;
  return llvm::any_of(T, [&](const ir::Piece &P) {
    bool Names =
        P.K == Kind::Use || P.K == Kind::Capture || P.K == Kind::CaptureAlso;
    return Names && C.Body.Vars[P.Id].R == ir::Variable::Role::Constant;
  });
}

bool containsLambda(const Stmt *S) {
  bool Found = isa<LambdaExpr>(S);
  forEachChild(S, [&](const Stmt *Child) { Found |= containsLambda(Child); });
  return Found;
}

} // namespace coroexpand
