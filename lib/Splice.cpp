#include "Splice.h"

#include "clang/Format/Format.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

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

namespace {

/// Text for a place in the file.
struct Change {
  ir::FileSpan Span;
  std::string Text;
};

/// The function's own line end follows it in the file.
std::string withoutLineEnd(const std::string &Code) {
  return llvm::StringRef(Code).rtrim('\n').str();
}

/// The definition of a struct that does not stand at the function. \p Access is
/// what holds there, and becomes what holds behind it.
std::string definition(const std::string &File, const Expansion &E,
                       std::string &Access) {
  const ir::Signature &F = E.Function;
  std::string Code = withoutLineEnd(formatted(E.Code.Definition));
  if (F.Struct == ir::Place::BehindClass)
    return "\n\n" + indented(Code, indentation(File, F.DefinitionAt));
  std::string Outside = indentation(File, F.DefinitionAt);
  std::string Inside = indentation(File, F.Span.Begin);
  std::string Label = "\n";
  if (F.Access != (Access.empty() ? F.AccessBefore : Access))
    Label += Outside + " " + F.Access + ":\n";
  Access = F.Access;
  return Label + Inside + indented(Code, Inside) + "\n" + Outside;
}

} // namespace

std::string splice(const std::string &File,
                   const std::vector<Expansion> &Expansions) {
  std::vector<Change> Changes;
  llvm::DenseMap<unsigned, std::string> AccessAt; ///< By offset in the file.
  for (const Expansion &E : Expansions) {
    const ir::Signature &F = E.Function;
    Changes.push_back({F.Span, indented(withoutLineEnd(formatted(E.Code.InPlace)),
                                        indentation(File, F.Span.Begin))});
    if (!E.Code.Definition.Text.empty())
      Changes.push_back(
          {{F.DefinitionAt, F.DefinitionAt},
           definition(File, E, AccessAt[F.DefinitionAt])});
  }
  llvm::stable_sort(Changes, [](const Change &A, const Change &B) {
    return A.Span.Begin < B.Span.Begin;
  });
  std::string Result;
  unsigned Copied = 0;
  for (const Change &C : Changes) {
    Result.append(File, Copied, C.Span.Begin - Copied);
    Result += C.Text;
    Copied = C.Span.End;
  }
  return Result.append(File, Copied);
}

} // namespace coroexpand
