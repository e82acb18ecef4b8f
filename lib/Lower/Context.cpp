#include "Lower/Context.h"

using namespace clang;

namespace coroexpand {

ir::VarId Context::variable(std::string Name, ir::Variable::Role R,
                            ir::Loc Where) {
  ir::Variable V;
  V.Name = std::move(Name);
  V.R = R;
  V.Where = Where;
  Body.Vars.push_back(std::move(V));
  return Body.Vars.size() - 1;
}

ir::VarId Context::idOf(const ValueDecl *D) {
  if (std::optional<ir::VarId> Known = find(D))
    return *Known;
  ir::VarId Id = variable(D->getName().str(), ir::Variable::Role::Local,
                          at(D->getLocation()));
  Vars[D] = Id;
  return Id;
}

std::optional<ir::VarId> Context::find(const ValueDecl *D) const {
  auto Found = Vars.find(D);
  if (Found == Vars.end())
    return std::nullopt;
  return Found->second;
}

//===----------------------------------------------------------------------===//
// Jumps
//===----------------------------------------------------------------------===//

void Context::noteGotos(const Stmt *S) {
  if (const auto *Goto = dyn_cast<GotoStmt>(S))
    Gotos.push_back(Goto);
  forEachChild(S, [&](const Stmt *Child) { noteGotos(Child); });
}

bool Context::isSplit(const Stmt *S) const {
  return waits(S) || isEntered(S, S, /*InSwitch=*/false);
}

/// A jump from outside \p Whole leads to a label in its \p Part.
bool Context::isEntered(const Stmt *Whole, const Stmt *Part,
                        bool InSwitch) const {
  if (isa<Expr>(Part) || (Gotos.empty() && Breakable.empty()))
    return false;
  if (isa<SwitchCase>(Part) && !InSwitch)
    return true;
  if (const auto *Label = dyn_cast<LabelStmt>(Part))
    for (const GotoStmt *Goto : Gotos)
      if (Goto->getLabel() == Label->getDecl() && !contains(Whole, Goto))
        return true;
  InSwitch |= isa<SwitchStmt>(Part);
  bool Found = false;
  forEachChild(Part, [&](const Stmt *Child) {
    Found = Found || isEntered(Whole, Child, InSwitch);
  });
  return Found;
}

ir::LabelId Context::labelOf(const LabelDecl *D) {
  return Labels.try_emplace(D, Body.NumLabels).second ? Body.NumLabels++
                                                      : Labels.lookup(D);
}

} // namespace coroexpand
