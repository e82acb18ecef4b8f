#include "Source/Parse.h"
#include "Source/Arguments.h"
#include "Source/Fragments.h"

#include "ClangCompat.h"
#include "Config.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "clang/Frontend/Utils.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/thread.h"

using namespace clang;

namespace coroexpand {
namespace {

using User = llvm::function_ref<void(const ParsedUnit &)>;

/// System headers too: whatever is in the expansion may change with one.
class FilesRead : public DependencyCollector {
public:
  std::vector<FileRead> All;

private:
  bool needSystemDependencies() override { return true; }
  void maybeAddDependency(llvm::StringRef Name, bool FromModule, bool IsSystem,
                          bool IsModuleFile, bool IsMissing) override {
    if (sawDependency(Name, FromModule, IsSystem, IsModuleFile, IsMissing) &&
        addDependency(Name))
      All.push_back({Name.str(), IsSystem});
  }
};

/// Of a main file from so many bytes on, tokens are looked up in an index: the
/// time that it takes to make is less than what it saves.
constexpr unsigned IndexedFrom = 20'000;

class Consumer : public ASTConsumer {
public:
  Consumer(CompilerInstance &CI, User Use)
      : PP(CI.getPreprocessor()), Collector(PP), Use(Use) {
    recordSkipped(PP, Skipped);
    recordIncludes(PP, Includes);
    Read->attachToPreprocessor(PP);
  }

  void HandleTranslationUnit(ASTContext &Context) override {
    SourceText Source{std::move(Collector).consume(), std::move(Skipped),
                      std::move(Includes), std::move(Read->All)};
    const SourceManager &SM = Context.getSourceManager();
    if (SM.getFileIDSize(SM.getMainFileID()) >= IndexedFrom)
      Source.Tokens.indexExpandedTokens();
    if (!Context.getDiagnostics().hasErrorOccurred())
      Use({Context, PP, Source});
  }

private:
  Preprocessor &PP;
  syntax::TokenCollector Collector;
  SkippedRanges Skipped;
  IncludeRecord Includes;
  std::shared_ptr<FilesRead> Read = std::make_shared<FilesRead>();
  User Use;
};

class Action : public ASTFrontendAction {
public:
  explicit Action(User Use) : Use(Use) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 llvm::StringRef) override {
    return std::make_unique<Consumer>(CI, Use);
  }

private:
  User Use;
};

/// The user's command line, as one that only parses: without outputs, in
/// C++20 unless it says otherwise, and with a runtime to fall back to.
std::vector<std::string> parsingCommand(const ParseRequest &Request) {
  std::vector<std::string> Command = forParsing(Request.Command, Request.File);
  // The mark of a lambda stands where C++23 allows an attribute.
  std::vector<std::string> Defaults = {
      "-std=c++20", "-resource-dir=" CORO_EXPAND_RESOURCE_DIR,
      "-DCORO_EXPAND_PARSES"};
  Command.insert(Command.begin() + 1, Defaults.begin(), Defaults.end());
  Command.insert(Command.end(),
                 {"-Wno-c++23-lambda-attributes", "-Wno-unknown-warning-option",
                  "-idirafter",
                  Request.RuntimeInclude.empty() ? CORO_EXPAND_RUNTIME_INCLUDE
                                                 : Request.RuntimeInclude,
                  "-xc++", Request.File});
  return Command;
}

llvm::IntrusiveRefCntPtr<FileManager> filesFor(const ParseRequest &Request) {
  auto Overlay = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(
      llvm::vfs::createPhysicalFileSystem());
  auto Memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  Overlay->pushOverlay(Memory);
  Overlay->setCurrentWorkingDirectory(Request.Directory);
  if (Request.Contents)
    Memory->addFile(Request.File, 0,
                    llvm::MemoryBuffer::getMemBufferCopy(*Request.Contents));
  return llvm::makeIntrusiveRefCnt<FileManager>(
      FileSystemOptions{Request.Directory}, Overlay);
}

/// Expressions nest as deep as they are long (`a + b + ...`), and so does what
/// walks over them, clang's code too. Only what is used of it costs memory.
constexpr std::optional<unsigned> StackSize = 512u << 20;

} // namespace

bool parse(const ParseRequest &Request, User Use) {
  llvm::IntrusiveRefCntPtr<FileManager> Files = filesFor(Request);
  std::vector<std::string> Command = parsingCommand(Request);
  std::vector<const char *> Arguments;
  for (const std::string &Argument : Command)
    Arguments.push_back(Argument.c_str());
  DiagnosticOptionsOwner Options = CreateAndPopulateDiagOpts(Arguments);
  TextDiagnosticPrinter Printer(llvm::errs(), forPrinter(Options));
  tooling::ToolInvocation Invocation(Command, std::make_unique<Action>(Use),
                                     Files.get());
  Invocation.setDiagnosticOptions(Options.get());
  Invocation.setDiagnosticConsumer(&Printer);
  bool Succeeded = false;
  llvm::thread Deep(StackSize, [&] { Succeeded = Invocation.run(); });
  Deep.join();
  // The driver's errors (an unknown flag) are counted, and no more.
  return Succeeded && Printer.getNumErrors() == 0;
}

} // namespace coroexpand
