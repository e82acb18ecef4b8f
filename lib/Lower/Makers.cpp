#include "Lower/Declarations.h"
#include "Lower/Describe.h"
#include "Lower/LocalNames.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {

/// An object whose type has no name because of a lambda in its initialiser is
/// made by a function, whose return type names it:
///
///   auto f = [x](int n) { .. };     auto outer_f(auto& x) {
///                                     return [x](int n) { .. };
///                                   }
///                                   decltype(outer_f(x)) f;
///
/// \p Written is the type of a variable that is not declared with auto.
void nameByMaker(Context &C, const Expr *Init, const std::string &Written,
                 ir::Declarator &Declared) {
  using Style = ir::Declarator::Style;
  ir::Variable &V = C.var(Declared.Var);
  if (V.Problem != ir::FrameProblem::Unnameable || V.Reference || !Init ||
      C.waits(Init) || !containsLambda(Declared.Value) ||
      C.F.Struct == ir::Place::EndOfClass || usesLocalName(C, Declared.Value))
    return;
  ir::Maker Maker;
  Maker.Name = C.F.StructName + "_" + V.Name;
  for (const ir::Maker &Other : C.Body.Makers)
    if (Other.Name == Maker.Name)
      Maker.Name += "_" + std::to_string(C.Body.Makers.size() + 1);
  for (ir::VarId Used : ir::variablesIn(Declared.Value)) {
    if (C.var(Used).R == ir::Variable::Role::Constant)
      return;
    if (!llvm::is_contained(Maker.Arguments, Used))
      Maker.Arguments.push_back(Used);
  }
  if (Declared.Init == Style::Copy || Written.empty())
    Maker.Made = Declared.Value;
  else
    Maker.Made = ir::Text(Written + (Declared.Init == Style::Brace ? "{" : "("))
                     .append(Declared.Value)
                     .append(Declared.Init == Style::Brace ? "}" : ")");
  ir::Text Call(Maker.Name + "(");
  for (ir::VarId Id : Maker.Arguments)
    Call.append(Id == Maker.Arguments.front() ? "" : ", ").append(ir::use(Id));
  Call.append(")");
  declareBy(V, ir::Text(V.Const ? "const decltype(" : "decltype(")
                   .append(Call)
                   .append(")"));
  V.Problem = ir::FrameProblem::None;
  V.Maker = C.Body.Makers.size();
  C.Body.Makers.push_back(std::move(Maker));
  Declared.Value = std::move(Call);
  Declared.Init = Style::Copy;
}

} // namespace coroexpand
