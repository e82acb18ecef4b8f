#include "Lower/Builder.h"
#include "Source/Reachability.h"

using namespace clang;

namespace coroexpand {

/// A condition variable as a bool, whatever operator! its class has.
ir::Text Builder::truthOf(const VarDecl *D) {
  ir::Text Use = ir::Text().append(ir::use(idOf(D)));
  if (!D->getType().getNonReferenceType()->isRecordType())
    return Use;
  return ir::Text("static_cast<bool>(").append(Use).append(")");
}

/// `if (!cond) break;`, for a condition that is more than the loop can hold.
void Builder::breakUnless(ir::Text Cond, ir::Loc Where, ir::LoopId Loop,
                          ir::Scope &Into) {
  auto Exit = std::make_unique<ir::Opaque>(Where);
  Exit->T.append("if (!").append(Cond).append(") break;");
  Exit->Jumps.push_back({ir::Jump::Kind::Break, Loop});
  Into.Body.push_back(std::move(Exit));
}

std::unique_ptr<ir::Scope> Builder::loopBody(const Stmt *S, ir::LoopId Id) {
  markContinues(S, Id);
  Loops.push_back(Id);
  std::unique_ptr<ir::Scope> Body = scope(S);
  Loops.pop_back();
  return Body;
}

/// while (c) S                 Loop While { c; S }
/// while (co_await e) S        Loop While { ; steps; if (!condition) break; S }
/// while (T x = e) S           Loop While { ; Declare x = e; if (!x) break; S }
void Builder::whileLoop(const WhileStmt *S, ir::Scope &Into) {
  ir::Loc Where = at(S->getBeginLoc());
  auto Loop = std::make_unique<ir::Loop>(Where, ir::Loop::Kind::While,
                                         Result.NumLoops++);
  const VarDecl *D = S->getConditionVariable();
  if (!D && !waits(S->getCond())) {
    Loop->Cond = condition(S->getCond(), Into);
    Loop->Body = loopBody(S->getBody(), Loop->Id);
  } else {
    Loop->Body = std::make_unique<ir::Scope>(Where);
    ir::Text Cond;
    if (D) {
      conditionVariable(D, *Loop->Body);
      Cond = truthOf(D);
    } else {
      Cond = condition(S->getCond(), *Loop->Body);
    }
    breakUnless(std::move(Cond), Where, Loop->Id, *Loop->Body);
    std::unique_ptr<ir::Scope> Inner = loopBody(S->getBody(), Loop->Id);
    for (ir::StmtPtr &Child : Inner->Body)
      Loop->Body->Body.push_back(std::move(Child));
    Loop->Body->LastComment = Inner->LastComment;
    Loop->Body->FallsThrough = Inner->FallsThrough;
  }
  Into.Body.push_back(std::move(Loop));
}

/// do S while (c);             Loop Do { c; S }
/// do S while (co_await e);    Loop Do { condition; S; tail: steps }
void Builder::doLoop(const DoStmt *S, ir::Scope &Into) {
  ir::Loc Where = at(S->getBeginLoc());
  auto Loop =
      std::make_unique<ir::Loop>(Where, ir::Loop::Kind::Do, Result.NumLoops++);
  Loop->Body = loopBody(S->getBody(), Loop->Id);
  auto Tail = std::make_unique<ir::Scope>(Where);
  Loop->Cond = condition(S->getCond(), *Tail);
  if (!Tail->Body.empty())
    Loop->Tail = std::move(Tail);
  Into.Body.push_back(std::move(Loop));
}

/// for (T i = a; c; n) S       Scope { Declare i = a; Loop For { c; n; S } }
///
/// A condition that waits moves to the front of the body, as in a while loop;
/// an advance that waits becomes the tail. A condition variable lives until
/// the advance is done:
///
/// for (; T x = e; n) S        Loop For { ; Declare x = e; if (!x) break;
///                                        round: Scope S; n; }
void Builder::forLoop(const ForStmt *S, ir::Scope &Into) {
  ir::Loc Where = at(S->getBeginLoc());
  auto Own = std::make_unique<ir::Scope>(Where);
  Own->FallsThrough = reachesEnd(F, S);
  if (S->getInit())
    statement(S->getInit(), *Own);
  auto Loop =
      std::make_unique<ir::Loop>(Where, ir::Loop::Kind::For, Result.NumLoops++);
  auto Front = std::make_unique<ir::Scope>(Where);
  ir::Text Late;
  if (const VarDecl *D = S->getConditionVariable()) {
    conditionVariable(D, *Front);
    Late = truthOf(D);
  } else if (S->getCond() && waits(S->getCond())) {
    Late = condition(S->getCond(), *Front);
  } else if (S->getCond()) {
    Loop->Cond = Source.slice(S->getCond()->getSourceRange());
  }
  if (!Late.empty())
    breakUnless(std::move(Late), Where, Loop->Id, *Front);
  std::unique_ptr<ir::Scope> Body = loopBody(S->getBody(), Loop->Id);
  const Expr *Advance = S->getInc();
  if (Front->Body.empty()) {
    Loop->Body = std::move(Body);
  } else if (S->getConditionVariable() && Advance) {
    Loop->Round = Body.get();
    Front->Body.push_back(std::move(Body));
    if (waits(Advance)) {
      expression(Advance, Advance, *Front);
    } else {
      auto Step = std::make_unique<ir::Opaque>(
          Where, Source.slice(Advance->getSourceRange()));
      Step->T.append(";");
      Front->Body.push_back(std::move(Step));
    }
    Loop->Body = std::move(Front);
    Loop->Body->FallsThrough = reachesNextRound(F, S->getBody());
    Advance = nullptr;
  } else {
    for (ir::StmtPtr &Child : Body->Body)
      Front->Body.push_back(std::move(Child));
    Front->LastComment = Body->LastComment;
    Front->FallsThrough = Body->FallsThrough;
    Loop->Body = std::move(Front);
  }
  if (Advance) {
    if (waits(Advance)) {
      Loop->Tail = std::make_unique<ir::Scope>(Where);
      expression(Advance, Advance, *Loop->Tail);
    } else {
      Loop->Advance = Source.slice(Advance->getSourceRange());
    }
  }
  Own->Body.push_back(std::move(Loop));
  Into.Body.push_back(std::move(Own));
}

} // namespace coroexpand
