#include "Lower/Declarations.h"
#include "Lower/Describe.h"
#include "Lower/LocalNames.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {

namespace {

/// Puts the declaration of constant \p Id, and before it those that it uses,
/// into \p Into. False when it can't stand there.
bool declareConstant(const Context &C, ir::VarId Id, ir::Maker &Into,
                     std::vector<ir::VarId> &Done) {
  auto Known = C.Constants.find(Id);
  if (Known == C.Constants.end())
    return false;
  const auto &[First, Text] = Known->second;
  if (llvm::is_contained(Done, First))
    return true;
  Done.push_back(First);
  // `static` stands behind attributes, which only a parser tells from the rest.
  if (Text.empty() || Text.begin()->K != ir::Piece::Kind::Verbatim ||
      llvm::StringRef(Text.begin()->Text).starts_with("["))
    return false;
  if (usesLocalName(C, Text) || containsLambda(Text))
    return false;
  for (ir::VarId Used : ir::variablesIn(Text))
    if (C.Body.Vars[Used].R != ir::Variable::Role::Constant ||
        !declareConstant(C, Used, Into, Done))
      return false;
  bool Alone =
      llvm::count_if(C.Constants, [&, First = First](const auto &Each) {
        return Each.second.first == First;
      }) == 1;
  Into.Constants.push_back(
      ir::Text(Alone ? "static " : "[[maybe_unused]] static ").append(Text));
  return true;
}

bool takesValue(const ir::Text &T) {
  bool Found = false;
  ir::forEachPiece(
      T, [&](const ir::Piece &P) { Found |= P.K == ir::Piece::Kind::Value; });
  return Found;
}

} // namespace

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
      takesValue(Declared.Value) || !containsLambda(Declared.Value) ||
      C.F.Struct == ir::Site::EndOfClass || usesLocalName(C, Declared.Value))
    return;
  ir::Maker Maker;
  Maker.Name = C.F.StructName + "_" + V.Name;
  for (const ir::Maker &Other : C.Body.Makers)
    if (Other.Name == Maker.Name)
      Maker.Name += "_" + std::to_string(C.Body.Makers.size() + 1);
  std::vector<ir::VarId> Constants;
  for (ir::VarId Used : ir::variablesIn(Declared.Value)) {
    if (C.var(Used).R == ir::Variable::Role::Constant) {
      if (!declareConstant(C, Used, Maker, Constants))
        return;
      continue;
    }
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
