//===- Returned.h - what co_return gives ----------------------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_RETURNED_H
#define COROEXPAND_LOWER_RETURNED_H

#include "Lower/Context.h"

namespace coroexpand {

/// \p D is a variable of the function, or has been captured by it.
bool isVariable(const Context &C, const clang::ValueDecl *D);

/// A variable of the function that co_return may move from; for what is
/// declared as a reference to some type, the instantiation decides.
const clang::VarDecl *movableVariable(const Context &C, const clang::Expr *E);

/// How the operand of \p S becomes the future's output.
ir::Piece::Return returnedBy(const Context &C, const clang::CoreturnStmt *S);

} // namespace coroexpand

#endif
