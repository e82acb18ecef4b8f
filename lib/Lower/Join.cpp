#include "Lower/Builder.h"
#include "Lower/Spill.h"

using namespace clang;

namespace coroexpand {
namespace {

/// Natively an rvalue future is moved into the join, after all arguments have
/// been evaluated. Where that move can't be observed, the slot is made at once.
bool movesUnseen(const Expr *Arg, const Types &TypeOf,
                 const ASTContext &Context) {
  QualType T = Arg->getType();
  return TypeOf.concreteCall(Arg) || TypeOf.mentionsFuture(T) ||
         T.isTriviallyCopyableType(Context);
}

} // namespace

/// The future that \p Arg is, as the lowered program has it.
ir::Variable Builder::futureOf(const Expr *Arg) {
  const Expr *Named = namesVariable(Arg) ? namedVariable(Arg) : nullptr;
  if (const auto *Ref = dyn_cast_or_null<DeclRefExpr>(Named))
    if (auto Found = Vars.find(Ref->getDecl()); Found != Vars.end())
      if (ir::Variable &V = var(Found->second);
          !V.Reference && !V.Const && !V.TypeId.empty())
        return V;
  ir::Variable Future;
  TypeOf.describeDeduced(Future, Arg->getType().getUnqualifiedType(), Arg,
                         Source.slice(Arg->getSourceRange()));
  return Future;
}

/// co_await coro::join(f(), fut, std::move(leaf))
///
///   slot   = maybe_done<f_future> { f() }
///   slot_2 = maybe_done<fut's type &> { fut }
///   slot_3 = maybe_done<leaf's type> { std::move(leaf) }
///   places: slot, slot_2, slot_3
void Builder::joinPlaces(const CallExpr *Join, ir::FullExpr &Into) {
  struct Slot {
    ir::VarId Id;
    ir::Text Init;
    bool Made;
  };
  llvm::SmallVector<Slot, 4> Slots;
  auto Make = [&](Slot &S) {
    Into.Temporaries.push_back(
        {S.Id, ir::Declarator::Style::Spelled, std::move(S.Init)});
    S.Made = true;
  };
  for (const Expr *Arg : Join->arguments()) {
    const Expr *Bare = asWritten(Arg);
    bool LValue = Bare->isLValue(), Unseen = movesUnseen(Bare, TypeOf, Context);
    ir::Text Value =
        Bare->isPRValue() ? calledText(Bare, Into) : spilledText(Bare, Into);
    if (Bare->isPRValue() && !Unseen) {
      ir::VarId Joined =
          temporary("joined", Bare->getType(), Bare, std::move(Value), Into);
      Value = ir::Text(ir::LibraryName::Move)
                  .append("(")
                  .append(ir::use(Joined))
                  .append(")");
    }
    ir::VarId Id =
        variable("slot", ir::Variable::Role::Temporary, at(Arg->getBeginLoc()));
    ir::Variable Future = futureOf(Bare);
    ir::Text Type = ir::Text(ir::LibraryName::MaybeDone)
                        .append("<")
                        .append(Future.TypeId)
                        .append(LValue ? "&>" : ">");
    ir::Variable &V = var(Id);
    if (!LValue) {
      V.Size = Future.Size;
      V.Futures = Future.Futures;
    }
    V.TypeId = Type;
    V.Declared = ir::Text(Type).append(" ").append(ir::declaredName());
    V.NeedsDestroy = true;
    ir::Text Init = std::move(Type);
    Init.append(LValue ? "{" : "{{").append(Value).append(LValue ? "}" : "}}");
    Slots.push_back({Id, std::move(Init), false});
    if (Unseen || LValue)
      Make(Slots.back());
    Into.A.Slots.push_back(Id);
    Into.A.Operands.push_back(ir::Text().append(ir::use(Id, true)).append("."));
  }
  for (Slot &S : Slots)
    if (!S.Made)
      Make(S);
}

} // namespace coroexpand
