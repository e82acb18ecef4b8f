//===- Captures.h - what a lambda captures --------------------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_CAPTURES_H
#define COROEXPAND_SOURCE_CAPTURES_H

#include "clang/AST/ExprCXX.h"
#include "clang/AST/LambdaCapture.h"

#include <vector>

namespace coroexpand {

/// The captures of \p L that are written, then those that its default makes. In
/// a template Clang leaves the latter to the instantiations: there they are
/// what the body names.
std::vector<clang::LambdaCapture> capturesOf(const clang::LambdaExpr *L);

} // namespace coroexpand

#endif
