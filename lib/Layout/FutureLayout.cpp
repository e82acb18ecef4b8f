#include "Layout/FutureLayout.h"

#include "llvm/ADT/STLExtras.h"

namespace coroexpand {

std::vector<Padding> FutureLayout::gaps() const {
  std::vector<Padding> Result;
  std::uint64_t End = 0;
  auto Until = [&](std::uint64_t Next) {
    if (Next > End)
      Result.push_back({End, Next - End});
  };
  for (const MemberLayout &M : Members) {
    Until(M.Offset);
    End = std::max(End, M.end());
  }
  Until(Size);
  return Result;
}

std::uint64_t FutureLayout::bytesAcross(unsigned S) const {
  std::uint64_t Result = 0;
  for (const MemberLayout &M : Members)
    if (llvm::is_contained(M.Across, S))
      Result += M.Size;
  return Result;
}

unsigned FutureLayout::fullest() const {
  unsigned Result = 0;
  for (unsigned S = 1; S < Suspensions.size(); ++S)
    if (bytesAcross(S) > bytesAcross(Result))
      Result = S;
  return Result;
}

} // namespace coroexpand
