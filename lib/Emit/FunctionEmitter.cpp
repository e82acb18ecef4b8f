#include "Emit/FunctionEmitter.h"
#include "Emit/BodyEmitter.h"
#include "Emit/Comments.h"
#include "Emit/TracedState.h"
#include "Emit/Unwinding.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using coroexpand::ir::LibraryName;

namespace coroexpand {
namespace {

using Handing = ir::Variable::Handing;

class FunctionEmitter {
public:
  FunctionEmitter(const ir::Signature &F, const ir::Body &Body,
                  const FramePlan &Plan, bool Marks)
      : F(F), Body(Body), Plan(Plan), Print(Body, Plan, F.HidesTopLevel, Marks),
        OS(Result.Text) {}

  EmittedFunction run() {
    EmittedFunction Result = function();
    Result.Front = F.MacroFront;
    Result.Back = F.MacroBack;
    return Result;
  }

private:
  EmittedFunction function() {
    switch (F.Struct) {
    case ir::Site::Before:
      return {before(), {}};
    case ir::Site::Inside:
      return {inside(), {}};
    case ir::Site::EndOfClass: {
      Emitted InClass = declared(/*Defined=*/true);
      return {std::move(InClass), atEnd()};
    }
    case ir::Site::BehindClass: {
      Emitted InClass = declared(/*Defined=*/false);
      return {std::move(InClass), behind()};
    }
    }
    llvm_unreachable("all places are above");
  }

  /// What has been written so far.
  Emitted taken() { return std::exchange(Result, {}); }

  /// struct f_future { .. }; f_future f(int n) { return f_future(n); }
  Emitted before() {
    atFunction();
    if (F.CallsItself) {
      const char *Forward = F.Internal ? "namespace {\nstruct " : "struct ";
      OS << Forward << F.StructName << (F.Internal ? ";\n}\n" : ";\n")
         << Print.source(F.Doc) << Print.at(F.Begin)
         << Print.declare(F.Declaration, F.StructName) << ";\n\n";
    }
    if (F.Internal)
      OS << "namespace {\n\n";
    makers();
    structure(F.StructName);
    if (F.Internal)
      OS << "\n} // namespace\n";
    OS << "\n";
    size_t Factory = Result.Text.size();
    atDeclaration();
    OS << (Plan.FactoryMayBeUnused ? "[[maybe_unused]] " : "");
    factory(F.CallsItself ? F.Redeclaration : F.Declaration, returned());
    // The factory is what callers read.
    std::string Comments = F.CallsItself ? "" : Print.source(F.Doc);
    Comments += lost(Result.Text);
    Result.Text.insert(Factory, Comments);
    return taken();
  }

  /// coro::future<int> f(int n) { struct f_future { .. }; return ..; }
  Emitted inside() {
    Indentation = "  ";
    atDeclaration();
    OS << Print.declare(F.Declaration, returned()) << " {\n";
    atFunction();
    for (const std::string &Name : Body.TypeNames)
      OS << Name << "\n";
    makersAsLambdas();
    structure(F.StructName);
    OS << "\n";
    atBrace();
    returnFuture();
    OS << "}\n";
    return withComments(F.Doc);
  }

  /// struct f_future; f_future f(int n);
  Emitted declared(bool Defined) {
    atFunction();
    OS << "struct " << F.StructName << ";\n" << Print.source(F.Doc);
    atDeclaration();
    if (Defined)
      factory(F.Declaration, returned());
    else
      OS << Print.declare(F.Declaration, returned()) << ";\n";
    Declared = Result.Text;
    return taken();
  }

  /// struct f_future { .. };
  Emitted atEnd() {
    atFunction();
    structure(F.StructName);
    return withComments("");
  }

  /// struct session::f_future { .. };
  /// inline session::f_future session::f(int n) { return f_future(*this, n); }
  Emitted behind() {
    atFunction();
    structure(F.Scope + F.StructName);
    OS << "\n";
    atFunction();
    factory(F.Definition, F.Scope + F.StructName);
    return withComments("");
  }

