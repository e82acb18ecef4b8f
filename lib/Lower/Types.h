//===- Types.h - how a type is spelled in the lowered struct --------------===//
//
//   T x = f();                 T as written            `T x`
//   auto x = f();              deduced, qualified      `app::T x`
//   auto fut = get_book();     the concrete future     `get_book_future fut`
//   auto fut = wrap(get_x());  what only the lowered   `decltype(wrap(get_x()))
//                              program knows            fut`
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_TYPES_H
#define COROEXPAND_LOWER_TYPES_H

#include "IR/IR.h"
#include "Source/AsyncFunction.h"

#include "clang/AST/Type.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace coroexpand {

class Types {
public:
  Types(const clang::ASTContext &Context, const AsyncFunctions &Functions,
        const AsyncFunction &Current);

  /// Fills in how \p V is declared and what the plan must know of type \p T.
  /// A reference type is spelled as the pointer that stands for it.
  void describe(ir::Variable &V, clang::QualType T) const;
  /// `T $` and `T`, nothing else.
  void declareAs(ir::Variable &V, clang::QualType T, bool Deduced) const;

  /// The same for a variable whose type is deduced from \p Init: \p V becomes
  /// a concrete future where the lowered program has one. \p InitText is how
  /// Init is spelled.
  /// A type with no name of its own but a reserved one is spelled as the type
  /// of Init too.
  void describeDeduced(ir::Variable &V, clang::QualType T,
                       const clang::Expr *Init, const ir::Text &InitText) const;

  /// `app::get_book_future`, as seen from the current function; empty when
  /// callers of \p F only see coro::future<T>.
  std::string concreteName(const AsyncFunction &F) const;
  /// The async function whose concrete future \p E makes, or null.
  const AsyncFunction *concreteCall(const clang::Expr *E) const;

  /// \p T as it can be spelled in the struct.
  std::string spell(clang::QualType T) const;
  /// True when \p T names coro::future somewhere.
  bool mentionsFuture(clang::QualType T) const;
  /// The destructor of \p T can be told from no destructor at all.
  bool needsDestroy(clang::QualType T) const;
  /// .. and it can throw.
  bool destroyMayThrow(clang::QualType T) const;
  /// An exception may leave the move of a \p T, or its copy if it is const.
  bool moveMayThrow(clang::QualType T) const;
  /// Moving a \p T and destroying what is left can't be observed, so that
  /// it does not matter when the moved-from object dies.
  bool isQuiet(clang::QualType T) const;
  /// A future of which nobody can tell when it ends once it was moved from.
  bool isQuietFuture(clang::QualType T) const;

  /// A local type that has become one of the struct's own.
  void addOwnType(const clang::TypeDecl *D) { OwnTypes.insert(D); }

  bool isOwnType(const clang::TypeDecl *D) const {
    return OwnTypes.contains(D);
  }

private:
  void addFutures(const clang::Stmt *S, std::vector<std::string> &Into) const;
  bool isQuietArgument(const clang::TemplateArgument &A) const;
  bool returnsAsDeclared(const clang::Expr *E) const;
  bool isSpelledFuture(const clang::Expr *E) const;
  bool isUnnameable(clang::QualType T) const;
  bool mentionsLocal(clang::QualType T) const;
  void describeAs(ir::Variable &V, clang::QualType T, bool Deduced) const;
  clang::QualType spelledType(clang::QualType T, bool Deduced) const;
  /// \p T without the spellings that only mean something where they were
  /// written; what is left prints with its full scope.
  clang::QualType portable(clang::QualType T) const;

  const clang::ASTContext &Context;
  const AsyncFunctions &Functions;
  const AsyncFunction &Current;
  std::string fromTopLevel(const std::string &Spelled) const;

  bool UsesDirective = false;
  clang::PrintingPolicy Policy;
  llvm::SmallPtrSet<const clang::TypeDecl *, 4> OwnTypes;
};

} // namespace coroexpand

#endif
