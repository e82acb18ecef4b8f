//===- BodyEmitter.h - the inside of poll ---------------------------------===//
//
//   int x = co_await f(a);        ::new (coro::place(awaited)) f_future(f(a));
//                                 live = 1;
//                               resume_1: {
//                                 auto output = awaited.poll(cx);
//                                 if (output.is_pending())
//                                   return state.suspend(1);
//                                 x = output.take();
//                               }
//                                 live = 0;
//                                 coro::destroy(awaited);
//
// Prints what the plan decided, and decides nothing.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_EMIT_BODYEMITTER_H
#define COROEXPAND_EMIT_BODYEMITTER_H

#include "Emit/TextPrinter.h"

#include "llvm/Support/raw_ostream.h"

namespace coroexpand {

class BodyEmitter {
public:
  BodyEmitter(const ir::Body &Body, const FramePlan &Plan,
              const TextPrinter &Print, llvm::raw_ostream &OS)
      : Body(Body), Plan(Plan), Print(Print), OS(OS) {}

  /// The statements of poll.
  void run();

private:
  void enter();
  /// The switch that goes on where poll left off, of the resume points that
  /// lie behind \p Depth try blocks in \p Inside.
  void dispatch(const std::string &On, size_t Depth,
                std::optional<ir::TryId> Inside);

  void scopeBody(const ir::Scope &S);
  void braced(const ir::Scope &S);
  void exit(const ScopeExit &Exit);
  void statement(const ir::Stmt &S);
  void declare(const ir::Declare &D, const std::string &Value,
               bool SetLive = true);
  bool isAssigned(const ir::Declarator &D) const;
  void construct(const ir::Declarator &D, const std::string &Value,
                 bool SetLive);
  void fullExpr(const ir::FullExpr &F);
  std::string wait(const ir::FullExpr &F);
  void consume(const ir::FullExpr &F, const std::string &Value);
  void declareCondition(const ir::Stmt &Consumer);
  void ifElse(const ir::If &I);
  std::optional<std::string> forInit(const ir::Scope &S) const;
  void loop(const ir::Loop &L, const std::string &Init);
  void tryBlock(const ir::Try &T);
  void guard(Level Target);
  bool declaresLocals(const ir::Stmt &S) const;

  const ir::Body &Body;
  const FramePlan &Plan;
  const TextPrinter &Print;
  llvm::raw_ostream &OS;
  bool InDoTail = false; ///< The condition has been declared.
  /// The labels that continues jump to, before the exits of these scopes.
  llvm::DenseMap<const ir::Scope *, std::string> Labels;
};

} // namespace coroexpand

#endif
