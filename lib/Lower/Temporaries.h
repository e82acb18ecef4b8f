//===- Temporaries.h - objects of a full-expression in the frame ----------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_TEMPORARIES_H
#define COROEXPAND_LOWER_TEMPORARIES_H

#include "Lower/Context.h"

namespace coroexpand {

/// How an object is made from an expression, in the text of a step.
struct Made {
  ir::Text Value;
  /// Value spells the type of the object too: `T{..}`, `f_future(..)`.
  bool SpellsType = false;
};

/// Appends a temporary of type \p T, made from \p E as \p From says.
ir::VarId temporary(Context &C, std::string Name, clang::QualType T,
                    const clang::Expr *E, Made From, ir::FullExpr &Into);

/// Appends a reference to what glvalue \p E, which \p Value spells, names.
ir::VarId temporaryReference(Context &C, std::string Name, const clang::Expr *E,
                             ir::Text Value, ir::FullExpr &Into);

/// How object \p V of type \p T is made from \p E, which \p Value spells; Value
/// may have to spell the type then.
ir::Declarator::Style initStyle(Context &C, const clang::Expr *E,
                                clang::QualType T, const ir::Variable &V,
                                ir::Text &Value);

/// `auto(e)`, of the text of \p E, is an object of type \p T.
bool makesItsType(const Context &C, const clang::Expr *E, clang::QualType T);

/// The text of \p E after the steps that it needs, which go to \p Into.
ir::Text spilledText(Context &C, const clang::Expr *E, ir::FullExpr &Into);

/// The same for an operand of co_await or an argument of a join. A lowered
/// function's future may be made straight from its arguments.
Made calledText(Context &C, const clang::Expr *E, ir::FullExpr &Into);

/// A name for an object that holds what \p E gives, when \p Otherwise is not
/// better.
std::string nameFor(const Context &C, const clang::Expr *E,
                    llvm::StringRef Otherwise);

} // namespace coroexpand

#endif