  /// The text with \p Doc above it, and the comments that are nowhere else.
  Emitted withComments(const std::string &Doc) {
    Result.prepend(Print.source(Doc) + lost(Declared + Result.Text));
    return taken();
  }

  /// The comments that \p Printed does not hold. A compiler needs none.
  std::string lost(const std::string &Printed) const {
    return Print.marksLines() ? "" : lostComments(F.Comments, Printed);
  }

  /// What follows belongs to no statement.
  void atFunction() { OS << Print.at(F.Where); }
  /// What follows is the user's declaration.
  void atDeclaration() { OS << Print.at(F.Begin); }
  /// What follows is in a function that begins where the user's does.
  void atBrace() { OS << Print.at(Body.Top->Where.Raw); }

  /// Functions in front of a struct at namespace scope.
  void makers() {
    for (unsigned Maker : Plan.Makers) {
      const ir::Maker &M = Body.Makers[Maker];
      // One that is no template, and that no code calls.
      bool OnlyTyped = M.Arguments.empty() && M.OnlyForType;
      maker((OnlyTyped ? "[[maybe_unused]] inline auto " : "inline auto ") +
                M.Name,
            M, "");
    }
  }

  /// Where there can be no function with a deduced type: lambdas.
  void makersAsLambdas() {
    for (unsigned Maker : Plan.Makers)
      maker("static constexpr auto " + Body.Makers[Maker].Name + " = []",
            Body.Makers[Maker], ";");
  }

  void maker(const std::string &Front, const ir::Maker &M, const char *End) {
    llvm::DenseSet<ir::VarId> Used; // Others are in a lambda, or only named.
    auto Note = [&](const ir::Text &T) {
      for (ir::VarId Id : ir::variablesIn(T))
        Used.insert(Id);
    };
    Note(M.Made);
    llvm::for_each(M.Conditions, Note);
    OS << Front << "(";
    for (ir::VarId Id : M.Arguments)
      OS << (Id == M.Arguments.front() ? "" : ", ")
         << (Used.contains(Id) ? "" : "[[maybe_unused]] ")
         << makerParameter(Id);
    OS << ") {\n";
    OS << Print.at(whereMade(M));
    for (const ir::Text &Constant : M.Constants)
      OS << Print.inMaker(Constant) << "\n";
    for (const ir::Text &Condition : M.Conditions)
      OS << "if constexpr (" << Print.inMaker(Condition) << ") {\n";
    OS << "return " << Print.inMaker(M.Made) << ";\n"
       << std::string(M.Conditions.size(), '}') << "}" << End << "\n\n";
    atFunction();
  }

  std::uint32_t whereMade(const ir::Maker &M) const {
    for (const ir::Variable &V : Body.Vars)
      if (V.Maker && &Body.Makers[*V.Maker] == &M)
        return V.Where.Raw;
    return 0;
  }

  /// `int& n`, `int (&row)[3]`; `auto& f` where the type is known from members
  /// only. No template if it can be: clang 19 does not define all functions of
  /// a class in a lambda in a template.
  std::string makerParameter(ir::VarId Id) const {
    const ir::Variable &V = Body.Vars[Id];
    std::string Type = Print.print(V.TypeId), Name = Print.makerName(Id);
    bool IsPointer = V.Reference && !V.Held; // To what the name refers to.
    if (IsPointer && Type.ends_with("*"))
      Type.pop_back();
    // Only the struct knows its own types.
    bool IsOwn = llvm::any_of(V.TypeId, [&](const ir::Piece &P) {
      return P.K == ir::Piece::Kind::Name &&
             llvm::is_contained(Body.OwnTypeNames, P.Text);
    });
    bool IsKnown = !IsOwn && V.Reference == IsPointer && !Type.empty() &&
                   ir::variablesIn(V.TypeId).empty();
    if (size_t At = Type.find("(&)"); IsKnown && At != std::string::npos)
      return Type.insert(At + 2, Name);
    llvm::StringRef Bounds = boundsIn(Type), Element = Type;
    Element = Element.drop_back(Bounds.size()).rtrim();
    bool IsPlain = IsKnown && Bounds.empty() == (IsPointer || !V.Array) &&
                   !Element.contains("(*") && !Element.contains("(&") &&
                   !Element.contains("::*") && !Element.ends_with(")") &&
                   !Element.ends_with("&&");
    if (!IsPlain)
      return "auto& " + Name;
    if (!Bounds.empty())
      return (Element + " (&" + Name + ")" + Bounds).str();
    return Type + (Type.back() == '&' ? " " : "& ") + Name;
  }

