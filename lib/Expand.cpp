//===- Expand.cpp - the stages, in order ----------------------------------===//
//
//   find    what carries CORO_ASYNC                        AsyncFunctions
//   check   refuses what can't be lowered; before lower, so that lower meets
//           only forms it has a construct for
//   lower   the AST of each function as IR                 ir::Body
//   verify  what the later stages rely on
//   plan    what lives where, which exit destroys what     FramePlan
//   fit     refuses what can't live in a frame; only the plan knows what does
//   emit    struct and factory                             text
//   splice  the whole file, formatted                      text
//
// Each function goes as far as it can, whatever is wrong with the others: one
// that the check refuses is not built, one whose lowering fails is still
// planned and fitted. So all errors of a file are reported together. Nothing is
// emitted before all functions have come through.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#include "Expand.h"

#include "Config.h"
#include "Diagnostics/Diagnostics.h"
#include "Emit/FunctionEmitter.h"
#include "IR/Printer.h"
#include "IR/Verifier.h"
#include "Lower/Lower.h"
#include "Plan/Plan.h"
#include "Source/Check.h"
#include "Source/Find.h"
#include "Source/Macros.h"
#include "Source/Signature.h"
#include "Splice.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "clang/Tooling/Syntax/Tokens.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/VirtualFileSystem.h"
#include "llvm/Support/thread.h"

using namespace clang;

namespace coroexpand {
namespace {

struct Lowered {
  ir::Signature Signature;
  ir::Body Body;
  FramePlan Plan;
};

/// The stages on one translation unit.
class Pipeline {
public:
  Pipeline(const ExpandRequest &Request, ASTContext &Context,
           const syntax::TokenBuffer &Tokens, Preprocessor &PP)
      : Request(Request), Context(Context), Tokens(Tokens), PP(PP),
        Diags(Context.getDiagnostics()) {}

  std::optional<std::string> run() {
    Marked Found = findAsyncFunctions(Context);
    Lowerable Checked = checkAsyncFunctions(Found, Context, Tokens, Diags);
    checkMacros(Found.Functions, PP, Diags);
    Taken = {macroNames(PP), variablesAround(Found.Functions)};
    bool HasItem = false;
    std::vector<Lowered> All;
    for (const AsyncFunction &F : Found.Functions.all()) {
      HasItem |= isWanted(F);
      if (!Checked.contains(&F))
        continue;
      Lowered L = lower(F, Found.Functions);
      if (isTriviallyDestroyed(L))
        Found.Functions.setTriviallyDestroyed(F);
      if (isWanted(F))
        All.push_back(std::move(L));
    }
    if (!HasItem && !Request.Item.empty())
      Diags.report(Context.getSourceManager().getLocForStartOfFile(
                       Context.getSourceManager().getMainFileID()),
                   Diag::no_such_item)
          << Request.Item;
    if (Diags.hasErrors())
      return std::nullopt;
    if (!Request.DumpStage.empty())
      return dump(All);
    return Request.Item.empty() ? wholeFile(All) : items(All);
  }

private:
  bool isWanted(const AsyncFunction &F) const {
    return Request.Item.empty() || Request.Item == F.QualifiedName;
  }

  Lowered lower(const AsyncFunction &F, const AsyncFunctions &Functions) {
    Lowered Result;
    Result.Signature = signatureOf(F, Tokens, Context.getLangOpts());
    unsigned ErrorsBefore = Diags.count();
    Result.Body = coroexpand::lower(F, Functions, Context, Tokens, Diags);
    if (Diags.count() == ErrorsBefore) {
      std::string Broken = ir::verify(Result.Body);
      if (!Broken.empty())
        llvm::report_fatal_error(llvm::StringRef("invalid IR: " + Broken));
    }
    Result.Plan = planFrame(Result.Signature, Result.Body, Taken, Sizes);
    Sizes[F.StructName] = Result.Plan.Size;
    fit(Result);
    return Result;
  }

  static bool isTriviallyDestroyed(const Lowered &L) {
    auto Parameters = llvm::ArrayRef(L.Body.Vars).take_front(L.Body.NumParams);
    return !L.Plan.hasLevels() &&
           llvm::none_of(Parameters,
                         [](const ir::Variable &P) { return P.NeedsDestroy; });
  }

  static std::optional<Diag> diagFor(ir::FrameProblem P) {
    switch (P) {
    case ir::FrameProblem::None:
      return std::nullopt;
    case ir::FrameProblem::Unnameable:
      return Diag::frame_unnameable;
    case ir::FrameProblem::ExtendedTemporary:
      return Diag::frame_extended_temporary;
    case ir::FrameProblem::Binding:
      return Diag::frame_binding;
    case ir::FrameProblem::ArrayCapture:
      return Diag::frame_array_capture;
    case ir::FrameProblem::Decltype:
      return Diag::frame_decltype;
    }
    llvm_unreachable("all problems are above");
  }

  void fit(const Lowered &L) {
    for (ir::VarId I = 0; I < L.Body.Vars.size(); ++I) {
      const ir::Variable &V = L.Body.Vars[I];
      if (L.Plan.Vars[I].Where == Home::Frame ||
          L.Plan.Vars[I].Where == Home::Parameter)
        if (std::optional<Diag> D = diagFor(V.Problem))
          Diags.report(V.Where.Raw, *D) << V.Name;
    }
  }

