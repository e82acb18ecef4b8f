//===- Boxes.h - where futures are boxed ----------------------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_BOXES_H
#define COROEXPAND_SOURCE_BOXES_H

#include "Diagnostics/Diagnostics.h"
#include "Source/AsyncFunction.h"

namespace clang {
class ASTContext;
}

namespace coroexpand {

/// Warns of each place in the translation unit that allocates once lowered,
/// because the type there is coro::future: a call of a function that returns
/// it, a call of a function whose struct is defined later, and a concrete
/// future that becomes one.
void warnOfBoxes(const AsyncFunctions &Functions, clang::ASTContext &Context,
                 Diagnostics &Diags);

} // namespace coroexpand

#endif
