//===- Verifier.h - what every stage after Lower may rely on --------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_IR_VERIFIER_H
#define COROEXPAND_IR_VERIFIER_H

#include "IR/IR.h"

namespace coroexpand::ir {

/// What is wrong, and about where in the source.
struct BrokenPromise {
  Loc Where;
  std::string What;
};

/// The first promise that \p B breaks, if any:
///  - every variable a text names is in range, each is declared at most once;
///  - awaits are numbered 1, 2, ... in order, each with an operand;
///  - a full-expression's consumer is text, a declaration or an assignment,
///    and an awaited value appears nowhere but in the step or the consumer
///    right behind its await;
///  - jumps name a loop or a switch that is around them, or a label.
std::optional<BrokenPromise> verify(const Body &B);

} // namespace coroexpand::ir

#endif
