#include "Splice.h"

#include "clang/Format/Format.h"
#include "clang/Tooling/Core/Replacement.h"

using namespace clang;

namespace coroexpand {
namespace {

/// The standard library's habits: what is emitted is read next to std::.
format::FormatStyle style() {
  format::FormatStyle Style =
      format::getGoogleStyle(format::FormatStyle::LK_Cpp);
  Style.ColumnLimit = 100;
  Style.DerivePointerAlignment = false;
  Style.PointerAlignment = format::FormatStyle::PAS_Left;
  Style.AllowShortFunctionsOnASingleLine = format::FormatStyle::SFS_All;
  Style.AllowShortIfStatementsOnASingleLine =
      format::FormatStyle::SIS_WithoutElse;
  Style.AllowShortCaseLabelsOnASingleLine = true;
  Style.IndentCaseLabels = false;
  Style.AccessModifierOffset = -1;
  Style.PackConstructorInitializers = format::FormatStyle::PCIS_BinPack;
  Style.SortIncludes = format::FormatStyle::SI_Never;
  Style.FixNamespaceComments = false;
  Style.KeepEmptyLines.AtStartOfBlock = false;
  return Style;
}

/// The white space before offset \p At of \p File, when nothing else is.
std::string indentation(const std::string &File, unsigned At) {
  size_t Line = At == 0 ? std::string::npos : File.rfind('\n', At - 1);
  size_t Begin = Line == std::string::npos ? 0 : Line + 1;
  llvm::StringRef Before = llvm::StringRef(File).slice(Begin, At);
  return Before.trim().empty() ? Before.str() : "";
}

std::string indented(const std::string &Code, const std::string &By) {
  // The lines of a raw string are not ours to indent.
  if (By.empty() || llvm::StringRef(Code).contains("R\""))
    return Code;
  std::string Result;
  for (size_t I = 0; I < Code.size(); ++I) {
    Result += Code[I];
    if (Code[I] == '\n' && I + 1 < Code.size() && Code[I + 1] != '\n')
      Result += By;
  }
  return Result;
}

/// The lines of \p Code that are to be formatted. A range that only touches a
/// line has that formatted too, so these don't hold their last line ends.
std::vector<tooling::Range> unfinished(const Emitted &Code) {
  std::vector<tooling::Range> Result;
  size_t From = 0;
  auto Add = [&](size_t To) {
    if (From + 1 < To)
      Result.emplace_back(From, To - 1 - From);
  };
  for (auto [Begin, End] : Code.Finished) {
    Add(Begin - 1);
    From = End + 1;
  }
  Add(Code.Text.size());
  return Result;
}

} // namespace

std::string formatted(const Emitted &Code) {
  tooling::Replacements Changes =
      format::reformat(style(), Code.Text, unfinished(Code));
  llvm::Expected<std::string> Result =
      tooling::applyAllReplacements(Code.Text, Changes);
  if (Result)
    return *Result;
  llvm::consumeError(Result.takeError());
  return Code.Text; // Unformatted code is still the right code.
}

std::string splice(const std::string &File,
                   const std::vector<Expansion> &Expansions) {
  std::string Result;
  unsigned Copied = 0;
  for (const Expansion &E : Expansions) {
    Result.append(File, Copied, E.Span.Begin - Copied);
    // The function's own line end follows it in the file.
    Result += indented(llvm::StringRef(formatted(E.Code)).rtrim('\n').str(),
                       indentation(File, E.Span.Begin));
    Copied = E.Span.End;
  }
  return Result.append(File, Copied);
}

} // namespace coroexpand
