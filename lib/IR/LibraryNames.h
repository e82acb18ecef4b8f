//===- LibraryNames.h - what lowered code uses of the runtime and of std --===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_IR_LIBRARYNAMES_H
#define COROEXPAND_IR_LIBRARYNAMES_H

namespace coroexpand::ir {

/// LibraryNames.def lists them. A Text holds such a name as a piece, because
/// it is `coro::ready` in one place and `::coro::ready` in another.
enum class LibraryName : unsigned {
#define CALLED_NAME(Enumerator, Namespace, Name) Enumerator,
#define NAMED_NAME(Enumerator, Namespace, Name) Enumerator,
#define TEMPLATE_NAME(Enumerator, Namespace, Name) Enumerator,
#include "IR/LibraryNames.def"
};

/// `coro::ready`
inline const char *spelled(LibraryName N) {
  static constexpr const char *Names[] = {
#define CALLED_NAME(Enumerator, Namespace, Name) Namespace "::" Name,
#define NAMED_NAME(Enumerator, Namespace, Name) Namespace "::" Name,
#define TEMPLATE_NAME(Enumerator, Namespace, Name) Namespace "::" Name,
#include "IR/LibraryNames.def"
  };
  return Names[static_cast<unsigned>(N)];
}

} // namespace coroexpand::ir

#endif
