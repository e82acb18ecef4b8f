//===- Runtime.h - what the tool recognises of the runtime ----------------===//
//
// The runtime's names stand here once, for every stage that reads Clang's AST.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_RUNTIME_H
#define COROEXPAND_SOURCE_RUNTIME_H

#include "llvm/ADT/StringRef.h"

#include <optional>

namespace clang {
class Decl;
class FunctionDecl;
class NamedDecl;
class QualType;
} // namespace clang

namespace coroexpand {

/// The combinators: each moves in the futures that it is given as rvalues.
enum class RuntimeFunction { Join, Select, Timeout, TryJoin };

enum class RuntimeClass { Future, JoinFuture, Generator, Stream };

/// What CORO_ASYNC says where the tool parses: its annotation.
inline constexpr llvm::StringLiteral AsyncAnnotation = "coro::async";
/// .. and what CORO_BUDGET says.
inline constexpr llvm::StringLiteral BudgetAnnotation = "coro::budget";

/// True for a direct member of namespace coro, the names below among them.
bool isOfRuntime(const clang::Decl *D);

/// The name of what \p Call calls, if it is one of them that is found as a
/// future is passed to it: once lowered, that future is of another namespace.
/// Else null.
const clang::DeclRefExpr *foundByFuture(const clang::CallExpr *Call);

/// Which of them \p F is, a specialisation included; nothing for null.
std::optional<RuntimeFunction> runtimeFunction(const clang::FunctionDecl *F);

/// Which of them \p D is, as a class, a specialisation or a template; nothing
/// for null.
std::optional<RuntimeClass> runtimeClass(const clang::NamedDecl *D);

/// The same for the class that \p T is.
std::optional<RuntimeClass> runtimeClass(clang::QualType T);

} // namespace coroexpand

#endif
