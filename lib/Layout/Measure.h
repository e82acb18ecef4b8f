//===- Measure.h - clang's own sizes and offsets --------------------------===//
//
//   [FutureLayout], the expansion  --clang--> [FutureLayout]
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LAYOUT_MEASURE_H
#define COROEXPAND_LAYOUT_MEASURE_H

#include "Layout/FutureLayout.h"
#include "Source/Parse.h"

namespace coroexpand {

/// Parses \p Expansion and gives \p Futures the layout that clang gives their
/// structs. False when clang finds errors.
bool measure(std::vector<FutureLayout> &Futures, const ParseRequest &Expansion);

} // namespace coroexpand

#endif
