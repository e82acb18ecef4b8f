//===- Declarations.h - the rooms of a declaration statement --------------===//
//
//   Declaration.cpp   which of its variables are what: constants, objects,
//                     those that wait
//   Initialiser.cpp   how an object is made
//   Bindings.cpp      structured bindings
//   LocalTypes.cpp    types that move into the struct
//   JoinedVariables.cpp   futures that are moved into a join at once
//   Makers.cpp        objects whose type only a function can name
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_DECLARATIONS_H
#define COROEXPAND_LOWER_DECLARATIONS_H

#include "Lower/Context.h"

namespace coroexpand {

/// `auto name = value;`, of variable \p Id, which the source has no name for.
ir::StmtPtr declareAuto(ir::Loc Where, ir::VarId Id, ir::Text Value,
                        bool Deduced);

/// The names of \p D as parts of the variable that D is, or as variables of
/// their own (see declareParts).
void lowerBindings(Context &C, const clang::DecompositionDecl *D,
                   bool AsVariables = false);

/// The program's own `get` gives the parts of \p D: in a frame they are
/// variables.
bool hasOwnGet(const clang::DecompositionDecl *D);
/// \p Written, the declaration of \p D, with a name for the whole.
ir::Text declarationOfWhole(Context &C, const clang::DecompositionDecl *D,
                            clang::SourceRange Written, Holes Inside);
/// The declarations of the parts, which follow that of the whole.
void declareParts(Context &C, const clang::DecompositionDecl *D,
                  ir::Scope &Into);

/// Moves the type that \p S declares into the struct, if it can be.
bool lowerLocalType(Context &C, const clang::DeclStmt *S);
/// The same of a type that S declares with variables, which S then names.
void lowerEmbeddedType(Context &C, const clang::DeclStmt *S);

/// Gives \p Declared, made from \p Init, a type by a function that makes it,
/// where it has no other. \p Written is the type of a variable that is not
/// declared with auto.
void nameByMaker(Context &C, const clang::Expr *Init,
                 const std::string &Written, ir::Declarator &Declared);

/// Gives \p V the type \p TypeId, which means something only where what the
/// body declares before \p At holds. False when it can't.
bool nameByDirectives(Context &C, ir::Variable &V, clang::SourceLocation At,
                      const ir::Text &TypeId);

/// A future that a variable is for one step only, and that the next one moves
/// into a join, is made in the join's slot, and one that it moves into a select
/// is made for that:
///
///   auto a = f();                            a_slot = { f() }
///   co_await coro::join(std::move(a), ..)    wait for a_slot, ..
///
/// The variable is named nowhere else, and nothing is done between, so that
/// what would be left of it can't be told from what never was.
void joinVariablesInPlace(Context &C);

/// Reports what the instances of the function show that the folds over co_await
/// in it can't do.
void checkFolds(Context &C);

/// Types that are types only under conditions become what functions return that
/// ask for these first.
void nameUnderConditions(Context &C);

} // namespace coroexpand

#endif
