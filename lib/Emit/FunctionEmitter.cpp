#include "Emit/FunctionEmitter.h"
#include "Emit/BodyEmitter.h"

#include "llvm/ADT/STLExtras.h"

using coroexpand::ir::LibraryName;

namespace coroexpand {
namespace {

class FunctionEmitter {
public:
  FunctionEmitter(const ir::Signature &F, const ir::Body &Body,
                  const FramePlan &Plan)
      : F(F), Body(Body), Plan(Plan), Print(Body, Plan, F.HidesTopLevel),
        OS(Out) {
    for (ir::VarId I = 0; I < Body.NumParams; ++I)
      if (!Body.Vars[I].Name.empty() || Body.Vars[I].NeedsDestroy)
        Params.push_back(I);
  }

  std::string run() {
    if (F.CallsItself) {
      const char *Forward = F.Internal ? "namespace {\nstruct " : "struct ";
      OS << Forward << F.StructName << (F.Internal ? ";\n}\n" : ";\n")
         << Print.declare(F.Declaration, F.StructName) << ";\n\n";
    }
    if (F.Internal)
      OS << "namespace {\n\n";
    for (size_t I = 0; I < Body.Makers.size(); ++I)
      maker(I);
    structure();
    if (F.Internal)
      OS << "\n} // namespace\n";
    OS << "\n";
    factory();
    return std::move(Out);
  }

private:
  /// Nothing has to happen when the future is made, moved or destroyed.
  bool isPlain() const { return Params.empty() && Plan.Slots.empty(); }

  /// Only what lives in the frame needs a name for its type.
  void maker(size_t Index) {
    bool Needed = false;
    for (ir::VarId Id = 0; Id < Body.Vars.size(); ++Id)
      Needed |=
          Body.Vars[Id].Maker == Index && Plan.Vars[Id].Where == Place::Frame;
    if (!Needed)
      return;
    const ir::Maker &M = Body.Makers[Index];
    OS << "inline auto " << M.Name << "(";
    for (ir::VarId Id : M.Arguments)
      OS << (Id == M.Arguments.front() ? "" : ", ") << "auto& "
         << Print.nameAsWritten(Id);
    OS << ") {\nreturn " << Print.asWritten(M.Made) << ";\n}\n\n";
  }

  void structure() {
    OS << "struct " << F.StructName << " {\n"
       << "using output_type = " << Body.Output << ";\n\n";
    for (const std::string &Type : Body.Types)
      OS << Type << "\n\n";
    if (!isPlain())
      specialMembers();
    OS << Print.library(LibraryName::Poll) << "<output_type> poll("
       << Print.library(LibraryName::Context) << "&"
       << (Body.NumAwaits ? " " + Plan.Context : "") << ") {\n";
    BodyEmitter(Body, Plan, Print, OS).run();
    OS << "}\n\nprivate:\n";
    if (Plan.hasLevels())
      unwindTo();
    members();
    OS << "};\n";
  }

  //===--------------------------------------------------------------------===//
  // Construction, move, destruction
  //===--------------------------------------------------------------------===//

  void specialMembers() {
    if (Params.size() == 1)
      OS << "explicit ";
    OS << F.StructName << "(" << list([&](ir::VarId P) {
      return Print.declare(Body.Vars[P].Passed, Print.name(P));
    }) << ")";
    if (!Params.empty())
      OS << " : " << list([&](ir::VarId P) {
        return Print.name(P) + "(" + handedOn(P, Print.name(P)) + ")";
      });
    OS << " {}\n";

    OS << F.StructName << "(" << F.StructName << "&& " << Plan.Other
       << ") : " << Plan.State << "(" << moved(Plan.Other + "." + Plan.State)
       << ")";
    for (ir::VarId P : Params)
      OS << ", " << Print.name(P) << "("
         << handedOn(P, Plan.Other + "." + Print.name(P)) << ")";
    OS << " {}\n";
    if (Plan.hasLevels())
      OS << "~" << F.StructName << "() { " << Plan.UnwindTo << "(0); }\n";
    OS << "\n";
  }

  std::string moved(const std::string &What) const {
    return Print.library(LibraryName::Move) + "(" + What + ")";
  }

