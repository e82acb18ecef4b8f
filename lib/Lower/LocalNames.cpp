#include "Lower/LocalNames.h"
#include "Lower/Context.h"
#include "Source/Walk.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace coroexpand {

LocalNames::LocalNames(const Stmt *Body) {
  forEachLocalDecl(Body, [&](const Decl *D) {
    HasDirective |= isa<UsingDirectiveDecl>(D);
    const auto *Var = dyn_cast<VarDecl>(D);
    if (Var ? Var->isStaticLocal() : isa<NamedDecl>(D))
      Names.insert(cast<NamedDecl>(D)->getDeclName().getAsString());
    if (const auto *Enum = dyn_cast<EnumDecl>(D))
      for (const EnumConstantDecl *E : Enum->enumerators())
        Names.insert(E->getName());
  });
}

bool usesLocalName(const Context &C, SourceRange Range) {
  return C.Locals.HasDirective ||
         llvm::any_of(C.Source.tokens(Range), [&](const syntax::Token &T) {
           llvm::StringRef Name = C.Source.text(T);
           return C.Locals.Names.contains(Name) &&
                  !C.OwnTypeNames.contains(Name);
         });
}

bool usesConstant(const Context &C, const ir::Text &T) {
  return llvm::any_of(ir::variablesIn(T), [&](ir::VarId Id) {
    return C.Body.Vars[Id].R == ir::Variable::Role::Constant;
  });
}

bool containsLambda(const Stmt *S) {
  bool Found = isa<LambdaExpr>(S);
  forEachChild(S, [&](const Stmt *Child) { Found |= containsLambda(Child); });
  return Found;
}

} // namespace coroexpand
