//===- Spill.h - an expression in steps, in its order of evaluation -------===//
//
//   f(g(), T{1}.name())          tmp = T{1}; f(g(), tmp.name())
//
// What has to outlive a suspension becomes a temporary of the full-expression;
// what is evaluated before it and could tell the difference is spilled too.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_SPILL_H
#define COROEXPAND_LOWER_SPILL_H

#include "Lower/Context.h"

#include "llvm/ADT/SmallPtrSet.h"

namespace coroexpand {

class Spill {
public:
  Spill(Context &C, ir::FullExpr &Into) : C(C), Into(Into) {}

  /// Argument \p E of a lowered call is a by-value parameter, which has to
  /// live until the full-expression ends.
  void addArgument(const clang::Expr *E) { Arguments.insert(E); }

  /// Appends the steps that \p E needs before it.
  void steps(const clang::Expr *E);
  /// The text of \p E or of a part of it, after its steps.
  ir::Text text(const clang::Expr *E) const;

private:
  bool extracts(const clang::Expr *E) const;
  bool isTemporary(const clang::Expr *E) const;
  bool isObservableList(const clang::Expr *E) const;
  void noteLifetimes(const clang::Expr *E, bool InNumber);
  void noteParameters(const clang::Expr *E);
  std::string nameOf(const clang::Expr *E) const;
  bool meansTheSameHere(const clang::CXXDefaultArgExpr *E) const;
  bool isLibrarys(const clang::CXXDefaultArgExpr *E) const;
  void takeOut(const clang::Expr *E);
  void keepValue(const clang::Expr *E);
  void writeDefaults(const clang::Expr *E);

  Context &C;
  ir::FullExpr &Into;
  llvm::SmallVector<Fragments::Hole, 2> Replaced;
  llvm::DenseMap<const clang::Expr *, const clang::ParmVarDecl *> Parameters;
  llvm::SmallPtrSet<const clang::Expr *, 4> Arguments;
  llvm::SmallPtrSet<const clang::Expr *, 4> Consumed;
  llvm::SmallPtrSet<const clang::Expr *, 4> Discarded;
};

} // namespace coroexpand

#endif