  std::string dump(const std::vector<Lowered> &All) const {
    std::string Result;
    llvm::raw_string_ostream OS(Result);
    for (const Lowered &L : All) {
      OS << L.Signature.StructName << ":\n";
      if (Request.DumpStage == "lower")
        ir::print(L.Body, OS);
      else
        print(L.Plan, L.Body, OS);
    }
    return Result;
  }

  static EmittedFunction emit(const Lowered &L) {
    return emitFunction(L.Signature, L.Body, L.Plan);
  }

  std::string items(const std::vector<Lowered> &All) const {
    std::string Result;
    for (const Lowered &L : All) {
      EmittedFunction E = emit(L);
      Result += (Result.empty() ? "" : "\n") + formatted(E.InPlace);
      if (!E.Definition.Text.empty())
        Result += "\n" + formatted(E.Definition);
    }
    return Result;
  }

  std::string wholeFile(const std::vector<Lowered> &All) const {
    const SourceManager &SM = Context.getSourceManager();
    std::vector<Expansion> Expansions;
    for (const Lowered &L : All)
      Expansions.push_back({L.Signature, emit(L)});
    return splice(SM.getBufferData(SM.getMainFileID()).str(), Expansions);
  }

  const ExpandRequest &Request;
  ASTContext &Context;
  const syntax::TokenBuffer &Tokens;
  Preprocessor &PP;
  TakenNames Taken;
  FutureSizes Sizes; ///< Of what was planned so far.
  Diagnostics Diags;
};

//===----------------------------------------------------------------------===//
// clang around the pipeline
//===----------------------------------------------------------------------===//

class Consumer : public ASTConsumer {
public:
  Consumer(CompilerInstance &CI, const ExpandRequest &Request,
           std::optional<std::string> &Result)
      : PP(CI.getPreprocessor()), Collector(PP), Request(Request),
        Result(Result) {}

  void HandleTranslationUnit(ASTContext &Context) override {
    syntax::TokenBuffer Tokens = std::move(Collector).consume();
    if (Context.getDiagnostics().hasErrorOccurred())
      return;
    Result = Pipeline(Request, Context, Tokens, PP).run();
  }

private:
  Preprocessor &PP;
  syntax::TokenCollector Collector;
  const ExpandRequest &Request;
  std::optional<std::string> &Result;
};

class Action : public ASTFrontendAction {
public:
  Action(const ExpandRequest &Request, std::optional<std::string> &Result)
      : Request(Request), Result(Result) {}

  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI,
                                                 llvm::StringRef) override {
    return std::make_unique<Consumer>(CI, Request, Result);
  }

private:
  const ExpandRequest &Request;
  std::optional<std::string> &Result;
};

/// The user's command line, as one that only parses: without outputs, in
/// C++20 unless it says otherwise, and with a runtime to fall back to.
std::vector<std::string> parsingCommand(const ExpandRequest &Request) {
  using namespace tooling;
  std::vector<std::string> Command = Request.Command;
  for (const ArgumentsAdjuster &Adjust :
       {getClangStripOutputAdjuster(), getClangStripDependencyFileAdjuster(),
        getClangSyntaxOnlyAdjuster()})
    Command = Adjust(Command, Request.File);
  std::vector<std::string> Defaults = {
      "-std=c++20", "-resource-dir=" CORO_EXPAND_RESOURCE_DIR};
  Command.insert(Command.begin() + 1, Defaults.begin(), Defaults.end());
  Command.insert(Command.end(), {"-idirafter", CORO_EXPAND_RUNTIME_INCLUDE,
                                 "-xc++", Request.File});
  return Command;
}

} // namespace

/// Expressions nest as deep as they are long (`a + b + ...`), and so does what
/// walks over them, clang's code too. Only what is used of it costs memory.
constexpr std::optional<unsigned> StackSize = 512u << 20;

const char *version() { return CORO_EXPAND_VERSION; }

bool isDumpStage(const std::string &Name) {
  return Name == "lower" || Name == "plan";
}

std::optional<std::string> expand(const ExpandRequest &Request) {
  auto Overlay = llvm::makeIntrusiveRefCnt<llvm::vfs::OverlayFileSystem>(
      llvm::vfs::createPhysicalFileSystem());
  auto Memory = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  Overlay->pushOverlay(Memory);
  Overlay->setCurrentWorkingDirectory(Request.Directory);
  if (Request.Contents)
    Memory->addFile(Request.File, 0,
                    llvm::MemoryBuffer::getMemBufferCopy(*Request.Contents));
  auto Files = llvm::makeIntrusiveRefCnt<FileManager>(
      FileSystemOptions{Request.Directory}, Overlay);

  std::optional<std::string> Result;
  std::vector<std::string> Command = parsingCommand(Request);
  std::vector<const char *> Arguments;
  for (const std::string &Argument : Command)
    Arguments.push_back(Argument.c_str());
  llvm::IntrusiveRefCntPtr<DiagnosticOptions> Options =
      CreateAndPopulateDiagOpts(Arguments);
  TextDiagnosticPrinter Printer(llvm::errs(), Options.get());
  tooling::ToolInvocation Invocation(
      Command, std::make_unique<Action>(Request, Result), Files.get());
  Invocation.setDiagnosticOptions(Options.get());
  Invocation.setDiagnosticConsumer(&Printer);
  // The driver's errors (an unknown flag) are counted, and no more.
  bool Succeeded = false;
  llvm::thread Deep(StackSize, [&] { Succeeded = Invocation.run(); });
  Deep.join();
  if (!Succeeded || Printer.getNumErrors() > 0)
    return std::nullopt;
  return Result;
}

} // namespace coroexpand
