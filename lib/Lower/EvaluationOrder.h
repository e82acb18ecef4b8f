//===- EvaluationOrder.h - what is evaluated when -------------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_EVALUATIONORDER_H
#define COROEXPAND_LOWER_EVALUATIONORDER_H

#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace coroexpand {

/// The operands of an expression in the order in which clang evaluates them.
struct Operands {
  llvm::SmallVector<const clang::Expr *, 4> Always;
  /// Evaluated after Always, depending on its value.
  llvm::SmallVector<const clang::Expr *, 2> Conditional;
};
/// Nothing for an expression that can't be taken apart.
std::optional<Operands> operandsInOrder(const clang::Expr *E);

/// `std::move(x)`, in a template `std::forward<T>(x)` too: they name x.
bool isStdCast(const clang::CallExpr *Call);

/// Evaluating \p E later can't be told from evaluating it in place. \p IsKnown:
/// this part of it may be evaluated later, or this variable read. \p Answers:
/// earlier ones, with the same that is known; the new ones are added.
bool isInert(const clang::Expr *E, const clang::ASTContext &Ast,
             llvm::function_ref<bool(const clang::Expr *)> IsKnown,
             llvm::DenseMap<const clang::Expr *, bool> &Answers);

} // namespace coroexpand

#endif
