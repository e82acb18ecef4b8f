//===- Layout.cpp - the members and functions of the struct ---------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#include "Plan/Plan.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

namespace coroexpand {
namespace {

/// A pointer, or a number that is assigned to.
bool isPlain(const Storage &S, const ir::Body &Body) {
  const ir::Variable &V = Body.Vars[S.Members.front()];
  return S.Members.size() == 1 &&
         ((V.Reference && !V.Held) || (V.TrivialInit && !V.Const));
}

void parameters(const ir::Body &Body, FramePlan &Plan) {
  std::vector<ir::VarId> Written;
  for (ir::VarId I = 0; I < Body.NumParams; ++I) {
    const ir::Variable &V = Body.Vars[I];
    if (!V.Given.empty() && V.HandedOn != ir::Variable::Handing::Pack)
      Plan.Parameters.push_back(I); // The struct alone knows it.
    else if (!V.Name.empty() || V.NeedsDestroy)
      Written.push_back(I);
  }
  llvm::append_range(Plan.Parameters, Written);
}

/// Only what lives in the frame needs a name for its type.
void makers(const ir::Body &Body, FramePlan &Plan) {
  std::vector<bool> Needed(Body.Makers.size());
  for (ir::VarId I = 0; I < Body.Vars.size(); ++I)
    if (Body.Vars[I].Maker && Plan.Vars[I].Where == Home::Frame)
      Needed[*Body.Vars[I].Maker] = true;
  for (unsigned I = 0; I < Needed.size(); ++I)
    if (Needed[I])
      Plan.Makers.push_back(I);
}

void size(const ir::Body &Body, FramePlan &Plan) {
  auto Add = [&](std::uint64_t Size) {
    std::uint64_t Align =
        Size < 8 ? llvm::PowerOf2Ceil(std::max<std::uint64_t>(Size, 1)) : 8;
    Plan.Size = llvm::alignTo(Plan.Size, Align) + Size;
  };
  Add(Plan.WideState ? 4 : 1);
  if (Plan.hasLevels())
    Add(Plan.LiveBytes);
  for (ir::VarId P : Plan.Parameters)
    Add(Body.Vars[P].Size);
  for (const Storage &S : Plan.Frame) {
    std::uint64_t Largest = 0;
    for (ir::VarId Id : S.Members)
      Largest = std::max(Largest, Body.Vars[Id].Size);
    Add(Largest);
  }
}

} // namespace

void planLayout(const ir::Signature &F, const ir::Body &Body, FramePlan &Plan) {
  parameters(Body, Plan);
  makers(Body, Plan);
  for (Storage &S : Plan.Frame)
    S.InUnion = !isPlain(S, Body);
  Plan.HasConstructors = !Plan.Parameters.empty() || !Plan.Frame.empty();
  Plan.FactoryMayBeUnused =
      F.OnlyHere && !F.Erased &&
      (F.NobodyCalls || llvm::any_of(Plan.Parameters, [&](ir::VarId P) {
         return Body.Vars[P].ArgumentIsKept;
       }));
  Plan.WideState = Body.NumAwaits > 254;
  size_t Highest = Plan.Levels.size() - 1;
  Plan.LiveBytes = Highest < 256 ? 1 : Highest < 65536 ? 2 : 4;
  Plan.UnwindMayThrow =
      llvm::any_of(llvm::drop_begin(Plan.Levels), [&](const PlannedLevel &L) {
        return Body.Vars[L.Object].DestroyMayThrow;
      });
  size(Body, Plan);
}

} // namespace coroexpand
