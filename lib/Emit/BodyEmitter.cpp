#include "Emit/BodyEmitter.h"
#include "Emit/Comments.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Casting.h"

using llvm::cast;
using llvm::dyn_cast;
using llvm::isa;

using coroexpand::ir::LibraryName;

namespace coroexpand {

void BodyEmitter::run() {
  enter();
  scopeBody(*Body.Top);
  atEnd(*Body.Top);
  switch (Plan.End) {
  case Ending::NotReached:
    return;
  case Ending::ReturnsReady:
    OS << "return " << Print.ready() << ";\n";
    return;
  case Ending::ReturnsReadyOrMissing:
    OS << "return " << Print.library(LibraryName::EndOfBody)
       << "<output_type>();\n";
    return;
  case Ending::MissingCoReturn:
    OS << Print.library(LibraryName::MissingCoReturn) << "();\n";
    return;
  }
}

//===----------------------------------------------------------------------===//
// The front: what resumes, and what cleans up
//===----------------------------------------------------------------------===//

void BodyEmitter::enter() {
  if (Body.NumAwaits == 0) {
    assert(!Plan.hasLevels() && "what lives over no await is in no frame");
    OS << Plan.State << ".run_once();\n";
    return;
  }
  guard();
  const std::string State = Plan.State + ".resume()";
  if (Plan.KeepsPoint) {
    OS << "int " << Plan.Point << " = " << State << ";\n";
    resume(Plan.Point, Plan.Resumptions);
  } else if (Plan.Resumptions.empty()) {
    OS << State << ";\n";
  } else if (Plan.Resumptions.size() == 1) {
    const Resumption &R = Plan.Resumptions.front();
    OS << "if (" << Plan.State << ".resumes_at(" << Plan.await(R.State).State
       << ")) " << goOn(R, /*Braces=*/true) << "\n";
  } else {
    resume(State, Plan.Resumptions);
  }
  OS << "\n";
}

/// What happens when poll is left, other than by a suspension.
void BodyEmitter::guard() {
  if (!Plan.hasLevels()) {
    OS << Print.library(LibraryName::FinishGuard) << " " << Plan.OnExit << "{"
       << Plan.State << "};\n";
    return;
  }
  bool One = Plan.Levels.size() == 2;
  OS << "int " << Plan.Live << " = " << Plan.Start << ";  // "
     << (One ? "1 while " + Print.name(Plan.Levels[1].Object) + " is alive"
             : "the newest live object: its case in " + Plan.Unwind)
     << "\n"
     << Print.library(Plan.UnwindMayThrow ? LibraryName::ThrowingUnwindGuard
                                          : LibraryName::UnwindGuard)
     << " " << Plan.OnExit << "{" << Plan.State << ", [&] { "
     << Print.unwind(Plan.Live, 0) << " }};\n";
}

/// The same for a try block.
void BodyEmitter::tryGuard(const TryPlan &T) {
  OS << Print.library(Plan.UnwindMayThrow ? LibraryName::ThrowingTryGuard
                                          : LibraryName::TryGuard)
     << " " << T.Guard << "{" << Plan.OnExit << ", [&] { "
     << Print.unwindTo(T.Outside) << " }};\n";
}

/// `live = 2; goto awaiting_f;`
std::string BodyEmitter::goOn(const Resumption &R, bool Braces) const {
  if (R.Front)
    return "goto " + Plan.Tries[*R.Front].Label + ";";
  const AwaitPlan &P = Plan.await(R.State);
  std::string Jump = "goto " + P.State + ";";
  if (P.Live == Plan.Start)
    return Jump;
  Jump = Plan.Live + " = " + std::to_string(P.Live) + "; " + Jump;
  return Braces ? "{ " + Jump + " }" : Jump;
}

void BodyEmitter::resume(const std::string &State,
                         const std::vector<Resumption> &Where) {
  if (Where.size() == 1) {
    OS << "if (" << State << " == " << Plan.await(Where.front().State).State
       << ") " << goOn(Where.front(), /*Braces=*/true) << "\n";
    return;
  }
  if (Where.empty())
    return;
  OS << "switch (" << State << ") {\n";
  for (const Resumption &R : Where)
    OS << "case " << Plan.await(R.State).State << ": "
       << goOn(R, /*Braces=*/false) << "\n";
  OS << "}\n";
}

//===----------------------------------------------------------------------===//
// Scopes
//===----------------------------------------------------------------------===//

void BodyEmitter::scopeBody(const ir::Scope &S) {
  const ScopePlan &P = planOf(S);
  const ir::Stmt *Commented = nullptr; // Its statement begins at Begin.
  size_t First = 0, Begin = 0;
  auto Block = P.Blocks.begin();
  for (size_t I = 0; I < S.Body.size(); ++I) {
    if (P.BracesFrom == I)
      OS << "{\n";
    if (Block != P.Blocks.end() && Block->first == I)
      OS << "{\n";
    const ir::Stmt &Child = *S.Body[I];
    if (Child.BlankBefore)
      OS << "\n";
    OS << Print.source(Child.Comment);
    if (!Child.Inside.empty() && !Print.marksLines()) {
      Commented = &Child;
      First = I;
      Begin = OS.str().size();
    }
    statement(Child);
    if (Commented && I + 1 == First + Commented->Parts) {
      // A local class has moved to where it is printed first.
      std::string Printed = OS.str().substr(Begin) + llvm::join(Body.Types, "");
      OS.str().insert(Begin, lostComments(Commented->Inside, Printed));
      Commented = nullptr;
    }
    if (!isa<ir::FullExpr>(Child))
      trail(Child);
    if (Block != P.Blocks.end() && Block->second == I) {
      OS << "}\n";
      ++Block;
    }
  }
  OS << Print.source(S.LastComment);
  if (P.BracesFrom)
    OS << "}\n";
  atEnd(S);
  if (P.ContinueOf)
    OS << Plan.Loops[*P.ContinueOf].ContinueLabel << ":\n";
  end(P.End);
  bool EndsInLabel = P.ContinueOf || (!S.Body.empty() && !P.BracesFrom &&
                                      isa<ir::Label>(*S.Body.back()));
  if (EndsInLabel && P.End.K == Cleanup::Kind::Nothing)
    OS << ";\n"; // A label needs a statement.
}

/// The comment behind \p S goes to the end of the last line.
void BodyEmitter::trail(const ir::Stmt &S) {
  if (S.Trailing.empty())
    return;
  OS.str().pop_back(); // The line end.
  OS << "  " << S.Trailing << "\n";
}

void BodyEmitter::braced(const ir::Scope &S) {
  OS << S.Attributes << "{\n";
  scopeBody(S);
  OS << "}\n";
}

void BodyEmitter::innerScope(const ir::Scope &S) {
  switch (planOf(S).F) {
  case ScopePlan::Form::Braces:
    return braced(S);
  case ScopePlan::Form::Open:
    return scopeBody(S);
  case ScopePlan::Form::ForInit:
    break;
  }
  std::string Init;
  for (const ir::Declarator &D : cast<ir::Declare>(*S.Body.front()).Vars)
    Init += (Init.empty() ? "" : ", ") + Print.name(D.Var) + " = " +
            Print.print(D.Value);
  loop(cast<ir::Loop>(*S.Body.back()), Init);
}

void BodyEmitter::end(const Cleanup &C) {
  switch (C.K) {
  case Cleanup::Kind::Nothing:
    return;
  case Cleanup::Kind::UnwindTo:
    OS << Print.unwindTo(C.Target) << "\n";
    return;
  case Cleanup::Kind::Destroy:
    for (const Destruction &D : C.Objects) {
      if (D.Live)
        OS << Plan.Live << " = " << *D.Live << ";\n";
      OS << Print.destroy(D.Object) << "\n";
    }
    return;
  }
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

void BodyEmitter::statement(const ir::Stmt &S) {
  at(S.Where);
  switch (S.K) {
  case ir::StmtKind::Opaque:
    OS << Print.print(cast<ir::Opaque>(S).T) << "\n";
    return;
  case ir::StmtKind::Declare:
    return declare(cast<ir::Declare>(S), "");
  case ir::StmtKind::Assign:
    llvm_unreachable("an assignment consumes an await");
  case ir::StmtKind::Scope:
    return innerScope(cast<ir::Scope>(S));
  case ir::StmtKind::FullExpr:
    return fullExpr(cast<ir::FullExpr>(S));
  case ir::StmtKind::Make: // A block's result.
    return construct(cast<ir::Make>(S).D, "");
  case ir::StmtKind::Wait:
  case ir::StmtKind::Branch:
  case ir::StmtKind::Block:
    llvm_unreachable("a step of a full-expression");
  case ir::StmtKind::If:
    return ifElse(cast<ir::If>(S));
  case ir::StmtKind::Loop:
    return loop(cast<ir::Loop>(S), "");
  case ir::StmtKind::Switch:
    return switchStatement(cast<ir::Switch>(S));
  case ir::StmtKind::Label:
    return label(cast<ir::Label>(S));
  case ir::StmtKind::Try:
    return tryBlock(cast<ir::Try>(S));
  }
}

void BodyEmitter::declare(const ir::Declare &D, const std::string &Value) {
  switch (Plan.Vars[D.Vars.front().Var].Where) {
  case Home::Static:
    if (llvm::any_of(D.Vars, [&](const ir::Declarator &One) {
          return Plan.Vars[One.Var].IsUnused;
        }))
      OS << "[[maybe_unused]] ";
    OS << Print.print(D.Attributes) << "static " << Print.print(D.Original)
       << "\n";
    return;
  case Home::Local:
  case Home::Parameter:
    OS << Print.print(D.Attributes) << Print.print(D.Original, Value) << "\n";
    return;
  case Home::Frame:
    for (const ir::Declarator &One : D.Vars)
      construct(One, Value);
    return;
  }
}

/// One object of the frame comes to life.
void BodyEmitter::construct(const ir::Declarator &D, const std::string &Value,
                            llvm::ArrayRef<ir::VarId> Copied) {
  const PlannedVariable &P = Plan.Vars[D.Var];
  std::string Init = Print.withCopies(Copied).print(D.Value, Value);
  switch (P.Made) {
  case Making::None:
    break;
  case Making::Assign:
    OS << P.Name << " = " << Init << ";\n";
    break;
  case Making::Point:
    OS << P.Name << " = " << Print.library(LibraryName::PointerTo) << "("
       << Init << ");\n";
    break;
  case Making::MakeList:
    OS << Print.library(LibraryName::MakeList) << "(" << P.Name << ", "
       << (Init.empty() ? "{}" : Init) << ");\n";
    break;
  case Making::CopyArray:
    OS << Print.library(LibraryName::CopyArray) << "(" << P.Name << ", " << Init
       << ");\n";
    break;
  case Making::Build:
    OS << "::new (" << Print.library(LibraryName::Place) << "(" << P.Name
       << ")) " << object(D, Init) << ";\n";
    break;
  }
  if (P.LiveAfter)
    OS << Plan.Live << " = " << P.LiveAfter << ";\n";
  if (std::optional<ir::VarId> Flag = Body.Vars[D.Var].Flag)
    OS << Print.name(*Flag) << " = true;\n";
}

/// `T(init)`, as placement new wants it.
std::string BodyEmitter::object(const ir::Declarator &D,
                                const std::string &Init) const {
  using Style = ir::Declarator::Style;
  const ir::Variable &V = Body.Vars[D.Var];
  std::string Type = Print.print(V.TypeId);
  if (llvm::StringRef(Type).contains("(*") ||
      llvm::StringRef(Type).contains("::*"))
    Type = "(" + Type + ")";
  if (V.Held)
    return Type + "{" + Init + "}";
  if (D.Deduced)
    Type = V.Const ? "const auto" : "auto";
  switch (D.Init) {
  case Style::None:
    return Type;
  case Style::Copy:
  case Style::Paren:
    return Type + "(" + Init + ")";
  case Style::Brace:
    return V.Grid ? Print.library(LibraryName::ArrayOf) + "<" + Type + ">{{" +
                        Init + "}}"
                  : Type + "{" + Init + "}";
  case Style::Array:
  case Style::Spelled:
    return Init;
  }
  llvm_unreachable("all styles are above");
}

//===----------------------------------------------------------------------===//
// Control flow
//===----------------------------------------------------------------------===//

/// The arms of `if constexpr` are resumed from where they begin.
void BodyEmitter::ifConstexpr(const ir::If &I) {
  const TryPlan &Then = Plan.Tries[*I.Front], &Else = Plan.Tries[*I.Front + 1];
  if (Then.StartsOver || Else.StartsOver)
    OS << Plan.Point << " = 0;\n";
  if (Then.HasLabel || Else.HasLabel)
    OS << Then.Label << ":\n";
  OS << "if constexpr (" << Print.print(I.Cond) << ") {\n";
  resume(Plan.Point, Then.Resumptions);
  scopeBody(*I.Then);
  OS << "}\n";
  if (!I.Else)
    return;
  OS << "else {\n";
  resume(Plan.Point, Else.Resumptions);
  scopeBody(*I.Else);
  OS << "}\n";
}

void BodyEmitter::ifElse(const ir::If &I) {
  if (I.Front)
    return ifConstexpr(I);
  OS << I.Attributes << "if (" << Print.print(I.Cond) << ") ";
  braced(*I.Then);
  if (!I.Else)
    return;
  at(I.Else->Where);
  OS << "else ";
  if (planOf(*I.Else).F == ScopePlan::Form::Open)
    ifElse(cast<ir::If>(*I.Else->Body.front()));
  else
    braced(*I.Else);
}

void BodyEmitter::loop(const ir::Loop &L, const std::string &Init) {
  const LoopPlan &P = Plan.Loops[L.Id];
  std::string Cond = Print.print(L.Cond);
  for (ir::VarId Condition : P.Conditions)
    OS << "bool " << Print.name(Condition) << ";\n";
  OS << L.Attributes;
  switch (L.LK) {
  case ir::Loop::Kind::While:
    OS << "while (" << (Cond.empty() ? "true" : Cond) << ") {\n";
    break;
  case ir::Loop::Kind::Do:
    OS << "do {\n";
    break;
  case ir::Loop::Kind::For:
    OS << "for (" << Init << "; " << Cond << "; " << Print.print(L.Advance)
       << ") {\n";
    break;
  }
  scopeBody(*L.Body);
  if (L.Tail)
    scopeBody(*L.Tail);
  OS << "}\n";
  if (L.LK == ir::Loop::Kind::Do)
    OS << Print.at(L.CondWhere.Raw) << "while (" << Cond << ");\n";
  end(P.End);
}

void BodyEmitter::switchStatement(const ir::Switch &S) {
  OS << S.Attributes << "switch (" << Print.print(S.Cond) << ") ";
  braced(*S.Body);
  end(Plan.Loops[S.Id].End);
}

void BodyEmitter::label(const ir::Label &L) {
  OS << L.Attributes << Print.print(L.T) << "\n";
  if (L.Target)
    end(Plan.Labels[*L.Target]);
}

void BodyEmitter::tryBlock(const ir::Try &T) {
  const TryPlan &P = Plan.Tries[T.Id];
  if (P.StartsOver) // Entered from the front, the block starts at its
                    // beginning.
    OS << Plan.Point << " = 0;\n";
  if (P.HasLabel)
    OS << P.Label << ":\n";
  OS << T.Attributes << "try {\n";
  if (P.HasObjects)
    tryGuard(P);
  resume(Plan.Point, P.Resumptions);
  scopeBody(*T.Body);
  OS << "}";
  for (const auto &Handler : T.Handlers)
    OS << " " << Print.source(Handler->Comment) << Print.at(Handler->Where.Raw)
       << Print.print(Handler->T);
  OS << "\n";
}

} // namespace coroexpand
