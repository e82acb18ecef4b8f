#include "Lower/Declarations.h"

using namespace clang;

namespace coroexpand {

namespace {

/// An element of a standard tuple, and of a pair by the name that it has.
ir::Text tupleElement(Context &C, const DecompositionDecl *D, ir::VarId Whole,
                      const std::string &I) {
  const CXXRecordDecl *Class =
      D->getType().getNonReferenceType()->getAsCXXRecordDecl();
  bool Standard = Class && Class->isInStdNamespace();
  if (!Standard)
    C.var(Whole).Problem = ir::FrameProblem::Binding;
  if (Standard && Class->getName() == "pair")
    return ir::Text()
        .append(ir::use(Whole, /*Postfix=*/true))
        .append(ir::member(Whole))
        .append(I == "0" ? "first" : "second");
  return ir::Text(ir::LibraryName::Get)
      .append("<" + I + ">(")
      .append(ir::use(Whole))
      .append(")");
}

} // namespace

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
    if (D->getType()->isDependentType()) {
      Part.Access = ir::Text(ir::LibraryName::PartOf)
                        .append("<" + I + ", " +
                                std::to_string(D->bindings().size()) + ">(")
                        .append(ir::use(Whole))
                        .append(")");
    } else if (B->getHoldingVar()) {
      Part.Access = tupleElement(C, D, Whole, I);
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
