#include "Plan/Plan.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include <map>

namespace coroexpand {
namespace {

/// Gives each member the user's own name where that is free: no other member
/// has it, and nothing else goes by it in the body. The names of the struct's
/// own parts step aside for the user's.
class Names {
public:
  Names(const ir::Body &Body, const TakenNames &Taken, FramePlan &Plan)
      : Body(Body), Taken(Taken), Plan(Plan) {}

  void run(const ir::Signature &F) {
    const std::string &StructName = F.StructName;
    for (const char *Fixed : {"poll", "output_type"})
      Members.insert(Fixed);
    Members.insert(StructName);
    for (const std::string &Name : Body.UsedNames)
      Used.insert(Name);
    for (const std::string &Name : Body.ForeignNames)
      Foreign.insert(Name);
    for (const ir::Variable &V : Body.Vars)
      addNames(V.TypeId);
    locals();
    for (ir::VarId I = 0; I < Body.Vars.size(); ++I)
      if (!sharesMember(I))
        Plan.Vars[I].Name = nameOf(I);
    for (ir::VarId I = 0; I < Body.Vars.size(); ++I)
      if (sharesMember(I))
        Plan.Vars[I].Name = Plan.Vars[Plan.Vars[I].Member].Name;
    for (ir::VarId P : Plan.Parameters)
      Plan.Arguments.push_back(ownLocal(Plan.Vars[P].Name + "_"));
    copies();
    for (unsigned Maker : Plan.Makers)
      makerNames(F, Body.Makers[Maker]);
    parts();
    states();
    labels();
  }

private:
  /// What a member's type is called must not be hidden by a member. Of a
  /// qualified name only the front can be.
  void addNames(const ir::Text &Type) {
    for (const ir::Piece &P : Type)
      if (P.K == ir::Piece::Kind::Name)
        if (auto Front = llvm::StringRef(P.Text).split("::").first;
            !Front.empty())
          Foreign.insert(Front);
  }

  /// A local of poll that has the name of a member hides it, and compilers
  /// warn of that. A parameter's name is hidden in the source already.
  void locals() {
    for (const ir::Variable &V : Body.Vars) {
      ir::VarId Id = &V - Body.Vars.data();
      bool IsPart = V.R == ir::Variable::Role::Binding;
      Home Where = Plan.Vars[IsPart ? V.Of : Id].Where;
      if ((Where == Home::Local || Where == Home::Static) && !isGenerated(V))
        Locals.insert(V.Name);
    }
    for (const std::string &Name : Body.NamesInTexts)
      Locals.insert(Name);
  }

  bool isGenerated(const ir::Variable &V) const {
    return V.R == ir::Variable::Role::Temporary ||
           V.R == ir::Variable::Role::Flag ||
           V.R == ir::Variable::Role::Condition || !Used.contains(V.Name);
  }

  /// It's a member that another variable is too, whose name it has.
  bool sharesMember(ir::VarId Id) const {
    return Plan.Vars[Id].Where == Home::Frame && Plan.Vars[Id].Member != Id;
  }

  std::string nameOf(ir::VarId Id) {
    const ir::Variable &V = Body.Vars[Id];
    switch (Plan.Vars[Id].Where) {
    case Home::Local:
    case Home::Static:
      return isGenerated(V) && !V.Name.empty() ? ownLocal(V.Name) : V.Name;
    case Home::Parameter:
      if (V.R == ir::Variable::Role::Object)
        return own(V.Name);
      return V.Name.empty() ? own("unnamed") : usersOwn(V.Name);
    case Home::Frame:
      return isGenerated(V) || Locals.contains(V.Name) ? own(V.Name)
                                                       : usersOwn(V.Name);
    }
    llvm_unreachable("all homes are above");
  }

  void copies() {
    std::vector<bool> IsCopied(Body.Vars.size());
    for (const auto &[M, InPlace] : Plan.MadeInPlaceOf)
      for (ir::VarId Id : InPlace.From)
        IsCopied[Id] = true;
    for (ir::VarId Id = 0; Id < IsCopied.size(); ++Id)
      if (IsCopied[Id])
        Plan.Vars[Id].Copy = ownLocal(Plan.Vars[Id].Name + "_copy");
  }

