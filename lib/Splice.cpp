#include "Splice.h"

#include "clang/Basic/LangOptions.h"
#include "clang/Format/Format.h"
#include "clang/Lex/Lexer.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

#include <numeric>

using namespace clang;
using llvm::StringRef;

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
  Style.SortIncludes = {}; // Never; clang 22 has a struct for it.
  Style.FixNamespaceComments = false;
  // Another pass over all of it, for what no function has.
  Style.SortUsingDeclarations = format::FormatStyle::SUD_Never;
  Style.KeepEmptyLines.AtStartOfBlock = false;
  return Style;
}

/// \p Code with line ends of one kind, which is also what goes into a raw
/// string from a source with others.
Emitted withPlainLineEnds(const Emitted &Code) {
  Emitted Result;
  size_t Copied = 0;
  auto CopyUpTo = [&](size_t End) {
    for (; Copied < End; ++Copied)
      if (!StringRef(Code.Text).substr(Copied).starts_with("\r\n"))
        Result.Text += Code.Text[Copied];
    return unsigned(Result.Text.size());
  };
  for (auto [Begin, End] : Code.Finished) {
    unsigned NewBegin = CopyUpTo(Begin);
    Result.Finished.emplace_back(NewBegin, CopyUpTo(End));
  }
  CopyUpTo(Code.Text.size());
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

//===----------------------------------------------------------------------===//
// Into the file
//===----------------------------------------------------------------------===//

/// Where the line begins that offset \p At of \p File is in.
size_t lineBegin(StringRef File, unsigned At) {
  return File.take_front(At).rfind('\n') + 1; // npos + 1 is 0.
}

/// The white space before offset \p At of \p File, when nothing else is.
std::string indentation(const std::string &File, unsigned At) {
  StringRef Before = StringRef(File).slice(lineBegin(File, At), At);
  return Before.trim().empty() ? Before.str() : "";
}

/// The offsets of line ends in \p Code that are inside a token: those of raw
/// strings, and none of ours.
std::vector<unsigned> lineEndsInTokens(const std::string &Code) {
  LangOptions LangOpts = format::getFormattingLangOpts(style());
  Lexer L(SourceLocation(), LangOpts, Code.data(), Code.data(),
          Code.data() + Code.size());
  std::vector<unsigned> Result;
  for (Token T; !L.LexFromRawLexer(T);) {
    unsigned End = L.getBufferLocation() - Code.data();
    for (unsigned I = End - T.getLength(); I < End; ++I)
      if (Code[I] == '\n')
        Result.push_back(I);
  }
  return Result;
}

/// \p Code with every line but the first moved to the right and ended by
/// \p LineEnd.
std::string placed(const std::string &Code, const std::string &Indentation,
                   const std::string &LineEnd) {
  std::vector<unsigned> InTokens = lineEndsInTokens(Code);
  std::string Result;
  for (size_t I = 0; I < Code.size(); ++I) {
    if (Code[I] != '\n') {
      Result += Code[I];
      continue;
    }
    Result += LineEnd;
    bool Ours = !llvm::is_contained(InTokens, I);
    if (Ours && I + 1 < Code.size() && Code[I + 1] != '\n')
      Result += Indentation;
  }
  return Result;
}

bool isOneLineEnd(StringRef Between) {
  return Between.trim().empty() && Between.count('\n') == 1;
}

std::string lineEndOf(const std::string &File) {
  return StringRef(File).split('\n').first.ends_with("\r") ? "\r\n" : "\n";
}

} // namespace

std::string formatted(const Emitted &Raw) {
  Emitted Code = withPlainLineEnds(Raw);
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
  bool IsExpansion = false;
};

/// What changes in one file.
class Changes {
public:
  Changes(const ir::SourceFile &Source, LinePlaces Places)
      : File(Source.Text), Name(Source.Name), Places(Places),
        LineEnd(lineEndOf(File)) {}

