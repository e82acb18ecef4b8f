//===- LoopParts.h - what loops of all kinds share ------------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_LOOPPARTS_H
#define COROEXPAND_LOWER_LOOPPARTS_H

#include "Lower/Context.h"

namespace coroexpand {

/// A loop without a body yet.
std::unique_ptr<ir::Loop> newLoop(Context &C, ir::Loop::Kind K, ir::Loc Where);

std::unique_ptr<ir::Scope> loopBody(Context &C, const clang::Stmt *S,
                                    ir::LoopId Id);

/// Appends \p From to \p To, whose end becomes its end.
void append(ir::Scope &To, ir::Scope &From);

/// The condition of loop \p L, which declares \p D or is \p Cond and waits, as
/// statements at the front of its body that end in `if (!cond) break;`.
void frontCondition(Context &C, const clang::VarDecl *D,
                    const clang::Expr *Cond, ir::Loop &L, ir::Scope &Front);

} // namespace coroexpand

#endif
