#include "CommandLine.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

namespace coroexpand::launcher {
namespace {

using std::string_view;
using Strings = std::vector<std::string>;

template <size_t N>
bool isOneOf(string_view Word, const std::array<string_view, N> &Words) {
  return std::find(Words.begin(), Words.end(), Word) != Words.end();
}

//===----------------------------------------------------------------------===//
// Words
//===----------------------------------------------------------------------===//

/// The words of a response file, quoted as GNU programs have it.
Strings wordsIn(const std::string &Text) {
  Strings Result;
  std::string Word;
  bool Started = false;
  char Quote = 0;
  for (size_t I = 0; I < Text.size(); ++I) {
    char C = Text[I];
    if (C == '\\' && I + 1 < Text.size()) {
      Word += Text[++I];
      Started = true;
    } else if (Quote) {
      if (C == Quote)
        Quote = 0;
      else
        Word += C;
    } else if (C == '"' || C == '\'') {
      Quote = C;
      Started = true;
    } else if (string_view(" \t\r\n\f\v").find(C) == string_view::npos) {
      Word += C;
      Started = true;
    } else if (std::exchange(Started, false)) {
      Result.push_back(std::exchange(Word, {}));
    }
  }
  if (Started)
    Result.push_back(Word);
  return Result;
}

/// Response files may name others; one that can't be read stays a word.
void expandInto(const std::string &Word, Strings &Result, unsigned Depth = 0) {
  std::ifstream File;
  if (Word.size() > 1 && Word[0] == '@' && Depth < 20)
    File.open(Word.substr(1));
  if (!File.is_open()) {
    Result.push_back(Word);
    return;
  }
  std::string Text{std::istreambuf_iterator<char>(File), {}};
  for (const std::string &Each : wordsIn(Text))
    expandInto(Each, Result, Depth + 1);
}

bool isLauncher(const std::string &Word) {
  static constexpr std::array<string_view, 5> Names = {
      "ccache", "sccache", "distcc", "icecc", "buildcache"};
  return isOneOf(std::filesystem::path(Word).filename().string(), Names);
}

//===----------------------------------------------------------------------===//
// Flags
//===----------------------------------------------------------------------===//

/// Flags whose value is the next word, unless it is in the same one where that
/// may be so.
constexpr std::array<string_view, 30> WithNextWord = {
    "-Xclang",     "-Xpreprocessor",
    "-Xassembler", "-Xlinker",
    "-arch",       "-target",
    "-isysroot",   "--sysroot",
    "-iprefix",    "-iwithprefix",
    "-imultilib",  "-iwithprefixbefore",
    "-imacros",    "-include-pch",
    "--param",     "-aux-info",
    "-wrapper",    "-dumpbase",
    "-dumpdir",    "-dumpbase-ext",
    "-MJ",         "-z",
    "-u",          "-T",
    "-e",          "-G",
    "-mllvm",      "-gcc-toolchain",
    "-plugin-arg", "-framework"};

/// These too, or in the same word: `-I inc`, `-Iinc`.
constexpr std::array<string_view, 16> WithValue = {
    "-include", "-iquote", "-isystem", "-idirafter", "-MF", "-MT", "-MQ", "-I",
    "-D",       "-U",      "-L",       "-l",         "-B",  "-o",  "-x",  "-A"};

/// Those and their values are nothing that a parse is interested in.
bool isAboutOutput(string_view Flag) {
  static constexpr std::array<string_view, 24> Names = {
      "-c",  "-S",        "-E",       "-P",           "-M",
      "-MM", "-MD",       "-MMD",     "-MG",          "-MP",
      "-MF", "-MT",       "-MQ",      "-MJ",          "-o",
      "-x",  "-L",        "-l",       "-Xlinker",     "-save-temps",
      "-T",  "-dumpbase", "-dumpdir", "-dumpbase-ext"};
  static constexpr std::array<string_view, 9> Beginnings = {
      "-save-temps=", "-Wl,",         "-Wa,",
      "-Wp,-M",       "-fprofile",    "-fdump-",
      "-fopt-info",   "-ftime-trace", "-fsave-optimization-record"};
  return isOneOf(Flag, Names) ||
         std::any_of(Beginnings.begin(), Beginnings.end(),
                     [&](string_view Each) { return Flag.starts_with(Each); });
}

bool hasSourceName(const std::string &File) {
  static constexpr std::array<string_view, 8> Suffixes = {
      ".cc", ".cp", ".cxx", ".cpp", ".CPP", ".c++", ".C", ".c"};
  return isOneOf(std::filesystem::path(File).extension().string(), Suffixes);
}

/// g++ and clang++ take a .c for C++; gcc and clang for C.
bool isPlusPlus(const std::string &Compiler) {
  return std::filesystem::path(Compiler).filename().string().find("++") !=
         std::string::npos;
}

class Reader {
public:
  explicit Reader(CommandLine &Line) : Line(Line) {}

