//===- Expand.cpp - the stages, in order ----------------------------------===//
//
//   parse   clang on the file                              ParsedUnit
//   find    what carries CORO_ASYNC                        AsyncFunctions
//   erase   which futures have to be coro::futures         ErasedText
//   check   refuses what can't be lowered; before lower, so that lower meets
//           only forms it has a construct for
//   lower   the AST of each function as IR                 ir::Body
//   verify  what the later stages rely on
//   plan    what lives where, which exit destroys what     FramePlan
//   fit     refuses what can't live in a frame; only the plan knows what does
//   facts   what callers must know of a planned future     FutureFacts
//   emit    struct and factory                             text
//   splice  the whole file, formatted or with #lines, and
//           the included ones that changed in their places text, SourceMap
//   layout  how clang lays the structs out, where that is asked for
//                                                          [FutureLayout]
//
// lower .. facts run on one function after the other: a caller sees the type of
// the callee's struct only behind its definition, so that in the order of the
// file the facts of all callees are there before their callers are lowered. A
// function that calls itself holds itself in a box, and needs none.
//
// Each function goes as far as it can, whatever is wrong with the others: one
// that the check refuses is not built, one whose lowering fails is still
// planned and fitted. So all errors of a file are reported together. Nothing is
// emitted before all functions have come through, but an async lambda for the
// function whose text it is a part of.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#include "Expand.h"

#include "Config.h"
#include "Diagnostics/Diagnostics.h"
#include "Emit/FunctionEmitter.h"
#include "IR/Printer.h"
#include "IR/Verifier.h"
#include "Layout/Describe.h"
#include "Layout/Measure.h"
#include "Lower/Lower.h"
#include "Lower/OrderCheck.h"
#include "MemberTypes.h"
#include "Plan/Plan.h"
#include "Source/Boxes.h"
#include "Source/Check.h"
#include "Source/Find.h"
#include "Source/FutureUses.h"
#include "Source/Macros.h"
#include "Source/Mark.h"
#include "Source/Signature.h"
#include "Splice.h"

#include "clang/AST/ASTContext.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;

namespace coroexpand {
namespace {

struct Lowered {
  const AsyncFunction *Of = nullptr;
  ir::Signature Signature;
  ir::Body Body;
  FramePlan Plan;
  bool IsNested = false; ///< A part of the text of another one.
};

/// The stages behind parse.
class Pipeline {
public:
  Pipeline(const ExpandRequest &Request, const ParsedUnit &Unit)
      : Request(Request), Unit(Unit), SM(Unit.Context.getSourceManager()),
        Diags(Unit.Context.getDiagnostics()) {}

  std::optional<Expanded> run() {
    Marked Found = findAsyncFunctions(Unit.Context);
    const ErasedText Erased =
        eraseWhereNeeded(Found.Functions, Unit.Context, Diags);
    const Lowerable Checked =
        checkAsyncFunctions(Found, Unit.Context, Unit.Source.Tokens, Diags);
    if (Request.WarnOfBoxes)
      warnOfBoxes(Found.Functions, Unit.Context, Diags);
    checkMacros(Found.Functions, Unit.PP, Diags);
    checkItem(Found.Functions);
    const llvm::StringSet<> Globals = variablesAround(Found.Functions);
    MacroNames Macros(Unit.PP);
    std::vector<Lowered> All;
    CalleeFacts Facts;
    llvm::DenseMap<const AsyncFunction *, NestedFunctions> Nested;
    for (const AsyncFunction &F : Found.Functions.all()) {
      if (!Checked.contains(&F))
        continue;
      std::optional<Lowered> L =
          lower(F, Found.Functions, Facts, Nested[&F], {Macros.at(F), Globals});
      if (!L)
        continue;
      fit(*L);
      Facts[F.Decl] = factsOf(L->Body, L->Plan);
      if (const AsyncFunction *Around = Found.Functions.around(F)) {
        L->IsNested = true;
        if (!Diags.hasErrors())
          nest(F, *L, Nested[Around]);
      }
      if (isWanted(F))
        All.push_back(std::move(*L));
    }
    if (Diags.hasErrors())
      return std::nullopt;
    if (Request.CheckTypes)
      for (const Lowered &L : All)
        collectTypes(L);
    Expanded Result{
        output(All, Erased), !All.empty(), {}, Unit.Source.FilesRead};
    if (asksForLayout())
      return withLayouts(std::move(Result), All);
    return Result;
  }

