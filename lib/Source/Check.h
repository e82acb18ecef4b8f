//===- Check.h - what can't be lowered, said before anything is built -----===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_CHECK_H
#define COROEXPAND_SOURCE_CHECK_H

#include "Diagnostics/Diagnostics.h"
#include "Source/Find.h"

#include "llvm/ADT/SmallPtrSet.h"

namespace clang::syntax {
class TokenBuffer;
}

namespace coroexpand {

/// The functions that have passed the check: each has a coroutine body and a
/// known output type.
using Lowerable = llvm::SmallPtrSet<const AsyncFunction *, 8>;

/// Reports every mark on something that is no lowerable async function, every
/// statement that no construct of Lower takes, and every use of an async
/// function whose meaning would change.
Lowerable checkAsyncFunctions(const Marked &Found, clang::ASTContext &Context,
                              const clang::syntax::TokenBuffer &Tokens,
                              Diagnostics &Diags);

} // namespace coroexpand

#endif
