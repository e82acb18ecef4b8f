#include "Source/Includes.h"

#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"

using namespace clang;
using llvm::StringRef;

namespace coroexpand {
namespace {

//===----------------------------------------------------------------------===//
// Recording
//===----------------------------------------------------------------------===//

class Recorder : public PPCallbacks {
public:
  Recorder(const SourceManager &SM, IncludeRecord &Record)
      : SM(SM), Record(Record) {}

  void InclusionDirective(SourceLocation Hash, const Token &Keyword,
                          StringRef Name, bool Angled, CharSourceRange Range,
                          OptionalFileEntryRef File, StringRef, StringRef,
                          const Module *, bool,
                          SrcMgr::CharacteristicKind) override {
    IncludeDirective D;
    auto [In, Offset] = SM.getDecomposedLoc(Hash);
    D.In = In;
    D.Hash = Offset;
    D.Keyword = SM.getFileOffset(Keyword.getLocation());
    D.Name = nameIn(Range);
    D.Written = Name.str();
    D.Angled = Angled;
    D.Next = Keyword.getIdentifierInfo()->isStr("include_next");
    D.Found = File;
    Record.Directives.push_back(std::move(D));
  }

  void FileChanged(SourceLocation Where, FileChangeReason Reason,
                   SrcMgr::CharacteristicKind, FileID) override {
    FileID Entered = SM.getFileID(Where);
    if (Reason == EnterFile && SM.getIncludeLoc(Entered).isValid() &&
        !Record.Directives.empty())
      Record.Directives.back().Entered = Entered;
  }

  void HasInclude(SourceLocation Where, StringRef Name, bool Angled,
                  OptionalFileEntryRef File,
                  SrcMgr::CharacteristicKind) override {
    if (Where.isMacroID())
      return;
    FileNamed Q;
    auto [In, Begin] = SM.getDecomposedLoc(Where);
    Q.In = In;
    Q.Name = {Begin, unsigned(Begin + Name.size() + 2)};
    Q.Written = Name.str();
    Q.Angled = Angled;
    Q.Found = File;
    Record.Questions.push_back(std::move(Q));
  }

private:
  /// Of a name that comes out of a macro, the macro's invocation.
  ir::FileSpan nameIn(CharSourceRange Range) const {
    SourceLocation End = SM.getExpansionRange(Range.getEnd()).getEnd();
    unsigned Behind = SM.getFileOffset(End);
    if (Range.getBegin().isMacroID())
      Behind += Lexer::MeasureTokenLength(End, SM, LangOptions());
    return {SM.getFileOffset(SM.getExpansionLoc(Range.getBegin())), Behind};
  }

  const SourceManager &SM;
  IncludeRecord &Record;
};

//===----------------------------------------------------------------------===//
// What stands in a file
//===----------------------------------------------------------------------===//

struct Directive {
  ir::FileSpan Span;
  llvm::SmallVector<StringRef, 4> Words;
};

/// Those of a file, those that the preprocessor left out among them.
std::vector<Directive> directivesIn(FileID File, const SourceManager &SM,
                                    const LangOptions &LangOpts) {
  std::vector<Directive> Result;
  StringRef Buffer = SM.getBufferData(File);
  Lexer L(SM.getLocForStartOfFile(File), LangOpts, Buffer.begin(),
          Buffer.begin(), Buffer.end());
  bool Inside = false;
  for (Token T; !L.LexFromRawLexer(T);) {
    unsigned Begin = SM.getFileOffset(T.getLocation());
    if (T.isAtStartOfLine()) {
      Inside = T.is(tok::hash);
      if (Inside)
        Result.push_back({{Begin, Begin + 1}, {}});
    } else if (Inside) {
      Result.back().Span.End = Begin + T.getLength();
      Result.back().Words.push_back(Buffer.substr(Begin, T.getLength()));
    }
  }
  return Result;
}

bool isPragma(const Directive &D, std::initializer_list<StringRef> Words) {
  return !D.Words.empty() && D.Words.front() == "pragma" &&
         llvm::ArrayRef(D.Words).drop_front().equals(
             llvm::ArrayRef(Words.begin(), Words.size()));
}

//===----------------------------------------------------------------------===//
// Files in place
//===----------------------------------------------------------------------===//

/// By its name, g++ takes the main file for a header once it is in lines of its
/// own, and warns of internal types in its structs.
constexpr StringRef NoHeader =
    "#if defined(__GNUC__) && !defined(__clang__)\n"
    "#pragma GCC diagnostic ignored \"-Wsubobject-linkage\"\n"
    "#endif\n";

std::string quoted(StringRef Name) {
  std::string Result = "\"";
  for (char C : Name) {
    if (C == '"' || C == '\\')
      Result += '\\';
    Result += C;
  }
  return Result + "\"";
}

class Files {
public:
  Files(const IncludeRecord &Record, const SkippedRanges &Skipped,
        const OutputUse &Use, const SourceManager &SM,
        const LangOptions &LangOpts)
      : Record(Record), Skipped(Skipped), SM(SM), LangOpts(LangOpts),
        Main(SM.getMainFileID()), OutputFolder(Use.Folder), Lines(Use.Lines) {
    IsBuild = !OutputFolder.empty();
    if (!IsBuild)
      OutputFolder = absolute(folderOf(Main));
  }

