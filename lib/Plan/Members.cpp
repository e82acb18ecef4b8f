#include "Plan/Members.h"

#include "llvm/ADT/STLExtras.h"

namespace coroexpand {
namespace {

/// Such a member has to stand behind those that its type names.
bool namesMembers(const ir::Variable &V) {
  return !ir::variablesIn(V.TypeId).empty();
}

} // namespace

/// What two variables have in common that can be one member.
std::string Members::key(ir::VarId Id) const {
  const ir::Variable &V = Body.Vars[Id];
  std::string Result = V.Name;
  for (const ir::Piece &P : V.Declared)
    Result += "\n" + P.Text + std::to_string(P.Id);
  return Result + (V.Reference ? "\n&" : "\n") + (V.NeedsDestroy ? "~" : "");
}

std::optional<ir::VarId> Members::sameMember(ir::VarId Id) const {
  auto Found = Known.find(key(Id));
  if (Found == Known.end())
    return std::nullopt;
  for (ir::VarId Member : Found->second)
    if (unsigned S = StorageOf[Member]; Free.count({SizeOf[S], S}))
      return Member;
  return std::nullopt;
}

/// Of the free storage the closest in size wastes the least.
unsigned Members::nearest(std::uint64_t Size) {
  if (Free.empty())
    return newStorage();
  auto Above = Free.lower_bound({Size, 0});
  if (Above == Free.begin())
    return Above->second;
  auto Below = Free.lower_bound({std::prev(Above)->first, 0});
  if (Above == Free.end())
    return Below->second;
  std::uint64_t Wasted = Above->first - Size, Grown = Size - Below->first;
  if (Wasted == Grown)
    return std::min(Above->second, Below->second);
  return Wasted < Grown ? Above->second : Below->second;
}

unsigned Members::newStorage() {
  Plan.Frame.emplace_back();
  SizeOf.push_back(0);
  return Plan.Frame.size() - 1;
}

void Members::take(unsigned Storage) {
  Free.erase({SizeOf[Storage], Storage});
  Busy.push_back(Storage);
}

void Members::add(ir::VarId Id) {
  StorageOf.resize(Body.Vars.size());
  PlannedVariable &P = Plan.Vars[Id];
  P.Where = Home::Frame;
  P.Member = Id;
  bool Fixed = namesMembers(Body.Vars[Id]);
  if (std::optional<ir::VarId> Same = Fixed ? std::nullopt : sameMember(Id)) {
    P.Member = *Same;
    return take(StorageOf[*Same]);
  }
  std::uint64_t Size = Body.Vars[Id].Size;
  unsigned Storage = Fixed ? newStorage() : nearest(Size);
  take(Storage);
  SizeOf[Storage] = std::max(SizeOf[Storage], Size);
  StorageOf[Id] = Storage;
  Plan.Frame[Storage].Members.push_back(Id);
  if (!Fixed)
    Known[key(Id)].push_back(Id);
}

void Members::end(size_t First, size_t Last) {
  for (size_t I = First; I < Last; ++I)
    Free.insert({SizeOf[Busy[I]], Busy[I]});
  Busy.erase(Busy.begin() + First, Busy.begin() + Last);
}

} // namespace coroexpand
