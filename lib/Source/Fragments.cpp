#include "Source/Fragments.h"

#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"

#include <map>

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

/// Walks the expanded tokens of one slice. A unit is a token of the file or
/// all tokens of one macro invocation; between units stand the file's own
/// characters.
class Fragments::Slicer {
public:
  Slicer(const Fragments &F, TokenRange All, llvm::ArrayRef<Hole> Holes)
      : F(F), All(All) {
    for (const Hole &H : llvm::concat<const Hole>(F.Replaced, Holes)) {
      TokenRange Inside =
          H.Tokens.empty() ? F.Tokens.expandedTokens(H.Range) : H.Tokens;
      if (Inside.begin() < All.end() && All.begin() < Inside.end())
        Ranges.push_back({Inside, &H.With});
    }
  }

  ir::Text run() {
    for (size_t I = 0; I < All.size();) {
      if (const OpenHole *H = holeAt(&All[I])) {
        size_t Next = H->Inside.end() - All.begin();
        separate(startOf(All[I]));
        Result.append(*H->With);
        PreviousEnd = endOf(All[Next - 1], Next);
        goOnBehind(startOf(All[I]));
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
      Result.append(F.Spaces.taken(From.first, {From.second, To.second}));
  }

  /// What stands for all from \p Begin on may have other line ends.
  void goOnBehind(SourceLocation Begin) {
    if (PreviousEnd.isValid() && F.SM.getExpansionLineNumber(Begin) !=
                                     F.SM.getExpansionLineNumber(PreviousEnd))
      Result.goOnAt(PreviousEnd.getRawEncoding());
  }

  void spelled(const syntax::Token &T, ir::Text &Into) const {
    const Edit *E = F.edit(T);
    if (E)
      Into.append(E->Before);
    if (E && E->Instead)
      Into.append(*E->Instead);
    else
      Into.append(F.text(T).str());
    if (E)
      Into.append(E->After);
  }

  size_t token(size_t I) {
    separate(All[I].location());
    spelled(All[I], Result);
    PreviousEnd = All[I].endLocation();
    return I + 1;
  }

  //===--------------------------------------------------------------------===//
  // Macros
  //===--------------------------------------------------------------------===//

  /// True when \p Tokens are all that their invocation expands to.
  bool wholeInvocation(TokenRange Tokens) const {
    auto SameInvocation = [&](const syntax::Token &T) {
      return T.location().isMacroID() &&
             invocation(T) == invocation(Tokens.front());
    };
    TokenRange Everything = F.Tokens.expandedTokens();
    return !(Tokens.begin() != Everything.begin() &&
             SameInvocation(Tokens.begin()[-1])) &&
           !(Tokens.end() != Everything.end() && SameInvocation(*Tokens.end()));
  }

  size_t macro(size_t I) {
    size_t End = I;
    bool Edited = false, Holed = false;
    while (End < All.size() && All[End].location().isMacroID() &&
           invocation(All[End]) == invocation(All[I])) {
      Edited |= F.edit(All[End]) != nullptr;
      Holed |= inHole(All[End]);
      ++End;
    }
    TokenRange Tokens = All.slice(I, End - I);
    separate(invocation(All[I]));
    if (Holed || !wholeInvocation(Tokens))
      End = expansion(I, End, Result);
    else if (Edited)
      Result.append(editedInvocation(I, End));
    else
      Result.append(written(Tokens).str());
    PreviousEnd = invocationEnd(All[End - 1]);
    goOnBehind(invocation(All[I]));
    return End;
  }

  /// The characters of the invocation that \p Tokens come from.
  llvm::StringRef written(TokenRange Tokens) const {
    return Lexer::getSourceText(
        CharSourceRange::getCharRange(invocation(Tokens.front()),
                                      invocationEnd(Tokens.front())),
        F.SM, F.LangOpts);
  }

  ir::Piece editedInvocation(size_t I, size_t End) const {
    TokenRange Tokens = All.slice(I, End - I);
    ir::Invocation M;
    expansion(I, End, M.Expanded);
    M.Edited = withEditedArguments(Tokens);
    for (const syntax::Token &T : Tokens)
      if (const Edit *E = F.edit(T))
        M.Changed |= isFixed(E->Before) || isFixed(E->After) ||
                     (E->Instead && isFixed(*E->Instead));
    ir::Piece Result(ir::Piece::Kind::Macro, written(Tokens).str());
    Result.Macro = std::make_shared<const ir::Invocation>(std::move(M));
    return Result;
  }

  /// No frame plan has a say in what part of an edit prints.
  static bool isFixed(const ir::Text &Part) {
    return llvm::any_of(Part, [](const ir::Piece &P) {
      return P.K == ir::Piece::Kind::Verbatim;
    });
  }

  /// The invocation of \p Tokens with each edit where its token is written.
  /// Empty unless each is written in an argument and comes out of the macro
  /// once, and nothing is made a string or pasted.
  ir::Text withEditedArguments(TokenRange Tokens) const {
    SourceLocation Begin = invocation(Tokens.front());
    llvm::StringRef Written = written(Tokens);
    std::map<unsigned, const syntax::Token *> Edits; // By place in Written.
    llvm::DenseMap<SourceLocation, unsigned> Uses;
    for (const syntax::Token &T : Tokens) {
      SourceLocation Spelled = F.SM.getSpellingLoc(T.location());
      if (F.SM.isWrittenInScratchSpace(Spelled))
        return {};
      ++Uses[Spelled];
      if (!F.edit(T))
        continue;
      unsigned At = F.SM.getFileOffset(Spelled) - F.SM.getFileOffset(Begin);
      if (F.SM.getFileID(Spelled) != F.SM.getFileID(Begin) ||
          F.SM.getFileLoc(T.location()) != Spelled || At >= Written.size())
        return {};
      Edits[At] = &T;
    }
    ir::Text Result;
    unsigned Copied = 0;
    for (auto [At, T] : Edits) {
      if (Uses.lookup(F.SM.getSpellingLoc(T->location())) != 1)
        return {};
      Result.append(Written.slice(Copied, At).str());
      spelled(*T, Result);
      Copied = At + T->length();
    }
    return Result.append(Written.drop_front(Copied).str());
  }

  /// The expanded tokens, up to a hole that begins among them.
  size_t expansion(size_t I, size_t End, ir::Text &Into) const {
    for (size_t T = I; T < End; ++T) {
      if (T != I && needsSpace(All[T - 1], All[T]))
        Into.append(" ");
      if (const OpenHole *H = holeAt(&All[T])) {
        Into.append(*H->With);
        size_t Next = H->Inside.end() - All.begin();
        if (Next >= End)
          return Next;
        T = Next - 1;
        continue;
      }
      spelled(All[T], Into);
    }
    return End;
  }

  /// Whether two tokens of an expansion must stand apart, or are written so.
  bool needsSpace(const syntax::Token &Left, const syntax::Token &Right) const {
    SourceLocation End =
        F.SM.getSpellingLoc(Left.location()).getLocWithOffset(Left.length());
    if (End == F.SM.getSpellingLoc(Right.location()))
      return false;
    auto Closed = [](const syntax::Token &T, auto... Kinds) {
      return ((T.kind() == Kinds) || ...);
    };
    return !Closed(Left, tok::l_paren, tok::l_square, tok::coloncolon) &&
           !Closed(Right, tok::r_paren, tok::r_square, tok::comma, tok::semi) &&
           !(Left.kind() == tok::identifier &&
             Closed(Right, tok::coloncolon, tok::l_paren));
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
  Fragments Plain(Source, LangOpts);
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

Gap Fragments::gap(SourceLocation FirstEnd, SourceLocation Second) const {
  SourceLocation Begin = SM.getExpansionRange(FirstEnd).getEnd();
  Begin = Lexer::getLocForEndOfToken(Begin, 0, SM, LangOpts);
  auto [File, From] = SM.getDecomposedLoc(Begin);
  auto [SecondFile, To] = SM.getDecomposedLoc(SM.getExpansionLoc(Second));
  if (File != SecondFile || From > To)
    return {};
  return Spaces.gap(File, {From, To});
}

bool Fragments::followsName(SourceLocation At) const {
  TokenRange Here = Tokens.expandedTokens({At, At});
  if (Here.empty() || Here.begin() == Tokens.expandedTokens().begin())
    return false;
  tok::TokenKind Before = Here.begin()[-1].kind();
  return Before == tok::identifier || Before == tok::greater ||
         Before == tok::greatergreater;
}

std::string Fragments::before(SourceLocation At) const {
  TokenRange Here = Tokens.expandedTokens({At, At});
  if (Here.empty() || Here.begin() == Tokens.expandedTokens().begin())
    return "";
  auto Lines = [&](const syntax::Token *Second) {
    Gap Between = gap(Second[-1].location(), Second->location());
    std::string Result = Between.Trailing;
    if (!Result.empty())
      Result += "\n";
    Result += llvm::StringRef(Between.Comment).rtrim(' ');
    if (!Result.empty() && Result.back() != '\n')
      Result += "\n";
    return Result;
  };
  const syntax::Token *Token = Here.begin();
  std::string Result = Lines(Token);
  return Token[-1].kind() == tok::kw_else ? Lines(Token - 1) + Result : Result;
}

unsigned Fragments::docBegin(const syntax::Token &First) const {
  SourceLocation Begin = SM.getExpansionLoc(First.location());
  auto [File, At] = SM.getDecomposedLoc(Begin);
  const syntax::Token *Previous =
      &First == Tokens.expandedTokens().begin() ? nullptr : &First - 1;
  unsigned From = 0; // What includes stand for is in other files.
  if (Previous) {
    SourceLocation End = Lexer::getLocForEndOfToken(
        SM.getExpansionRange(Previous->location()).getEnd(), 0, SM, LangOpts);
    auto [PreviousFile, Behind] = SM.getDecomposedLoc(End);
    if (PreviousFile == File && Behind <= At)
      From = Behind;
  }
  return Spaces.docBegin(File, {From, At});
}

std::string Fragments::docText(const syntax::Token &First) const {
  auto [File, At] = SM.getDecomposedLoc(SM.getExpansionLoc(First.location()));
  return SM.getBufferData(File).slice(docBegin(First), At).rtrim(" \t").str();
}

std::vector<std::string> Fragments::comments(SourceRange Range) const {
  TokenRange Inside = Tokens.expandedTokens(Range);
  if (Inside.empty())
    return {};
  auto [File, Begin] =
      SM.getDecomposedLoc(SM.getExpansionLoc(Inside.front().location()));
  auto [EndFile, End] = SM.getDecomposedLoc(
      SM.getExpansionRange(Inside.back().location()).getEnd());
  if (File != EndFile || Begin > End)
    return {};
  return Spaces.comments(File, {Begin, End});
}

} // namespace coroexpand