  /// `[2][3]` of `T[2][3]`
  static llvm::StringRef boundsIn(llvm::StringRef Type) {
    size_t At = Type.size();
    for (unsigned Open = 0; At > 0; --At) {
      char C = Type[At - 1];
      if (Open == 0 && C != ']')
        break;
      Open += (C == ']') - (C == '[');
    }
    return Type.drop_front(At);
  }

  void structure(const std::string &Name) {
    OS << "struct " << Name << " {\n"
       << "using output_type "
       // clang 14 does not see its uses.
       << (F.IsTemplated ? "[[maybe_unused]] " : "") << "= "
       << Print.print(Body.Output) << ";\n\n";
    for (auto [Type, Where] : llvm::zip(Body.Types, Body.TypesWhere))
      OS << Print.at(Where.Raw) << Print.source(Type) << "\n\n";
    atFunction();
    if (F.Struct == ir::Site::BehindClass)
      makersAsLambdas();
    if (Plan.HasConstructors)
      specialMembers();
    OS << Print.library(LibraryName::Poll) << "<output_type> poll("
       << Print.library(LibraryName::Context) << "&"
       << (Body.NumAwaits > Body.NumYields ? " " + Plan.Context : "")
       << ") {\n";
    expandPacks();
    BodyEmitter Poll(Body, Plan, Print, OS);
    Poll.run();
    for (size_t I = 0; I < Body.Packs.size(); ++I)
      OS << "});\n";
    OS << "}\n\n";
    atFunction();
    OS << "private:\n";
    states(Poll.waits());
    if (Plan.hasLevels()) {
      finished(unwindFunction(Plan, Print));
      OS << "\n";
    }
    auto Frame = llvm::ArrayRef(Plan.Frame);
    for (const Storage &S : Frame.take_front(Plan.BeforeParameters))
      storage(S);
    for (ir::VarId P : Plan.Parameters)
      if (!Plan.Vars[P].Shares)
        OS << Print.declare(Body.Vars[P].Declared, Print.name(P)) << ";\n";
    atFunction();
    for (const Storage &S : Frame.drop_front(Plan.BeforeParameters))
      storage(S);
    atFunction();
    OS << "};\n";
    if (!F.Budget.empty())
      OS << "static_assert(sizeof(" << Name << ") <= " << Print.print(F.Budget)
         << ", \"" << F.StructName << " takes more than its CORO_BUDGET\");\n";
  }

  /// The body names the elements of a parameter pack:
  ///
  ///   return args_pack.expand([&](auto&&... args_) -> coro::poll<output_type>
  ///   {
  void expandPacks() {
    for (const ir::Body::Pack &P : Body.Packs)
      OS << "return " << Print.name(P.Var) << ".expand([&]("
         << (P.IsUsed ? "" : "[[maybe_unused]] ") << "auto&&... " << P.Elements
         << ") -> " << Print.library(LibraryName::Poll) << "<output_type> {\n";
  }

  /// Lines with their indentation, which are not formatted again.
  void finished(const std::string &Lines) {
    unsigned Begin = Result.Text.size();
    llvm::SmallVector<llvm::StringRef> All;
    llvm::StringRef(Lines).split(All, '\n');
    for (llvm::StringRef Line : All)
      OS << Indentation << Line << "\n";
    Result.Finished.emplace_back(Begin, Result.Text.size() - 1);
  }

