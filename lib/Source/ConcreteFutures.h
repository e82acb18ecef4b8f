//===- ConcreteFutures.h - expressions whose type lowering changes --------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_CONCRETEFUTURES_H
#define COROEXPAND_SOURCE_CONCRETEFUTURES_H

#include "Source/AsyncFunction.h"

#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"

namespace coroexpand {

/// \p T is declared with auto.
bool isDeduced(clang::QualType T);

/// The parameter of \p F that argument \p I goes to; a pack takes the rest.
clang::QualType parameterType(const clang::FunctionDecl *F, unsigned I);

/// What the function \p S is the body of returns.
void returnsIn(const clang::Stmt *S,
               llvm::SmallVectorImpl<const clang::ReturnStmt *> &Found);

/// Which async function's concrete future an expression is once lowered.
class ConcreteFutures {
public:
  explicit ConcreteFutures(const AsyncFunctions &Functions)
      : Functions(Functions) {}

  /// Null for an expression that keeps its type.
  const AsyncFunction *of(const clang::Expr *E) const { return of(E, 0); }

private:
  const AsyncFunction *of(const clang::Expr *E, unsigned Depth) const;
  const AsyncFunction *returnedBy(const clang::FunctionDecl *F,
                                  unsigned Depth) const;

  const AsyncFunctions &Functions;
};

} // namespace coroexpand

#endif
