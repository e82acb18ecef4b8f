//===- BodyEmitter.h - the inside of poll ---------------------------------===//
//
//   int x = co_await f(a);        ::new (coro::place(awaited)) f_future(f(a));
//                                 live = 1;
//                               awaiting_f: {
//                                 auto output = awaited.poll(cx);
//                                 if (output.is_pending())
//                                   return state.suspend(awaiting_f);
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
              const TextPrinter &Print, llvm::raw_string_ostream &OS)
      : Body(Body), Plan(Plan), Print(Print), OS(OS) {}

  /// The statements of poll.
  void run();

  /// The awaits that have been printed.
  const std::vector<const ir::Wait *> &waits() const { return Waits; }

private:
  void enter();
  void guard();
  void tryGuard(const TryPlan &T);
  std::string goOn(const Resumption &R, bool Braces) const;
  /// Goes on where poll left off.
  void resume(const std::string &State, const std::vector<Resumption> &Where);

  const ScopePlan &planOf(const ir::Scope &S) const {
    return Plan.Scopes.find(&S)->second;
  }
  /// What follows is of this place in the source.
  void at(ir::Loc Where) { OS << Print.at(Where.Raw); }
  /// .. of where \p S ends.
  void atEnd(const ir::Scope &S) { at(S.End.Raw ? S.End : S.Where); }
  void scopeBody(const ir::Scope &S);
  void trail(const ir::Stmt &S);
  void braced(const ir::Scope &S);
  void innerScope(const ir::Scope &S);
  void end(const Cleanup &C);
  void statement(const ir::Stmt &S);
  void declare(const ir::Declare &D, const std::string &Value);
  void construct(const ir::Declarator &D, const std::string &Value,
                 llvm::ArrayRef<ir::VarId> Copied = {});
  std::string object(const ir::Declarator &D, const std::string &Init) const;
  void fullExpr(const ir::FullExpr &F);
  const ir::Wait *steps(const std::vector<ir::StmtPtr> &Steps);
  void step(const ir::Stmt &S, const std::string &Value);
  void make(const ir::Make &M, const std::string &Value);
  void await(const ir::Wait &W,
             llvm::function_ref<void(const std::string &)> Take);
  void yield(const ir::Await &A);
  std::string wait(const ir::Await &A);
  std::string elements(const ir::Await::Fold &F);
  std::string waitForAll(const ir::Await &A, const std::string &Suspend);
  void branch(const ir::Branch &B);
  void block(const ir::Block &B);
  void consume(const ir::FullExpr &F, const std::string &Value);
  void ifElse(const ir::If &I);
  void ifConstexpr(const ir::If &I);
  void loop(const ir::Loop &L, const std::string &Init);
  void switchStatement(const ir::Switch &S);
  void label(const ir::Label &L);
  void tryBlock(const ir::Try &T);

  const ir::Body &Body;
  const FramePlan &Plan;
  const TextPrinter &Print;
  llvm::raw_string_ostream &OS;
  std::vector<const ir::Wait *> Waits;
};

} // namespace coroexpand

#endif