  ir::SourceFiles run(const std::set<ir::FileId> &Lowered) {
    InPlace.insert(Main);
    for (const IncludeDirective &D : Record.Directives)
      if (D.Entered.isValid() && Lowered.count(D.Entered.getHashValue()))
        add(D.Entered);
    addThoseThatSkip();
    ir::SourceFiles Result;
    Result.Main = Main.getHashValue();
    for (FileID File : InPlace)
      Result.Files[File.getHashValue()] = file(File);
    return Result;
  }

private:
  /// And all that is around it.
  void add(FileID File) {
    while (File.isValid() && InPlace.insert(File).second)
      File = SM.getFileID(SM.getIncludeLoc(File));
  }

  /// A file that is read once only, and stands in place, would be read anew by
  /// a directive that the preprocessor skipped: such directives must not be
  /// left.
  void addThoseThatSkip() {
    for (size_t Before = 0; Before != InPlace.size();) {
      Before = InPlace.size();
      for (const IncludeDirective &D : Record.Directives)
        if (D.Entered.isInvalid() && isInPlace(D.Found))
          add(D.In);
    }
  }

  bool isInPlace(OptionalFileEntryRef File) const {
    return File && llvm::any_of(InPlace, [&](FileID Each) {
             return Each != Main && SM.getFileEntryRefForID(Each) == File;
           });
  }

  ir::SourceFile file(FileID File) {
    ir::SourceFile Result;
    StringRef Text = SM.getBufferData(File);
    Result.Text = Text.str();
    if (Lines && !hasLines(File))
      Result.Name = quoted(
          SM.getPresumedLoc(SM.getLocForStartOfFile(File)).getFilename());
    unsigned Mark = Text.starts_with("\xef\xbb\xbf") ? 3 : 0;
    if (File != Main) {
      around(File, Result);
      Result.Replaced.push_back({{0, Mark}, ""});
      pragmas(File, Result);
    } else if (InPlace.size() > 1 || Lines) {
      Result.Replaced.push_back(
          {{Mark, Mark}, NoHeader.str() + line(SM.getLocForStartOfFile(Main))});
    }
    directives(File, Result);
    for (const FileNamed &Q : Record.Questions)
      if (Q.In == File)
        respell(Q, Result);
    return Result;
  }

  /// It says itself what its lines are called.
  bool hasLines(FileID File) const {
    return llvm::any_of(
        directivesIn(File, SM, LangOpts), [](const Directive &D) {
          return !D.Words.empty() &&
                 (D.Words[0] == "line" || llvm::isDigit(D.Words[0][0]));
        });
  }

  /// `#line 3 "a.h"`
  std::string line(SourceLocation Where) const {
    PresumedLoc Place = SM.getPresumedLoc(Where);
    return "#line " + std::to_string(Place.getLine()) + " " +
           quoted(Place.getFilename()) + "\n";
  }

  /// The form that says whether it is a system header, and that -Wpedantic
  /// warns of.
  std::string marker(SourceLocation Where, bool Enters, bool IsSystem) const {
    PresumedLoc Place = SM.getPresumedLoc(Where);
    return "# " + std::to_string(Place.getLine()) + " " +
           quoted(Place.getFilename()) + (Enters ? " 1" : " 2") +
           (IsSystem ? " 3\n" : "\n");
  }

  void around(FileID File, ir::SourceFile &Result) const {
    SourceLocation Begin = SM.getLocForStartOfFile(File);
    SourceLocation Directive = SM.getIncludeLoc(File);
    // A pragma says so behind the beginning.
    bool IsSystem = SM.isInSystemHeader(SM.getLocForEndOfFile(File));
    bool InSystem = SM.isInSystemHeader(Directive);
    if (!IsSystem && !InSystem) {
      Result.Front = line(Begin);
      Result.Back = line(Directive);
      return;
    }
    Result.Front = "#pragma GCC diagnostic push\n"
                   "#pragma GCC diagnostic ignored \"-Wpedantic\"\n" +
                   marker(Begin, /*Enters=*/true, IsSystem);
    Result.Back = marker(Directive, /*Enters=*/false, InSystem) +
                  "#pragma GCC diagnostic pop\n";
    if (!InSystem)
      Result.Back += line(Directive);
  }

  /// These are for included files alone.
  void pragmas(FileID File, ir::SourceFile &Result) const {
    for (const Directive &D : directivesIn(File, SM, LangOpts))
      if (isPragma(D, {"once"}) || isPragma(D, {"GCC", "system_header"}) ||
          isPragma(D, {"clang", "system_header"}))
        Result.Replaced.push_back({D.Span, ""});
  }

  void directives(FileID File, ir::SourceFile &Result) {
    for (const IncludeDirective &D : Record.Directives) {
      if (D.In != File)
        continue;
      if (D.Entered.isValid() && InPlace.count(D.Entered))
        Result.InPlace.push_back(
            {{D.Hash, D.Name.End}, D.Entered.getHashValue()});
      else if (D.Entered.isInvalid() && isInPlace(D.Found))
        Result.Replaced.push_back({{D.Hash, D.Name.End}, ""});
      else
        respell(D, Result);
    }
    respellSkipped(File, Result);
  }