  /// What the members of the expansion have to be; empty if nobody asks.
  std::vector<MemberType> takeMembers() { return std::move(Members); }

private:
  void collectTypes(const Lowered &L) {
    for (ir::VarId I = 0; I < L.Body.Vars.size(); ++I)
      if (const void *T = L.Body.Vars[I].ClangType; T && isMember(L, I))
        if (std::optional<MemberType> Wanted =
                memberOfType(L.Signature.StructName, L.Plan.Vars[I].Name,
                             QualType::getFromOpaquePtr(T)))
          Members.push_back(std::move(*Wanted));
  }

  static bool isMember(const Lowered &L, ir::VarId I) {
    return L.Plan.Vars[I].Where == Home::Frame ||
           llvm::is_contained(L.Plan.Parameters, I);
  }

  //===--------------------------------------------------------------------===//
  // Layouts
  //===--------------------------------------------------------------------===//

  bool asksForLayout() const {
    return Request.Layout || !Request.Budgets.empty();
  }

  FutureLayout layoutOf(const Lowered &L) const {
    FutureLayout Result = describeFuture(L.Plan, [&](ir::Loc Where) {
      return lineOf(SourceLocation::getFromRawEncoding(Where.Raw));
    });
    SourceLocation At = L.Of->Decl->getLocation();
    Result.Struct = L.Signature.StructName;
    Result.Function = L.Of->QualifiedName;
    Result.File = SM.getPresumedLoc(At).getFilename();
    Result.Line = lineOf(At);
    return Result;
  }

  int lineOf(SourceLocation At) const {
    return SM.getPresumedLoc(SM.getExpansionLoc(At)).getLine();
  }

  /// The compiler's own figures, from another parse. Nothing when it finds
  /// errors, or a future that takes more than it may.
  std::optional<Expanded> withLayouts(Expanded Result,
                                      const std::vector<Lowered> &All) {
    for (const Lowered &L : All)
      Result.Layouts.push_back(layoutOf(L));
    ParseRequest Expansion = Request;
    Expansion.Contents = Result.Text;
    if (!measure(Result.Layouts, Expansion))
      return std::nullopt;
    for (const Budget &B : Request.Budgets)
      checkBudget(B, All, Result.Layouts);
    if (!Request.Item.empty())
      llvm::erase_if(Result.Layouts, [&](const FutureLayout &F) {
        return F.Function != Request.Item;
      });
    return Diags.hasErrors() ? std::nullopt : std::optional(std::move(Result));
  }

  void checkBudget(const Budget &B, const std::vector<Lowered> &All,
                   const std::vector<FutureLayout> &Layouts) {
    bool Found = false;
    for (auto [L, Layout] : llvm::zip(All, Layouts)) {
      if (Layout.Function != B.Function)
        continue;
      Found = true;
      if (Layout.DependsOnInstantiation)
        Diags.report(L.Of->Decl->getLocation(), Diag::budget_in_template)
            << L.Of->Decl;
      else if (Layout.Size > B.Bytes)
        Diags.report(L.Of->Decl->getLocation(), Diag::over_budget)
            << L.Of->Decl << Layout.Size << B.Bytes;
    }
    if (!Found)
      Diags.report(SM.getLocForStartOfFile(SM.getMainFileID()),
                   Diag::no_such_item)
          << B.Function;
  }

  /// An item is for a reader.
  bool marks() const { return Request.Lines && Request.Item.empty(); }

