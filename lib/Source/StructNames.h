//===- StructNames.h - what the structs are called ------------------------===//
//
//   [AsyncFunction]  --named-->  the same, with names
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_STRUCTNAMES_H
#define COROEXPAND_SOURCE_STRUCTNAMES_H

#include "Source/AsyncFunction.h"

namespace coroexpand {

/// The functions in \p Found with names for their structs.
AsyncFunctions named(const AsyncFunctions &Found);

} // namespace coroexpand

#endif
