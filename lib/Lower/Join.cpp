#include "Lower/Describe.h"
#include "Lower/Expressions.h"
#include "Lower/Steps.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {
namespace {

/// Natively an rvalue future is moved into the join, after all arguments have
/// been evaluated. Where that move can't be observed, the slot is made at once.
bool movesUnseen(const Context &C, const Expr *Arg) {
  return C.TypeOf.concreteCall(Arg) || C.TypeOf.movesUnseen(Arg->getType());
}

/// The future that \p Arg is, as the lowered program has it.
ir::Variable futureOf(Context &C, const std::string &Name, const Expr *Arg,
                      const ir::Text &Text) {
  const DeclRefExpr *Named = namedVariable(Arg);
  if (std::optional<ir::VarId> Id =
          Named ? C.find(Named->getDecl()) : std::nullopt) {
    const ir::Variable &V = C.var(*Id);
    if (!V.Reference && !V.Const && !V.TypeId.empty())
      return V;
  }
  ir::Variable Future;
  Future.Name = Name; // For a function that may give it a type.
  describeDeduced(C, Future, Arg->getType().getUnqualifiedType(), Arg, Text);
  return Future;
}

} // namespace

struct Steps::Slot {
  ir::VarId Id;
  ir::Text Init;
  bool AtOnce; ///< Made before the arguments behind it are evaluated.
  std::optional<ir::VarId> MovedFrom; ///< The variable that it is moved from.
};

/// slots = coro::slot_states<2>()
ir::VarId Steps::slotStates(const CallExpr *Join) {
  SourceLocation Where = Join->getBeginLoc();
  unsigned N = Join->getNumArgs();
  ir::VarId Id = C.variable("slots", ir::Variable::Role::Temporary, at(Where));
  ir::Variable &V = C.var(Id);
  declareBy(V, ir::Text(ir::LibraryName::SlotStates)
                   .append("<" + std::to_string(N) + ">"));
  V.TrivialInit = true;
  V.Size = N <= 3 ? N : (N + 3) / 4; // A byte each, or two bits.
  V.Align = 1;
  make({Id, ir::Declarator::Style::Copy, ir::Text("{}")}, at(Where));
  return Id;
}

Steps::Slot Steps::slotFor(const Expr *Arg, ir::Variable::InSlots In) {
  const Expr *Bare = asWritten(Arg);
  bool LValue = Bare->isLValue(), Unseen = movesUnseen(C, Bare);
  Made Future = Bare->isPRValue() ? called(Bare) : Made{textAfterSteps(Bare)};
  std::string Name = wordFor(Bare);
  if (Name.empty())
    Name = "joined";
  ir::Variable Joined = futureOf(C, Name, Bare, Future.Value);
  bool HasName = Joined.Problem == ir::FrameProblem::None;
  // A variable can be made by a function that gives its type a name.
  if (Bare->isPRValue() && (!Unseen || !HasName)) {
    ir::VarId Moved = temporary(nameFor(C, Bare, "joined"), Bare->getType(),
                                Bare, std::move(Future));
    Future.Value = ir::moved(ir::Text().append(ir::use(Moved)));
    if (!HasName)
      Joined.TypeId = ir::Text("decltype(").append(ir::use(Moved)).append(")");
  }
  ir::VarId Id = C.variable(Name + "_slot", ir::Variable::Role::Temporary,
                            at(Arg->getBeginLoc()));
  ir::Text Type = ir::Text(ir::LibraryName::JoinSlot)
                      .append("<")
                      .append(Joined.TypeId)
                      .append(LValue ? "&>" : ">");
  ir::Variable &V = C.var(Id);
  declareBy(V, Type);
  V.NeedsDestroy = true;
  V.Slot = In;
  V.Maker = Joined.Maker;
  if (!LValue) {
    V.Size = Joined.Size;
    V.Align = Joined.Align;
  }
  ir::Text Init = std::move(Type);
  Init.append(LValue ? "{" : "{{")
      .append(Future.Value)
      .append(LValue ? "}" : "}}");
  flag(Id);
  const DeclRefExpr *Named = Bare->isXValue() ? namedVariable(Bare) : nullptr;
  return {Id, std::move(Init), Unseen || LValue,
          Named ? C.find(Named->getDecl()) : std::nullopt};
}

/// co_await coro::join(f(), fut, std::move(leaf))
///
///   slots     = slot_states<3>{}
///   f_slot    = join_slot<f_future>{{f()}}
///   fut_slot  = join_slot<fut's type &>{fut}
///   leaf_slot = join_slot<leaf's type>{{std::move(leaf)}}
///   places: f_slot, fut_slot, leaf_slot
void Steps::joinPlaces(const CallExpr *Join, ir::Await &A) {
  llvm::SmallVector<Slot, 4> Late;
  auto Make = [&](Slot &S) {
    auto Step = std::make_unique<ir::Make>(
        C.var(S.Id).Where, ir::Declarator{S.Id, ir::Declarator::Style::Spelled,
                                          std::move(S.Init)});
    Step->MovedFrom = S.MovedFrom;
    append(std::move(Step));
  };
  A.States = slotStates(Join);
  for (auto [I, Arg] : llvm::enumerate(Join->arguments())) {
    Slot S = slotFor(Arg, {A.States, static_cast<unsigned>(I)});
    A.Slots.push_back(S.Id);
    A.Operands.push_back(ir::Text().append(ir::use(S.Id)));
    if (S.AtOnce || C.waits(Arg))
      Make(S);
    else
      Late.push_back(std::move(S));
  }
  for (Slot &S : Late)
    Make(S);
}

} // namespace coroexpand
