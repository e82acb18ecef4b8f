//===- Declarations.h - the rooms of a declaration statement --------------===//
//
//   Declaration.cpp   which of its variables are what: constants, objects,
//                     those that wait
//   Initialiser.cpp   how an object is made
//   Bindings.cpp      structured bindings
//   LocalTypes.cpp    types that move into the struct
//   Makers.cpp        objects whose type only a function can name
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_DECLARATIONS_H
#define COROEXPAND_LOWER_DECLARATIONS_H

#include "Lower/Context.h"

namespace coroexpand {

/// The names of \p D as parts of the variable that D is.
void lowerBindings(Context &C, const clang::DecompositionDecl *D);

/// Moves the type that \p S declares into the struct, if it can be.
bool lowerLocalType(Context &C, const clang::DeclStmt *S);

/// Gives \p Declared, made from \p Init, a type by a function that makes it,
/// where it has no other. \p Written is the type of a variable that is not
/// declared with auto.
void nameByMaker(Context &C, const clang::Expr *Init,
                 const std::string &Written, ir::Declarator &Declared);

/// Types that are types only under conditions become what functions return that
/// ask for these first.
void nameUnderConditions(Context &C);

} // namespace coroexpand

#endif
