//===- CoroExpand.cpp - options in, files out -----------------------------===//
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#include "CompileCommand.h"
#include "Depfile.h"
#include "Expand.h"
#include "WriteFile.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

namespace cl = llvm::cl;
using namespace coroexpand;

namespace {

enum ExitCode { Success = 0, Failure = 1, Usage = 2 };

cl::OptionCategory Category("coro-expand options");
cl::list<std::string> Inputs(cl::Positional,
                             cl::desc("FILE... [-- COMPILER FLAGS]"),
                             cl::cat(Category));
cl::opt<std::string>
    Output("o", cl::value_desc("file"), cl::cat(Category),
           cl::desc("Write the expansion to <file> instead of standard "
                    "output; nothing is written when there is an error"));
cl::opt<std::string>
    DependencyFile("depfile", cl::value_desc("file"), cl::cat(Category),
                   cl::desc("With -o: write a make rule to <file> that names "
                            "every file the expansion depends on"));
cl::opt<bool>
    WithoutSystem("depfile-without-system", cl::cat(Category),
                  cl::desc("Leave system headers out of the depfile"));
cl::opt<bool> Lines("lines", cl::cat(Category),
                    cl::desc("Name the source's lines in #line directives"));
cl::opt<bool>
    OnlyIfLowered("only-if-lowered", cl::Hidden, cl::cat(Category),
                  cl::desc("With -o: write nothing if nothing is lowered"));
cl::opt<std::string>
    Compiler("compiler", cl::value_desc("name"), cl::cat(Category),
             cl::desc("The flags behind -- are those of this compiler: what "
                      "clang does not know of them is left out"));
cl::opt<bool>
    Headers("headers", cl::cat(Category),
            cl::desc("Put included files that define async functions in place "
                     "of their directives, lowered, as -o does"));
cl::opt<std::string>
    Item("item", cl::value_desc("a::b::name"), cl::cat(Category),
         cl::desc("Show the expansion of this function alone: its struct and "
                  "its factory"));
cl::opt<std::string>
    DumpStage("dump-ir", cl::value_desc("stage"), cl::cat(Category),
              cl::desc("Show what a stage made instead of the expansion: "
                       "'lower' (the IR), 'plan' (the frame) or 'map' (where "
                       "each function's expansion stands)"));
cl::opt<std::string>
    Layout("layout", cl::value_desc("json"), cl::ValueOptional,
           cl::cat(Category),
           cl::desc("Show how the futures lie in memory instead of the "
                    "expansion: sizes, offsets, and what lives across which "
                    "suspension; as JSON with --layout=json"));
cl::list<std::string>
    Budgets("budget", cl::value_desc("a::b::name=bytes"), cl::cat(Category),
            cl::desc("It is an error if the future of this function takes more "
                     "bytes"));
cl::opt<bool>
    LayoutDiff("layout-diff", cl::cat(Category),
               cl::desc("Show what has changed between two files that "
                        "--layout=json has made; exit status 1 if a future "
                        "takes more than before"));
cl::opt<bool> Boxed("Wboxed", cl::cat(Category),
                    cl::desc("Warn of each place that allocates because a "
                             "coro::future is needed there"));
cl::opt<bool>
    BreakIR("break-ir", cl::Hidden, cl::cat(Category),
            cl::desc("Break a promise of the IR, to test internal errors"));
cl::opt<bool>
    CheckOrder("check-order", cl::Hidden, cl::cat(Category),
               cl::desc("Compare the order in which expressions are taken "
                        "apart with clang's control-flow graph"));
cl::opt<bool>
    CheckTypes("check-types", cl::Hidden, cl::cat(Category),
               cl::desc("Parse the expansion, and compare the types of members "
                        "with those of their variables"));
cl::opt<bool>
    BreakTypes("break-types", cl::Hidden, cl::cat(Category),
               cl::desc("Have that check look for what is not there"));
cl::opt<std::string> BuildPath("p", cl::value_desc("dir"), cl::cat(Category),
                               cl::desc("Take the compiler's flags from "
                                        "<dir>/compile_commands.json"));
cl::list<std::string> Extra("extra-arg", cl::value_desc("flag"),
                            cl::cat(Category),
                            cl::desc("Add <flag> behind the compiler's flags"));
cl::list<std::string>
    ExtraBefore("extra-arg-before", cl::value_desc("flag"), cl::cat(Category),
                cl::desc("Add <flag> in front of the compiler's flags"));
cl::list<std::string>
    Dropped("drop-arg", cl::value_desc("flag"), cl::cat(Category),
            cl::desc("Leave <flag> out of the compiler's flags"));

constexpr const char *Overview =
    "Lowers C++20 async functions into explicit state-machine structs.\n\n"
    "  coro-expand file.cpp                      print the expansion\n"
    "  coro-expand file.cpp -o out.cpp -- -Iinc  write it, with these flags\n"
    "  coro-expand - < file.cpp                  read standard input\n\n"
    "Without -- the compiler's flags come from the compile_commands.json of\n"
    "the file's folder or the nearest one above it.\n\n"
    "Exit status: 0 the expansion was made; 1 the input has errors or a form\n"
    "that can't be lowered; 2 the command line is wrong.\n";

int usageError(const llvm::Twine &What) {
  llvm::WithColor::error(llvm::errs(), "coro-expand") << What << "\n";
  return Usage;
}

/// Splits `-- FLAGS` off the command line; nothing when there is no `--`.
std::optional<std::vector<std::string>> flagsBehindDashes(int &Argc,
                                                          const char **Argv) {
  for (int I = 1; I < Argc; ++I)
    if (llvm::StringRef(Argv[I]) == "--") {
      std::vector<std::string> Flags(Argv + I + 1, Argv + Argc);
      Argc = I;
      return Flags;
    }
  return std::nullopt;
}

/// \p Program with the folder it is in. Clang names the headers of a compiler
/// that has none, or is found by a link to its folder, so that ninja takes
/// `..` out of the names and then finds no such files.
std::string withFolder(const std::string &Program) {
  llvm::ErrorOr<std::string> Found = llvm::sys::findProgramByName(Program);
  llvm::SmallString<256> Folder;
  if (!Found ||
      llvm::sys::fs::real_path(llvm::sys::path::parent_path(*Found), Folder))
    Folder = "/usr/bin";
  llvm::sys::path::append(Folder, llvm::sys::path::filename(Program));
  return Folder.str().str();
}

/// What the options change of it.
void adjust(CompileCommand &Command) {
  std::vector<std::string> &Arguments = Command.Arguments;
  Arguments.front() = withFolder(Arguments.front());
  llvm::erase_if(Arguments, [](const std::string &Argument) {
    return llvm::is_contained(Dropped, Argument);
  });
  Arguments.insert(Arguments.begin() + 1, ExtraBefore.begin(),
                   ExtraBefore.end());
  Arguments.insert(Arguments.end(), Extra.begin(), Extra.end());
}

/// The expansion is for a compiler, not for a reader.
bool isBuild() { return !Output.empty() && Output != "-"; }

std::string absolute(llvm::StringRef Path) {
  llvm::SmallString<256> Result(Path);
  llvm::sys::fs::make_absolute(Result);
  return Result.str().str();
}

std::string folderOf(llvm::StringRef File) {
  return llvm::sys::path::parent_path(absolute(File)).str();
}

/// The runtime's headers, where this program has been installed with them.
std::string installedInclude() {
  static int Here;
  llvm::SmallString<256> Path(
      llvm::sys::fs::getMainExecutable("coro-expand", &Here));
  llvm::sys::path::remove_filename(Path);
  llvm::sys::path::append(Path, "..", "include");
  llvm::sys::path::remove_dots(Path, /*remove_dot_dot=*/true);
  return llvm::sys::fs::exists(Path + "/coro/coro.h") ? Path.str().str() : "";
}

bool asksForLayout() { return Layout.getNumOccurrences() > 0; }

/// `f=64` as a budget.
std::optional<Budget> budgetFrom(llvm::StringRef Written) {
  auto [Function, Bytes] = Written.rsplit('=');
  Budget Result{Function.str()};
  if (Function.empty() || Bytes.getAsInteger(10, Result.Bytes))
    return std::nullopt;
  return Result;
}

std::optional<ExpandRequest>
requestFor(const std::string &Input,
           const std::optional<std::vector<std::string>> &Flags) {
  ExpandRequest Request;
  Request.Item = Item;
  Request.DumpStage = DumpStage;
  Request.BreakIR = BreakIR;
  Request.CheckOrder = CheckOrder;
  Request.CheckTypes = CheckTypes || BreakTypes;
  Request.BreakTypes = BreakTypes;
  Request.WarnOfBoxes = Boxed;
  Request.Layout = asksForLayout();
  for (const std::string &Written : Budgets)
    Request.Budgets.push_back(*budgetFrom(Written));
  // What included futures take counts.
  Request.Headers = Headers || isBuild() || asksForLayout();
  Request.Lines = Lines || asksForLayout();
  Request.RuntimeInclude = installedInclude();
  if (isBuild())
    Request.OutputFolder = folderOf(Output);
  if (Input == "-") {
    auto Buffer = llvm::MemoryBuffer::getSTDIN();
    if (!Buffer) {
      llvm::WithColor::error(llvm::errs(), "coro-expand")
          << "can't read standard input: " << Buffer.getError().message()
          << "\n";
      return std::nullopt;
    }
    Request.File = "stdin.cpp";
    Request.Contents = (*Buffer)->getBuffer().str();
  } else {
    llvm::SmallString<256> Absolute(Input);
    llvm::sys::fs::file_status Status;
    std::error_code Error = llvm::sys::fs::status(Input, Status);
    if (!Error && llvm::sys::fs::is_directory(Status))
      Error = std::make_error_code(std::errc::is_a_directory);
    if (Error) {
      llvm::WithColor::error(llvm::errs(), "coro-expand")
          << "can't read '" << Input << "': " << Error.message() << "\n";
      return std::nullopt;
    }
    Request.File = Input;
  }
  std::optional<CompileCommand> Command = CompileCommand();
  if (Flags)
    Command = commandFromFlags(*Flags, Compiler);
  else if (Input != "-")
    Command = commandFromDatabase(Input, BuildPath);
  if (!Command)
    return std::nullopt;
  adjust(*Command);
  Request.Command = std::move(Command->Arguments);
  Request.Directory = std::move(Command->Directory);
  // The command may run elsewhere; the file is named from here.
  if (Request.Directory != "." && !Request.Contents)
    Request.File = absolute(Request.File);
  return Request;
}

bool write(const std::string &Path, const std::string &Text) {
  llvm::Error Error = writeFile(Path, Text);
  if (!Error)
    return true;
  llvm::WithColor::error(llvm::errs(), "coro-expand")
      << "can't write '" << Path << "': " << llvm::toString(std::move(Error))
      << "\n";
  return false;
}

/// The names of the files, as the folder that the command runs in has them.
Dependencies dependenciesOn(const std::vector<FileRead> &Files,
                            const std::string &Folder) {
  Dependencies Result{escapedForMake(Output), {}};
  for (const FileRead &File : Files) {
    if (File.IsSystem && WithoutSystem)
      continue;
    llvm::SmallString<256> Path(File.Name);
    if (Folder != "." && !llvm::sys::path::is_absolute(Path)) {
      Path = absolute(Folder);
      llvm::sys::path::append(Path, File.Name);
    }
    Result.Files.push_back(Path.str().str());
  }
  return Result;
}

std::optional<std::vector<FutureLayout>> readLayout(const std::string &Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer) {
    llvm::WithColor::error(llvm::errs(), "coro-expand")
        << "can't read '" << Path << "': " << Buffer.getError().message()
        << "\n";
    return std::nullopt;
  }
  auto Result = layoutFromJson((*Buffer)->getBuffer());
  if (Result)
    return std::move(*Result);
  llvm::WithColor::error(llvm::errs(), "coro-expand")
      << "'" << Path << "' is no report of --layout=json: "
      << llvm::toString(Result.takeError()) << "\n";
  return std::nullopt;
}

