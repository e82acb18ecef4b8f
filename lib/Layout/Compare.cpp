#include "Layout/FutureLayout.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/raw_ostream.h"

namespace coroexpand {
namespace {

/// By name; those of lambdas may have the same, and get a number behind it.
llvm::StringMap<const FutureLayout *>
byName(const std::vector<FutureLayout> &Futures) {
  llvm::StringMap<const FutureLayout *> Result;
  for (const FutureLayout &F : Futures) {
    std::string Name = F.Function + "\n" + F.Struct;
    while (!Result.try_emplace(Name, &F).second)
      Name += "'";
  }
  return Result;
}

std::string change(std::uint64_t Old, std::uint64_t New) {
  return std::to_string(Old) + " -> " + std::to_string(New);
}

/// The members of \p New that \p Old has not, or has in another size, and those
/// that are gone.
void members(const FutureLayout &Old, const FutureLayout &New,
             llvm::raw_ostream &OS) {
  llvm::StringMap<std::uint64_t> Before;
  for (const MemberLayout &M : Old.Members)
    Before[M.Name] = M.Size;
  for (const MemberLayout &M : New.Members) {
    auto Known = Before.find(M.Name);
    if (Known == Before.end())
      OS << "  " << M.Name << ": new, " << M.Size << " bytes\n";
    else if (Known->second != M.Size)
      OS << "  " << M.Name << ": " << change(Known->second, M.Size) << "\n";
    Before.erase(M.Name);
  }
  for (const MemberLayout &M : Old.Members)
    if (Before.contains(M.Name))
      OS << "  " << M.Name << ": gone, " << M.Size << " bytes\n";
}

} // namespace

LayoutChange compareLayouts(const std::vector<FutureLayout> &Old,
                            const std::vector<FutureLayout> &New) {
  LayoutChange Result;
  llvm::raw_string_ostream OS(Result.Text);
  auto Before = byName(Old), After = byName(New);
  std::vector<llvm::StringRef> Names;
  for (const auto &Each : After)
    Names.push_back(Each.getKey());
  for (const auto &Each : Before)
    if (!After.contains(Each.getKey()))
      Names.push_back(Each.getKey());
  llvm::sort(Names);
  for (llvm::StringRef Name : Names) {
    const FutureLayout *Was = Before.lookup(Name), *Is = After.lookup(Name);
    if (!Was)
      OS << Is->Struct << ": new, " << Is->Size << " bytes\n";
    else if (!Is)
      OS << Was->Struct << ": gone, " << Was->Size << " bytes\n";
    else if (Was->Size != Is->Size) {
      OS << Is->Struct << ": " << change(Was->Size, Is->Size) << " bytes\n";
      members(*Was, *Is, OS);
      Result.Grew |= Is->Size > Was->Size;
    }
  }
  return Result;
}

} // namespace coroexpand
