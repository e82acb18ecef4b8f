#include "Layout/Describe.h"

#include "llvm/ADT/STLExtras.h"

#include <numeric>

namespace coroexpand {
namespace {

using Kind = MemberLayout::Kind;

/// All of the suspensions.
std::vector<unsigned> always(const FramePlan &Plan) {
  std::vector<unsigned> Result(Plan.Awaits.size());
  std::iota(Result.begin(), Result.end(), 0);
  return Result;
}

/// Those that something in the member of \p V lives over.
std::vector<unsigned> across(const PlannedVariable &V, const FramePlan &Plan) {
  std::vector<unsigned> Result;
  for (auto [I, A] : llvm::enumerate(Plan.Awaits))
    if (llvm::any_of(V.Alive, [&](const Stretch &S) {
          return S.Birth < A.When && A.When < S.Death;
        }))
      Result.push_back(I);
  return Result;
}

} // namespace

FutureLayout describeFuture(const FramePlan &Plan,
                            llvm::function_ref<int(ir::Loc)> LineOf) {
  FutureLayout Result;
  for (const AwaitPlan &A : Plan.Awaits)
    Result.Suspensions.push_back({A.State, LineOf(A.Where)});
  auto Add = [&](Kind K, const std::string &Name,
                 std::vector<unsigned> Across) {
    Result.Members.push_back({K, Name, 0, 0, 1, std::move(Across)});
  };
  Add(Kind::Own, Plan.State, always(Plan));
  for (ir::VarId P : Plan.Parameters)
    if (!Plan.Vars[P].Shares)
      Add(Kind::Parameter, Plan.Vars[P].Name, always(Plan));
  for (const Storage &S : Plan.Frame)
    for (ir::VarId Id : S.Members)
      Add(Plan.Vars[Id].Shares ? Kind::Parameter : Kind::Object,
          Plan.Vars[Id].Name, across(Plan.Vars[Id], Plan));
  return Result;
}

} // namespace coroexpand