  std::string handedOn(ir::VarId P, const std::string &Name) const {
    return Body.Vars[P].PassedByMove ? moved(Name) : Name;
  }

  template <typename Fn> std::string list(Fn Item) const {
    std::string Result;
    for (ir::VarId P : Params)
      Result += (Result.empty() ? "" : ", ") + Item(P);
    return Result;
  }

  //===--------------------------------------------------------------------===//
  // The frame
  //===--------------------------------------------------------------------===//

  void unwindTo() {
    OS << "// Destroys the live objects of the frame, newest first, until "
          "those up to `"
       << Plan.LevelName << "` are left.\n"
       << "void " << Plan.UnwindTo << "(int " << Plan.LevelName << ") {\n";
    if (Plan.Levels.size() == 2) {
      OS << "if (" << Plan.Live << " <= " << Plan.LevelName << ") return;\n"
         << Plan.Live << " = 0;\n"
         << Print.library(LibraryName::Destroy) << "("
         << Print.name(Plan.Levels[1].Object) << ");\n}\n\n";
      return;
    }
    OS << "while (" << Plan.Live << " > " << Plan.LevelName << ") {\n"
       << "switch (" << Plan.Live << ") {\n";
    for (Level L = Plan.Levels.size() - 1; L >= 1; --L) {
      auto [Id, Before] = Plan.Levels[L];
      OS << "case " << L << ":\n"
         << Plan.Live << " = " << Before << ";\n"
         << Print.library(LibraryName::Destroy) << "(" << Print.name(Id)
         << ");\n"
         << "break;\n";
    }
    OS << "}\n}\n}\n\n";
  }

  void members() {
    OS << Print.library(Body.NumAwaits > 254 ? LibraryName::WideFrameState
                                             : LibraryName::FrameState)
       << " " << Plan.State << ";\n";
    if (Plan.hasLevels())
      OS << (Plan.Levels.size() > 256 ? "unsigned short " : "unsigned char ")
         << Plan.Live << " = 0;\n";
    for (ir::VarId P : Params)
      OS << Print.declare(Body.Vars[P].Declared, Print.name(P)) << ";\n";
    for (const std::vector<ir::VarId> &Slot : Plan.Slots)
      slot(Slot);
  }

  void slot(const std::vector<ir::VarId> &Slot) {
    auto Declared = [&](ir::VarId Id) {
      return Print.declare(Body.Vars[Id].Declared, Print.name(Id)) + ";";
    };
    const ir::Variable &Only = Body.Vars[Slot.front()];
    bool Plain = Slot.size() == 1 &&
                 (Only.Reference || (Only.TrivialInit && !Only.Const));
    if (Plain) {
      OS << Declared(Slot.front()) << "\n";
      return;
    }
    OS << "union {\n";
    for (ir::VarId Id : Slot)
      OS << Declared(Id) << "\n";
    OS << "};\n";
  }

  //===--------------------------------------------------------------------===//
  // The factory
  //===--------------------------------------------------------------------===//

  void factory() {
    const ir::Text &Declaration =
        F.CallsItself ? F.Redeclaration : F.Declaration;
    std::string Arguments = list([&](ir::VarId P) {
      // In the factory a parameter goes by its own name.
      const std::string &Written = Body.Vars[P].Name;
      return handedOn(P, Written.empty() ? Print.name(P) : Written);
    });
    OS << Print.declare(Declaration, F.Erased ? F.Future : F.StructName)
       << " {\nreturn ";
    if (F.Erased)
      OS << F.Future << "(" << Print.library(LibraryName::InPlaceType) << "<"
         << F.StructName << ">" << (Arguments.empty() ? "" : ", ") << Arguments
         << ")";
    else
      OS << F.StructName << "(" << Arguments << ")";
    OS << ";\n}\n";
  }

  const ir::Signature &F;
  const ir::Body &Body;
  const FramePlan &Plan;
  TextPrinter Print;
  std::vector<ir::VarId> Params; ///< Those that the frame keeps.
  std::string Out;
  llvm::raw_string_ostream OS;
};

} // namespace

std::string emitFunction(const ir::Signature &F, const ir::Body &Body,
                         const FramePlan &Plan) {
  return FunctionEmitter(F, Body, Plan).run();
}

} // namespace coroexpand