  void addFunction(const Expansion &E) {
    const ir::Signature &F = E.Function;
    std::string Text = !Name.empty() ? forCompiler(F.Span.Begin, E.Code.InPlace)
                       : F.IsLambda  ? expression(F.Span.Begin, E.Code.InPlace)
                                     : at(F.Span.Begin, E.Code.InPlace);
    std::string Space = F.IsLambda && Name.empty() ? " " : LineEnd;
    if (!E.Code.Front.empty())
      Text = E.Code.Front + Space + Text;
    if (!E.Code.Back.empty())
      Text += Space + E.Code.Back;
    All.push_back({F.Span, std::move(Text), /*IsExpansion=*/true});
  }

  void addDefinition(const Expansion &E) {
    unsigned At = E.Function.DefinitionAt;
    All.push_back({{At, At}, definition(E), /*IsExpansion=*/true});
  }

  /// \p Text has plain line ends.
  void add(ir::FileSpan Span, StringRef Text) {
    All.push_back({Span, placed(Text.str(), "", LineEnd)});
  }

  /// The text of another file with lines around it.
  void addInPlace(ir::FileSpan Span, const ir::SourceFile &Included,
                  const std::string &Text) {
    std::string End = StringRef(Text).ends_with("\n") ? "" : LineEnd;
    All.push_back({Span, placed(Included.Front, "", LineEnd) + Text + End +
                             placed(Included.Back, "", LineEnd)});
  }

  /// In the order of the file; of those at one place, what is put there comes
  /// before what stands there, else in the order they came. What stands in a
  /// function has gone with it. Behind an expansion the lines are
  /// those of the file again.
  std::vector<Change> take() {
    std::vector<unsigned> Order(All.size());
    std::iota(Order.begin(), Order.end(), 0u);
    llvm::sort(Order, [&](unsigned A, unsigned B) {
      auto Key = [&](unsigned I) {
        const ir::FileSpan &Span = All[I].Span;
        return std::tuple(Span.Begin, Span.Begin != Span.End, I);
      };
      return Key(A) < Key(B);
    });
    std::vector<Change> Result;
    for (unsigned I : Order)
      if (Result.empty() || Result.back().Span.End <= All[I].Span.Begin)
        Result.push_back(std::move(All[I]));
    for (size_t I = 0; I + 1 < Result.size(); ++I)
      if (Result[I].IsExpansion && Result[I + 1].IsExpansion &&
          isOneLineEnd(StringRef(File).slice(Result[I].Span.End,
                                             Result[I + 1].Span.Begin)))
        Result[I].Text += LineEnd; // Between a factory and the next struct.
    if (!Name.empty())
      addLines(Result);
    return Result;
  }

private:
  /// A directive stands where a line begins: what follows an expansion on its
  /// line gets one of its own.
  void addLines(std::vector<Change> &Changes) const {
    for (size_t I = 0; I < Changes.size(); ++I) {
      Change &C = Changes[I];
      if (!C.IsExpansion)
        continue;
      size_t End = File.find('\n', C.Span.End);
      bool LastOfLine =
          End != std::string::npos &&
          StringRef(File).slice(C.Span.End, End).trim().empty() &&
          (I + 1 == Changes.size() || Changes[I + 1].Span.Begin > End);
      C.Text += LineEnd + "#line " +
                std::to_string(lineAt(LastOfLine ? End + 1 : C.Span.End)) +
                " " + Name + (LastOfLine ? "" : LineEnd);
    }
  }

  size_t lineAt(size_t Offset) const {
    return StringRef(File).take_front(Offset).count('\n') + 1;
  }

  std::string lined(const Emitted &Code) const {
    return withLines(StringRef(Code.Text).rtrim('\n'), Name, Places);
  }

  /// \p Code as it stands at an offset, with its lines.
  std::string forCompiler(unsigned Offset, const Emitted &Code) const {
    std::string Result = lined(Code);
    bool Begins =
        StringRef(File).slice(lineBegin(File, Offset), Offset).trim().empty();
    return Begins ? Result : LineEnd + Result;
  }

  /// \p Code as it stands at an offset; the line end there follows it.
  std::string at(unsigned Offset, const Emitted &Code) const {
    return placed(StringRef(formatted(Code)).rtrim('\n').str(),
                  indentation(File, Offset), LineEnd);
  }

