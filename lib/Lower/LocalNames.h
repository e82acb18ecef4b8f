//===- LocalNames.h - what only the body knows ----------------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_LOCALNAMES_H
#define COROEXPAND_LOWER_LOCALNAMES_H

#include "Lower/Context.h"

namespace coroexpand {

/// A name that only this function knows, other than that of a variable of the
/// frame, stands in \p Range.
bool usesLocalName(const Context &C, clang::SourceRange Range);

/// \p T uses a variable that is a constant, and so no member of the struct.
bool usesConstant(const Context &C, const ir::Text &T);

bool containsLambda(const clang::Stmt *S);

} // namespace coroexpand

#endif
