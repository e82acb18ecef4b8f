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

} // namespace coroexpand
