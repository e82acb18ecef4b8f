#include "Plan/Levels.h"

#include "llvm/ADT/STLExtras.h"

namespace coroexpand {

Level Levels::above(Level Below, ir::VarId Id) {
  ir::VarId Member = Plan.Vars[Id].Member;
  auto [Found, New] = Known.try_emplace({Below, Member}, Plan.Levels.size());
  if (New)
    Plan.Levels.push_back({Member, Below});
  return Found->second;
}

Level Levels::without(Level L, ir::VarId Id) {
  if (L == 0)
    return 0;
  auto [Object, Below] = Plan.Levels[L];
  return Object == Plan.Vars[Id].Member ? Below
                                        : above(without(Below, Id), Object);
}

Cleanup Levels::cleanup(llvm::ArrayRef<Level> Arriving, Level Target) {
  if (llvm::all_of(Arriving, [&](Level L) { return L == Target; }))
    return {};
  if (llvm::all_equal(Arriving))
    return destroy(Arriving.front(), Target, Target);
  Cleanup Result;
  Result.K = Cleanup::Kind::UnwindTo;
  Result.Target = Target;
  Plan.UnwindsPartly |= Target > 0;
  return Result;
}

/// An object counts as dead before its destructor runs, lest it be destroyed
/// twice when that throws. The older ones have to count as alive until then, so
/// that they are destroyed too; as long as nothing throws, one store does for
/// all.
Cleanup Levels::destroy(Level Current, Level Entry, Level After,
                        llvm::ArrayRef<Level> Survivors) {
  Cleanup Result;
  Result.K = Cleanup::Kind::Destroy;
  for (Level L = Current; L > Entry; L = Plan.Levels[L].Below)
    if (!llvm::is_contained(Survivors, L))
      Result.Objects.push_back({Plan.Levels[L].Object, std::nullopt});
  // Oldest first: what is alive besides the object when it dies.
  Level Besides = After;
  size_t FirstThat =
      llvm::find_if(Result.Objects,
                    [&](const Destruction &D) { return mayThrow(D); }) -
      Result.Objects.begin();
  Level Stored = After;
  for (size_t I = Result.Objects.size(); I-- > 0;) {
    Destruction &D = Result.Objects[I];
    if (mayThrow(D))
      Stored = Besides;
    if (I == 0 || mayThrow(Result.Objects[I - 1]))
      D.Live = Stored;
    if (FirstThat < I)
      Besides = above(Besides, D.Object);
  }
  return Result;
}

} // namespace coroexpand