  //===--------------------------------------------------------------------===//
  // Construction, move, destruction
  //===--------------------------------------------------------------------===//

  void specialMembers() {
    if (Plan.Parameters.size() == 1)
      OS << "explicit ";
    OS << F.StructName << "(" << list([&](ir::VarId P, size_t I) {
      return Print.declare(Body.Vars[P].Passed, Plan.Arguments[I]);
    }) << ")";
    const char *Before = " : ";
    for (ir::VarId P : inOrder()) {
      size_t I = llvm::find(Plan.Parameters, P) - Plan.Parameters.begin();
      OS << std::exchange(Before, ", ") << Print.name(P) << "("
         << handedOn(P, Plan.Arguments[I]) << ")";
    }
    OS << " {}\n";

    OS << F.StructName << "(" << F.StructName << "&& " << Plan.Other << ") "
       << moveNoexcept() << " : " << Plan.State << "("
       << moved(Plan.Other + "." + Plan.State) << ")";
    for (ir::VarId P : inOrder()) {
      std::string From = Plan.Other + "." + Print.name(P);
      bool IsPack = Body.Vars[P].HandedOn == Handing::Pack;
      OS << ", " << Print.name(P) << "("
         << (IsPack ? moved(From) : handedOn(P, From)) << ")";
    }
    OS << " {";
    for (ir::VarId P : inOrder()) // No other destructor knows of these.
      if (Plan.Vars[P].Shares && Body.Vars[P].NeedsDestroy)
        OS << Print.library(LibraryName::Destroy) << "(" << Plan.Other << "."
           << Print.name(P) << ");";
    OS << "}\n";
    if (Plan.hasLevels())
      OS << destructor(F.StructName, Plan, Print);
    OS << "\n";
  }

  /// The parameters as their members stand in the struct.
  std::vector<ir::VarId> inOrder() const {
    std::vector<ir::VarId> Result;
    auto Sharing = [&](llvm::ArrayRef<Storage> In) {
      for (const Storage &S : In)
        llvm::copy_if(S.Members, std::back_inserter(Result),
                      [&](ir::VarId Id) { return Plan.Vars[Id].Shares; });
    };
    auto Frame = llvm::ArrayRef(Plan.Frame);
    Sharing(Frame.take_front(Plan.BeforeParameters));
    llvm::copy_if(Plan.Parameters, std::back_inserter(Result),
                  [&](ir::VarId Id) { return !Plan.Vars[Id].Shares; });
    Sharing(Frame.drop_front(Plan.BeforeParameters));
    return Result;
  }

  std::string moveNoexcept() const {
    std::string Asks;
    for (ir::VarId P : Plan.Parameters)
      if (const ir::Variable &V = Body.Vars[P]; V.MoveMayThrow)
        Asks += (Asks.empty() ? "" : " && ") +
                Print.library(V.HandedOn == Handing::AsIs
                                  ? LibraryName::IsNothrowCopy
                                  : LibraryName::IsNothrowMove) +
                "<" + Print.print(V.TypeId) + ">";
    return Asks.empty() ? "noexcept" : "noexcept(" + Asks + ")";
  }

  std::string moved(const std::string &What) const {
    return Print.library(LibraryName::Move) + "(" + What + ")";
  }

  std::string handedOn(ir::VarId P, const std::string &Name) const {
    const ir::Variable &V = Body.Vars[P];
    if (V.HandedOn == Handing::AsIs)
      return Name;
    if (V.HandedOn == Handing::Moved)
      return moved(Name);
    return Print.library(LibraryName::Forward) + "<" +
           Print.print(V.Forwarded) + ">(" + Name + ")" +
           (V.HandedOn == Handing::Pack ? "..." : "");
  }

