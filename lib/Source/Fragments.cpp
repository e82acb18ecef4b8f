#include "Source/Fragments.h"

#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;

namespace coroexpand {

void Fragments::replace(SourceLocation At, ir::Text With) {
  Edits[At].Instead = std::move(With);
}

void Fragments::insertBefore(SourceLocation At, ir::Text What) {
  ir::Text Both = std::move(What);
  Both.append(Edits[At].Before);
  Edits[At].Before = std::move(Both);
}

void Fragments::insertAfter(SourceLocation At, ir::Text What) {
  Edits[At].After.append(What);
}

const Fragments::Edit *Fragments::edit(const syntax::Token &T) const {
  auto Found = Edits.find(T.location());
  return Found == Edits.end() ? nullptr : &Found->second;
}

//===----------------------------------------------------------------------===//
// Slices
//===----------------------------------------------------------------------===//

namespace {

/// `pragma` of `  # pragma once`, empty when \p Text is no directive.
llvm::StringRef directive(llvm::StringRef Text) {
  Text = Text.ltrim();
  return Text.consume_front("#") ? Text.ltrim().take_while(llvm::isAlpha)
                                 : llvm::StringRef();
}

/// \p Between, which stands between two tokens, without #if and its kind and
/// the branches that were not taken: the preprocessor has decided.
std::string withoutConditionals(llvm::StringRef Between) {
  if (!Between.contains('#'))
    return Between.str();
  std::string Kept, Branch;
  bool InBranch = false; // Behind #if or #else; taken if the gap ends in it.
  llvm::SmallVector<llvm::StringRef> Lines;
  Between.split(Lines, '\n');
  for (llvm::StringRef Line : Lines) {
    llvm::StringRef Name = directive(Line);
    if (Name.starts_with("if") || Name.starts_with("el")) {
      Branch.clear();
      InBranch = true;
    } else if (Name == "endif") {
      Branch.clear();
      InBranch = false;
    } else {
      (InBranch ? Branch : Kept) += "\n" + Line.str();
    }
  }
  Kept += Branch;
  // Ends the line of a directive, and of a comment before one.
  return Kept.empty() ? "\n" : Kept.substr(1) + (InBranch ? "\n" : "");
}

} // namespace

/// Walks the expanded tokens of one slice. A unit is a token of the file or
/// all tokens of one macro invocation; between units stand the file's own
/// characters.
class Fragments::Slicer {
public:
  Slicer(const Fragments &F, TokenRange All, llvm::ArrayRef<Hole> Holes)
      : F(F), All(All) {
    for (const Hole &H : Holes)
      if (TokenRange Inside = F.Tokens.expandedTokens(H.Range); !Inside.empty())
        Ranges.push_back({Inside, &H.With});
  }

  ir::Text run() {
    for (size_t I = 0; I < All.size();) {
      if (const OpenHole *H = holeAt(&All[I])) {
        size_t Next = H->Inside.end() - All.begin();
        separate(startOf(All[I]));
        Result.append(*H->With);
        PreviousEnd = endOf(All[Next - 1], Next);
        I = Next;
        continue;
      }
      I = All[I].location().isMacroID() ? macro(I) : token(I);
    }
    return std::move(Result);
  }

private:
  struct OpenHole {
    TokenRange Inside;
    const ir::Text *With;
  };

  /// The outermost hole that begins at \p T; of equal ones the last.
  const OpenHole *holeAt(const syntax::Token *T) const {
    const OpenHole *Found = nullptr;
    for (const OpenHole &H : Ranges)
      if (H.Inside.begin() == T &&
          (!Found || H.Inside.size() >= Found->Inside.size()))
        Found = &H;
    return Found;
  }
  bool inHole(const syntax::Token &T) const {
    return llvm::any_of(Ranges, [&](const OpenHole &H) {
      return &T >= H.Inside.begin() && &T < H.Inside.end();
    });
  }

