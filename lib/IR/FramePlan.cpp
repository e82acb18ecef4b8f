#include "IR/FramePlan.h"

#include "llvm/Support/raw_ostream.h"

namespace coroexpand {

void print(const FramePlan &Plan, const ir::Body &Body, llvm::raw_ostream &OS) {
  static constexpr const char *Places[] = {"member", "frame", "local",
                                           "static"};
  for (ir::VarId I = 0; I < Plan.Vars.size(); ++I) {
    const PlannedVariable &V = Plan.Vars[I];
    OS << Body.Vars[I].Name << "#" << I << ": "
       << Places[static_cast<int>(V.Where)] << " '" << V.Name << "'";
    if (V.Own)
      OS << " level " << V.Own << " after " << Plan.Levels[V.Own].Before;
    OS << "\n";
  }
  for (size_t I = 0; I < Plan.Slots.size(); ++I) {
    OS << "slot " << I << ":";
    for (ir::VarId Id : Plan.Slots[I])
      OS << " " << Plan.Vars[Id].Name;
    OS << "\n";
  }
  for (size_t I = 0; I < Plan.Resumes.size(); ++I) {
    OS << "resume " << I + 1 << ":";
    for (ir::TryId T : Plan.Resumes[I].Through)
      OS << " through try" << T;
    OS << "\n";
  }
}

} // namespace coroexpand
