#include "Splice.h"

#include "clang/Format/Format.h"
#include "clang/Tooling/Core/Replacement.h"

#include <regex>

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
  Style.SortIncludes = format::FormatStyle::SI_Never;
  Style.FixNamespaceComments = false;
  Style.KeepEmptyLines.AtStartOfBlock = false;
  return Style;
}

/// A union of one member on one line, which clang-format can't be asked for.
std::string withShortUnions(const std::string &Code) {
  static const std::regex Union(
      "(\\n *)union \\{\\n *([^\\n;]*;)\\n *\\};(?=\\n)");
  std::string Result;
  auto End = std::sregex_iterator();
  size_t Copied = 0;
  for (auto M = std::sregex_iterator(Code.begin(), Code.end(), Union); M != End;
       ++M) {
    std::string Short = M->str(1) + "union { " + M->str(2) + " };";
    Result.append(Code, Copied, M->position() - Copied);
    Result += Short.size() > style().ColumnLimit + 1 ? M->str() : Short;
    Copied = M->position() + M->length();
  }
  return Result.append(Code, Copied);
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

} // namespace

std::string formatted(const std::string &Code) {
  std::vector<tooling::Range> All = {tooling::Range(0, Code.size())};
  tooling::Replacements Changes = format::reformat(style(), Code, All);
  llvm::Expected<std::string> Result =
      tooling::applyAllReplacements(Code, Changes);
  if (Result) // Inside a raw string a union is not one.
    return llvm::StringRef(Code).contains("R\"") ? *Result
                                                 : withShortUnions(*Result);
  llvm::consumeError(Result.takeError());
  return Code; // Unformatted code is still the right code.
}

std::string splice(const std::string &File,
                   const std::vector<Expansion> &Expansions) {
  std::string Result;
  unsigned Copied = 0;
  for (const Expansion &E : Expansions) {
    Result.append(File, Copied, E.Span.Begin - Copied);
    // The function's own line end follows it in the file.
    Result += indented(llvm::StringRef(formatted(E.Text)).rtrim('\n').str(),
                       indentation(File, E.Span.Begin));
    Copied = E.Span.End;
  }
  return Result.append(File, Copied);
}

} // namespace coroexpand
