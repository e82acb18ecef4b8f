//===- CoroCxx.cpp - a compiler launcher that lowers ----------------------===//
//
//   coro-c++ g++ -c main.cpp -o main.o -MD
//     scan      no mark anywhere: becomes g++, as it was called
//     lower     coro-expand main.cpp -o main.o.lowered.cpp
//     compile   g++ -c main.o.lowered.cpp -o main.o -MD
//     depfile   names main.cpp and what either of the two has read
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#include "../Depfile.h"
#include "CommandLine.h"
#include "Process.h"
#include "Scan.h"
#include "Workplace.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

namespace fs = std::filesystem;

namespace coroexpand::launcher {
namespace {

using Stage = CommandLine::Stage;
using Strings = std::vector<std::string>;

constexpr const char *Usage =
    "coro-c++ COMPILER FLAGS...\n\n"
    "Runs the compiler as told, on sources whose async functions have been\n"
    "lowered. A command that compiles none is the compiler's alone.\n\n"
    "  coro-c++ g++ -O2 -c main.cpp -o main.o\n"
    "  make CXX=\"coro-c++ g++\"\n\n"
    "CORO_KEEP=1 keeps each expansion beside its object:\n"
    "main.o.lowered.cpp. CORO_MODE=native lowers nothing.\n";

bool isSet(const char *Name, const std::string &Value) {
  const char *Set = std::getenv(Name);
  return Set && Set == Value;
}

/// It lies beside this program.
std::string expander() {
  std::error_code Error;
  fs::path Self = fs::read_symlink("/proc/self/exe", Error);
  fs::path Beside = Self.parent_path() / "coro-expand";
  return !Error && fs::exists(Beside, Error) ? Beside.string() : "coro-expand";
}

/// A command with one source to lower or with several.
class Launch {
public:
  explicit Launch(CommandLine Line) : Line(std::move(Line)) {}

  Ending run() {
    Ending Result;
    for (size_t Source : Line.Sources)
      if (Result.isSuccess() && isMarked(Line.Words[Source]))
        Result = lower(Source);
    if (!Result.isSuccess()) {
      removeOutput();
      return Result;
    }
    Result = launcher::run(command());
    if (Result.isSuccess() && Line.WritesDependencies && !Places.empty() &&
        !correctDependencies())
      Result.Status = 1;
    return Result;
  }

private:
  bool isMarked(const std::string &Source) {
    if (Source != "-")
      return mayHoldAsync(Line, Source);
    StandardInput = readStandardInput();
    return setStandardInput(StandardInput) &&
           textMayHoldAsync(Line, StandardInput);
  }

  /// What the compiler makes of one source, where that is a file of its own.
  std::string object() const {
    if (Line.Stops != Stage::Object && Line.Stops != Stage::Assembly)
      return "";
    if (Line.Output)
      return *Line.Output;
    return fs::path(Line.Words[Line.Sources.front()]).stem().string() +
           (Line.Stops == Stage::Object ? ".o" : ".s");
  }

  static bool isPlace(const std::string &Object) {
    std::error_code Error;
    fs::file_status Status = fs::status(Object, Error);
    return !Object.empty() && Object != "-" &&
           (!fs::exists(Status) || fs::is_regular_file(Status));
  }

  Workplace placeFor(const std::string &Source) const {
    bool Keep = Line.SavesTemporaries || isSet("CORO_KEEP", "1");
    if (std::string Object = object(); isPlace(Object))
      return Workplace::beside(Object, Keep);
    if (Keep && Source != "-")
      return Workplace::beside(Line.Output.value_or("a.out") + "." +
                                   fs::path(Source).stem().string(),
                               Keep);
    return Workplace::apart(Source);
  }

  Ending lower(size_t At) {
    const std::string &Source = Line.Words[At];
    Workplace Place = placeFor(Source);
    if (!Place.isReady())
      return {1, 0};
    Strings Words = {expander(),
                     Source,
                     "-o",
                     Place.expansion(),
                     "--depfile",
                     Place.dependencies(),
                     "--lines",
                     "--only-if-lowered",
                     "--compiler=" + Line.compiler()};
    if (Line.WarnsOfBoxes)
      Words.push_back("--Wboxed");
    if (Line.WithoutSystemHeaders)
      Words.push_back("--depfile-without-system");
    Words.push_back("--");
    Words.insert(Words.end(), Line.ParseFlags.begin(), Line.ParseFlags.end());
    // The compiler's own warnings come from the compiler.
    Words.push_back("-Wno-everything");
    std::error_code Ignored;
    fs::remove(Place.expansion(), Ignored);
    Ending Result = launcher::run(Words);
    if (Result.isSuccess() && fs::exists(Place.expansion(), Ignored))
      Places.emplace(At, std::move(Place));
    else if (Source == "-" && Result.isSuccess() &&
             !setStandardInput(StandardInput))
      Result.Status = 1;
    return Result;
  }

  /// An object of the last build must not be taken for one of this.
  void removeOutput() const {
    std::error_code Ignored;
    if (std::string Object = object(); isPlace(Object))
      fs::remove(Object, Ignored);
  }

