#include "Source/Between.h"

#include "clang/Lex/Lexer.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;

namespace coroexpand {
namespace {

class Recorder : public PPCallbacks {
public:
  Recorder(const SourceManager &SM, SkippedRanges &Skipped)
      : SM(SM), Skipped(Skipped) {}

  /// From the `#` of the directive before to the one behind.
  void SourceRangeSkipped(SourceRange Range, SourceLocation Behind) override {
    auto [File, Begin] = SM.getDecomposedLoc(Range.getBegin());
    Skipped[File].push_back({Begin, SM.getFileOffset(Behind)});
  }

private:
  const SourceManager &SM;
  SkippedRanges &Skipped;
};

enum class Kind {
  Comment,
  Opening, ///< #if and its like.
  Middle,  ///< #else and its like.
  Closing, ///< #endif
  Pragma,
  Definition,     ///< #define, #undef
  OtherDirective, ///< #include, #line, ..
  Token,
};

bool isConditional(Kind K) {
  return K == Kind::Opening || K == Kind::Middle || K == Kind::Closing;
}

Kind directiveKind(llvm::StringRef Name) {
  return llvm::StringSwitch<Kind>(Name)
      .Cases("if", "ifdef", "ifndef", Kind::Opening)
      .Cases("else", "elif", "elifdef", "elifndef", Kind::Middle)
      .Case("endif", Kind::Closing)
      .Case("pragma", Kind::Pragma)
      .Cases("define", "undef", Kind::Definition)
      .Default(Kind::OtherDirective);
}

/// Of `#pragma clang loop` and its like, behind GCC or clang.
bool isLoopHint(llvm::StringRef Word) {
  return llvm::StringSwitch<bool>(Word)
      .Cases("unroll", "nounroll", "unroll_and_jam", "nounroll_and_jam", true)
      .Cases("loop", "ivdep", "novector", true)
      .Default(false);
}

llvm::ArrayRef<llvm::StringRef>
withoutVendor(llvm::ArrayRef<llvm::StringRef> Words) {
  bool Vendor = !Words.empty() && (Words[0] == "GCC" || Words[0] == "clang");
  return Vendor ? Words.drop_front() : Words;
}

/// A pragma of these words is about what comes next: moved from there, or with
/// something between, it means something else.
bool isAboutNext(llvm::ArrayRef<llvm::StringRef> Words) {
  Words = withoutVendor(Words);
  static constexpr llvm::StringLiteral Harmless[] = {
      "diagnostic", "message", "warning",    "region",
      "endregion",  "mark",    "push_macro", "pop_macro"};
  return Words.empty() || !llvm::is_contained(Harmless, Words[0]);
}

} // namespace

void recordSkipped(Preprocessor &PP, SkippedRanges &Skipped) {
  PP.addPPCallbacks(std::make_unique<Recorder>(PP.getSourceManager(), Skipped));
}

//===----------------------------------------------------------------------===//
// Finding what is there
//===----------------------------------------------------------------------===//

struct Between::Item {
  Kind K;
  Range R;
  bool AboutNext = false;
};

namespace {

/// clang's tokens as they stand in a file, comments among them.
class RawTokens {
public:
  RawTokens(Lexer &L, const SourceManager &SM, unsigned End)
      : L(L), SM(SM), End(End) {
    L.SetCommentRetentionState(true);
    next();
  }

