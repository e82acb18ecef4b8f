#include "Depfile.h"

#include "llvm/ADT/ArrayRef.h"

namespace coroexpand {
namespace {

/// \p Name as make reads it: backslashes stand for themselves, but for those
/// before a blank.
std::string escaped(const std::string &Name) {
  std::string Result;
  size_t Backslashes = 0;
  for (char C : Name) {
    if (C == ' ' || C == '\t')
      Result.append(Backslashes + 1, '\\');
    else if (C == '#')
      Result += '\\';
    else if (C == '$')
      Result += '$';
    Backslashes = C == '\\' ? Backslashes + 1 : 0;
    Result += C;
  }
  return Result;
}

} // namespace

std::string depfile(const std::string &Target,
                    const std::vector<std::string> &Files) {
  std::string Result = escaped(Target) + ":";
  for (const std::string &File : Files)
    Result += " \\\n  " + escaped(File);
  Result += "\n";
  // The first one is the source.
  for (const std::string &Header : llvm::ArrayRef(Files).drop_front())
    Result += escaped(Header) + ":\n";
  return Result;
}

} // namespace coroexpand