  bool isNamed(const AsyncFunction &F) const {
    return Request.Item.empty() || Request.Item == F.QualifiedName;
  }
  /// How one future lies depends on all that it holds.
  bool isWanted(const AsyncFunction &F) const {
    return isNamed(F) || asksForLayout();
  }

  void checkItem(const AsyncFunctions &Functions) {
    if (llvm::none_of(Functions.all(),
                      [&](const AsyncFunction &F) { return isNamed(F); }) &&
        !Request.Item.empty())
      Diags.report(SM.getLocForStartOfFile(SM.getMainFileID()),
                   Diag::no_such_item)
          << Request.Item;
  }

  /// Lower, verify and plan. Nothing when lowering has broken a promise.
  std::optional<Lowered> lower(const AsyncFunction &F,
                               const AsyncFunctions &Functions,
                               const CalleeFacts &Facts,
                               const NestedFunctions &Nested,
                               const TakenNames &Taken) {
    Lowered Result;
    Result.Of = &F;
    Result.Signature =
        signatureOf(F, Functions, Unit.Source, Unit.Context.getLangOpts());
    Result.Signature.Begin =
        firstToken(F.Decl, Unit.Source.Tokens)->location().getRawEncoding();
    Result.Signature.Where = lineOfFunction(F).getRawEncoding();
    unsigned ErrorsBefore = Diags.count();
    Result.Body = coroexpand::lower(F, Functions, Facts, Nested, Unit.Context,
                                    Unit.Source, Diags);
    if (Request.CheckOrder)
      checkOrder(F, Diags);
    if (Request.BreakIR)
      ++Result.Body.NumAwaits;
    if (Diags.count() == ErrorsBefore)
      if (std::optional<ir::BrokenPromise> Broken = ir::verify(Result.Body)) {
        Diags.report(Broken->Where.Raw, Diag::internal_error)
            << F.Decl << Broken->What;
        return std::nullopt;
      }
    if (Request.Layout) // Who looks at what is too large must see it.
      Result.Signature.Budget = {};
    Result.Plan = planFrame(Result.Signature, Result.Body, Taken);
    return Result;
  }

  /// A lambda has no name but the bracket that it begins with.
  static SourceLocation lineOfFunction(const AsyncFunction &F) {
    return F.Lambda ? F.Lambda->getBeginLoc() : F.Decl->getLocation();
  }

  /// A lambda, or a member of a local class, becomes a part of the text of the
  /// function that it stands in.
  void nest(const AsyncFunction &F, const Lowered &L,
            NestedFunctions &Into) const {
    if (!F.Lambda) {
      Into.emplace_back(
          SourceRange(firstToken(F.Decl, Unit.Source.Tokens)->location(),
                      bodyRange(F.Decl).getEnd()),
          nested(L.Signature, L));
      return;
    }
    for (SourceRange Range : droppedFromLambda(F, Unit.Source.Tokens))
      Into.emplace_back(Range, "");
    ir::Signature OnlyBody = L.Signature;
    OnlyBody.Declaration = {};
    Into.emplace_back(bodyRange(F.Decl), nested(OnlyBody, L));
  }

  /// Its line ends are none of the source's around it.
  std::string nested(const ir::Signature &F, const Lowered &L) const {
    std::string Result = emitFunction(F, L.Body, L.Plan, marks()).InPlace.Text;
    if (marks())
      std::replace(Result.begin(), Result.end(), '\n', mark::MadeLine);
    return Result;
  }

  static std::optional<Diag> diagFor(ir::FrameProblem P) {
    switch (P) {
    case ir::FrameProblem::None:
      return std::nullopt;
    case ir::FrameProblem::Unnameable:
      return Diag::frame_unnameable;
    case ir::FrameProblem::ExtendedTemporary:
      return Diag::frame_extended_temporary;
    case ir::FrameProblem::Decltype:
      return Diag::frame_decltype;
    }
    llvm_unreachable("all problems are above");
  }