  /// \p Item of each parameter and its number.
  template <typename Fn> std::string list(Fn Item) const {
    std::string Result;
    for (auto [I, P] : llvm::enumerate(Plan.Parameters))
      Result += (Result.empty() ? "" : ", ") + Item(P, I);
    return Result;
  }

  //===--------------------------------------------------------------------===//
  // The frame
  //===--------------------------------------------------------------------===//

  /// enum { awaiting_read = 1, awaiting_write };
  void states(const std::vector<const ir::Wait *> &Waits) {
    bool IsTraced = Print.marksLines() && !Waits.empty();
    if (!Plan.Awaits.empty()) {
      std::string Lines,
          Line = "  enum " + (IsTraced ? Plan.States + " { " : "{ ");
      for (const AwaitPlan &A : Plan.Awaits) {
        bool First = &A == &Plan.Awaits.front();
        std::string Item =
            (First ? "" : ", ") + A.State + (First ? " = 1" : "");
        if (Line.size() + Item.size() > 96) {
          Lines += Line + ",\n";
          Line = "         ";
          Item = A.State;
        }
        Line += Item;
      }
      finished(Lines + Line + " };");
    }
    std::string Type = Print.library(
        Plan.WideState ? LibraryName::WideFrameState : LibraryName::FrameState);
    if (IsTraced)
      OS << tracedLines(Plan, Print, Waits);
    OS << (IsTraced ? tracedType(Plan, Print, Type) : Type) << " " << Plan.State
       << ";\n";
  }

  void storage(const Storage &S) {
    auto Declared = [&](ir::VarId Id) {
      return Print.declare(Body.Vars[Id].Declared, Print.name(Id)) + ";";
    };
    std::string First = Declared(S.Members.front());
    atFunction();
    if (!S.InUnion) {
      OS << First << "\n";
      return;
    }
    std::string Line = "  union { " + First + " };";
    if (S.Members.size() == 1 && Line.size() <= 100) {
      finished(Line);
      return;
    }
    OS << "union {\n" << First << "\n";
    for (ir::VarId Id : llvm::drop_begin(S.Members))
      OS << Declared(Id) << "\n";
    OS << "};\n";
  }

  //===--------------------------------------------------------------------===//
  // The factory
  //===--------------------------------------------------------------------===//

  std::string returned() const {
    if (F.Erased)
      return Print.print(Body.Future);
    return F.Struct == ir::Site::Inside ? "auto" : F.StructName;
  }

  void factory(const ir::Text &Declaration, const std::string &Returned) {
    OS << Print.declare(Declaration, Returned) << " {\n";
    atBrace();
    returnFuture();
    OS << "}\n";
  }

  void returnFuture() {
    std::string Arguments = list([&](ir::VarId P, size_t) {
      // In the factory a parameter goes by its own name.
      const ir::Variable &V = Body.Vars[P];
      if (V.HandedOn == Handing::Pack)
        return handedOn(P, V.Given);
      if (!V.Given.empty())
        return V.Given;
      return handedOn(P, V.Name.empty() ? Print.name(P) : V.Name);
    });
    OS << "return ";
    if (F.Erased)
      OS << returned() << "(" << Print.library(LibraryName::InPlaceType) << "<"
         << F.StructName << ">" << (Arguments.empty() ? "" : ", ") << Arguments
         << ")";
    else
      OS << F.StructName << "(" << Arguments << ")";
    OS << ";\n";
  }

  const ir::Signature &F;
  const ir::Body &Body;
  const FramePlan &Plan;
  TextPrinter Print;
  std::string Declared;    ///< What stays in the class.
  std::string Indentation; ///< Of the struct.
  Emitted Result;
  llvm::raw_string_ostream OS;
};

} // namespace

EmittedFunction emitFunction(const ir::Signature &F, const ir::Body &Body,
                             const FramePlan &Plan, bool Marks) {
  return FunctionEmitter(F, Body, Plan, Marks).run();
}

} // namespace coroexpand
