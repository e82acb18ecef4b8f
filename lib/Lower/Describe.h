//===- Describe.h - what a variable is, for the plan ----------------------===//
//
//   T x = f();                 T                          `T x`
//   auto x = f();              deduced                    `app::T x`
//   auto fut = get_book();     the concrete future        `get_book_future fut`
//   auto fut = wrap(get_x());  what only the lowered `decltype(wrap(get_x()))
//                              program has a name for      fut`
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_DESCRIBE_H
#define COROEXPAND_LOWER_DESCRIBE_H

#include "Lower/Context.h"

namespace coroexpand {

/// Fills in how variable \p Id is declared and what the plan must know of type
/// \p T. A reference is kept as the pointer that stands for it.
void describe(Context &C, ir::Variable &V, clang::QualType T);

/// The same for a variable whose type follows from \p Init, which \p InitText
/// spells: \p V becomes a concrete future where the lowered program has one.
void describeDeduced(Context &C, ir::Variable &V, clang::QualType T,
                     const clang::Expr *Init, const ir::Text &InitText);

/// \p V's type has a name after all. (Other problems stay.)
void hasName(ir::Variable &V);

/// Variable \p V is declared by a type that is a name, no declarator.
void declareBy(ir::Variable &V, ir::Text TypeId);

/// `T $` and `T`, and no more. False when T has no name in the struct.
bool declareAs(Context &C, ir::Variable &V, clang::QualType T,
               const clang::Expr *Init = nullptr);

/// \p T where the value of the await has no expression: one that has its type.
ir::Text withoutValue(const Context &C, const ir::Text &T);

/// What \p Operand gives, of which only an instantiation knows whether it is an
/// object.
void describeHeld(Context &C, ir::Variable &V, const ir::Text &Operand);

/// The same of what arms make, whose own variables come later in the frame.
void describeChosen(Context &C, ir::Variable &V, const ir::Text &Operand);

/// Only the last statement of the block that makes \p V shows its type, for
/// describeDecayed ..
void describeLater(ir::Variable &V, bool Const);
/// .. which is that of \p Operand, as `auto` makes it.
void describeDecayed(Context &C, ir::Variable &V, const ir::Text &Operand);

/// The same of a left operand of a comma, which may be of no type.
void describeDiscarded(Context &C, ir::Variable &V, const ir::Text &Operand);

/// The operand \p Operand of a co_await of which only an instantiation knows
/// the type.
void describeAwaited(Context &C, ir::Variable &V, const ir::Text &Operand);

/// What a fold over co_await waits for, an element after the other: of one,
/// \p Operand.
void describeInTurn(Context &C, ir::Variable &V, const ir::Text &Operand);

/// A number of which only an instantiation knows the type, that of \p Like.
void describeCombined(Context &C, ir::Variable &V, const ir::Text &Like);

/// \p T is a std::initializer_list.
bool isList(clang::QualType T);

/// An instantiation may show that \p D, a local of a template, refers to
/// temporaries of its initialiser, which live as long.
bool mayExtend(const clang::VarDecl *D);

/// The variable that \p D declares.
void describeVariable(Context &C, const clang::VarDecl *D, ir::VarId Id,
                      const ir::Text &Init);

/// The temporary that reference \p D is bound to as a whole, or null. The
/// variable is that object then.
const clang::MaterializeTemporaryExpr *boundTemporary(const clang::VarDecl *D);

} // namespace coroexpand

#endif
