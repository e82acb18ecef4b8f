#include "CompileCommand.h"
#include "ClangCompat.h"

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"

namespace path = llvm::sys::path;

namespace coroexpand {
namespace {

llvm::raw_ostream &error() {
  return llvm::WithColor::error(llvm::errs(), "coro-expand");
}
llvm::raw_ostream &note() {
  return llvm::WithColor::note(llvm::errs(), "coro-expand");
}

/// `g++`, `/usr/bin/x86_64-linux-gnu-g++-12`, `c++`: what knows flags that
/// clang does not. `clang++` is none.
bool isOtherCompiler(const std::string &Program) {
  return !path::filename(Program).contains("clang");
}

/// Takes the flags that clang's driver does not know out of \p Command, whose
/// first word is the compiler, and gives them back.
std::vector<std::string> takeUnknownFlags(std::vector<std::string> &Command) {
  std::vector<const char *> Arguments;
  for (const std::string &Argument : llvm::drop_begin(Command))
    Arguments.push_back(Argument.c_str());
  unsigned MissingIndex, MissingCount;
  llvm::opt::InputArgList Parsed = driverOptions().ParseArgs(
      Arguments, MissingIndex, MissingCount,
      llvm::opt::Visibility(driver_options::ClangOption));
  std::vector<std::string> Unknown;
  for (const llvm::opt::Arg *A : Parsed.filtered(
           driver_options::OPT_UNKNOWN,
           // g++'s plugins are no plugins for clang.
           driver_options::OPT_fplugin_EQ, driver_options::OPT_fplugin_arg))
    Unknown.push_back(A->getAsString(Parsed));
  llvm::erase_if(Command, [&](const std::string &Argument) {
    return llvm::is_contained(Unknown, Argument);
  });
  return Unknown;
}

/// \p Name, which is relative to \p Folder, as one path.
std::string absolute(llvm::StringRef Name, llvm::StringRef Folder) {
  llvm::SmallString<256> Result(Name);
  makeAbsolute(Folder, Result);
  path::remove_dots(Result, /*remove_dot_dot=*/true);
  return Result.str().str();
}

/// The nearest folder above \p File, an absolute path, that has a database;
/// empty when none has.
std::string folderAbove(const std::string &File) {
  llvm::SmallString<256> Folder(File);
  while (path::has_relative_path(Folder)) {
    path::remove_filename(Folder);
    for (const char *Name : {"compile_commands.json", "compile_flags.txt"}) {
      llvm::SmallString<256> Database(Folder);
      path::append(Database, Name);
      if (llvm::sys::fs::exists(Database))
        return Folder.str().str();
    }
  }
  return "";
}

/// The first command for \p File, an absolute path. The database's own look-up
/// misses folders that are relative to the database's.
std::optional<clang::tooling::CompileCommand>
commandFor(const clang::tooling::CompilationDatabase &Database,
           llvm::StringRef File, llvm::StringRef Folder) {
  for (const clang::tooling::CompileCommand &Each :
       Database.getAllCompileCommands())
    if (absolute(Each.Filename, absolute(Each.Directory, Folder)) == File)
      return Each;
  auto Found = Database.getCompileCommands(File);
  if (Found.empty())
    return std::nullopt;
  return Found.front();
}

void dropUnknown(CompileCommand &Command) {
  if (!isOtherCompiler(Command.Arguments.front()))
    return;
  for (const std::string &Flag : takeUnknownFlags(Command.Arguments))
    note() << "left out '" << Flag << "', which "
           << path::filename(Command.Arguments.front())
           << " knows and clang does not\n";
}

} // namespace

std::optional<CompileCommand> commandFromDatabase(const std::string &File,
                                                  const std::string &Where) {
  using clang::tooling::CompilationDatabase;
  CompileCommand Result;
  llvm::SmallString<256> Here;
  llvm::sys::fs::current_path(Here);
  const std::string Absolute = absolute(File, Here);
  std::string Folder = Where.empty() ? folderAbove(Absolute) : Where;
  if (Folder.empty())
    return Result;
  const std::string AbsoluteFolder = absolute(Folder, Here);
  std::string Error;
  std::unique_ptr<CompilationDatabase> Database =
      CompilationDatabase::loadFromDirectory(Folder, Error);
  if (!Database) {
    error() << "can't read the compilation database in '" << Folder
            << "': " << llvm::StringRef(Error).rtrim() << "\n";
    return std::nullopt;
  }
  std::optional<clang::tooling::CompileCommand> Known =
      commandFor(*Database, Absolute, AbsoluteFolder);
  if (!Known) {
    note() << "the compilation database in '" << Folder
           << "' knows no flags for '" << File << "'\n";
    return Result;
  }
  if (!Known->Heuristic.empty())
    note() << "the compilation database in '" << Folder << "' does not know '"
           << File << "'; its flags are " << Known->Heuristic << "\n";
  Result.Directory = absolute(Known->Directory, AbsoluteFolder);
  std::string Named = absolute(Known->Filename, Result.Directory);
  Result.Arguments.clear();
  for (const std::string &Argument : Known->CommandLine)
    if (Argument != "--" && (Result.Arguments.empty() ||
                             absolute(Argument, Result.Directory) != Named))
      Result.Arguments.push_back(Argument);
  dropUnknown(Result);
  return Result;
}

std::optional<CompileCommand>
commandFromFlags(const std::vector<std::string> &Flags,
                 const std::string &Compiler) {
  llvm::BumpPtrAllocator Allocator;
  llvm::SmallVector<const char *, 16> Arguments;
  for (const std::string &Flag : Flags)
    Arguments.push_back(Flag.c_str());
  llvm::cl::ExpansionContext Expansion(Allocator,
                                       llvm::cl::TokenizeGNUCommandLine);
  if (llvm::Error Failed = Expansion.expandResponseFiles(Arguments)) {
    error() << llvm::toString(std::move(Failed)) << "\n";
    return std::nullopt;
  }
  for (llvm::StringRef Argument : Arguments)
    if (Argument.consume_front("@")) {
      error() << "can't read the flags in '" << Argument << "'\n";
      return std::nullopt;
    }
  CompileCommand Result;
  if (!Compiler.empty())
    Result.Arguments = {Compiler};
  Result.Arguments.insert(Result.Arguments.end(), Arguments.begin(),
                          Arguments.end());
  if (isOtherCompiler(Result.Arguments.front()) && !Compiler.empty())
    takeUnknownFlags(Result.Arguments);
  return Result;
}

} // namespace coroexpand
