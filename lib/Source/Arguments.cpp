#include "Source/Arguments.h"

#include "clang/Tooling/ArgumentsAdjusters.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringRef.h"

using namespace clang;
using llvm::StringRef;

namespace coroexpand {
namespace {

/// `-Xclang -include-pch -Xclang file`, and `-include-pch file`.
void dropPrecompiled(std::vector<std::string> &Command) {
  for (size_t I = 0; I < Command.size();) {
    if (Command[I] != "-include-pch") {
      ++I;
      continue;
    }
    bool Forwarded = I > 0 && Command[I - 1] == "-Xclang";
    size_t First = I - Forwarded;
    size_t Last = std::min(I + 1 + Forwarded, Command.size() - 1);
    Command.erase(Command.begin() + First, Command.begin() + Last + 1);
    I = First;
  }
}

/// clang's driver takes `-include x.h` for a precompiled header where it finds
/// an x.h.pch or x.h.gch. Its front end doesn't.
void includeAsWritten(std::vector<std::string> &Command) {
  for (size_t I = 0; I + 1 < Command.size(); ++I) {
    if (Command[I] != "-include" || (I > 0 && Command[I - 1] == "-Xclang"))
      continue;
    std::string Header = Command[I + 1];
    Command[I] = "-Xclang";
    Command[I + 1] = "-include";
    Command.insert(Command.begin() + I + 2, {"-Xclang", Header});
  }
}

} // namespace

std::vector<std::string> forParsing(std::vector<std::string> Command,
                                    const std::string &File) {
  using namespace tooling;
  for (const ArgumentsAdjuster &Adjust :
       {getClangStripOutputAdjuster(), getClangStripDependencyFileAdjuster(),
        getClangSyntaxOnlyAdjuster()})
    Command = Adjust(Command, File);
  llvm::erase_if(Command, [](StringRef Argument) {
    return Argument == "-Werror" || Argument.starts_with("-Werror=") ||
           Argument == "-pedantic-errors";
  });
  dropPrecompiled(Command);
  includeAsWritten(Command);
  return Command;
}

} // namespace coroexpand
