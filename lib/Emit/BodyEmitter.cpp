#include "Emit/BodyEmitter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Casting.h"

using llvm::cast;
using llvm::dyn_cast;
using llvm::isa;

namespace coroexpand {

void BodyEmitter::run() {
  enter();
  scopeBody(*Body.Top);
  if (!Body.Top->FallsThrough)
    return;
  if (Body.OutputIsVoid)
    OS << "return \1coro::ready();\n";
  else
    OS << "\1coro::missing_co_return();\n";
}

//===----------------------------------------------------------------------===//
// The front: what resumes, and what cleans up
//===----------------------------------------------------------------------===//

void BodyEmitter::enter() {
  if (Plan.hasLevels())
    guard(0);
  if (Body.NumAwaits == 0) {
    OS << Plan.State << ".resume();\n";
    return;
  }
  if (Body.NumTries == 0) {
    dispatch(Plan.State + ".resume()", 0, std::nullopt);
    OS << "\n";
    return;
  }
  OS << "int " << Plan.Point << " = " << Plan.State << ".resume();\n";
  dispatch(Plan.Point, 0, std::nullopt);
  OS << "\n";
}

void BodyEmitter::guard(Level Target) {
  OS << "\1coro::unwind_guard " << Plan.OnExit << "{" << Plan.State
     << ", [this] { " << Plan.UnwindTo << "(" << Target << "); }};\n";
}

void BodyEmitter::dispatch(const std::string &On, size_t Depth,
                           std::optional<ir::TryId> Inside) {
  std::vector<std::pair<ir::AwaitId, std::string>> Targets;
  for (size_t I = 0; I < Plan.Resumes.size(); ++I) {
    const std::vector<ir::TryId> &Through = Plan.Resumes[I].Through;
    if (Inside && (Through.size() < Depth || Through[Depth - 1] != *Inside))
      continue;
    bool Direct = Through.size() == Depth;
    std::string Target = Direct ? "resume_" + std::to_string(I + 1)
                                : "try_" + std::to_string(Through[Depth] + 1);
    Targets.emplace_back(I + 1, std::move(Target));
  }
  if (Targets.size() == 1) {
    OS << "if (" << On << " == " << Targets[0].first << ") goto "
       << Targets[0].second << ";\n";
    return;
  }
  OS << "switch (" << On << ") {\n";
  for (size_t I = 0; I < Targets.size(); ++I) {
    OS << "case " << Targets[I].first << ":\n";
    if (I + 1 == Targets.size() || Targets[I + 1].second != Targets[I].second)
      OS << "goto " << Targets[I].second << ";\n";
  }
  OS << "}\n";
}

//===----------------------------------------------------------------------===//
// Scopes
//===----------------------------------------------------------------------===//

void BodyEmitter::scopeBody(const ir::Scope &S) {
  const ScopeExit &Exit = Plan.Exits.find(&S)->second;
  std::string Label = Labels.lookup(&S);
  for (size_t I = 0; I < S.Body.size(); ++I) {
    if (Exit.BracesFrom == I)
      OS << "{\n";
    const ir::Stmt &Child = *S.Body[I];
    if (Child.BlankBefore)
      OS << "\n";
    OS << Child.Comment;
    statement(Child);
    if (!Child.Trailing.empty())
      OS << Child.Trailing << "\n";
  }
  OS << S.LastComment;
  if (Exit.BracesFrom)
    OS << "}\n";
  if (!Label.empty())
    OS << Label << ":\n";
  exit(Exit);
  if (!Label.empty() && Exit.K == ScopeExit::Kind::Nothing)
    OS << ";\n";
}

void BodyEmitter::braced(const ir::Scope &S) {
  OS << "{\n";
  scopeBody(S);
  OS << "}\n";
}

void BodyEmitter::exit(const ScopeExit &Exit) {
  switch (Exit.K) {
  case ScopeExit::Kind::Nothing:
    return;
  case ScopeExit::Kind::UnwindTo:
    OS << Plan.UnwindTo << "(" << Exit.Target << ");\n";
    return;
  case ScopeExit::Kind::Destroy:
    for (const Destruction &D : Exit.Objects) {
      if (D.Live)
        OS << Plan.Live << " = " << *D.Live << ";\n";
      OS << "\1coro::destroy(" << Print.name(D.Object) << ");\n";
    }
    return;
  }
}

bool BodyEmitter::declaresLocals(const ir::Stmt &S) const {
  if (const auto *F = dyn_cast<ir::FullExpr>(&S))
    return declaresLocals(*F->Consumer);
  const auto *D = dyn_cast<ir::Declare>(&S);
  return D && llvm::any_of(D->Vars, [&](const ir::Declarator &One) {
           Place Where = Plan.Vars[One.Var].Where;
           return Where == Place::Local || Where == Place::Static;
         });
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

void BodyEmitter::statement(const ir::Stmt &S) {
  switch (S.K) {
  case ir::StmtKind::Opaque:
    OS << Print.print(cast<ir::Opaque>(S).T) << "\n";
    return;
  case ir::StmtKind::Declare:
    return declare(cast<ir::Declare>(S), "");
  case ir::StmtKind::Assign:
    llvm_unreachable("an assignment consumes an await");
  case ir::StmtKind::Scope: {
    // A scope that declares nothing the compiler sees needs no braces.
    const auto &Inner = cast<ir::Scope>(S);
    if (std::optional<std::string> Init = forInit(Inner))
      return loop(cast<ir::Loop>(*Inner.Body.back()), *Init);
    bool Braces = llvm::any_of(Inner.Body, [&](const ir::StmtPtr &Child) {
      return declaresLocals(*Child) || isa<ir::Opaque>(*Child);
    });
    return Braces ? braced(Inner) : scopeBody(Inner);
  }
  case ir::StmtKind::FullExpr:
    return fullExpr(cast<ir::FullExpr>(S));
  case ir::StmtKind::If:
    return ifElse(cast<ir::If>(S));
  case ir::StmtKind::Loop:
    return loop(cast<ir::Loop>(S), "");
  case ir::StmtKind::Try:
    return tryBlock(cast<ir::Try>(S));
  }
}

void BodyEmitter::declare(const ir::Declare &D, const std::string &Value,
                          bool SetLive) {
  switch (Plan.Vars[D.Vars.front().Var].Where) {
  case Place::Static:
    OS << "static ";
    [[fallthrough]];
  case Place::Local:
  case Place::Member:
    OS << Print.print(D.Original, Value) << "\n";
    return;
  case Place::Frame:
    for (const ir::Declarator &One : D.Vars)
      construct(One, Value, SetLive);
    return;
  }
}

/// Its declaration is an assignment: it needs no constructor.
bool BodyEmitter::isAssigned(const ir::Declarator &D) const {
  const ir::Variable &V = Body.Vars[D.Var];
  return Plan.Vars[D.Var].Where == Place::Frame && V.TrivialInit && !V.Const &&
         !V.Array && !V.Reference && D.Init == ir::Declarator::Style::Copy;
}

/// One object of the frame comes to life. What needs no constructor is
/// assigned to; all else is built by placement new.
void BodyEmitter::construct(const ir::Declarator &D, const std::string &Value,
                            bool SetLive) {
  using Style = ir::Declarator::Style;
  const ir::Variable &V = Body.Vars[D.Var];
  const std::string &Name = Print.name(D.Var);
  std::string Init = Print.print(D.Value, Value);
  if (V.Reference) {
    OS << Name << " = \1coro::pointer_to(" << Init << ");\n";
  } else if (V.TrivialInit && D.Init == Style::None) {
    // May stay uninitialised, as in the source.
  } else if (isAssigned(D)) {
    OS << Name << " = " << Init << ";\n";
  } else if (D.Init == Style::Array) {
    OS << "\1coro::copy_array(" << Name << ", " << Init << ");\n";
  } else {
    std::string Type = Print.print(V.TypeId);
    if (llvm::StringRef(Type).contains("(*") ||
        llvm::StringRef(Type).contains("::*"))
      Type = "(" + Type + ")";
    OS << "::new (\1coro::place(" << Name << ")) ";
    switch (D.Init) {
    case Style::None:
      OS << Type;
      break;
    case Style::Copy:
    case Style::Paren:
      OS << Type << "(" << Init << ")";
      break;
    case Style::Brace:
      if (V.Grid)
        OS << "\1coro::array_of<" << Type << ">{{" << Init << "}}";
      else
        OS << Type << "{" << Init << "}";
      break;
    case Style::Array:
    case Style::Spelled:
      OS << Init;
      break;
    }
    OS << ";\n";
  }
  if (Plan.Vars[D.Var].Own && SetLive)
    OS << Plan.Live << " = " << Plan.Vars[D.Var].Own << ";\n";
}

//===----------------------------------------------------------------------===//
// Awaits
//===----------------------------------------------------------------------===//

namespace {

/// The consumer is `<value>;`: the value is made and dropped.
bool dropsValue(const ir::Stmt &Consumer) {
  const auto *O = dyn_cast<ir::Opaque>(&Consumer);
  if (!O)
    return false;
  std::vector<ir::Piece> Pieces(O->T.begin(), O->T.end());
  return Pieces.size() == 2 && Pieces[0].K == ir::Piece::Kind::Value &&
         Pieces[1].Text == ";";
}

} // namespace

void BodyEmitter::fullExpr(const ir::FullExpr &F) {
  if (!InDoTail)
    declareCondition(*F.Consumer);
  for (const ir::Declarator &T : F.Temporaries)
    construct(T, "", /*SetLive=*/true);
  if (auto Made = Plan.AllMade.find(&F); Made != Plan.AllMade.end())
    OS << Plan.Live << " = " << Made->second << ";\n";
  std::string Label = "resume_" + std::to_string(F.A.Id);
  OS << Label << ":";
  bool Dropped = F.A.Discardable && dropsValue(*F.Consumer);
  bool One = F.A.K == ir::Await::Kind::One;
  if (One && Dropped) {
    OS << "\nif (" << Print.print(F.A.Places.front()) << "poll(" << Plan.Context
       << ").is_pending()) return " << Plan.State << ".suspend(" << F.A.Id
       << ");\n";
  } else {
    // What poll returned must not be jumped over by a later resume point.
    bool Block = !(One && declaresLocals(*F.Consumer));
    bool Inside = Block && One;
    OS << (Block && F.A.K != ir::Await::Kind::JoinObject ? " {\n" : "\n");
    std::string Value = wait(F);
    if (Inside)
      consume(F, Value);
    if (Block && F.A.K != ir::Await::Kind::JoinObject)
      OS << "}\n";
    if (!Inside && !Dropped)
      consume(F, Value);
  }
  exit(Plan.Cleanups.find(&F)->second);
}

/// A bool without an initialiser, which a resume point may stand behind.
void BodyEmitter::declareCondition(const ir::Stmt &Consumer) {
  if (const auto *A = dyn_cast<ir::Assign>(&Consumer))
    OS << "bool " << Print.name(A->Var) << ";\n";
}

/// Polls the operands of \p F; returns how the awaited value is spelled.
std::string BodyEmitter::wait(const ir::FullExpr &F) {
  const std::string Suspend =
      "return " + Plan.State + ".suspend(" + std::to_string(F.A.Id) + ");\n";
  const std::string First = Print.print(F.A.Places.front());
  switch (F.A.K) {
  case ir::Await::Kind::One:
    OS << "auto " << Plan.Output << " = " << First << "poll(" << Plan.Context
       << ");\nif (" << Plan.Output << ".is_pending()) " << Suspend;
    return Plan.Output + ".take()";
  case ir::Await::Kind::JoinObject:
    OS << "if (!" << First << "poll_all(" << Plan.Context << ")) " << Suspend;
    return First + "take_outputs()";
  case ir::Await::Kind::Join:
    break;
  }
  OS << "bool " << Plan.AllDone << " = true;\n";
  std::string Slots;
  for (const ir::Text &Place : F.A.Places) {
    std::string Slot = Print.print(Place);
    OS << Plan.AllDone << " &= " << Slot << "poll(" << Plan.Context << ");\n";
    Slots += (Slots.empty() ? "" : ", ") + Slot.substr(0, Slot.size() - 1);
  }
  OS << "if (!" << Plan.AllDone << ") " << Suspend;
  return "\1coro::take_outputs(" + Slots + ")";
}

void BodyEmitter::consume(const ir::FullExpr &F, const std::string &Value) {
  const ir::Stmt &C = *F.Consumer;
  if (const auto *O = dyn_cast<ir::Opaque>(&C)) {
    OS << Print.print(O->T, Value) << "\n";
  } else if (const auto *A = dyn_cast<ir::Assign>(&C)) {
    OS << Print.name(A->Var) << " = " << Print.print(A->T, Value) << ";\n";
  } else {
    bool CleanupSetsLive =
        Plan.Cleanups.find(&F)->second.K == ScopeExit::Kind::Destroy;
    declare(cast<ir::Declare>(C), Value, !CleanupSetsLive);
  }
}

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

void BodyEmitter::ifElse(const ir::If &I) {
  OS << "if (" << Print.print(I.Cond) << ") ";
  braced(*I.Then);
  if (!I.Else)
    return;
  OS << "else ";
  // else { if .. } is else if again.
  const auto &Inner = I.Else->Body;
  bool Chain = Inner.size() == 1 && isa<ir::If>(*Inner.front()) &&
               Inner.front()->Comment.empty();
  if (Chain)
    ifElse(cast<ir::If>(*Inner.front()));
  else
    braced(*I.Else);
}

/// `i = 0`, when \p S is a for loop and nothing but assignments before it, and
/// leaving it destroys nothing.
std::optional<std::string> BodyEmitter::forInit(const ir::Scope &S) const {
  if (S.Body.size() != 2 || !isa<ir::Declare>(*S.Body.front()) ||
      !isa<ir::Loop>(*S.Body.back()) ||
      cast<ir::Loop>(*S.Body.back()).LK != ir::Loop::Kind::For)
    return std::nullopt;
  std::string Result;
  for (const ir::Declarator &D : cast<ir::Declare>(*S.Body.front()).Vars) {
    if (!isAssigned(D))
      return std::nullopt;
    Result += (Result.empty() ? "" : ", ") + Print.name(D.Var) + " = " +
              Print.print(D.Value);
  }
  return Result;
}

void BodyEmitter::loop(const ir::Loop &L, const std::string &Init) {
  const LoopPlan &P = Plan.Loops[L.Id];
  std::string Cond = Print.print(L.Cond);
  switch (L.LK) {
  case ir::Loop::Kind::While:
    OS << "while (" << (Cond.empty() ? "true" : Cond) << ") {\n";
    break;
  case ir::Loop::Kind::Do:
    // The condition is read outside the braces that it is set in.
    if (L.Tail)
      for (const ir::StmtPtr &Step : L.Tail->Body)
        declareCondition(*cast<ir::FullExpr>(*Step).Consumer);
    OS << "do {\n";
    break;
  case ir::Loop::Kind::For:
    OS << "for (" << Init << "; " << Cond << "; " << Print.print(L.Advance)
       << ") {\n";
    break;
  }
  if (P.ContinueLabel)
    Labels[&L.round()] = "continue_" + std::to_string(L.Id + 1);
  scopeBody(*L.Body);
  if (L.Tail) {
    InDoTail = L.LK == ir::Loop::Kind::Do;
    scopeBody(*L.Tail);
    InDoTail = false;
  }
  OS << "}\n";
  if (L.LK == ir::Loop::Kind::Do)
    OS << "while (" << Cond << ");\n";
  if (P.AfterBreak)
    OS << Plan.UnwindTo << "(" << *P.AfterBreak << ");\n";
}

void BodyEmitter::tryBlock(const ir::Try &T) {
  std::string Label = "try_" + std::to_string(T.Id + 1);
  // Entered from the front, the block starts at its beginning.
  OS << Plan.Point << " = 0;\n" << Label << ":\ntry {\n";
  if (Plan.Tries[T.Id].HasObjects)
    guard(Plan.Tries[T.Id].Outside);
  size_t Depth = 0;
  for (const ResumePoint &R : Plan.Resumes)
    if (auto Found = llvm::find(R.Through, T.Id); Found != R.Through.end())
      Depth = Found - R.Through.begin() + 1;
  dispatch(Plan.Point, Depth, T.Id);
  scopeBody(*T.Body);
  OS << "}";
  for (const auto &Handler : T.Handlers)
    OS << " " << Print.print(Handler->T);
  OS << "\n";
}

} // namespace coroexpand
