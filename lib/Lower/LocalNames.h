//===- LocalNames.h - what only the body knows ----------------------------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_LOCALNAMES_H
#define COROEXPAND_LOWER_LOCALNAMES_H

#include "IR/Text.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"

namespace coroexpand {

class Context;

/// The names of what a body declares that is no variable of the frame.
struct LocalNames {
  explicit LocalNames(const clang::Stmt *Body);
  llvm::StringSet<> Names;
  /// By `using namespace`.
  llvm::SmallVector<const clang::NamespaceDecl *, 1> Opened;
  /// \p Word, which stands behind the character \p Before, may be a name from
  /// an opened namespace; of a literal, its suffix.
  bool opens(llvm::StringRef Word, char Before) const;
};

/// The words in \p Code that could be names or literals, with the character
/// before each.
void forEachWord(llvm::StringRef Code,
                 llvm::function_ref<void(llvm::StringRef, char)> Visit);

/// A name that only this function knows, other than that of a variable of the
/// frame, stands in \p T.
bool usesLocalName(const Context &C, const ir::Text &T);
/// The same where \p IsLocal says so of a word and the character before it.
bool usesLocalName(const ir::Text &T,
                   llvm::function_ref<bool(llvm::StringRef, char)> IsLocal);
/// \p Word is such a name, other than that of a type that has moved into the
/// struct.
bool isLocalName(const Context &C, llvm::StringRef Word);

/// \p T uses a variable that is a constant, and so no member of the struct.
bool usesConstant(const Context &C, const ir::Text &T);

/// A lambda stands in \p T, which makes a type that has no other name.
bool containsLambda(const ir::Text &T);

} // namespace coroexpand

#endif
