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

/// Bytes, about.
struct Extent {
  std::uint64_t Size = 0, Align = 1;
};

/// What nothing is known of is about as strictly aligned as a word, at most.
Extent extentOf(const ir::Variable &V) {
  if (V.Align > 0)
    return {V.Size, V.Align};
  return {V.Size, V.Size < 8
                      ? llvm::PowerOf2Ceil(std::max<std::uint64_t>(V.Size, 1))
                      : 8};
}

Extent extentOf(const Storage &S, const ir::Body &Body) {
  Extent Result;
  for (ir::VarId Id : S.Members) {
    Extent One = extentOf(Body.Vars[Id]);
    Result.Size = std::max(Result.Size, One.Size);
    Result.Align = std::max(Result.Align, One.Align);
  }
  Result.Size = llvm::alignTo(Result.Size, Result.Align);
  return Result;
}

/// The order of the storages, the first of them before the parameters.
struct Order {
  std::vector<Storage> Frame;
  size_t BeforeParameters = 0;
  Extent Whole = {}; ///< Of the struct with this order.
};

void measure(Order &O, const ir::Body &Body, const FramePlan &Plan) {
  O.Whole = {};
  auto Add = [&](Extent Next) {
    O.Whole.Align = std::max(O.Whole.Align, Next.Align);
    O.Whole.Size = llvm::alignTo(O.Whole.Size, Next.Align) + Next.Size;
  };
  auto Frame = llvm::ArrayRef(O.Frame);
  std::uint64_t State = Plan.WideState ? 4 : 1;
  Add({State, State});
  for (const Storage &S : Frame.take_front(O.BeforeParameters))
    Add(extentOf(S, Body));
  for (ir::VarId P : Plan.Parameters)
    if (!Plan.Vars[P].Shares)
      Add(extentOf(Body.Vars[P]));
  for (const Storage &S : Frame.drop_front(O.BeforeParameters))
    Add(extentOf(S, Body));
  O.Whole.Size = llvm::alignTo(O.Whole.Size, O.Whole.Align);
}

/// Less than a word, of a type that names nothing that has to stand before it.
bool isSmall(const Storage &S, const ir::Body &Body) {
  return extentOf(S, Body).Size < 8 &&
         llvm::all_of(
             S.Members,
             [&](ir::VarId Id) {
               const ir::Variable &V = Body.Vars[Id];
               return V.Size > 0 && !V.Dependent &&
                      ir::variablesIn(V.Declared).empty() &&
                      ir::variablesIn(V.TypeId).empty();
             });
}

/// Small members go behind the state, the smallest first, where that saves
/// space: before the parameters, or else behind them. All others stay in the
/// order in which they come to life.
void order(const ir::Body &Body, FramePlan &Plan) {
  Order Best{Plan.Frame};
  measure(Best, Body, Plan);
  Order Sorted = Best;
  auto Others =
      std::stable_partition(Sorted.Frame.begin(), Sorted.Frame.end(),
                            [&](const Storage &S) { return isSmall(S, Body); });
  std::stable_sort(Sorted.Frame.begin(), Others,
                   [&](const Storage &A, const Storage &B) {
                     return extentOf(A, Body).Size < extentOf(B, Body).Size;
                   });
  for (size_t Before : {size_t(0), size_t(Others - Sorted.Frame.begin())}) {
    Sorted.BeforeParameters = Before;
    measure(Sorted, Body, Plan);
    if (Sorted.Whole.Size < Best.Whole.Size)
      Best = Sorted;
  }
  Plan.Frame = std::move(Best.Frame);
  Plan.BeforeParameters = Best.BeforeParameters;
  Plan.Size = Best.Whole.Size;
  Plan.Align = Best.Whole.Align;
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
  Plan.UnwindMayThrow =
      llvm::any_of(llvm::drop_begin(Plan.Levels), [&](const PlannedLevel &L) {
        return Body.Vars[L.Object].DestroyMayThrow;
      });
  order(Body, Plan);
}

} // namespace coroexpand
