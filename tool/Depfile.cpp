#include "Depfile.h"

#include <algorithm>

namespace coroexpand {

std::string escapedForMake(const std::string &Name) {
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

std::string depfile(const Dependencies &Rule, bool Phony) {
  std::string Result = Rule.Targets + ":";
  for (const std::string &File : Rule.Files)
    Result += " \\\n  " + escapedForMake(File);
  Result += "\n";
  for (size_t I = 1; Phony && I < Rule.Files.size(); ++I)
    Result += escapedForMake(Rule.Files[I]) + ":\n";
  return Result;
}

namespace {

/// Where the targets end: at a colon before a blank.
size_t endOfTargets(const std::string &Text) {
  for (size_t I = 0; I < Text.size(); ++I)
    if (Text[I] == ':' && (I + 1 == Text.size() || Text[I + 1] == ' ' ||
                           Text[I + 1] == '\t' || Text[I + 1] == '\n'))
      return I;
  return Text.size();
}

/// The next name from \p I on, which moves behind it; empty at the end of the
/// rule.
std::string nextFile(const std::string &Text, size_t &I) {
  auto At = [&](size_t Index) {
    return Index < Text.size() ? Text[Index] : '\n';
  };
  while (At(I) == ' ' || At(I) == '\t' || (At(I) == '\\' && At(I + 1) == '\n'))
    I += At(I) == '\\' ? 2 : 1;
  std::string Result;
  for (; At(I) != ' ' && At(I) != '\t' && At(I) != '\n'; ++I) {
    if (At(I) == '\\' && At(I + 1) == '\n')
      break;
    if ((At(I) == '\\' && (At(I + 1) == ' ' || At(I + 1) == '#')) ||
        (At(I) == '$' && At(I + 1) == '$'))
      ++I;
    Result += At(I);
  }
  return Result;
}

} // namespace

Dependencies readDepfile(const std::string &Text) {
  Dependencies Result;
  size_t I = endOfTargets(Text);
  Result.Targets = Text.substr(0, I);
  ++I;
  for (std::string File; !(File = nextFile(Text, I)).empty();)
    if (std::find(Result.Files.begin(), Result.Files.end(), File) ==
        Result.Files.end())
      Result.Files.push_back(std::move(File));
  return Result;
}

} // namespace coroexpand
