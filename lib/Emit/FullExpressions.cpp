//===- FullExpressions.cpp - poll's text for steps and awaits -------------===//
//
//   x = co_await f(n);      ::new (coro::place(f_call)) auto(f(n));
//                         awaiting_f:
//                           auto output = f_call.poll(cx);
//                           if (output.is_pending())
//                             return state.suspend(awaiting_f);
//                           x = output.take();
//                           coro::destroy(f_call);
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#include "Emit/BodyEmitter.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Casting.h"

using llvm::cast;
using llvm::dyn_cast;

using coroexpand::ir::LibraryName;

namespace coroexpand {

void BodyEmitter::fullExpr(const ir::FullExpr &F) {
  const FullExprPlan &P = Plan.of(F);
  if (P.DeclaresCondition)
    OS << "bool " << Print.name(cast<ir::Assign>(*F.Consumer).Var) << ";\n";
  auto Consume = [&](const std::string &Value) {
    consume(F, Value);
    trail(F);
  };
  if (const ir::Wait *Last = steps(F.Steps))
    await(*Last, Consume);
  else
    Consume("");
  at(F.Where);
  end(P.End);
}

/// All steps but for a wait that is the last: its value is still to be taken.
const ir::Wait *BodyEmitter::steps(const std::vector<ir::StmtPtr> &Steps) {
  for (size_t I = 0; I < Steps.size(); ++I) {
    const auto *W = dyn_cast<ir::Wait>(Steps[I].get());
    if (!W)
      step(*Steps[I], "");
    else if (++I < Steps.size())
      await(*W, [&](const std::string &Value) { step(*Steps[I], Value); });
    else
      return W;
  }
  return nullptr;
}

void BodyEmitter::step(const ir::Stmt &S, const std::string &Value) {
  at(S.Where);
  if (const auto *M = dyn_cast<ir::Make>(&S))
    make(*M, Value);
  else if (const auto *B = dyn_cast<ir::Branch>(&S))
    branch(*B);
  else if (const auto *B = dyn_cast<ir::Block>(&S))
    block(*B);
  else
    OS << Print.print(cast<ir::Opaque>(S).T, Value) << "\n";
}

/// What it takes the place of is copied first:
///
///   auto s_copy = std::move(s);
///   live = 0;
///   coro::destroy(s);
///   ::new (coro::place(f_call)) auto(f(std::move(s_copy)));
void BodyEmitter::make(const ir::Make &M, const std::string &Value) {
  auto Found = Plan.MadeInPlaceOf.find(&M);
  if (Found == Plan.MadeInPlaceOf.end() || Found->second.From.empty())
    return construct(M.D, Value);
  const auto &[From, Live] = Found->second;
  OS << "{\n";
  for (ir::VarId Id : From) {
    std::string Copied = Print.name(Id);
    if (!Body.Vars[Id].TrivialInit)
      Copied = Print.library(LibraryName::Move) + "(" + Copied + ")";
    OS << "auto " << Plan.Vars[Id].Copy << " = " << Copied << ";\n";
  }
  if (Live)
    OS << Plan.Live << " = " << *Live << ";\n";
  for (ir::VarId Id : llvm::reverse(From))
    if (Body.Vars[Id].NeedsDestroy)
      OS << Print.destroy(Id) << "\n";
  construct(M.D, Value, From);
  OS << "}\n";
}

void BodyEmitter::branch(const ir::Branch &B) {
  const BranchPlan &P = Plan.of(B);
  for (ir::VarId Flag : B.Flags)
    OS << Print.name(Flag) << " = false;\n";
  if (P.LiveBefore)
    OS << Plan.Live << " = " << P.LiveBefore << ";\n";
  OS << "if (" << Print.print(B.Cond) << ") {\n";
  steps(B.Then);
  OS << "}\n";
  if (!B.Else.empty()) {
    OS << "else {\n";
    steps(B.Else);
    OS << "}\n";
  }
  if (P.LiveAfter)
    OS << Plan.Live << " = " << P.LiveAfter << ";\n";
}

void BodyEmitter::block(const ir::Block &B) {
  innerScope(*B.Body);
  if (Level Live = Plan.of(B).LiveAfter)
    OS << Plan.Live << " = " << Live << ";\n";
}

/// Waits, and has \p Take print what takes the value.
void BodyEmitter::await(const ir::Wait &W,
                        llvm::function_ref<void(const std::string &)> Take) {
  const ir::Await &A = W.A;
  at(W.Where);
  Waits.push_back(&W);
  const AwaitPlan &P = Plan.await(A.Id);
  if (A.K == ir::Await::Kind::Yield) {
    yield(A);
    if (!P.DropsValue)
      Take("void()");
    return;
  }
  OS << Plan.State << " = " << P.State << ";\n";
  if (P.HasLabel)
    OS << P.State << ":" << (P.Block ? " " : "\n");
  if (P.Block)
    OS << "{\n";
  std::string Value = wait(A);
  // A join's outputs are taken from the slots: no need to stay in the braces.
  bool Outside = P.Block && A.K == ir::Await::Kind::Join;
  if (Outside)
    OS << "}\n";
  if (!P.DropsValue)
    Take(Value);
  if (P.Block && !Outside)
    OS << "}\n";
}

/// Hands out a value; the next poll goes on behind it.
void BodyEmitter::yield(const ir::Await &A) {
  const AwaitPlan &P = Plan.await(A.Id);
  OS << Plan.State << " = " << P.State << ";\nreturn " << Plan.OnExit
     << ".suspend([&] { return " << Print.library(LibraryName::Yielded)
     << "<output_type>(" << Print.print(A.Operands.front()) << "); });\n";
  if (P.HasLabel)
    OS << P.State << ":;\n";
}

namespace {

const char *pollOf(ir::Await::Fold::Operator Op) {
  switch (Op) {
  case ir::Await::Fold::Operator::And:
    return "poll_while";
  case ir::Await::Fold::Operator::Or:
    return "poll_until";
  case ir::Await::Fold::Operator::Comma:
  case ir::Await::Fold::Operator::Other:
    return "poll_each";
  }
  llvm_unreachable("all operators are above");
}

} // namespace

/// coro::turn([&]() -> decltype(auto) { return f(v); })
std::string BodyEmitter::elements(const ir::Await::Fold &F) {
  bool HasValue = F.Op != ir::Await::Fold::Operator::Comma;
  auto Lambda = [&](const char *Head, const ir::Text &T, bool Returns,
                    const std::string &Value = "") {
    std::string Text = Print.print(T, Value);
    return Head + std::string(Returns ? " { return " : " { ") + Text +
           (Text.empty() ? "}" : "; }");
  };
  std::string Turn = Print.library(LibraryName::Turn) + "(" +
                     "[&]() -> decltype(auto) { return " +
                     (F.NamesOperand ? "(" : "") + Print.print(F.Make) +
                     (F.NamesOperand ? ")" : "") + "; }";
  if (!F.Take.empty())
    Turn += ", " + Lambda(("[&](auto& " + Plan.Output + ")").c_str(), F.Take,
                          HasValue, Plan.Output + ".take()");
  Turn += ")";
  if (F.Condition.empty())
    return Turn;
  return Print.library(LibraryName::TurnIf) + "(" +
         Lambda("[&]", F.Condition, /*Returns=*/true) + ", " + Turn + ", " +
         Lambda("[&]", F.Otherwise, HasValue) + ")";
}

/// Polls the operands of \p A; returns how the awaited value is spelled.
std::string BodyEmitter::wait(const ir::Await &A) {
  const AwaitPlan &P = Plan.await(A.Id);
  const std::string Suspend = "return " + Plan.OnExit + ".suspend();\n";
  if (A.K == ir::Await::Kind::Join)
    return waitForAll(A, Suspend);
  const std::string First = Print.print(A.Operands.front());
  const std::string Poll = First + "poll(" + Plan.Context + ")";
  switch (A.K) {
  case ir::Await::Kind::One:
    if (P.DropsValue) {
      OS << "if (" << Poll << ".is_pending()) " << Suspend;
      return "";
    }
    OS << "auto " << Plan.Output << " = " << Poll << ";\nif (" << Plan.Output
       << ".is_pending()) " << Suspend;
    return Plan.Output + ".take()";
  case ir::Await::Kind::JoinObject:
    OS << "if (!" << First << "poll_all(" << Plan.Context << ")) " << Suspend;
    return First + "take_outputs()";
  case ir::Await::Kind::Fold:
    OS << "if (!" << First << pollOf(A.Elements.Op) << "(" << Plan.Context
       << ", " << elements(A.Elements) << "...)) " << Suspend;
    return "";
  case ir::Await::Kind::Join:
  case ir::Await::Kind::Yield:
    break;
  }
  llvm_unreachable("all kinds are above");
}

std::string BodyEmitter::waitForAll(const ir::Await &A,
                                    const std::string &Suspend) {
  const std::string States = Print.name(A.States);
  std::string Slots;
  for (auto [I, Operand] : llvm::enumerate(A.Operands)) {
    std::string Slot = Print.print(Operand);
    OS << (I == 0 ? "bool " : "") << Plan.AllDone << (I == 0 ? " = " : " &= ")
       << States << ".poll<" << I << ">(" << Slot << ", " << Plan.Context
       << ");\n";
    Slots += (I == 0 ? "" : ", ") + Slot;
  }
  OS << "if (!" << Plan.AllDone << ") " << Suspend;
  return States + ".take_outputs(" + Slots + ")";
}

void BodyEmitter::consume(const ir::FullExpr &F, const std::string &Value) {
  const ir::Stmt &C = *F.Consumer;
  at(C.Where);
  const auto *O = dyn_cast<ir::Opaque>(&C);
  if (O && !O->T.empty())
    OS << Print.print(O->T, Value) << "\n";
  if (O)
    return;
  if (const auto *M = dyn_cast<ir::Make>(&C))
    construct(M->D, Value);
  else if (const auto *A = dyn_cast<ir::Assign>(&C))
    OS << (Plan.of(F).SetsNewCondition ? "bool " : "") << Print.name(A->Var)
       << " = " << Print.print(A->T, Value) << ";\n";
  else
    declare(cast<ir::Declare>(C), Value);
}

} // namespace coroexpand
