#include "Emit/FunctionEmitter.h"
#include "Emit/BodyEmitter.h"

#include "llvm/ADT/STLExtras.h"

namespace coroexpand {
namespace {

class FunctionEmitter {
public:
  FunctionEmitter(const ir::Signature &F, const ir::Body &Body,
                  const FramePlan &Plan)
      : F(F), Body(Body), Plan(Plan), Print(Body, Plan), OS(Out) {
    for (ir::VarId I = 0; I < Body.NumParams; ++I)
      if (!Body.Vars[I].Name.empty() || Body.Vars[I].NeedsDestroy)
        Params.push_back(I);
  }

  std::string run() {
    if (F.Internal)
      OS << "namespace {\n\n";
    if (F.CallsItself)
      OS << "struct " << F.StructName << ";\n"
         << Print.declare(F.Declaration, F.StructName) << ";\n\n";
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

  void structure() {
    OS << "struct " << F.StructName << " {\n"
       << "using output_type = " << Body.Output << ";\n\n";
    if (!isPlain())
      specialMembers();
    OS << "coro::poll<output_type> poll(coro::context&"
       << (Body.NumAwaits ? " " + Plan.Context : "") << ") {\n";
    BodyEmitter(Body, Plan, OS).run();
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
        return Print.name(P) + "(" + handedOn(P) + ")";
      });
    OS << " {}\n";

    OS << F.StructName << "(" << F.StructName << "&& other) : " << Plan.State
       << "(std::move(other." << Plan.State << "))";
    for (ir::VarId P : Params)
      OS << ", " << Print.name(P) << "(" << moved(P) << ")";
    OS << " {}\n";
    if (Plan.hasLevels())
      OS << "~" << F.StructName << "() { " << Plan.UnwindTo << "(0); }\n";
    OS << "\n";
  }

  std::string handedOn(ir::VarId P) const {
    return Body.Vars[P].PassedByMove ? "std::move(" + Print.name(P) + ")"
                                     : Print.name(P);
  }
  std::string moved(ir::VarId P) const {
    std::string Other = "other." + Print.name(P);
    return Body.Vars[P].PassedByMove ? "std::move(" + Other + ")" : Other;
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
          "those up to `level` are left.\n"
       << "void " << Plan.UnwindTo << "(int level) {\n"
       << "while (" << Plan.Live << " > level) {\n"
       << "switch (" << Plan.Live << ") {\n";
    for (Level L = 1; L < Plan.Levels.size(); ++L) {
      ir::VarId Id = Plan.Levels[L];
      OS << "case " << L << ":\n"
         << Plan.Live << " = " << Plan.Vars[Id].Before << ";\n"
         << "coro::destroy(" << Print.name(Id) << ");\n"
         << "break;\n";
    }
    OS << "}\n}\n}\n\n";
  }

  void members() {
    OS << (Body.NumAwaits > 254 ? "coro::wide_frame_state "
                                : "coro::frame_state ")
       << Plan.State << ";\n";
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
    std::string Arguments = list([&](ir::VarId P) { return handedOn(P); });
    OS << Print.declare(Declaration, F.Erased ? F.Future : F.StructName)
       << " {\nreturn ";
    if (F.Erased)
      OS << F.Future << "(std::in_place_type<" << F.StructName << ">"
         << (Arguments.empty() ? "" : ", ") << Arguments << ")";
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
