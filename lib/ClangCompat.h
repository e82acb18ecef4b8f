//===- ClangCompat.h - what Clang 19 and Clang 22 have differently --------===//
//
// All of it: the rest of the tool is the same text for both, and for what is
// between them. Where 22 has changed a thing, there is one name for it here.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_CLANGCOMPAT_H
#define COROEXPAND_CLANGCOMPAT_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#if CLANG_VERSION_MAJOR >= 22
#include "clang/Options/Options.h"
#else
#include "clang/Driver/Options.h"
#endif

namespace coroexpand {

//===----------------------------------------------------------------------===//
// Paths and options
//===----------------------------------------------------------------------===//

/// \p Path, which is relative to \p Folder; a matter of paths alone in 22.
inline void makeAbsolute(llvm::StringRef Folder,
                         llvm::SmallVectorImpl<char> &Path) {
#if CLANG_VERSION_MAJOR >= 22
  llvm::sys::path::make_absolute(Folder, Path);
#else
  llvm::sys::fs::make_absolute(Folder, Path);
#endif
}

#if CLANG_VERSION_MAJOR >= 22
namespace driver_options = clang::options;
#else
namespace driver_options = clang::driver::options;
#endif

/// The table of the driver's options is no part of the driver's namespace in
/// 22.
inline const llvm::opt::OptTable &driverOptions() {
#if CLANG_VERSION_MAJOR >= 22
  return clang::getDriverOptTable();
#else
  return clang::driver::getDriverOptTable();
#endif
}

/// The options of diagnostics have counted references in 19, one owner in 22;
/// printers take a pointer to them there, a reference here.
#if CLANG_VERSION_MAJOR >= 22
using DiagnosticOptionsOwner = std::unique_ptr<clang::DiagnosticOptions>;
inline clang::DiagnosticOptions &forPrinter(const DiagnosticOptionsOwner &O) {
  return *O;
}
#else
using DiagnosticOptionsOwner =
    llvm::IntrusiveRefCntPtr<clang::DiagnosticOptions>;
inline clang::DiagnosticOptions *forPrinter(const DiagnosticOptionsOwner &O) {
  return O.get();
}
#endif

//===----------------------------------------------------------------------===//
// Qualifiers of names
//===----------------------------------------------------------------------===//

/// `a::b::`. A pointer, which may be null, in 19; a value in 22, whose own
/// default is not the empty one.
#if CLANG_VERSION_MAJOR >= 22
using WrittenQualifier = clang::NestedNameSpecifier;
inline constexpr std::nullopt_t NoQualifier = std::nullopt;
#else
using WrittenQualifier = const clang::NestedNameSpecifier *;
inline constexpr std::nullptr_t NoQualifier = nullptr;
#endif

/// The last part of a qualifier: one of the four, or none for `::` alone.
struct QualifierPart {
  const clang::NamespaceDecl *Namespace = nullptr;
  const clang::NamespaceAliasDecl *Alias = nullptr;
  const clang::Type *Class = nullptr;
  /// A member of what only an instantiation knows.
  const clang::IdentifierInfo *Member = nullptr;
  WrittenQualifier Before = NoQualifier;
};

/// Types in qualifiers have their own qualifiers in 22.
inline QualifierPart lastPart(WrittenQualifier Q) {
  QualifierPart Result;
#if CLANG_VERSION_MAJOR >= 22
  using Kind = clang::NestedNameSpecifier::Kind;
  if (Q.getKind() == Kind::Namespace) {
    auto [Space, Before] = Q.getAsNamespaceAndPrefix();
    Result.Namespace = llvm::dyn_cast<clang::NamespaceDecl>(Space);
    Result.Alias = llvm::dyn_cast<clang::NamespaceAliasDecl>(Space);
    Result.Before = Before;
  } else if (Q.getKind() == Kind::Type) {
    Result.Before = Q.getAsType()->getPrefix();
    if (const auto *Member =
            llvm::dyn_cast<clang::DependentNameType>(Q.getAsType()))
      Result.Member = Member->getIdentifier();
    else
      Result.Class = Q.getAsType();
  }
#else
  Result.Namespace = Q->getAsNamespace();
  Result.Alias = Q->getAsNamespaceAlias();
  Result.Class = Q->getAsType();
  Result.Member = Q->getAsIdentifier();
  Result.Before = Q->getPrefix();
#endif
  return Result;
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

/// The name of a type as the source has it.
struct WrittenName {
  WrittenQualifier Qualifier = NoQualifier;
  clang::QualType Named;
};

/// In 19 a type around the type says how it is written; in 22 each type with a
/// name says so itself. Nothing for a type that is not written.
inline std::optional<WrittenName> writtenName(const clang::Type *T) {
#if CLANG_VERSION_MAJOR >= 22
  bool HasName = llvm::isa<clang::TagType, clang::TypedefType, clang::UsingType,
                           clang::TemplateSpecializationType>(T);
  if (!HasName || T->isCanonicalUnqualified())
    return std::nullopt;
  return WrittenName{T->getPrefix(), clang::QualType(T, 0)};
#else
  const auto *Written = llvm::dyn_cast<clang::ElaboratedType>(T);
  if (!Written)
    return std::nullopt;
  return WrittenName{Written->getQualifier(), Written->getNamedType()};
#endif
}

/// `typename T::template name<arguments>`: a type of its own in 19, a template
/// name of its own in 22.
struct DependentTemplate {
  WrittenQualifier Qualifier = NoQualifier;
  const clang::IdentifierInfo *Name = nullptr;
  llvm::ArrayRef<clang::TemplateArgument> Arguments;
};

inline std::optional<DependentTemplate>
asDependentTemplate(const clang::Type *T) {
#if CLANG_VERSION_MAJOR >= 22
  const auto *Made = llvm::dyn_cast<clang::TemplateSpecializationType>(T);
  const clang::DependentTemplateName *Name =
      Made ? Made->getTemplateName().getAsDependentTemplateName() : nullptr;
  if (!Name)
    return std::nullopt;
  return DependentTemplate{Name->getQualifier(),
                           Name->getName().getIdentifier(),
                           Made->template_arguments()};
#else
  const auto *Made =
      llvm::dyn_cast<clang::DependentTemplateSpecializationType>(T);
  if (!Made)
    return std::nullopt;
  return DependentTemplate{Made->getQualifier(), Made->getIdentifier(),
                           Made->template_arguments()};
#endif
}

/// The type of a class or an enumeration; in 22 it is asked for without words.
inline clang::QualType declaredBy(const clang::TagDecl *D,
                                  const clang::ASTContext &Ast) {
#if CLANG_VERSION_MAJOR >= 22
  return Ast.getCanonicalTagType(D);
#else
  return Ast.getTypeDeclType(D);
#endif
}

/// What the using-declaration has found; another name in 22.
inline const clang::NamedDecl *foundBy(const clang::UsingType *T) {
#if CLANG_VERSION_MAJOR >= 22
  return T->getDecl();
#else
  return T->getFoundDecl();
#endif
}

/// The class of `int C::*`, which is a qualifier in 22.
inline const clang::Type *classOf(const clang::MemberPointerType *T) {
#if CLANG_VERSION_MAJOR >= 22
  return T->getQualifier().getAsType();
#else
  return T->getClass();
#endif
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

/// The statement whose value a statement expression has: the last one; for 19,
/// the last that is not empty.
inline const clang::Stmt *valueOf(const clang::CompoundStmt *Body) {
#if CLANG_VERSION_MAJOR >= 22
  return Body->body_back();
#else
  return Body->getStmtExprResult();
#endif
}

//===----------------------------------------------------------------------===//
// Visitors
//===----------------------------------------------------------------------===//

/// A visitor that is given each qualified name of a type as one:
/// Derived::traverseQualified(its qualifier, what is named). In 22 all visits
/// of types are told whether to go into a qualifier, and each type with a name
/// may have one.
template <class Derived>
class QualifiedNameVisitor : public clang::RecursiveASTVisitor<Derived> {
  using Base = clang::RecursiveASTVisitor<Derived>;
  Derived &derived() { return *static_cast<Derived *>(this); }

public:
#if CLANG_VERSION_MAJOR >= 22
#define COROEXPAND_NAMED(Kind)                                                 \
  bool Traverse##Kind##TypeLoc(clang::Kind##TypeLoc T, bool WithQualifier) {   \
    if (WithQualifier)                                                         \
      if (clang::NestedNameSpecifierLoc Qualifier = T.getPrefix())             \
        return derived().traverseQualified(Qualifier, T);                      \
    return Base::Traverse##Kind##TypeLoc(T, WithQualifier);                    \
  }
  COROEXPAND_NAMED(Record)
  COROEXPAND_NAMED(Enum)
  COROEXPAND_NAMED(InjectedClassName)
  COROEXPAND_NAMED(Typedef)
  COROEXPAND_NAMED(Using)
  COROEXPAND_NAMED(UnresolvedUsing)
  COROEXPAND_NAMED(TemplateSpecialization)
#undef COROEXPAND_NAMED
#else
  bool TraverseElaboratedTypeLoc(clang::ElaboratedTypeLoc T) {
    if (!T.getQualifierLoc())
      return Base::TraverseElaboratedTypeLoc(T);
    return derived().traverseQualified(T.getQualifierLoc(),
                                       T.getNamedTypeLoc());
  }
#endif
};

} // namespace coroexpand

#endif
