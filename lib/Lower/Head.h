//===- Head.h - what stands before the body of if and switch --------------===//
//
//   if (init; T x = c) ..    Scope { init; Declare x = c; .. }
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_HEAD_H
#define COROEXPAND_LOWER_HEAD_H

#include "Lower/Constructs.h"
#include "Source/Reachability.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace coroexpand {

/// Appends the declarations in the head of \p S, in a scope of their own where
/// there are any, and has \p Rest append what follows, with the text of what is
/// decided by: a variable, or what \p ValueOf makes of the expression, which
/// declares something if it \p Declares.
template <typename Statement>
void withHead(Context &C, const Statement &S, ir::Scope &Into,
              ir::Text (&ValueOf)(Context &, const clang::Expr *, ir::Scope &),
              llvm::function_ref<void(ir::Text, ir::Scope &)> Rest,
              bool Declares = false) {
  Declares |= S.getInit() || S.getConditionVariable();
  auto Own = std::make_unique<ir::Scope>(at(S.getBeginLoc()));
  if (Declares)
    Own->FallsThrough = reachesEnd(C.F, &S);
  ir::Scope &Target = Declares ? *Own : Into;
  if (S.getInit())
    lowerStatement(C, S.getInit(), Target);
  if (const clang::VarDecl *D = S.getConditionVariable()) {
    lowerConditionVariable(C, D, Target);
    Rest(ir::Text().append(ir::use(C.idOf(D))), Target);
  } else {
    ir::Text Value = ValueOf(C, S.getCond(), Target);
    Rest(std::move(Value), Target);
  }
  if (Declares)
    Into.Body.push_back(std::move(Own));
}

} // namespace coroexpand

#endif