  SourceLocation invocation(const syntax::Token &T) const {
    return F.SM.getExpansionLoc(T.location());
  }
  SourceLocation startOf(const syntax::Token &T) const { return invocation(T); }
  /// Where the file goes on after \p T, when \p Next is the token after it;
  /// invalid in the middle of a macro.
  SourceLocation endOf(const syntax::Token &T, size_t Next) const {
    if (T.location().isFileID())
      return T.endLocation();
    if (Next < All.size() && All[Next].location().isMacroID() &&
        invocation(All[Next]) == invocation(T))
      return {};
    return invocationEnd(T);
  }
  SourceLocation invocationEnd(const syntax::Token &T) const {
    return Lexer::getLocForEndOfToken(
        F.SM.getExpansionRange(T.location()).getEnd(), 0, F.SM, F.LangOpts);
  }

  /// The file's characters up to \p Next, or one space where there are none.
  void separate(SourceLocation Next) {
    if (First) {
      First = false;
      return;
    }
    std::pair<FileID, unsigned> From, To;
    if (PreviousEnd.isValid() && Next.isValid()) {
      From = F.SM.getDecomposedLoc(PreviousEnd);
      To = F.SM.getDecomposedLoc(Next);
    }
    if (From.first.isInvalid() || From.first != To.first ||
        From.second > To.second)
      Result.append(" ");
    else
      Result.append(withoutConditionals(
          F.SM.getBufferData(From.first).slice(From.second, To.second)));
  }

  void spelled(const syntax::Token &T) {
    const Edit *E = F.edit(T);
    if (E)
      Result.append(E->Before);
    if (E && E->Instead)
      Result.append(*E->Instead);
    else
      Result.append(F.text(T).str());
    if (E)
      Result.append(E->After);
  }

  size_t token(size_t I) {
    separate(All[I].location());
    spelled(All[I]);
    PreviousEnd = All[I].endLocation();
    return I + 1;
  }

  /// True when [I, End) is all that the invocation expands to.
  bool wholeInvocation(size_t I, size_t End) const {
    auto SameInvocation = [&](const syntax::Token &T) {
      return T.location().isMacroID() && invocation(T) == invocation(All[I]);
    };
    llvm::ArrayRef<syntax::Token> Everything = F.Tokens.expandedTokens();
    const syntax::Token *Before = &All[I], *After = &All[End - 1] + 1;
    return !(Before != Everything.begin() && SameInvocation(Before[-1])) &&
           !(After != Everything.end() && SameInvocation(*After));
  }

  size_t macro(size_t I) {
    size_t End = I;
    bool Untouched = true;
    while (End < All.size() && All[End].location().isMacroID() &&
           invocation(All[End]) == invocation(All[I])) {
      Untouched &= !F.edit(All[End]) && !inHole(All[End]);
      ++End;
    }
    separate(invocation(All[I]));
    if (Untouched && wholeInvocation(I, End)) {
      CharSourceRange Written = CharSourceRange::getCharRange(
          invocation(All[I]), invocationEnd(All[I]));
      Result.append(Lexer::getSourceText(Written, F.SM, F.LangOpts).str());
    } else {
      End = expansion(I, End);
    }
    PreviousEnd = invocationEnd(All[End - 1]);
    return End;
  }

  /// The expanded tokens, up to a hole that begins among them.
  size_t expansion(size_t I, size_t End) {
    for (size_t T = I; T < End; ++T) {
      if (T != I)
        Result.append(" ");
      if (const OpenHole *H = holeAt(&All[T])) {
        Result.append(*H->With);
        size_t Next = H->Inside.end() - All.begin();
        if (Next >= End)
          return Next;
        T = Next - 1;
        continue;
      }
      spelled(All[T]);
    }
    return End;
  }

