//===- Initialiser.h - how a declared object is made ----------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_INITIALISER_H
#define COROEXPAND_LOWER_INITIALISER_H

#include "Lower/Context.h"

namespace coroexpand {

/// The initialiser's expression as it is written, without the conversions that
/// `T x = ..` puts around it; null when there is none.
const clang::Expr *writtenInit(const clang::VarDecl *D);

/// The style and the text of D's initialiser; describes the variable too.
ir::Declarator declarator(Context &C, const clang::VarDecl *D,
                          const Holes &Inside);

/// `T x = value;`, without the variables that it was declared with.
ir::Text spelledOut(Context &C, const ir::Declarator &D);

} // namespace coroexpand

#endif
