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

/// The values that the function \p Body is the body of returns; none for null.
llvm::SmallVector<const clang::Expr *, 4> returnedIn(const clang::Stmt *Body);

/// What an expression is once lowered.
struct ConcreteFuture {
  /// Null for an expression that keeps its type.
  const AsyncFunction *Of = nullptr;
  /// What is called for it: a template makes a type for each instantiation.
  const clang::FunctionDecl *Made = nullptr;
  /// The calls that make it, one for each arm of a conditional.
  llvm::SmallVector<const clang::CallExpr *, 2> Calls;
};

class ConcreteFutures {
public:
  explicit ConcreteFutures(const AsyncFunctions &Functions)
      : Functions(Functions) {}

  ConcreteFuture find(const clang::Expr *E) const { return find(E, 0); }
  /// The async function whose concrete future \p E is once lowered, or null.
  const AsyncFunction *of(const clang::Expr *E) const { return find(E).Of; }

private:
  ConcreteFuture find(const clang::Expr *E, unsigned Depth) const;
  ConcreteFuture called(const clang::CallExpr *Call, unsigned Depth) const;

  const AsyncFunctions &Functions;
};

} // namespace coroexpand

#endif
