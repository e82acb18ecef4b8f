//===- InFunctions.h - visitors that know which function they are in ------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_INFUNCTIONS_H
#define COROEXPAND_SOURCE_INFUNCTIONS_H

#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/Support/SaveAndRestore.h"

namespace coroexpand {

/// Calls `Visitor::enter(D)` before it goes into function or lambda D, and
/// keeps what that returns until it has left it.
template <typename Visitor>
class InFunctions : public clang::RecursiveASTVisitor<Visitor> {
  using Base = clang::RecursiveASTVisitor<Visitor>;

public:
  bool TraverseFunctionDecl(clang::FunctionDecl *D) {
    auto Inside = this->getDerived().enter(D);
    return Base::TraverseFunctionDecl(D);
  }
  bool TraverseCXXMethodDecl(clang::CXXMethodDecl *D) {
    auto Inside = this->getDerived().enter(D);
    return Base::TraverseCXXMethodDecl(D);
  }
  bool TraverseLambdaExpr(clang::LambdaExpr *L) {
    auto Inside = this->getDerived().enter(L->getCallOperator());
    return Base::TraverseLambdaExpr(L);
  }
};

} // namespace coroexpand

#endif
