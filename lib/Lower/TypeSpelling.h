//===- TypeSpelling.h - how a type is spelled in the lowered struct -------===//
//
//   T            as written, where the struct finds the same by it
//   app::T       as short as the struct finds it by
//   std::array<int, 8>         constants evaluated: array<int, SIZE>
//   std::string                a library's own word for basic_string<char, ..>
//   std::map<..>::iterator     and for what has a reserved name
//
// Names that mean something only in the body are replaced by what they stand
// for. A closure, a local class, a private member have no name to be spelled.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_LOWER_TYPESPELLING_H
#define COROEXPAND_LOWER_TYPESPELLING_H

#include "IR/Text.h"
#include "Lower/NamesFrom.h"

#include "clang/AST/ASTContext.h"
#include "llvm/ADT/DenseMap.h"

namespace coroexpand {

class TypeSpelling {
public:
  TypeSpelling(const clang::ASTContext &Ast,
               const clang::FunctionDecl &Function);

  NamesFrom Names;
  /// The variable whose type is spelled: only its declaration knows how the
  /// bounds of an array are written.
  const clang::VarDecl *Declared = nullptr;

  /// `T $`: a declaration of that type. Nothing for a type without a name.
  /// \p Near are classes whose members may be other names of parts of it.
  std::optional<ir::Text>
  declare(clang::QualType T,
          llvm::ArrayRef<const clang::CXXRecordDecl *> Near = {}) const;
  /// `T`
  std::optional<ir::Text>
  typeId(clang::QualType T,
         llvm::ArrayRef<const clang::CXXRecordDecl *> Near = {}) const;

private:
  class Speller;

  /// A library's typedef for a specialization of one of its templates.
  const clang::TypedefNameDecl *
  wordFor(const clang::ClassTemplateSpecializationDecl *S) const;

  /// The parameter of the template around that \p T is canonically.
  const clang::TemplateTypeParmDecl *
  parameter(const clang::TemplateTypeParmType *T) const;

  const clang::ASTContext &Ast;
  const clang::FunctionDecl &Function;
  clang::PrintingPolicy Policy;
  using Words =
      llvm::DenseMap<const clang::Type *, const clang::TypedefNameDecl *>;
  /// By namespace, filled when first asked.
  mutable llvm::DenseMap<const clang::DeclContext *, Words> WordsOf;
};

/// `_Rb_tree_iterator`, `__normal_iterator`: not for programs to write.
bool isReserved(llvm::StringRef Name);

} // namespace coroexpand

#endif
