//===- NamesFrom.h - how a declaration is named from a struct -------------===//
//
// What moves from a body into a struct is looked up from another place there.
// This does that look-up, as far as the struct's own members don't interfere:
// those step aside for the names that are used (Plan/Names).
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_NAMESFROM_H
#define COROEXPAND_LOWER_NAMESFROM_H

#include "ClangCompat.h"
#include "IR/Text.h"

#include "clang/AST/Decl.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <optional>
#include <string>

namespace coroexpand {

class NamesFrom {
public:
  /// From the struct of \p Function, which stands where the function does.
  explicit NamesFrom(const clang::FunctionDecl &Function)
      : Function(Function) {}

  /// A local type that has become one of the struct's own, called \p Name
  /// there.
  void addOwn(const clang::TypeDecl *D, std::string Name) {
    Own[D] = std::move(Name);
  }
  bool isOwn(const clang::TypeDecl *D) const { return Own.contains(D); }

  /// How a class is named in front of a member of it: with its template's
  /// arguments. Nothing where it can't be.
  using ClassName =
      llvm::function_ref<std::optional<ir::Text>(const clang::CXXRecordDecl *)>;

  /// A name of \p D: with qualifier \p Written where that finds D from here,
  /// else as short as it can be, else from the top (`::a::b`). Nothing for what
  /// has no name here: local, private, unnamed.
  std::optional<ir::Text> nameOf(const clang::NamedDecl *D,
                                 WrittenQualifier Written, bool WrittenAlone,
                                 ClassName NameOfClass) const;

  /// `::a::b::name` of \p D, a member of namespaces.
  static std::string fromTop(const clang::NamedDecl *D) {
    return fromTop(D, D->getName());
  }
  /// The same of what is called \p Name and stands beside \p D.
  static std::string fromTop(const clang::NamedDecl *D, llvm::StringRef Name);

private:
  /// The first declaration context around the struct that knows \p Name has
  /// \p Wanted by it, and nothing else.
  bool finds(const clang::NamedDecl *Wanted, bool Directives) const;
  bool isVisible(const clang::NamedDecl *D) const;
  bool isAccessible(const clang::NamedDecl *D) const;
  bool isAround(const clang::NamedDecl *D) const;

  const clang::FunctionDecl &Function;
  llvm::DenseMap<const clang::TypeDecl *, std::string> Own;
};

} // namespace coroexpand

#endif
