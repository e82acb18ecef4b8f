//===- Signature.h - reads the declaration of an async function -----------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_SIGNATURE_H
#define COROEXPAND_SOURCE_SIGNATURE_H

#include "IR/Signature.h"
#include "Source/AsyncFunction.h"
#include "Source/Fragments.h"

namespace coroexpand {

ir::Signature signatureOf(const AsyncFunction &F,
                          const AsyncFunctions &Functions,
                          const SourceText &Source,
                          const clang::LangOptions &LangOpts);

/// What the declaration of a lambda loses: the mark, and the return type that
/// its body says.
std::vector<clang::SourceRange>
droppedFromLambda(const AsyncFunction &F,
                  const clang::syntax::TokenBuffer &Tokens);

} // namespace coroexpand

#endif
