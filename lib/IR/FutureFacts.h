//===- FutureFacts.h - what callers know of a planned future --------------===//
//
//   ir::Body + FramePlan of the callee  -->  FutureFacts  -->  Lower, callers
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_IR_FUTUREFACTS_H
#define COROEXPAND_IR_FUTUREFACTS_H

#include <cstdint>

namespace coroexpand {

/// Of the struct that a function returns; of one that has not been planned
/// nothing is known.
struct FutureFacts {
  bool NeedsDestroy = true;
  std::uint64_t Size = 0;  ///< About, in bytes: nobody lays the struct out yet.
  std::uint64_t Align = 0; ///< The same; 0: not known.
};

} // namespace coroexpand

#endif