  const Fragments &F;
  TokenRange All;
  llvm::SmallVector<OpenHole, 2> Ranges;
  ir::Text Result;
  SourceLocation PreviousEnd;
  bool First = true;
};

ir::Text Fragments::slice(SourceRange Range, llvm::ArrayRef<Hole> Holes) const {
  return Slicer(*this, Tokens.expandedTokens(Range), Holes).run();
}

std::string Fragments::spelling(SourceRange Range) const {
  Fragments Plain(Tokens, LangOpts);
  std::string Result;
  for (const ir::Piece &P : Plain.slice(Range))
    Result += P.Text;
  return Result;
}

SourceRange Fragments::withSemicolon(SourceRange Range) const {
  TokenRange Inside = Tokens.expandedTokens(Range);
  if (Inside.empty())
    return Range;
  const syntax::Token *Next = Inside.end();
  if (Next != Tokens.expandedTokens().end() && Next->kind() == tok::semi)
    Range.setEnd(Next->location());
  return Range;
}

//===----------------------------------------------------------------------===//
// Comments and directives between statements
//===----------------------------------------------------------------------===//

namespace {

/// Where the line ends that \p Text begins with, its continuations included.
size_t lineEnd(llvm::StringRef Text) {
  size_t End = Text.find('\n');
  while (End != llvm::StringRef::npos && End > 0 &&
         Text.take_front(End).rtrim('\r').ends_with("\\"))
    End = Text.find('\n', End + 1);
  return End;
}

/// \p Text is nothing but comments, and directives that hold wherever the
/// statements around them go; an #if with its #endif.
bool isKept(llvm::StringRef Text) {
  unsigned Depth = 0;
  while (!(Text = Text.ltrim()).empty()) {
    llvm::StringRef Name = directive(Text);
    size_t End;
    if (Text.starts_with("//"))
      End = Text.find('\n');
    else if (Text.starts_with("/*"))
      End = Text.find("*/", 2);
    else if (Text.starts_with("_Pragma"))
      End = Text.find(')');
    else if (Name == "pragma" || Name == "define" || Name == "undef" ||
             Name.starts_with("if") ||
             (Depth > 0 && (Name.starts_with("el") || Name == "endif")))
      End = lineEnd(Text);
    else
      return false;
    Depth += Name.starts_with("if");
    Depth -= Name == "endif";
    if (End == llvm::StringRef::npos)
      break;
    Text = Text.drop_front(End + (Text[End] == '*' ? 2 : 1));
  }
  return Depth == 0;
}

/// A pragma that is about what comes next: moved from there, or with something
/// between, it means something else.
bool isAboutNext(llvm::StringRef Line) {
  llvm::StringRef Rest = Line.ltrim();
  if (Rest.consume_front("_Pragma"))
    Rest = Rest.ltrim(" (\"");
  else if (directive(Line) == "pragma")
    Rest = Rest.drop_front(Rest.find("pragma") + 6).ltrim();
  else
    return false;
  for (llvm::StringRef Compiler : {"GCC ", "clang "})
    Rest.consume_front(Compiler);
  return llvm::none_of(
      llvm::ArrayRef{"diagnostic", "message", "warning", "region", "endregion",
                     "mark", "push_macro", "pop_macro"},
      [&](llvm::StringRef Name) { return Rest.ltrim().starts_with(Name); });
}

} // namespace

Fragments::Gap Fragments::gap(SourceLocation FirstEnd,
                              SourceLocation Second) const {
  Gap Result;
  SourceLocation Begin = SM.getExpansionRange(FirstEnd).getEnd();
  Begin = Lexer::getLocForEndOfToken(Begin, 0, SM, LangOpts);
  auto From = SM.getDecomposedLoc(Begin);
  auto To = SM.getDecomposedLoc(SM.getExpansionLoc(Second));
  if (From.first != To.first || From.second > To.second)
    return Result;
  std::string Between =
      SM.getBufferData(From.first).slice(From.second, To.second).str();
  if (!isKept(Between))
    Between = withoutConditionals(Between);
  if (!isKept(Between))
    return Result; // Macros that expand to nothing, say.
  auto [SameLine, Rest] = llvm::StringRef(Between).split('\n');
  Result.Trailing = SameLine.trim().str();
  llvm::SmallVector<llvm::StringRef> Lines;
  Rest.split(Lines, '\n');
  for (llvm::StringRef Line : Lines) {
    if (!Line.trim().empty())
      Result.Comment += (Line.trim() + "\n").str();
    Result.AboutNext |= isAboutNext(Line);
  }
  Result.AboutNext |= isAboutNext(SameLine);
  // The last of the lines is the second statement's own, up to its start.
  Result.Blank = Lines.size() > 1 && Lines.front().trim().empty();
  return Result;
}

} // namespace coroexpand
