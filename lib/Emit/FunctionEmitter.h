//===- FunctionEmitter.h - the struct and the factory of a function -------===//
//
//   struct get_book_future { .. poll .. };
//   get_book_future get_book() { return {}; }
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_EMIT_FUNCTIONEMITTER_H
#define COROEXPAND_EMIT_FUNCTIONEMITTER_H

#include "IR/Emitted.h"
#include "IR/FramePlan.h"
#include "IR/Signature.h"

namespace coroexpand {

/// \p Marks: the text says which line of the source each of its lines is of.
EmittedFunction emitFunction(const ir::Signature &F, const ir::Body &Body,
                             const FramePlan &Plan, bool Marks);

} // namespace coroexpand

#endif
