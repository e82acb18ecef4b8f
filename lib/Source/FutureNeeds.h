//===- FutureNeeds.h - what can't do with a concrete future ---------------===//
//
//   fut = g();                   fut has to be a coro::future
//   flag ? f() : g()             both have to be of one type
//   future<int> (*p)() = f;      p needs the address of what returns one
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_FUTURENEEDS_H
#define COROEXPAND_SOURCE_FUTURENEEDS_H

#include "Source/AsyncFunction.h"

#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallPtrSet.h"

#include <vector>

namespace clang {
class ASTContext;
}

namespace coroexpand {

struct FutureNeeds {
  /// Expressions whose types have to be coro::future once lowered, or one and
  /// the same.
  struct Type {
    llvm::SmallVector<const clang::Expr *, 4> Expressions;
    bool SameIsEnough = false;
  };
  std::vector<Type> Types;
  /// Functions, or their addresses, where a pointer to function is needed; each
  /// with what names the function.
  std::vector<std::pair<const clang::Expr *, const clang::DeclRefExpr *>>
      Addresses;
  /// Names of the runtime's functions, outside of async functions, that are
  /// found as a future is passed to them.
  std::vector<const clang::DeclRefExpr *> FoundByFuture;
  /// The calls and addresses in async functions.
  llvm::SmallPtrSet<const clang::Expr *, 32> InAsync;
  /// Something besides the runtime is called coro.
  bool NameIsUsed = false;
};

/// Of the whole translation unit.
FutureNeeds findFutureNeeds(const AsyncFunctions &Functions,
                            clang::ASTContext &Context);

} // namespace coroexpand

#endif
