//===- Splice.h - expansions in place of their functions ------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SPLICE_H
#define COROEXPAND_SPLICE_H

#include "IR/Emitted.h"
#include "IR/Signature.h"

#include <string>
#include <vector>

namespace coroexpand {

struct Expansion {
  const ir::Signature &Function;
  EmittedFunction Code;
};

/// \p File with the text of each function replaced, formatted, and with the
/// definitions that stand elsewhere; every other byte stays what it is.
std::string splice(const std::string &File,
                   const std::vector<Expansion> &Expansions);

/// One expansion on its own, formatted.
std::string formatted(const Emitted &Code);

} // namespace coroexpand

#endif
