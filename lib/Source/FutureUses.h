//===- FutureUses.h - uses of futures whose type changes ------------------===//
//
//   auto fut = f();          coro::future<int> natively, f_future lowered
//   fut = f();               can't be assigned to: reported
//   wait(std::move(fut));    template <class T> void wait(coro::future<T>):
//                            nothing to deduce T from: reported
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_FUTUREUSES_H
#define COROEXPAND_SOURCE_FUTUREUSES_H

#include "Diagnostics/Diagnostics.h"
#include "Source/AsyncFunction.h"

namespace clang {
class ASTContext;
}

namespace coroexpand {

/// Reports uses of async functions and of their futures, anywhere in the
/// translation unit, that the concrete future's type does not allow.
void checkFutureUses(const AsyncFunctions &Functions,
                     clang::ASTContext &Context, Diagnostics &Diags);

} // namespace coroexpand

#endif
