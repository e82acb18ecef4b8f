//===- AsyncFunction.h - one function to lower ----------------------------===//
//
//   translation unit --find--> [AsyncFunction] --check--> [AsyncFunction]
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_SOURCE_ASYNCFUNCTION_H
#define COROEXPAND_SOURCE_ASYNCFUNCTION_H

#include "IR/FutureFacts.h"
#include "IR/Signature.h"
#include "Source/Walk.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

#include <memory>
#include <string>
#include <vector>

namespace clang {
class AnnotateAttr;
class LambdaExpr;
} // namespace clang

namespace coroexpand {

/// A definition marked CORO_ASYNC.
struct AsyncFunction {

  const clang::FunctionDecl *Decl = nullptr;
  std::string QualifiedName; ///< `app::get_book`
  std::string StructName;    ///< `get_book_future`
  clang::QualType Output; ///< The T of coro::future<T>, or of what it yields.
  /// It returns coro::generator<T> or coro::stream<T>.
  bool IsSequence = false;
  /// Declared besides its definition: callers see coro::future<T> only.
  bool Erased = false;
  /// Every file that defines it defines the same: an inline function that other
  /// files may define too. Its struct is the same there.
  bool Shared = false;
  /// Shared, and something else has the name that its struct must have.
  bool NameIsTaken = false;
  ir::Site Struct = ir::Site::Before; ///< Where its struct stands.
  /// The class of the object that the body works on, with its qualifiers; null
  /// when the body uses no `this`.
  clang::QualType Object;

  /// The lambda whose call operator Decl is.
  const clang::LambdaExpr *Lambda = nullptr;

  /// Its struct must be no other file's: it is named for this file alone.
  bool isInternal() const {
    return Struct == ir::Site::Before && !Shared &&
           !Decl->isInAnonymousNamespace();
  }
  /// A template, or a part of one: what its types and names mean is decided
  /// where it's instantiated.
  bool isTemplated() const { return Decl->isTemplated(); }
  /// Its struct is local to it, and has no name elsewhere.
  bool isLocalStruct() const { return Struct == ir::Site::Inside; }

  /// The struct is a member of the function's class.
  bool isMemberStruct() const {
    return Struct == ir::Site::EndOfClass || Struct == ir::Site::BehindClass;
  }

  /// Null when the body is not a coroutine.
  const clang::CoroutineBodyStmt *body() const {
    return llvm::dyn_cast_or_null<clang::CoroutineBodyStmt>(Decl->getBody());
  }

  /// True when there is an await in \p S, which is part of the body.
  bool waits(const clang::Stmt *S) const { return Waits->contains(S); }

private:
  std::shared_ptr<WaitMemo> Waits = std::make_shared<WaitMemo>();
};

/// All of a translation unit's async functions, in the order in which their
/// structs are defined.
class AsyncFunctions {
public:
  void add(AsyncFunction F);
  /// The async function that \p D declares, or is an instantiation of.
  const AsyncFunction *lookup(const clang::FunctionDecl *D) const;
  /// The struct of \p F is defined before that of \p Other.
  bool isBefore(const AsyncFunction &F, const AsyncFunction &Other) const {
    return &F < &Other;
  }
  /// A call of \p F in \p Caller makes a concrete future that has to be boxed:
  /// the struct is not complete there. (A template is instantiated behind
  /// both.)
  bool isBoxed(const AsyncFunction &F, const AsyncFunction &Caller) const {
    return !F.Erased && !F.isTemplated() && !isBefore(F, Caller);
  }
  /// The innermost async function that \p F is a lambda of, or of a local class
  /// of; null where it stands in none.
  const AsyncFunction *around(const AsyncFunction &F) const;
  const std::vector<AsyncFunction> &all() const { return Functions; }

  /// \p E, a call, is put into a coro::future at once, since what becomes of it
  /// needs that very type; or it's the address of a function, and that of one
  /// which does so is taken.
  /// (What one instantiation of a template needs is done in the template.)
  bool isErased(const clang::Expr *E) const {
    return !Erased.empty() && Erased.contains(placeOf(E));
  }
  void erase(const clang::Expr *E) { Erased.insert(placeOf(E)); }

  struct Instance {
    const AsyncFunction *Of;
    const clang::FunctionDecl *Made;
  };
  /// What is made of the templates, which are all known: only there it shows
  /// what calls in them mean.
  llvm::ArrayRef<Instance> instances(clang::ASTContext &Context) const;

private:
  std::vector<AsyncFunction> Functions;
  llvm::DenseMap<const clang::FunctionDecl *, unsigned> Index;
  llvm::DenseMap<clang::SourceLocation, unsigned> Lambdas;
  /// What stands there, in a template and in its instantiations: the kind of
  /// expression, its first and its last token.
  using Place = std::tuple<unsigned, unsigned, unsigned>;
  static Place placeOf(const clang::Expr *E);
  llvm::DenseSet<Place> Erased;
  mutable std::optional<std::vector<Instance>> Instances; ///< Once asked for.
};

/// The facts of the functions that have been planned, by definition.
using CalleeFacts = llvm::DenseMap<const clang::FunctionDecl *, FutureFacts>;

/// How many bytes the future of \p D may take, as CORO_BUDGET says; null where
/// nothing does.
const clang::Expr *budgetOf(const clang::FunctionDecl *D);

/// The mark on \p D itself (not on one of its redeclarations), or null.
const clang::AnnotateAttr *asyncMark(const clang::FunctionDecl *D);

/// The T when \p T is coro::future<T>, a null type otherwise.
clang::QualType futureOutput(clang::QualType T);
/// The same of coro::generator<T> and coro::stream<T>.
clang::QualType sequenceItem(clang::QualType T);
/// The name of \p P. One of a template that has none is given one where the
/// struct may have to speak of it: its type says what it is in an instantiation
/// alone. Empty for any other without a name.
std::string parameterName(const clang::ParmVarDecl *P);

/// What the struct's name ends in: `_future`, `_generator`, `_stream`.
std::string structSuffix(const clang::FunctionDecl *D);

} // namespace coroexpand

#endif