  /// The command with the expansions in place of their sources.
  Strings command() const {
    Strings Result = Line.Words;
    for (const auto &[At, Place] : Places)
      Result[At] = Place.expansion();
    if (!Places.empty() && !Line.Output && !object().empty())
      Result.insert(Result.begin() + Line.Compiler + 1, {"-o", object()});
    return Result;
  }

  /// Where the compiler may have written dependencies. A compiler that links
  /// too chooses one of several names.
  Strings dependencyFiles() const {
    if (Line.DependencyFile)
      return {*Line.DependencyFile};
    if (std::string Object = object(); !Object.empty())
      return {fs::path(Object).replace_extension(".d")};
    fs::path Output = Line.Output.value_or("a.out");
    Strings Result = {fs::path(Output).replace_extension(".d")};
    for (const auto &[At, Place] : Places) {
      fs::path Name = fs::path(Place.expansion()).stem();
      Result.push_back(Output.string() + "-" + Name.string() + ".d");
      Result.push_back(Name.string() + ".d");
    }
    return Result;
  }

  static std::optional<std::string> read(const std::string &Name) {
    std::error_code Error;
    std::ifstream File(Name);
    if (!fs::is_regular_file(Name, Error) || !File)
      return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(File), {});
  }

  /// It names the expansions: the sources stand there instead, with what has
  /// gone into the expansions.
  bool correctDependencies() const {
    Strings Names = dependencyFiles();
    return std::all_of(Names.begin(), Names.end(),
                       [&](const std::string &Name) { return correct(Name); });
  }

  bool isExpansion(const std::string &File) const {
    return std::any_of(Places.begin(), Places.end(), [&](const auto &Each) {
      return Each.second.expansion() == File;
    });
  }

  bool correct(const std::string &Name) const {
    std::optional<std::string> Written = read(Name);
    Dependencies Compiled = readDepfile(Written.value_or("")), Result;
    if (std::none_of(
            Compiled.Files.begin(), Compiled.Files.end(),
            [&](const std::string &File) { return isExpansion(File); }))
      return true;
    Result.Targets = Compiled.Targets;
    auto Add = [&](const std::string &File) {
      if (std::find(Result.Files.begin(), Result.Files.end(), File) ==
          Result.Files.end())
        Result.Files.push_back(File);
    };
    for (const auto &[At, Place] : Places)
      for (const std::string &File :
           readDepfile(read(Place.dependencies()).value_or("")).Files)
        Add(File);
    for (const std::string &File : Compiled.Files)
      if (!isExpansion(File))
        Add(File);
    return replace(Name, depfile(Result, Line.PhonyTargets));
  }

  static bool replace(const std::string &Name, const std::string &Text) {
    std::string Temporary = Name + ".coro-temp";
    std::ofstream File(Temporary, std::ios::trunc);
    File << Text;
    File.close();
    std::error_code Error;
    if (File)
      fs::rename(Temporary, Name, Error);
    if (File && !Error)
      return true;
    error("can't write '" + Name + "'");
    fs::remove(Temporary, Error);
    return false;
  }

  CommandLine Line;
  std::string StandardInput;
  std::map<size_t, Workplace> Places; ///< By source.
};

/// The same command for one source of several that get an object each.
CommandLine withSource(const CommandLine &Line, size_t Source) {
  CommandLine Result = Line;
  Result.Words.clear();
  Result.Sources.clear();
  for (size_t I = 0; I < Line.Words.size(); ++I) {
    bool IsSource = std::find(Line.Sources.begin(), Line.Sources.end(), I) !=
                    Line.Sources.end();
    if (IsSource && I != Source)
      continue;
    if (IsSource)
      Result.Sources.push_back(Result.Words.size());
    Result.Words.push_back(Line.Words[I]);
  }
  return Result;
}

Ending launch(const CommandLine &Line) {
  bool OneObjectEach =
      (Line.Stops == Stage::Object || Line.Stops == Stage::Assembly) &&
      !Line.HasOtherInputs;
  if (Line.Sources.size() == 1 || !OneObjectEach)
    return Launch(Line).run();
  Ending Result;
  for (size_t Source : Line.Sources) // As compilers go on to the next one.
    if (Ending E = Launch(withSource(Line, Source)).run(); !E.isSuccess()) {
      Result = E;
      if (E.Signal)
        break;
    }
  return Result;
}

bool needsLaunch(const CommandLine &Line) {
  return std::any_of(Line.Sources.begin(), Line.Sources.end(), [&](size_t At) {
    return Line.Words[At] == "-" || mayHoldAsync(Line, Line.Words[At]);
  });
}

int runLauncher(Strings Words) {
  if (Words.empty() || Words[0] == "--help") {
    (Words.empty() ? std::cerr : std::cout) << Usage;
    return Words.empty() ? 2 : 0;
  }
  if (Words[0] == "--version")
    return become({expander(), "--version"});
  std::optional<CommandLine> Line;
  if (!isSet("CORO_MODE", "native"))
    Line = readCommandLine(Words);
  if (!Line || !needsLaunch(*Line)) {
    std::erase(Words, WarnOfBoxes);
    return become(Words);
  }
  return end(launch(*Line));
}

} // namespace
} // namespace coroexpand::launcher

int main(int Argc, char **Argv) {
  return coroexpand::launcher::runLauncher({Argv + 1, Argv + Argc});
}