  /// False when the command is better left alone.
  bool run() {
    for (size_t I = Line.Compiler + 1; I < Line.Words.size(); ++I)
      I = word(I);
    return Understood && !Line.Sources.empty() &&
           Line.Stops != CommandLine::Stage::Dependencies;
  }

private:
  using Stage = CommandLine::Stage;

  /// The word at \p I, and the one behind it where that is its value; the last
  /// one of these.
  size_t word(size_t I) {
    const std::string &Word = Line.Words[I];
    if (Word.size() < 2 || Word[0] != '-') {
      input(I);
      return I;
    }
    if (isOneOf(Word, WithNextWord) && I + 1 < Line.Words.size()) {
      keep(I, I + 1, Word);
      return I + 1;
    }
    for (string_view Flag : WithValue)
      if (Word == Flag && I + 1 < Line.Words.size()) {
        value(Flag, Line.Words[I + 1]);
        keep(I, I + 1, Flag);
        return I + 1;
      }
    for (string_view Flag : WithValue)
      if (Word.starts_with(Flag) && !isOther(Word)) {
        value(Flag, Word.substr(Flag.size()));
        keep(I, I, Flag);
        return I;
      }
    plain(Word);
    keep(I, I, Word);
    return I;
  }

  /// `-include-pch`, `-lowered`.. begin like others.
  static bool isOther(const std::string &Word) {
    return Word.starts_with("-include-pch") || Word.starts_with("-xarch");
  }

  void keep(size_t First, size_t Last, string_view Flag) {
    if (!isAboutOutput(Flag))
      Line.ParseFlags.insert(Line.ParseFlags.end(), Line.Words.begin() + First,
                             Line.Words.begin() + Last + 1);
  }

  void input(size_t I) {
    const std::string &Word = Line.Words[I];
    bool IsSource = Language.empty() ? hasSourceName(Word) : Language == "c++";
    if (Language.empty() && Word.ends_with(".c"))
      IsSource = isPlusPlus(Line.compiler());
    if (IsSource)
      Line.Sources.push_back(I);
    else
      Line.HasOtherInputs = true;
  }

  void value(string_view Flag, const std::string &Value) {
    if (Flag == "-o")
      Line.Output = Value;
    else if (Flag == "-x")
      Language = Value == "none" ? "" : Value;
    else if (Flag == "-MF")
      Line.DependencyFile = Value;
    else if (Flag == "-iquote")
      Line.QuotedFolders.push_back(Value);
    else if (Flag == "-I" || Flag == "-isystem" || Flag == "-idirafter")
      Line.Folders.push_back(Value);
    else if (Flag == "-include")
      Line.Included.push_back(Value);
  }

  void plain(const std::string &Word) {
    if (Word == "-c")
      stop(Stage::Object);
    else if (Word == "-S")
      stop(Stage::Assembly);
    else if (Word == "-fsyntax-only")
      stop(Stage::Check);
    else if (Word == "-E")
      stop(Stage::Preprocess);
    else if (Word == "-M" || Word == "-MM")
      stop(Stage::Dependencies);
    else if (Word == "-MD" || Word == "-MMD")
      Line.WritesDependencies = true;
    else if (Word == "-MP")
      Line.PhonyTargets = true;
    else if (Word.starts_with("-save-temps"))
      Line.SavesTemporaries = true;
    else if (Word == "-###")
      Understood = false;
    Line.WithoutSystemHeaders |= Word == "-MMD";
  }

  void stop(Stage At) { Line.Stops = std::min(Line.Stops, At); }

  CommandLine &Line;
  std::string Language;
  bool Understood = true;
};

} // namespace

std::optional<CommandLine> readCommandLine(Strings Words) {
  CommandLine Result;
  for (const std::string &Word : Words)
    expandInto(Word, Result.Words);
  Result.WarnsOfBoxes = std::erase(Result.Words, WarnOfBoxes) > 0;
  while (Result.Compiler + 1 < Result.Words.size() &&
         isLauncher(Result.Words[Result.Compiler]))
    ++Result.Compiler;
  if (Result.Compiler >= Result.Words.size() || !Reader(Result).run())
    return std::nullopt;
  return Result;
}

} // namespace coroexpand::launcher
