//===- Unwinding.h - what destroys the objects of the frame ---------------===//
//
//   ~f_future() { if (state.is_at(awaiting_g)) unwind(2); }
//
//   void unwind(int live) {
//     switch (live) {
//       case 2: coro::destroy(g_call); [[fallthrough]];
//       case 1: coro::destroy(object); break;
//     }
//   }
//
// Poll has a variable for what is live (BodyEmitter); while the future waits,
// its state says it. Where a destructor may throw, unwind counts in the
// variable that it is given: another call goes on behind what threw.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_EMIT_UNWINDING_H
#define COROEXPAND_EMIT_UNWINDING_H

#include "Emit/TextPrinter.h"

namespace coroexpand {

/// The destructor of struct \p Name, whose plan has levels.
std::string destructor(const std::string &Name, const FramePlan &Plan,
                       const TextPrinter &Print);

/// `unwind` or `unwind_to`, in lines that are not formatted again.
std::string unwindFunction(const FramePlan &Plan, const TextPrinter &Print);

} // namespace coroexpand

#endif