  void makerNames(const ir::Signature &F, const ir::Maker &M) {
    for (ir::VarId Id : M.Arguments)
      Plan.MakerNames.try_emplace(Id, makerName(F, Id));
    auto Constants = [&](const ir::Text &T) {
      for (ir::VarId Id : ir::variablesIn(T))
        Plan.MakerNames.try_emplace(Id, Body.Vars[Id].Name);
    };
    Constants(M.Made);
    llvm::for_each(M.Constants, Constants);
  }

  /// A lambda that is a maker stands where the variable's own name is known.
  std::string makerName(const ir::Signature &F, ir::VarId Id) {
    const ir::Variable &V = Body.Vars[Id];
    bool IsPlain = F.Struct == ir::Site::Before;
    if (V.R == ir::Variable::Role::Temporary)
      return IsPlain ? Plan.Vars[Id].Name : ownLocal(Plan.Vars[Id].Name + "_");
    return IsPlain ? V.Name : ownLocal(V.Name + "_");
  }

  /// A name that the user gave: it may stand in the body, for the variable.
  std::string usersOwn(const std::string &Written) {
    if (!Foreign.contains(Written) && Members.insert(Written).second)
      return Written;
    return own(Written);
  }

  /// A name of ours: nothing in the function may be called like it.
  std::string own(const std::string &Wish, bool IsLocal = false) {
    auto IsTaken = [&](const std::string &Name) {
      return Members.contains(Name) || Used.contains(Name) ||
             Foreign.contains(Name) || Taken.Macros.contains(Name) ||
             (IsLocal && Taken.Globals.contains(Name));
    };
    std::string Name = Wish;
    unsigned &N = Numbered.try_emplace(Wish, 1).first->second;
    const char *Between = llvm::StringRef(Wish).ends_with("_") ? "" : "_";
    while (IsTaken(Name)) // Two underscores would be the compiler's.
      Name = Wish + Between + std::to_string(++N);
    Members.insert(Name);
    return Name;
  }

  std::string ownLocal(const std::string &Wish) {
    return own(Wish, /*IsLocal=*/true);
  }

  void parts() {
    Plan.State = own("state");
    Plan.Live = ownLocal("live");
    Plan.Unwind = own(Plan.UnwindsPartly ? "unwind_to" : "unwind");
    Plan.Context = ownLocal("cx");
    Plan.OnExit = ownLocal("on_exit");
    Plan.Output = ownLocal("output");
    Plan.AllDone = ownLocal("all_done");
    Plan.Point = ownLocal("resume_point");
    Plan.LevelName = ownLocal("level");
    Plan.Other = ownLocal("other");
    Plan.States = own("states");
    Plan.Lines = own("lines");
    Plan.Awaited = own("awaited");
  }

  /// A state's name is its label's too: those have a scope of their own, but
  /// no macro may be called like one.
  void states() {
    for (AwaitPlan &A : Plan.Awaits)
      A.State = own(A.State);
  }

  void labels() {
    std::map<ir::TryId, std::string> FrontOf;
    std::vector<std::string> Guards; // By depth: an inner one must not hide ..
    for (TryPlan &T : Plan.Tries) {
      if (T.HasLabel && !T.ArmOf)
        T.Label = own("try_block");
      if (T.HasLabel && T.ArmOf) // The arms have one front.
        if (std::string &Label = FrontOf[*T.ArmOf]; Label.empty())
          Label = own("if_block");
      while (T.HasObjects && Guards.size() <= T.Depth)
        Guards.push_back(ownLocal("on_try_exit")); // .. an outer one.
      if (T.HasObjects)
        T.Guard = Guards[T.Depth];
    }
    for (TryPlan &T : Plan.Tries)
      if (T.ArmOf)
        T.Label = FrontOf[*T.ArmOf];
    for (LoopPlan &L : Plan.Loops)
      if (!L.ContinueLabel.empty())
        L.ContinueLabel = own(L.ContinueLabel);
  }

  const ir::Body &Body;
  const TakenNames &Taken;
  FramePlan &Plan;
  llvm::StringSet<> Members, Used, Foreign, Locals;
  llvm::StringMap<unsigned> Numbered; ///< The last number behind a wish.
};

} // namespace

void planNames(const ir::Signature &F, const ir::Body &Body,
               const TakenNames &Taken, FramePlan &Plan) {
  Names(Body, Taken, Plan).run(F);
}

} // namespace coroexpand