ExitCode compareFiles(const std::string &Old, const std::string &New) {
  auto Before = readLayout(Old), After = readLayout(New);
  if (!Before || !After)
    return Failure;
  LayoutChange Change = compareLayouts(*Before, *After);
  llvm::outs() << Change.Text;
  return Change.Grew ? Failure : Success;
}

/// Unknown options are reported by us, so that the exit status is Usage.
bool parseOptions(int Argc, const char **Argv) {
  std::string Errors;
  llvm::raw_string_ostream OS(Errors);
  if (cl::ParseCommandLineOptions(Argc, Argv, Overview, &OS))
    return true;
  llvm::errs() << Errors;
  return false;
}

} // namespace

int main(int Argc, const char **Argv) {
  llvm::InitLLVM Init(Argc, Argv);
  cl::HideUnrelatedOptions(Category);
  cl::SetVersionPrinter([](llvm::raw_ostream &OS) {
    OS << "coro-expand " << version() << ", with LLVM and Clang "
       << LLVM_VERSION_STRING << "\n";
  });
  auto Flags = flagsBehindDashes(Argc, Argv);
  if (!parseOptions(Argc, Argv))
    return Usage;
  if (Inputs.empty())
    return usageError("no input file; name one, or - for standard input");
  if (Inputs.size() > 1 && !Output.empty())
    return usageError("-o takes one input file");
  if (!DependencyFile.empty() && !isBuild())
    return usageError("--depfile is about the file that -o names; name one");
  if (!BuildPath.empty() && Flags)
    return usageError("-p and -- both say where flags come from; take one");
  if (!BuildPath.empty() && llvm::is_contained(Inputs, "-"))
    return usageError("-p has no flags for standard input; give them behind "
                      "--");
  if (!DumpStage.empty() && !isDumpStage(DumpStage))
    return usageError("--dump-ir knows 'lower', 'plan' and 'map', not '" +
                      DumpStage + "'");

  if (!Layout.empty() && Layout != "json")
    return usageError("--layout knows 'json', not '" + Layout + "'");
  if (asksForLayout() && (isBuild() || !DumpStage.empty()))
    return usageError("--layout is instead of an expansion");
  for (const std::string &Written : Budgets)
    if (!budgetFrom(Written))
      return usageError("--budget is NAME=BYTES, not '" + Written + "'");
  if (LayoutDiff && Inputs.size() != 2)
    return usageError("--layout-diff compares two files");
  if (LayoutDiff)
    return compareFiles(Inputs[0], Inputs[1]);

  std::string Text;
  std::vector<FutureLayout> Layouts;
  Dependencies Read;
  bool IsChanged = false;
  for (const std::string &Input : Inputs) {
    std::optional<ExpandRequest> Request = requestFor(Input, Flags);
    if (!Request)
      return Failure;
    std::optional<Expanded> Expansion = expand(*Request);
    if (!Expansion)
      return Failure;
    Text += Expansion->Text;
    IsChanged |= Expansion->IsChanged;
    llvm::append_range(Layouts, Expansion->Layouts);
    Read = dependenciesOn(Expansion->FilesRead, Request->Directory);
  }
  if (asksForLayout())
    Text = Layout == "json" ? layoutAsJson(Layouts) : layoutAsText(Layouts);
  if (!isBuild()) {
    llvm::outs() << Text;
    return Success;
  }
  if (OnlyIfLowered && !IsChanged)
    return Success;
  if (!write(Output, Text))
    return Failure;
  return DependencyFile.empty() ||
                 write(DependencyFile, depfile(Read, /*Phony=*/true))
             ? Success
             : Failure;
}
