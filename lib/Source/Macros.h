//===- Macros.h - the user's macros and our names -------------------------===//
//
// The expansion stands where the user's macros are defined. Names that we
// choose step aside for them; those of the protocol can't.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_MACROS_H
#define COROEXPAND_SOURCE_MACROS_H

#include "Diagnostics/Diagnostics.h"
#include "Source/AsyncFunction.h"

#include "llvm/ADT/StringSet.h"

namespace clang {
class Preprocessor;
}

namespace coroexpand {

/// The names that are macros.
class MacroNames {
public:
  explicit MacroNames(clang::Preprocessor &PP);

  /// Everything that is one somewhere in the translation unit. For \p F of an
  /// included file, where it stands: its struct is the same in other
  /// translation units, whatever macros they have.
  const llvm::StringSet<> &at(const AsyncFunction &F);

private:
  clang::Preprocessor &PP;
  llvm::StringSet<> All;
  llvm::StringSet<> Here; ///< Where the last function of an included file is.
};

/// The variables that a local of one of the functions could hide.
llvm::StringSet<> variablesAround(const AsyncFunctions &Functions);

/// Reports macros that would change what a function becomes.
void checkMacros(const AsyncFunctions &Functions, clang::Preprocessor &PP,
                 Diagnostics &Diags);

} // namespace coroexpand

#endif
