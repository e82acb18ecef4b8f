#include "Scan.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <string_view>
#include <unordered_set>

namespace coroexpand::launcher {
namespace {

using std::string_view;

/// What is there, or nothing.
std::optional<std::string> contents(const std::string &File) {
  int Descriptor = open(File.c_str(), O_RDONLY | O_CLOEXEC);
  if (Descriptor < 0)
    return std::nullopt;
  struct stat Status;
  std::optional<std::string> Result;
  if (fstat(Descriptor, &Status) == 0 && S_ISREG(Status.st_mode)) {
    Result.emplace(Status.st_size, '\0');
    ssize_t Size = read(Descriptor, Result->data(), Result->size());
    Result->resize(Size > 0 ? Size : 0);
  }
  close(Descriptor);
  return Result;
}

string_view skipBlanks(string_view Text) {
  size_t Begin = Text.find_first_not_of(" \t");
  return Begin == string_view::npos ? "" : Text.substr(Begin);
}

class Scanner {
public:
  explicit Scanner(const CommandLine &Line)
      : Line(Line), Folders(Line.Folders) {
    for (const char *Name : {"CPATH", "CPLUS_INCLUDE_PATH"})
      if (const char *Value = std::getenv(Name)) {
        std::istringstream Listed(Value);
        for (std::string Folder; std::getline(Listed, Folder, ':');)
          Folders.push_back(Folder.empty() ? "." : Folder);
      }
  }

  bool file(const std::string &Name) {
    if (!Seen.insert(Name).second)
      return false;
    std::optional<std::string> Text = contents(Name);
    if (!Text)
      return false;
    Exists.insert(Name);
    size_t Slash = Name.rfind('/');
    return text(*Text,
                Slash == std::string::npos ? "" : Name.substr(0, Slash + 1),
                Name.ends_with("coro/async.h"));
  }

  /// \p DefinesMark: the header of the runtime that does.
  bool text(string_view Text, const std::string &Folder, bool DefinesMark) {
    if (!DefinesMark && (Text.find("CORO_ASYNC") != string_view::npos ||
                         Text.find("coro::async\"") != string_view::npos))
      return true;
    for (size_t At = 0; (At = Text.find('#', At)) != string_view::npos; ++At)
      if (directive(skipBlanks(Text.substr(At + 1)), Folder))
        return true;
    return false;
  }

  /// A file that the command line names.
  bool included(const std::string &Name) {
    return file(Name) || quoted(Name, "");
  }

private:
  /// \p Text is behind a `#`, wherever that stands.
  bool directive(string_view Text, const std::string &Folder) {
    for (string_view Word : {"include", "import"}) {
      if (!Text.starts_with(Word))
        continue;
      Text.remove_prefix(Word.size());
      if (Text.starts_with("_next"))
        Text.remove_prefix(5);
      bool Spaced = Text.starts_with(" ") || Text.starts_with("\t");
      Text = skipBlanks(Text);
      char Open = Text.empty() ? '\0' : Text[0];
      size_t End = Open == '"'   ? Text.find('"', 1)
                   : Open == '<' ? Text.find('>', 1)
                                 : string_view::npos;
      if (End == string_view::npos)
        // A macro may stand for any file, but for one of the user's there.
        return Spaced && isName(Open) && !Folder.starts_with("/usr/");
      std::string Name(Text.substr(1, End - 1));
      return Open == '"' ? quoted(Name, Folder) : angled(Name);
    }
    return false;
  }

  static bool isName(char C) {
    return C == '_' || (C >= 'A' && C <= 'Z') || (C >= 'a' && C <= 'z');
  }

  bool quoted(const std::string &Name, const std::string &Folder) {
    if (Name.starts_with("/"))
      return file(Name);
    if (exists(Folder + Name))
      return file(Folder + Name);
    for (const std::string &Each : Line.QuotedFolders)
      if (exists(Each + "/" + Name))
        return file(Each + "/" + Name);
    return angled(Name);
  }

  /// All that have the name: `#include_next` looks for the second one.
  bool angled(const std::string &Name) {
    if (Name.starts_with("/"))
      return file(Name);
    if (!Angled.insert(Name).second)
      return false;
    for (const std::string &Each : Folders)
      if (file(Each + "/" + Name))
        return true;
    return file("/usr/local/include/" + Name) || file("/usr/include/" + Name);
  }

  bool exists(const std::string &Name) {
    if (Exists.count(Name))
      return true;
    bool Result = access(Name.c_str(), R_OK) == 0;
    if (Result)
      Exists.insert(Name);
    return Result;
  }

  const CommandLine &Line;
  std::vector<std::string> Folders;
  std::unordered_set<std::string> Seen, Exists, Angled;
};

bool includesAsync(const CommandLine &Line, Scanner &Scan) {
  for (const std::string &Name : Line.Included)
    if (Scan.included(Name))
      return true;
  return false;
}

} // namespace

bool mayHoldAsync(const CommandLine &Line, const std::string &Source) {
  Scanner Scan(Line);
  return Scan.file(Source) || includesAsync(Line, Scan);
}

bool textMayHoldAsync(const CommandLine &Line, const std::string &Text) {
  Scanner Scan(Line);
  return Scan.text(Text, "", /*DefinesMark=*/false) ||
         includesAsync(Line, Scan);
}

} // namespace coroexpand::launcher
