//===- Comments.h - no comment is lost ------------------------------------===//
//
// A statement that is taken apart keeps the comments that stand in the texts
// it is printed from. The others go before it.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_EMIT_COMMENTS_H
#define COROEXPAND_EMIT_COMMENTS_H

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace coroexpand {

/// Those of \p Written that \p Printed does not hold, a line each.
std::string lostComments(const std::vector<std::string> &Written,
                         llvm::StringRef Printed);

} // namespace coroexpand

#endif
