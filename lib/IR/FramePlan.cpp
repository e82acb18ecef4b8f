#include "IR/FramePlan.h"

#include "llvm/Support/raw_ostream.h"

namespace coroexpand {
namespace {

const char *home(Home H) {
  switch (H) {
  case Home::Parameter:
    return "parameter";
  case Home::Frame:
    return "frame";
  case Home::Local:
    return "local";
  case Home::Static:
    return "static";
  }
  llvm_unreachable("all homes are above");
}

const char *making(Making M) {
  switch (M) {
  case Making::None:
    return "left uninitialised";
  case Making::Assign:
    return "assigned";
  case Making::Point:
    return "a pointer";
  case Making::MakeList:
    return "a list";
  case Making::CopyArray:
    return "copied as an array";
  case Making::Build:
    return "built";
  }
  llvm_unreachable("all ways of making are above");
}

class Printer {
public:
  Printer(const FramePlan &Plan, const ir::Body &Body, llvm::raw_ostream &OS)
      : Plan(Plan), Body(Body), OS(OS) {}

  void run() {
    for (ir::VarId I = 0; I < Plan.Vars.size(); ++I)
      variable(I);
    for (size_t I = 0; I < Plan.Frame.size(); ++I)
      storage(I);
    for (Level L = 1; L < Plan.Levels.size(); ++L)
      OS << "level " << L << ": " << name(Plan.Levels[L].Object) << " on "
         << Plan.Levels[L].Below << "\n";
    resumptions("front", Plan.Resumptions);
    for (ir::TryId T = 0; T < Plan.Tries.size(); ++T)
      tryBlock(T);
    for (const AwaitPlan &A : Plan.Awaits)
      await(A);
    for (ir::LoopId L = 0; L < Plan.Loops.size(); ++L)
      loop(L);
    OS << "size: about " << Plan.Size << "\n";
  }

private:
  const std::string &name(ir::VarId Id) const { return Plan.Vars[Id].Name; }

  void variable(ir::VarId Id) {
    const PlannedVariable &V = Plan.Vars[Id];
    OS << Body.Vars[Id].Name << "#" << Id << ": " << home(V.Where) << " '"
       << V.Name << "'";
    if (V.Where == Home::Frame)
      OS << " " << making(V.Made);
    if (V.IsUnused)
      OS << " unused";
    if (V.LiveAfter)
      OS << " then live " << V.LiveAfter;
    OS << "\n";
  }

  void storage(size_t I) {
    OS << (Plan.Frame[I].InUnion ? "union " : "plain ") << I << ":";
    for (ir::VarId Id : Plan.Frame[I].Members)
      OS << " " << name(Id);
    OS << "\n";
  }

  void resumptions(llvm::StringRef From, const std::vector<Resumption> &All) {
    for (const Resumption &R : All) {
      OS << From << ": " << Plan.await(R.State).State << " goes to ";
      if (R.Front)
        OS << "try" << *R.Front << "\n";
      else
        OS << "its await\n";
    }
  }

  void tryBlock(ir::TryId T) {
    const TryPlan &P = Plan.Tries[T];
    std::string Name = "try" + std::to_string(T);
    OS << Name << ": outside " << P.Outside;
    if (P.HasObjects)
      OS << ", guard '" << P.Guard << "'";
    if (P.HasLabel)
      OS << ", label '" << P.Label << "'";
    if (P.StartsOver)
      OS << ", starts over";
    OS << "\n";
    resumptions(Name, P.Resumptions);
  }

  void await(const AwaitPlan &A) {
    OS << "state " << A.State << ":";
    if (A.Live > 0)
      OS << " live " << A.Live;
    for (ir::TryId T : A.Through)
      OS << " in try" << T;
    OS << (A.HasLabel ? "" : " no label") << (A.Block ? " braces" : "")
       << (A.DropsValue ? " drops its value" : "") << "\n";
  }

  void loop(ir::LoopId L) {
    const LoopPlan &P = Plan.Loops[L];
    OS << "loop" << L << ":";
    if (!P.ContinueLabel.empty())
      OS << " label '" << P.ContinueLabel << "'";
    cleanup(P.End);
    OS << "\n";
  }

  void cleanup(const Cleanup &C) {
    if (C.K == Cleanup::Kind::UnwindTo)
      OS << " then unwind to " << C.Target;
    for (const Destruction &D : C.Objects)
      OS << " then destroy " << name(D.Object);
  }

  const FramePlan &Plan;
  const ir::Body &Body;
  llvm::raw_ostream &OS;
};

} // namespace

FutureFacts factsOf(const ir::Body &Body, const FramePlan &Plan) {
  FutureFacts Result;
  Result.NeedsDestroy = Plan.hasLevels();
  for (ir::VarId I = 0; I < Body.NumParams; ++I)
    Result.NeedsDestroy |= Body.Vars[I].NeedsDestroy;
  Result.Size = Plan.Size;
  Result.Align = Plan.Align;
  return Result;
}

void print(const FramePlan &Plan, const ir::Body &Body, llvm::raw_ostream &OS) {
  Printer(Plan, Body, OS).run();
}

} // namespace coroexpand
