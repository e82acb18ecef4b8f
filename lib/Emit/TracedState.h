//===- TracedState.h - what a struct tells debuggers ----------------------===//
//
// At which line each state waits, and for which members, each with the number
// of the state behind its name:
//
//   enum class lines { awaiting_read = 12, awaiting_write = 15 };
//   enum class awaited { read_call_1 = 1, write_call_2 = 2 };
//   coro::traced<coro::frame_state, states, lines, awaited> state;
//
// tool/gdb/coro-gdb.py reads it.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_EMIT_TRACEDSTATE_H
#define COROEXPAND_EMIT_TRACEDSTATE_H

#include "Emit/TextPrinter.h"

namespace coroexpand {

/// The two enumerations.
std::string tracedLines(const FramePlan &Plan, const TextPrinter &Print,
                        llvm::ArrayRef<const ir::Wait *> Waits);

/// The type of `state`, without that \p State.
std::string tracedType(const FramePlan &Plan, const TextPrinter &Print,
                       const std::string &State);

} // namespace coroexpand

#endif
