#include "Plan/Plan.h"

#include "llvm/Support/Casting.h"

using llvm::dyn_cast;

namespace coroexpand {

FramePlan planFrame(const ir::Signature &F, const ir::Body &Body,
                    const TakenNames &Taken) {
  FramePlan Plan;
  Plan.Vars.resize(Body.Vars.size());
  Plan.Loops.resize(Body.NumLoops);
  Plan.Tries.resize(Body.NumTries);
  Plan.Labels.resize(Body.NumLabels);
  Plan.Awaits.resize(Body.NumAwaits);
  planLifetimes(Body, Plan);
  planResumptions(Body, Plan); // Reads which try blocks are around an await.
  planSpelling(Body, Plan);    // Reads what is an ordinary local.
  planConstants(Body, Plan);   // Reads what is declared in poll's own text.
  planLayout(F, Body, Plan);
  planNames(F, Body, Taken, Plan); // Reads what shares the struct's scope.
  return Plan;
}

std::vector<ir::VarId> declaredInPlace(const ir::Stmt &S,
                                       const FramePlan &Plan) {
  if (const auto *F = dyn_cast<ir::FullExpr>(&S))
    return declaredInPlace(*F->Consumer, Plan);
  std::vector<ir::VarId> Result;
  if (const auto *D = dyn_cast<ir::Declare>(&S))
    for (const ir::Declarator &One : D->Vars)
      if (Plan.Vars[One.Var].Where != Home::Frame &&
          !Plan.Vars[One.Var].InBlock)
        Result.push_back(One.Var);
  return Result;
}

} // namespace coroexpand
