#include "Plan/Members.h"

#include "llvm/ADT/STLExtras.h"

namespace coroexpand {

/// A member looks so far for a storage to share, lest the time grow with the
/// square of the members.
constexpr size_t MostConsidered = 256;

bool Lifetime::meets(const Lifetime &Other) const {
  if (Other.Stretches.size() > Stretches.size())
    return Other.meets(*this);
  return llvm::any_of(Other.Stretches, [&](const auto &Stretch) {
    auto [Birth, Death] = Stretch;
    auto Next = Stretches.lower_bound(Birth);
    return (Next != Stretches.end() && Next->first < Death) ||
           (Next != Stretches.begin() && std::prev(Next)->second > Birth);
  });
}

std::vector<Stretch> Lifetime::stretches() const {
  std::vector<Stretch> Result;
  for (auto [Birth, Death] : Stretches)
    Result.push_back({Birth, Death});
  return Result;
}

/// What two variables have in common that can be one member.
std::string Members::key(ir::VarId Id) const {
  const ir::Variable &V = Body.Vars[Id];
  std::string Result = V.Name;
  for (const ir::Piece &P : V.Declared)
    Result += "\n" + P.Text + std::to_string(P.Id);
  Result += (V.Reference ? "\n&" : "\n");
  Result += (V.NeedsDestroy ? "~" : "");
  // A variable has its name to itself.
  Result += V.R == ir::Variable::Role::Temporary ? "temporary" : "";
  // Its end is told by its number in the slots of its join.
  if (V.Slot)
    Result += "slot " + std::to_string(V.Slot->Number) + " of " +
              std::to_string(Plan.Vars[V.Slot->States].Member);
  // What has a flag, or is one, is known by it alone, and so is a parameter.
  if (Id < Body.NumParams || V.Flag || V.R == ir::Variable::Role::Flag)
    Result += std::to_string(Id);
  return Result;
}

/// A member of the same name and type that nothing lives in; else a new one.
unsigned Members::memberFor(ir::VarId Id) {
  bool NamesOthers = !ir::variablesIn(Body.Vars[Id].TypeId).empty();
  std::set<unsigned> &Same = Free[key(Id)];
  if (!Same.empty() && !NamesOthers)
    return Same.extract(Same.begin()).value();
  All.push_back({Id, {}, {}, NamesOthers, &Same});
  return All.size() - 1;
}

void Members::add(ir::VarId Id) {
  unsigned M = memberFor(Id);
  Plan.Vars[Id].Where = Home::Frame;
  Plan.Vars[Id].Member = All[M].Id;
  Alive.push_back({M, Now++, Id});
}

void Members::addParameter(ir::VarId Id) {
  All.push_back({Id, {}, {}, /*NamesOthers=*/false, &Free[key(Id)]});
  Plan.Vars[Id].Member = Id;
  Alive.push_back({static_cast<unsigned>(All.size() - 1), Now++, Id});
}

bool Members::share(ir::VarId A, ir::VarId B) const {
  auto StorageA = StorageOf.find(Plan.Vars[A].Member);
  auto StorageB = StorageOf.find(Plan.Vars[B].Member);
  return StorageA != StorageOf.end() && StorageB != StorageOf.end() &&
         StorageA->second == StorageB->second;
}

void Members::end(size_t First, size_t Last) {
  for (size_t I = First; I < Last; ++I)
    end(Alive[I]);
  Alive.erase(Alive.begin() + First, Alive.begin() + Last);
}

void Members::endTemporaries(size_t First) {
  std::vector<Object> Outliving;
  for (const Object &O : llvm::drop_begin(Alive, First)) {
    ir::Variable::Role R = Body.Vars[O.Id].R;
    if (R == ir::Variable::Role::Temporary || R == ir::Variable::Role::Flag)
      end(O);
    else
      Outliving.push_back(O);
  }
  Alive.erase(Alive.begin() + First, Alive.end());
  llvm::append_range(Alive, Outliving);
}

void Members::end(const Object &O) {
  auto EndIn = [&](const llvm::DenseMap<ir::VarId, unsigned> &Ends,
                   unsigned Otherwise) {
    auto Found = Ends.find(O.Id);
    return Found == Ends.end() ? Otherwise : Found->second;
  };
  unsigned Death = EndIn(Early, Now);
  All[O.In].When.add(O.Birth, Death);
  All[O.In].InPlace.add(O.Birth, EndIn(InPlace, Death));
  All[O.In].Free->insert(O.In);
}

/// What a type names stands before the storage, if that is placed by the birth
/// of the member with the type: nothing in it may be older.
bool Members::fits(const Member &M, const Shared &S) const {
  unsigned Birth = M.When.birth();
  if (M.NamesOthers && (S.First || S.When.birth() < Birth))
    return false;
  if (S.First && Birth < S.First->When.birth())
    return false;
  return !S.When.meets(lifetime(M));
}

/// What is made from a copy of \p M is in \p S.
bool Members::holdsSuccessor(const Member &M, const Shared &S) const {
  auto Found = Successor.find(M.Id);
  return Found != Successor.end() && WithCopies &&
         llvm::any_of(S.Members, [&](const Member *Other) {
           return Other->Id == Plan.Vars[Found->second].Member;
         });
}

std::vector<Members::Shared> Members::pack(Search From) const {
  std::vector<const Member *> BySize;
  for (const Member &M : All)
    BySize.push_back(&M);
  auto SizeOf = [&](const Member *M) { return Body.Vars[M->Id].Size; };
  llvm::sort(BySize, [&](const Member *A, const Member *B) {
    return SizeOf(A) != SizeOf(B) ? SizeOf(A) > SizeOf(B)
                                  : A->When.birth() < B->When.birth();
  });
  std::vector<Shared> Frame; // The last one is the nearest in size.
  auto Find = [&](const Member &M, bool ByItsSuccessor) -> Shared * {
    for (size_t I = 0, E = std::min(Frame.size(), MostConsidered); I < E; ++I) {
      Shared &S = Frame[From == Search::Largest ? I : Frame.size() - 1 - I];
      if ((!ByItsSuccessor || holdsSuccessor(M, S)) && fits(M, S))
        return &S;
    }
    return nullptr;
  };
  for (const Member *M : BySize) {
    Shared *Found = Find(*M, /*ByItsSuccessor=*/true);
    if (!Found)
      Found = Find(*M, /*ByItsSuccessor=*/false);
    Shared &S = Found ? *Found : Frame.emplace_back();
    S.Members.push_back(M);
    S.When.add(lifetime(*M));
    S.Size = std::max(S.Size, SizeOf(M));
    if (M->NamesOthers)
      S.First = M;
  }
  return Frame;
}

std::uint64_t Members::bytes(const std::vector<Shared> &Frame) {
  std::uint64_t Result = 0;
  for (const Shared &S : Frame)
    Result += S.Size;
  return Result;
}

/// Neither search is always the better one: test/plan/packing.test compares
/// what both give with the best there is.
std::vector<Members::Shared> Members::pack() const {
  std::vector<Shared> Nearest = pack(Search::Nearest);
  std::vector<Shared> Largest = pack(Search::Largest);
  return bytes(Largest) < bytes(Nearest) ? Largest : Nearest;
}

/// Copies are made where the struct gets smaller by a word's half at least.
std::vector<Members::Shared> Members::smallest() {
  std::vector<Shared> Frame = pack();
  if (InPlace.empty())
    return Frame;
  WithCopies = false;
  std::vector<Shared> Without = pack();
  WithCopies = bytes(Frame) + 4 <= bytes(Without);
  return WithCopies ? Frame : Without;
}

void Members::place() {
  for (const Member &M : All)
    Plan.Vars[M.Id].Alive = M.When.stretches();
  std::vector<Shared> Frame = smallest();
  llvm::sort(Frame, [](const Shared &A, const Shared &B) {
    return A.When.birth() < B.When.birth();
  });
  for (Shared &S : Frame) {
    llvm::sort(S.Members, [](const Member *A, const Member *B) {
      return A->When.birth() < B->When.birth();
    });
    // A parameter that shares with nothing is a member like all others.
    if (S.Members.size() == 1 && S.Members.front()->Id < Body.NumParams)
      continue;
    for (const Member *M : S.Members) {
      StorageOf[M->Id] = Plan.Frame.size();
      Plan.Vars[M->Id].Shares = M->Id < Body.NumParams;
    }
    Plan.Frame.emplace_back();
    for (const Member *M : S.Members)
      Plan.Frame.back().Members.push_back(M->Id);
  }
}

} // namespace coroexpand
