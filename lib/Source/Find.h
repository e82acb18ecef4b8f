//===- Find.h - the async functions of a translation unit -----------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_FIND_H
#define COROEXPAND_SOURCE_FIND_H

#include "Source/AsyncFunction.h"

namespace clang {
class ASTContext;
}

namespace coroexpand {

/// What carries CORO_ASYNC in a translation unit. Only Functions can be
/// lowered; the check stage says why the others can't.
struct Marked {
  AsyncFunctions Functions;
  /// Declarations without a body, whose marks are kept.
  std::vector<const clang::FunctionDecl *> Others;
  /// Marked templates, and functions of files that the command line includes.
  std::vector<const clang::FunctionDecl *> Unsupported;
};

Marked findAsyncFunctions(clang::ASTContext &Context);

} // namespace coroexpand

#endif
