//===- Reachability.h - where control can come out of a statement ---------===//
//
// Clang's control-flow graph answers, so that `for (;;)`, `while (true)` and
// calls of [[noreturn]] functions count as they do for the compiler's warnings.
// The lowered function has one more way in: an await can be entered from the
// front of poll, even where nothing before it lets control through.
//
//   co_return 1;       not the end
//   co_await e; f();   the end, from the resume point
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_REACHABILITY_H
#define COROEXPAND_SOURCE_REACHABILITY_H

#include "Source/AsyncFunction.h"

namespace coroexpand {

/// Control can reach the end of \p S, a statement of \p F, from its front or
/// from a resume point in it.
bool reachesEnd(const AsyncFunction &F, const clang::Stmt *S);

/// The same for \p LoopBody, or a `continue` in it can go to the next round.
bool reachesNextRound(const AsyncFunction &F, const clang::Stmt *LoopBody);

} // namespace coroexpand

#endif