  void fit(const Lowered &L) {
    for (ir::VarId I = 0; I < L.Body.Vars.size(); ++I) {
      const ir::Variable &V = L.Body.Vars[I];
      if (std::optional<Diag> D = diagFor(V.Problem); D && isMember(L, I))
        Diags.report(V.Where.Raw, *D)
            << (V.Name.empty() ? L.Plan.Vars[I].Name : V.Name);
    }
  }

  //===--------------------------------------------------------------------===//
  // What was asked for
  //===--------------------------------------------------------------------===//

  std::string output(const std::vector<Lowered> &All,
                     const ErasedText &Erased) const {
    if (Request.DumpStage == "lower" || Request.DumpStage == "plan")
      return dump(All);
    if (!Request.Item.empty() && Request.DumpStage.empty() && !asksForLayout())
      return items(All);
    std::vector<Expansion> Expansions;
    for (const Lowered &L : All)
      if (!L.IsNested)
        Expansions.push_back({L.Signature, emit(L)});
    const ir::SourceFiles Files = files(Expansions, Erased);
    auto Places = [&](std::uint32_t Where) { return place(Where); };
    Spliced Result = splice(Files, Expansions, Places);
    if (Request.DumpStage.empty())
      return Result.Text;
    std::string Map;
    llvm::raw_string_ostream OS(Map);
    print(Result.Map, Files.Files.at(Files.Main).Text, Result.Text, OS);
    return Map;
  }

  /// Where a macro's text stands is where the macro is used.
  LinePlace place(std::uint32_t Where) const {
    SourceLocation Loc =
        SM.getExpansionLoc(SourceLocation::getFromRawEncoding(Where));
    auto [File, Offset] = SM.getDecomposedLoc(Loc);
    unsigned Begin = Offset - (SM.getColumnNumber(File, Offset) - 1);
    StringRef Indentation = SM.getBufferData(File).drop_front(Begin).take_while(
        [](char C) { return C == ' ' || C == '\t'; });
    return {SM.getLineNumber(File, Offset), Indentation.str()};
  }

  ir::SourceFiles files(const std::vector<Expansion> &Expansions,
                        const ErasedText &Erased) const {
    std::set<ir::FileId> Changed;
    if (Request.Headers) {
      for (const auto &[File, Text] : Erased)
        Changed.insert(File);
      for (const Expansion &E : Expansions) {
        Changed.insert(E.Function.File);
        if (!E.Code.Definition.Text.empty())
          Changed.insert(E.Function.DefinitionFile);
      }
    }
    ir::SourceFiles Files = filesOf(
        Unit.Source.Includes, Unit.Source.Skipped, Changed,
        {Request.OutputFolder, Request.Lines}, SM, Unit.Context.getLangOpts());
    for (const auto &[File, Text] : Erased)
      if (auto Known = Files.Files.find(File); Known != Files.Files.end())
        llvm::append_range(Known->second.Replaced, Text);
    return Files;
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

  EmittedFunction emit(const Lowered &L) const {
    return emitFunction(L.Signature, L.Body, L.Plan, marks());
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

  const ExpandRequest &Request;
  const ParsedUnit &Unit;
  const SourceManager &SM;
  Diagnostics Diags;
  std::vector<MemberType> Members;
};

} // namespace

const char *version() { return CORO_EXPAND_VERSION; }

bool isDumpStage(const std::string &Name) {
  return Name == "lower" || Name == "plan" || Name == "map";
}

std::optional<Expanded> expand(const ExpandRequest &Request) {
  std::optional<Expanded> Result;
  std::vector<MemberType> Members;
  bool Clean = parse(Request, [&](const ParsedUnit &Unit) {
    Pipeline Stages(Request, Unit);
    Result = Stages.run();
    Members = Stages.takeMembers();
  });
  if (Clean && Result && Request.CheckTypes) {
    if (Request.BreakTypes)
      Members.push_back({"no_future", "nothing", "int"});
    ParseRequest Expansion = Request;
    Expansion.Contents = Result->Text;
    Clean = checkMemberTypes(Members, Expansion);
  }
  return Clean ? Result : std::nullopt;
}

} // namespace coroexpand
