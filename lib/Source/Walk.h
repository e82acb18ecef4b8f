//===- Walk.h - over the written parts of a function ----------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_WALK_H
#define COROEXPAND_SOURCE_WALK_H

#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace coroexpand {

/// The parts of \p S that belong to the same function and are written in it,
/// each once: not the bodies of lambdas and classes, and of the forms that
/// clang desugars (co_await, co_return, range-for) the written parts only.
void forEachChild(const clang::Stmt *S,
                  llvm::function_ref<void(const clang::Stmt *)> Visit);

/// \p Part is \p Whole or stands in it.
bool contains(const clang::Stmt *Whole, const clang::Stmt *Part);

/// Everything that declaration statements in \p S declare.
void forEachLocalDecl(const clang::Stmt *S,
                      llvm::function_ref<void(const clang::Decl *)> Visit);

/// \p IsWanted holds for a class or an enumeration among the parts of \p T, the
/// arguments of templates included.
bool anyPart(clang::QualType T,
             llvm::function_ref<bool(const clang::TagDecl *)> IsWanted);

/// \p S is `co_await e`, or `co_yield e`, in a template too.
bool isAwait(const clang::Stmt *S);
/// The e of await \p Await.
const clang::Expr *awaitedOperand(const clang::Expr *Await);
/// Where its keyword stands.
clang::SourceLocation keywordOf(const clang::Expr *Await);

/// The awaits in \p S, in the order they are written.
llvm::SmallVector<const clang::Expr *, 2> awaitsIn(const clang::Stmt *S);

/// Whether there are any: asked of every part of a function, and of their parts
/// again, so each answer is kept.
class WaitMemo {
public:
  bool contains(const clang::Stmt *S);

private:
  llvm::DenseMap<const clang::Stmt *, bool> Known;
};

} // namespace coroexpand

#endif
