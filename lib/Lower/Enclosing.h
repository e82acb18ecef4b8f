//===- Enclosing.h - what a body has from around the function -------------===//
//
//   this->n, n       self.n          `self` refers to the object
//   x                x               refers to what the closure has captured
//
// Both are parameters of the struct alone: the factory hands them on, and no
// caller passes them.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_ENCLOSING_H
#define COROEXPAND_LOWER_ENCLOSING_H

#include "Lower/Context.h"

namespace coroexpand {

/// The object of a member function: `this` becomes a reference to it.
void lowerObject(Context &C);

/// What a lambda has captured stays in the closure, as natively: the struct
/// refers to it.
void lowerCaptures(Context &C);

/// The object, for `*this`.
ir::Text objectText(const Context &C);

/// A pointer to it, for `this`.
ir::Text objectAddress(const Context &C);

/// What a lambda in the body captures for `this` or `*this`: `&self = self`.
ir::Text objectCapture(Context &C, const clang::LambdaExpr *L,
                       const clang::LambdaCapture &Capture);

} // namespace coroexpand

#endif
