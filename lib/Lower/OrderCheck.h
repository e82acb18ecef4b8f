//===- OrderCheck.h - a second opinion on the order of evaluation ---------===//
//
// An expression is taken apart in the order that operandsInOrder tells. Clang's
// control-flow graph has the parts of an expression in an order too. The tests
// of lowering compare the two for every expression of every async function.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_ORDERCHECK_H
#define COROEXPAND_LOWER_ORDERCHECK_H

#include "Diagnostics/Diagnostics.h"
#include "Source/AsyncFunction.h"

namespace coroexpand {

/// Reports, as internal errors, the expressions of \p F whose parts are in
/// another order in clang's graph, but for the kinds in which that order is not
/// the one of the code that clang makes.
void checkOrder(const AsyncFunction &F, Diagnostics &Diags);

} // namespace coroexpand

#endif
