//===- Types.h - what the lowering must know of types and futures ---------===//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_TYPES_H
#define COROEXPAND_LOWER_TYPES_H

#include "Lower/TypeSpelling.h"
#include "Source/AsyncFunction.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/Type.h"

namespace coroexpand {

/// \p T is an unknown type of a template, which may be void.
bool mayBeVoid(clang::QualType T);

class Types {
public:
  Types(const clang::ASTContext &Context, const TypeSpelling &Spelling,
        const AsyncFunctions &Functions, const AsyncFunction &Current)
      : Context(Context), Spelling(Spelling), Functions(Functions),
        Current(Current) {}

  //===--------------------------------------------------------------------===//
  // Objects
  //===--------------------------------------------------------------------===//

  /// The destructor of \p T can be told from no destructor at all.
  bool needsDestroy(clang::QualType T) const;
  /// .. and it can throw.
  bool destroyMayThrow(clang::QualType T) const;
  /// An exception may leave the move of a \p T, or its copy if it is const.
  bool moveMayThrow(clang::QualType T) const;
  /// Moving a \p T and destroying what is left can't be observed, so that
  /// it does not matter when the moved-from object dies.
  bool isQuiet(clang::QualType T) const;

  //===--------------------------------------------------------------------===//
  // Futures
  //===--------------------------------------------------------------------===//

  /// True when \p T names coro::future somewhere.
  bool mentionsFuture(clang::QualType T) const;
  /// Nobody can tell whether a future of type \p T was moved before its first
  /// poll: it is the runtime's, with no future of the user's in it.
  bool movesUnseen(clang::QualType T) const;
  /// A future of which nobody can tell when it ends once it was moved from.
  bool isQuietFuture(clang::QualType T) const;
  /// `app::get_book_future`, as seen from the current function.
  std::string concreteName(const AsyncFunction &F) const;
  bool isAsync(const clang::FunctionDecl *D) const {
    return Functions.lookup(D);
  }
  /// Visits what is made of the current function, which is a template.
  void forEachInstance(
      llvm::function_ref<void(const clang::FunctionDecl *)> Visit) const;
  /// \p E is put into a coro::future.
  bool isErased(const clang::Expr *E) const { return Functions.isErased(E); }
  /// The async function whose concrete future \p E makes, or null.
  const AsyncFunction *concreteCall(const clang::Expr *E) const;
  /// \p E names a function that returns its concrete future.
  bool namesConcrete(const clang::DeclRefExpr *E) const;
  /// A call of the current function, or of another whose struct is defined
  /// behind its: that future has to be boxed.
  bool isBoxedCall(const clang::Expr *E) const;
  /// `coro::future<int>(f())`: erased, whatever f makes.
  bool isSpelledFuture(const clang::Expr *E) const;
  /// A call of a function that is no template and says what it returns, which
  /// lowered is the same.
  bool returnsAsDeclared(const clang::Expr *E) const;

private:
  bool isQuietArgument(const clang::TemplateArgument &A) const;

  const clang::ASTContext &Context;
  const TypeSpelling &Spelling;
  const AsyncFunctions &Functions;
  const AsyncFunction &Current;
};

} // namespace coroexpand

#endif
