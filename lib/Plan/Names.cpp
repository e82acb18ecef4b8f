#include "Plan/Plan.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

namespace coroexpand {
namespace {

/// Gives each member the user's own name where that is free: no other member
/// has it, and nothing outside the function goes by it in the body. The names
/// of the struct's own parts step aside for the user's.
class Names {
public:
  Names(const ir::Body &Body, const llvm::StringSet<> &Macros, FramePlan &Plan)
      : Body(Body), Macros(Macros), Plan(Plan) {}

  void run(const std::string &StructName) {
    for (const char *Fixed : {"poll", "output_type"})
      Members.insert(Fixed);
    Members.insert(StructName);
    for (const std::string &Name : Body.UsedNames)
      Used.insert(Name);
    for (const std::string &Name : Body.ForeignNames)
      Foreign.insert(Name);
    for (const ir::Variable &V : Body.Vars)
      addIdentifiers(V.TypeId);
    for (ir::VarId I = 0; I < Body.Vars.size(); ++I)
      Plan.Vars[I].Name = nameOf(I);
    Plan.State = own("state");
    Plan.Live = own("live");
    Plan.UnwindTo = own("unwind_to");
    Plan.Context = own("cx");
    Plan.OnExit = own("on_exit");
    Plan.Output = own("output");
    Plan.AllDone = own("all_done");
    Plan.Point = own("resume_point");
    Plan.LevelName = own("level");
    Plan.Other = own("other");
  }

private:
  /// What a member's type is called must not be hidden by a member.
  void addIdentifiers(const ir::Text &Type) {
    for (const ir::Piece &P : Type) {
      llvm::StringRef Rest = P.Text;
      while (!Rest.empty()) {
        llvm::StringRef Word = Rest.take_while(
            [](char C) { return llvm::isAlnum(C) || C == '_'; });
        if (!Word.empty())
          Foreign.insert(Word);
        Rest = Rest.drop_front(std::max<size_t>(Word.size(), 1));
      }
    }
  }

  std::string nameOf(ir::VarId Id) {
    const ir::Variable &V = Body.Vars[Id];
    bool Written = llvm::is_contained(Body.UsedNames, V.Name);
    bool Generated = V.R == ir::Variable::Role::Temporary ||
                     V.R == ir::Variable::Role::Condition || !Written;
    switch (Plan.Vars[Id].Where) {
    case Place::Local:
    case Place::Static:
      return Generated && !V.Name.empty() ? own(V.Name) : V.Name;
    case Place::Member:
      if (V.Name.empty())
        return own("unnamed");
      break;
    case Place::Frame:
      if (Generated)
        return own(V.Name);
      break;
    }
    std::string Name = V.Name;
    for (unsigned N = 2;
         Members.contains(Name) ||
         (Name != V.Name && (Used.contains(Name) || Macros.contains(Name))) ||
         Foreign.contains(Name);
         ++N)
      Name = V.Name + "_" + std::to_string(N);
    Members.insert(Name);
    return Name;
  }

  /// A name of ours: nothing in the function may be called like it.
  std::string own(const std::string &Wish) {
    std::string Name = Wish;
    unsigned &N = Numbered.try_emplace(Wish, 1).first->second;
    while (Members.contains(Name) || Used.contains(Name) ||
           Macros.contains(Name))
      Name = Wish + "_" + std::to_string(++N);
    Members.insert(Name);
    return Name;
  }

  const ir::Body &Body;
  const llvm::StringSet<> &Macros;
  FramePlan &Plan;
  llvm::StringSet<> Members, Used, Foreign;
  llvm::StringMap<unsigned> Numbered; ///< The last number behind a wish.
};

} // namespace

void planNames(const ir::Body &Body, const std::string &StructName,
               const llvm::StringSet<> &Macros, FramePlan &Plan) {
  Names(Body, Macros, Plan).run(StructName);
}

} // namespace coroexpand
