#include "Lower/Declarations.h"

using namespace clang;

namespace coroexpand {

/// auto [a, b] = e;    Declare a_b = e, where a and b are parts of a_b
void lowerBindings(Context &C, const DecompositionDecl *D) {
  ir::VarId Whole = C.idOf(D);
  std::string Name;
  unsigned Index = 0;
  for (const BindingDecl *B : D->bindings()) {
    Name += (Index ? "_" : "") + B->getName().str();
    ir::Variable &Part = C.var(C.idOf(B));
    Part.R = ir::Variable::Role::Binding;
    Part.Of = Whole;
    std::string I = std::to_string(Index++);
    if (B->getHoldingVar()) {
      Part.Access = ir::Text(ir::LibraryName::Get).append("<" + I + ">(");
      Part.Access.append(ir::use(Whole)).append(")");
      const CXXRecordDecl *Class =
          D->getType().getNonReferenceType()->getAsCXXRecordDecl();
      if (!Class || !Class->isInStdNamespace())
        C.var(Whole).FrameProblem = "frame_binding";
    } else if (const auto *Field = dyn_cast_or_null<MemberExpr>(
                   B->getBinding() ? B->getBinding()->IgnoreImplicit()
                                   : nullptr)) {
      Part.Access.append(ir::use(Whole, /*Postfix=*/true))
          .append(ir::member(Whole))
          .append(Field->getMemberDecl()->getNameAsString());
    } else {
      Part.Access.append(ir::use(Whole, /*Postfix=*/true))
          .append("[" + I + "]");
    }
  }
  C.var(Whole).Name = Name;
}

} // namespace coroexpand
