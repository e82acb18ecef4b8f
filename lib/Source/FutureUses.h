//===- FutureUses.h - uses that need coro::future itself ------------------===//
//
//   auto fut = f();          auto fut = coro::erased(f());
//   fut = g();               .. since f_future could not be assigned to
//   wait(f());               wait(coro::erased(f()));
//                            .. to template <class T> void
//                            wait(coro::future<T>)
//   future<int> (*p)() = f;  .. = coro::erased_function<&f>;
//
// Natively all these types are coro::future<T>. Where a call's concrete future
// would not do, the call is put into a coro::future at once.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_FUTUREUSES_H
#define COROEXPAND_SOURCE_FUTUREUSES_H

#include "Diagnostics/Diagnostics.h"
#include "IR/Files.h"
#include "Source/AsyncFunction.h"
#include "Source/Fragments.h"

#include <map>
#include <vector>

namespace clang {
class ASTContext;
}

namespace coroexpand {

/// How \p E, which is erased, is put into a coro::future: `coro::erased(e)`.
struct ErasedSpelling {
  ir::LibraryName Name;
  const char *Open, *Close;
};
ErasedSpelling spellingOfErased(const clang::Expr *E);

/// Puts \p Erased into futures, in the text of \p Source. Those around others
/// come first.
void putErased(Fragments &Source, llvm::ArrayRef<const clang::Expr *> Erased);

/// What is put into files, outside async functions, for calls that are erased.
using ErasedText = std::map<ir::FileId, std::vector<ir::Replacement>>;

/// Finds the uses of async functions and of their futures, anywhere in the
/// translation unit, that need coro::future, and has \p Functions know the
/// expressions that are put into one. Reports those that can't be: what a macro
/// makes.
ErasedText eraseWhereNeeded(AsyncFunctions &Functions,
                            clang::ASTContext &Context, Diagnostics &Diags);

} // namespace coroexpand

#endif