  /// The same of a lambda, wherever it stands in its line.
  std::string expression(unsigned Offset, Emitted Code) const {
    const std::string Front = "auto lambda = ", Back = ";";
    Code.Text = StringRef(Code.Text).rtrim('\n').str() + Back;
    Code.prepend(Front);
    std::string Formatted = formatted(Code);
    StringRef Lambda = StringRef(Formatted).trim().drop_front(Front.size());
    StringRef Line = StringRef(File).drop_front(lineBegin(File, Offset));
    return placed(
        Lambda.drop_back(Back.size()).str(),
        Line.take_while([](char C) { return C == ' ' || C == '\t'; }).str(),
        LineEnd);
  }

  /// The definition of a struct that does not stand at the function.
  std::string definition(const Expansion &E) {
    const ir::Signature &F = E.Function;
    auto Printed = [&](unsigned Offset) {
      return Name.empty() ? at(Offset, E.Code.Definition)
                          : lined(E.Code.Definition);
    };
    if (F.Struct == ir::Site::BehindClass)
      return LineEnd + LineEnd + Printed(F.DefinitionAt);
    std::string Outside = indentation(File, F.DefinitionAt);
    std::string &Access =
        AccessAt.try_emplace(F.DefinitionAt, F.AccessBefore).first->second;
    std::string Label = LineEnd;
    if (Access != F.Access)
      Label += Outside + " " + F.Access + ":" + LineEnd;
    Access = F.Access;
    return Label + indentation(File, F.Span.Begin) + Printed(F.Span.Begin) +
           LineEnd + Outside;
  }

  const std::string &File;
  const std::string &Name; ///< In quotes, if `#line`s are asked for.
  LinePlaces Places;
  const std::string LineEnd;
  std::vector<Change> All;
  /// What holds behind the structs that have been added at the end of a class.
  llvm::DenseMap<unsigned, std::string> AccessAt;
};

/// A file, and those in it.
class Splicer {
public:
  Splicer(const ir::SourceFiles &Files,
          const std::vector<Expansion> &Expansions, LinePlaces Places)
      : Files(Files), Expansions(Expansions), Places(Places) {}

  Spliced run(ir::FileId Id) const {
    const ir::SourceFile &File = Files.Files.at(Id);
    Spliced Result;
    unsigned Copied = 0;
    for (const Change &C : changes(Id, File)) {
      Result.Text.append(File.Text, Copied, C.Span.Begin - Copied);
      unsigned Begin = Result.Text.size();
      Result.Text += C.Text;
      Result.Map.Entries.push_back(
          {C.Span, {Begin, unsigned(Result.Text.size())}});
      Copied = C.Span.End;
    }
    Result.Text.append(File.Text, Copied);
    return Result;
  }

private:
  std::vector<Change> changes(ir::FileId Id, const ir::SourceFile &File) const {
    Changes All(File, Places);
    for (const Expansion &E : Expansions) {
      if (E.Function.File == Id)
        All.addFunction(E);
      if (E.Function.DefinitionFile == Id && !E.Code.Definition.Text.empty())
        All.addDefinition(E);
    }
    for (const ir::Replacement &R : File.Replaced)
      All.add(R.Span, R.With);
    for (const ir::Inclusion &I : File.InPlace)
      All.addInPlace(I.Span, Files.Files.at(I.File), run(I.File).Text);
    return All.take();
  }

  const ir::SourceFiles &Files;
  const std::vector<Expansion> &Expansions;
  LinePlaces Places;
};

} // namespace

Spliced splice(const ir::SourceFiles &Files,
               const std::vector<Expansion> &Expansions, LinePlaces Places) {
  return Splicer(Files, Expansions, Places).run(Files.Main);
}

void print(const SourceMap &Map, const std::string &File,
           const std::string &Text, llvm::raw_ostream &OS) {
  auto Place = [&](StringRef Whole, unsigned Offset) {
    OS << Whole.take_front(Offset).count('\n') + 1 << ":"
       << Offset - lineBegin(Whole, Offset) + 1;
  };
  auto Span = [&](StringRef Whole, ir::FileSpan S) {
    Place(Whole, S.Begin);
    OS << "-";
    Place(Whole, S.End);
  };
  for (const SourceMap::Entry &E : Map.Entries) {
    Span(File, E.Source);
    OS << " -> ";
    Span(Text, E.Expansion);
    OS << "\n";
  }
}

} // namespace coroexpand
