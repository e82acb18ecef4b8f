//===- Lower.h - the AST of an async function as IR -----------------------===//
//
//   AsyncFunction --markUses--> edits --constructs--> ir::Body
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_LOWER_H
#define COROEXPAND_LOWER_LOWER_H

#include "Diagnostics/Diagnostics.h"
#include "IR/IR.h"
#include "Source/AsyncFunction.h"

namespace clang {
class ASTContext;
} // namespace clang

namespace coroexpand {

struct SourceText;

/// What stands in the text of a function instead of some ranges: the async
/// lambdas in it are lowered before it.
using NestedFunctions = std::vector<std::pair<clang::SourceRange, std::string>>;

/// Reports what can't be lowered; the result is then not to be emitted.
ir::Body lower(const AsyncFunction &F, const AsyncFunctions &Functions,
               const CalleeFacts &Facts, const NestedFunctions &Nested,
               const clang::ASTContext &Ast, const SourceText &Source,
               Diagnostics &Diags);

} // namespace coroexpand

#endif