  bool atEnd() const { return Current.is(tok::eof) || range().Begin >= End; }
  bool startsLine() const { return Current.isAtStartOfLine(); }
  bool is(tok::TokenKind K) const { return Current.is(K); }
  Range range() const {
    unsigned Begin = SM.getFileOffset(Current.getLocation());
    return {Begin, Begin + Current.getLength()};
  }
  llvm::StringRef text() const {
    return {SM.getCharacterData(Current.getLocation()), Current.getLength()};
  }
  void next() { L.LexFromRawLexer(Current); }

private:
  Lexer &L;
  const SourceManager &SM;
  unsigned End;
  Token Current;
};

} // namespace

std::vector<Between::Item> Between::items(FileID File, Range R) const {
  llvm::StringRef Buffer = buffer(File);
  Lexer L(SM.getLocForStartOfFile(File), LangOpts, Buffer.begin(),
          Buffer.begin() + R.Begin, Buffer.end());
  RawTokens Tokens(L, SM, R.End);
  std::vector<Item> Result;
  while (!Tokens.atEnd()) {
    Item Next{Tokens.is(tok::comment) ? Kind::Comment : Kind::Token,
              Tokens.range()};
    llvm::SmallVector<llvm::StringRef, 4> Words;
    if (Tokens.is(tok::hash) && Tokens.startsLine()) {
      // A directive ends where the next line begins, as the lexer sees lines.
      for (Tokens.next(); !Tokens.atEnd() && !Tokens.startsLine();
           Tokens.next()) {
        Next.R.End = Tokens.range().End;
        if (Tokens.is(tok::raw_identifier))
          Words.push_back(Tokens.text());
      }
      Next.K = directiveKind(Words.empty() ? "" : Words[0]);
      Next.AboutNext = Next.K == Kind::Pragma &&
                       isAboutNext(llvm::ArrayRef(Words).drop_front());
    } else if (Tokens.text() == "_Pragma") {
      for (Tokens.next(); !Tokens.atEnd(); Tokens.next()) {
        Next.R.End = Tokens.range().End;
        if (Tokens.is(tok::string_literal))
          Tokens.text().trim("\"").split(Words, ' ', -1, /*KeepEmpty=*/false);
        if (Tokens.is(tok::r_paren))
          break;
      }
      Tokens.next();
      Next.K = Kind::Pragma;
      Next.AboutNext = isAboutNext(Words);
    } else {
      Tokens.next();
    }
    Result.push_back(Next);
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Leaving out what the preprocessor left out
//===----------------------------------------------------------------------===//

/// Whole lines, but for a comment before a directive on its line.
std::vector<Range> Between::cuts(FileID File, Range R,
                                 const std::vector<Item> &Items) const {
  llvm::StringRef Buffer = buffer(File);
  std::vector<Range> Result;
  if (auto Found = Skipped.find(File); Found != Skipped.end())
    for (Range S : Found->second)
      if (S.Begin >= R.Begin && S.Begin < R.End)
        Result.push_back({S.Begin, std::min(S.End, R.End)});
  unsigned Previous = R.Begin;
  for (const Item &I : Items) {
    if (isConditional(I.K)) {
      unsigned Line = Buffer.take_front(I.R.Begin).rfind('\n') + 1;
      bool Whole = Line >= Previous;
      size_t End = std::min<size_t>(Buffer.find('\n', I.R.End), R.End);
      if (Whole && End < R.End)
        ++End;
      Result.push_back({Whole ? Line : I.R.Begin, unsigned(End)});
    }
    Previous = I.R.End;
  }
  llvm::sort(Result, [](Range A, Range B) { return A.Begin < B.Begin; });
  return Result;
}

namespace {

bool isIn(unsigned At, const std::vector<Range> &Ranges) {
  return llvm::any_of(Ranges,
                      [&](Range R) { return R.Begin <= At && At < R.End; });
}

std::string without(llvm::StringRef Buffer, Range R,
                    const std::vector<Range> &Cuts) {
  std::string Result;
  unsigned At = R.Begin;
  for (Range Cut : Cuts) {
    if (Cut.Begin > At)
      Result += Buffer.slice(At, Cut.Begin);
    At = std::max(At, Cut.End);
  }
  return Result + Buffer.slice(At, R.End).str();
}

} // namespace

std::string Between::taken(FileID File, Range R) const {
  llvm::StringRef Text = buffer(File).slice(R.Begin, R.End);
  if (!Text.contains('#') && !Text.contains("%:"))
    return Text.str();
  return without(buffer(File), R, cuts(File, R, items(File, R)));
}

/// All comments of \p File, but for those of branches not taken.
const std::vector<Range> &Between::commentsOf(FileID File) const {
  auto [Found, New] = Comments.try_emplace(File);
  if (!New)
    return Found->second;
  Range Whole{0, unsigned(buffer(File).size())};
  std::vector<Item> Items = items(File, Whole);
  std::vector<Range> Cuts = cuts(File, Whole, Items);
  auto Cut = Cuts.begin();
  unsigned CutEnd = 0;
  for (const Item &I : Items) {
    for (; Cut != Cuts.end() && Cut->Begin <= I.R.Begin; ++Cut)
      CutEnd = std::max(CutEnd, Cut->End);
    if (I.K == Kind::Comment && CutEnd <= I.R.Begin)
      Found->second.push_back(I.R);
  }
  return Found->second;
}

std::vector<std::string> Between::comments(FileID File, Range R) const {
  const std::vector<Range> &All = commentsOf(File);
  auto First = llvm::partition_point(
      All, [&](Range Comment) { return Comment.Begin < R.Begin; });
  std::vector<std::string> Result;
  for (; First != All.end() && First->Begin < R.End; ++First)
    Result.push_back(buffer(File).slice(First->Begin, First->End).str());
  return Result;
}

unsigned Between::docBegin(FileID File, Range R) const {
  llvm::StringRef Buffer = buffer(File);
  auto StartsLine = [&](unsigned At) {
    llvm::StringRef Before = Buffer.take_front(At).rtrim(" \t\f\v");
    return Before.empty() || Before.ends_with("\n");
  };
  unsigned Result = R.End;
  std::vector<Item> Items = items(File, R);
  for (const Item &I : llvm::reverse(Items)) {
    llvm::StringRef Space = Buffer.slice(I.R.End, Result);
    bool Above = I.K == Kind::Comment && StartsLine(I.R.Begin) &&
                 Space.trim().empty() && Space.count('\n') == 1;
    // A comment to clang-format is about more than the declaration.
    if (!Above || Buffer.slice(I.R.Begin, I.R.End).contains("clang-format o"))
      break;
    Result = I.R.Begin;
  }
  return Result;
}

//===----------------------------------------------------------------------===//
// Between statements
//===----------------------------------------------------------------------===//

namespace {

bool isHint(llvm::StringRef Directive) {
  llvm::SmallVector<llvm::StringRef, 8> Words;
  Directive.drop_until([](char C) { return C != '#' && C != ' '; })
      .split(Words, ' ', -1, /*KeepEmpty=*/false);
  if (Words.empty() || Words.front() != "pragma")
    return false;
  llvm::ArrayRef<llvm::StringRef> Rest =
      withoutVendor(llvm::ArrayRef(Words).drop_front());
  return !Rest.empty() && isLoopHint(Rest.front().take_while([](char C) {
    return llvm::isAlnum(C) || C == '_';
  }));
}

bool isBalanced(llvm::ArrayRef<Kind> Kinds) {
  unsigned Depth = 0;
  for (Kind K : Kinds) {
    if (K == Kind::Token || K == Kind::OtherDirective)
      return false;
    if (Depth == 0 && (K == Kind::Middle || K == Kind::Closing))
      return false;
    Depth += K == Kind::Opening;
    Depth -= K == Kind::Closing;
  }
  return Depth == 0;
}

/// The white space before \p R, when it begins its line, and as much of it
/// before the other lines of R: what is laid out anew must not look aligned.
void cutIndentation(llvm::StringRef Buffer, Range R, std::vector<Range> &Cuts) {
  unsigned Line = Buffer.take_front(R.Begin).rfind('\n') + 1;
  unsigned Column = R.Begin - Line;
  if (!Buffer.slice(Line, R.Begin).trim().empty())
    return;
  for (size_t At = Line; At < R.End; At = Buffer.find('\n', At) + 1) {
    size_t Text = Buffer.find_first_not_of(" \t", At);
    Cuts.push_back({unsigned(At), unsigned(std::min(Text, At + Column))});
    if (Buffer.find('\n', At) == llvm::StringRef::npos)
      break;
  }
}

/// Where the blanks end that \p Text begins with, up to the end of the line.
size_t lineEnd(llvm::StringRef Text) {
  return Text.find_first_not_of(" \t\r\f\v");
}

} // namespace

std::string withoutHints(llvm::StringRef Lines) {
  std::string Result;
  while (!Lines.empty()) {
    auto [Line, Rest] = Lines.split('\n');
    bool Ended = Line.size() < Lines.size();
    if (!isHint(Line.trim()))
      Result += (Line + (Ended ? "\n" : "")).str();
    Lines = Rest;
  }
  return Result;
}

Gap Between::gap(FileID File, Range R) const {
  llvm::StringRef Buffer = buffer(File);
  std::vector<Item> Items = items(File, R);
  llvm::SmallVector<Kind> Kinds;
  for (const Item &I : Items)
    Kinds.push_back(I.K);
  std::vector<Range> Cuts;
  if (!isBalanced(Kinds))
    Cuts = cuts(File, R, Items);
  Gap Result;
  for (const Item &I : Items)
    if (I.AboutNext && !isIn(I.R.Begin, Cuts))
      (isHint(Buffer.slice(I.R.Begin, I.R.End)) ? Result.HasHint
                                                : Result.AboutNext) = true;
  // Comments on the first one's line are its own, if the second is not there.
  unsigned At = R.Begin;
  if (Buffer.slice(R.Begin, R.End).contains('\n'))
    for (const Item &I : Items) {
      if (I.K != Kind::Comment || Buffer.slice(At, I.R.Begin).contains('\n'))
        break;
      At = I.R.End;
    }
  Result.Trailing = Buffer.slice(R.Begin, At).trim().str();
  for (const Item &I : Items)
    if (I.R.Begin >= At)
      cutIndentation(Buffer, I.R, Cuts);
  llvm::sort(Cuts, [](Range A, Range B) { return A.Begin < B.Begin; });
  std::string Kept = without(Buffer, {At, R.End}, Cuts);
  llvm::StringRef Rest = Kept;
  bool FirstLine = true;
  for (size_t End;
       (End = lineEnd(Rest)) != llvm::StringRef::npos && Rest[End] == '\n';
       FirstLine = false) {
    Result.Blank |= !FirstLine;
    Rest = Rest.drop_front(End + 1);
  }
  // What is left of the last line stands before the second one, which begins
  // there.
  llvm::StringRef Comment = Rest.rtrim(" \t\r\f\v");
  Result.Comment = Comment.str();
  if (!Comment.empty() && !Comment.ends_with("\n"))
    Result.Comment += " ";
  return Result;
}

} // namespace coroexpand
