#include "Emit/Comments.h"

#include "llvm/ADT/StringMap.h"

namespace coroexpand {

std::string lostComments(const std::vector<std::string> &Written,
                         llvm::StringRef Printed) {
  std::string Result;
  llvm::StringMap<size_t> Found; // How many are left to account for.
  for (const std::string &Comment : Written) {
    size_t &Left =
        Found.try_emplace(Comment, Printed.count(Comment)).first->second;
    if (Left > 0)
      --Left;
    else
      Result += Comment + "\n";
  }
  return Result;
}

} // namespace coroexpand