  //===--------------------------------------------------------------------===//
  // Other files as the output finds them
  //===--------------------------------------------------------------------===//

  StringRef folderOf(FileID File) const {
    OptionalFileEntryRef Entry = SM.getFileEntryRefForID(File);
    return Entry ? Entry->getDir().getName() : ".";
  }

  std::string absolute(StringRef Path) const {
    llvm::SmallString<256> Result(Path);
    SM.getFileManager().makeAbsolutePath(Result);
    llvm::sys::path::remove_dots(Result);
    return Result.str().str();
  }

  bool isOutputFolder(StringRef Folder) const {
    FileManager &FM = SM.getFileManager();
    auto A = FM.getOptionalDirectoryRef(Folder);
    auto B = FM.getOptionalDirectoryRef(OutputFolder);
    return A && B && &A->getDirEntry() == &B->getDirEntry();
  }

  OptionalFileEntryRef fileIn(StringRef Folder, StringRef Name) const {
    llvm::SmallString<256> Path(Folder);
    llvm::sys::path::append(Path, Name);
    return SM.getFileManager().getOptionalFileRef(Path);
  }

  /// What is next to the file that names it is found where that file is.
  void respell(const FileNamed &N, ir::SourceFile &Result) const {
    if (llvm::sys::path::is_absolute(N.Written))
      return;
    StringRef Folder = folderOf(N.In);
    std::string With;
    if (N.Next && N.Found && N.In != Main) {
      Result.Replaced.push_back(
          {{N.Keyword, N.Name.End},
           "include " + quoted(absolute(N.Found->getName()))});
      return;
    }
    if (N.Angled || isOutputFolder(Folder))
      return;
    OptionalFileEntryRef Beside = fileIn(Folder, N.Written);
    if (Beside && N.Found && *Beside == *N.Found)
      Result.Replaced.push_back({N.Name, besideSpelled(Folder, N.Written)});
    else if (N.Found && fileIn(OutputFolder, N.Written))
      // The output's folder has one of that name, which is not meant.
      Result.Replaced.push_back({N.Name, quoted(absolute(N.Found->getName()))});
  }

  /// In a reading's words where it can be, so that `__FILE__` there tells the
  /// same.
  std::string besideSpelled(StringRef Folder, StringRef Name) const {
    llvm::SmallString<256> Path(absolute(Folder));
    llvm::sys::path::append(Path, Name);
    StringRef Result = Path;
    std::string Root = OutputFolder + "/";
    if (!IsBuild)
      Result.consume_front(Root);
    return quoted(Result);
  }

  /// Another compiler than clang may follow directives that clang skips.
  void respellSkipped(FileID File, ir::SourceFile &Result) const {
    auto Ranges = Skipped.find(File);
    StringRef Folder = folderOf(File);
    if (Ranges == Skipped.end() || isOutputFolder(Folder))
      return;
    for (const Directive &D : directivesIn(File, SM, LangOpts)) {
      bool IsSkipped = llvm::any_of(Ranges->second, [&](const Range &R) {
        return R.Begin < D.Span.Begin && D.Span.Begin < R.End;
      });
      if (!IsSkipped || D.Words.size() != 2 || D.Words[0] != "include")
        continue;
      StringRef Name = D.Words[1];
      unsigned Size = Name.size();
      if (Name.consume_front("\"") && Name.consume_back("\"") &&
          !llvm::sys::path::is_absolute(Name) && fileIn(Folder, Name))
        Result.Replaced.push_back(
            {{D.Span.End - Size, D.Span.End}, besideSpelled(Folder, Name)});
    }
  }

  const IncludeRecord &Record;
  const SkippedRanges &Skipped;
  const SourceManager &SM;
  const LangOptions &LangOpts;
  const FileID Main;
  std::string OutputFolder;
  bool IsBuild, Lines;
  std::set<FileID> InPlace;
};

} // namespace

void recordIncludes(Preprocessor &PP, IncludeRecord &Record) {
  PP.addPPCallbacks(std::make_unique<Recorder>(PP.getSourceManager(), Record));
}

ir::FileId fileOf(SourceLocation Where, const SourceManager &SM) {
  return SM.getFileID(SM.getExpansionLoc(Where)).getHashValue();
}

bool hasDirective(SourceLocation Where, const SourceManager &SM) {
  FileID File = SM.getFileID(SM.getExpansionLoc(Where));
  while (File.isValid() && File != SM.getMainFileID())
    File = SM.getFileID(SM.getIncludeLoc(File));
  return File.isValid();
}

ir::SourceFiles filesOf(const IncludeRecord &Record,
                        const SkippedRanges &Skipped,
                        const std::set<ir::FileId> &Lowered,
                        const OutputUse &Use, const SourceManager &SM,
                        const LangOptions &LangOpts) {
  return Files(Record, Skipped, Use, SM, LangOpts).run(Lowered);
}

} // namespace coroexpand
