#include "Source/Sites.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/SmallPtrSet.h"

#include <map>

using namespace clang;

namespace coroexpand {

using ir::Site;

const CXXRecordDecl *outermost(const CXXRecordDecl *Class) {
  while (const auto *Around =
             dyn_cast<CXXRecordDecl>(Class->getLexicalDeclContext()))
    Class = Around;
  return Class;
}

const CXXRecordDecl *classOf(const AsyncFunction &F) {
  const auto *Method = dyn_cast<CXXMethodDecl>(F.Decl);
  return Method && !F.Lambda ? Method->getParent() : nullptr;
}

namespace {

using Callees = llvm::SmallSetVector<const FunctionDecl *, 4>;

/// The functions that a piece of the program names.
class CalleeFinder : public RecursiveASTVisitor<CalleeFinder> {
public:
  /// The bodies of these are not a part of it.
  llvm::SmallPtrSet<const FunctionDecl *, 8> Without;
  Callees Found;

  bool TraverseCXXMethodDecl(CXXMethodDecl *D) {
    return Without.contains(D) || RecursiveASTVisitor::TraverseCXXMethodDecl(D);
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) { return name(E->getDecl()); }
  bool VisitMemberExpr(MemberExpr *E) { return name(E->getMemberDecl()); }

private:
  bool name(const ValueDecl *D) {
    if (const auto *F = dyn_cast<FunctionDecl>(D))
      Found.insert(F->getCanonicalDecl());
    return true;
  }
};

/// Whether an object of some type has one of certain classes as a part.
class Contents {
public:
  /// Of \p Innermost and the classes around it.
  explicit Contents(const CXXRecordDecl *Innermost) {
    for (const DeclContext *C = Innermost; isa<CXXRecordDecl>(C);
         C = C->getParent())
      Incomplete.insert(cast<CXXRecordDecl>(C)->getCanonicalDecl());
  }

  bool in(QualType T) {
    if (T.isNull() || T->isDependentType())
      return false;
    const CXXRecordDecl *Class =
        T->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
    if (!Class)
      return false;
    if (Incomplete.contains(Class->getCanonicalDecl()))
      return true;
    if (!Class->hasDefinition() || !Seen.insert(Class).second)
      return false;
    Class = Class->getDefinition();
    return llvm::any_of(
               Class->bases(),
               [&](const CXXBaseSpecifier &B) { return in(B.getType()); }) ||
           llvm::any_of(Class->fields(), [&](const FieldDecl *Field) {
             return in(Field->getType());
           });
  }

private:
  llvm::SmallPtrSet<const CXXRecordDecl *, 4> Incomplete;
  llvm::SmallPtrSet<const CXXRecordDecl *, 32> Seen;
};

/// What a frame of the function could hold.
class FrameTypes : public RecursiveASTVisitor<FrameTypes> {
public:
  explicit FrameTypes(const CXXRecordDecl *Class) : Incomplete(Class) {}
  bool NeedsComplete = false;

  bool shouldVisitImplicitCode() const { return true; }
  bool VisitVarDecl(VarDecl *D) { return type(D->getType()); }
  /// The type of a lambda that is kept is that of a function which makes it,
  /// and the function may need everything.
  bool VisitLambdaExpr(LambdaExpr *) {
    NeedsComplete = true;
    return false;
  }
  bool VisitExpr(Expr *E) {
    return !E->isPRValue() || E->isTypeDependent() || type(E->getType());
  }

private:
  bool type(QualType T) {
    NeedsComplete |= Incomplete.in(T);
    return !NeedsComplete;
  }
  Contents Incomplete;
};

class LambdaFinder : public RecursiveASTVisitor<LambdaFinder> {
public:
  bool Found = false;
  bool VisitLambdaExpr(LambdaExpr *) {
    Found = true;
    return false;
  }
};

bool containsLambda(const AsyncFunction &F) {
  LambdaFinder Finder;
  Finder.TraverseStmt(F.Decl->getBody());
  return Finder.Found;
}

bool frameNeedsComplete(const AsyncFunction &F) {
  FrameTypes Types(classOf(F));
  for (ParmVarDecl *P : F.Decl->parameters())
    Types.TraverseDecl(P);
  Types.TraverseStmt(F.Decl->getBody());
  return Types.NeedsComplete;
}

class Siting {
public:
  Siting(const AsyncFunctions &Found, const SourceManager &SM)
      : All(Found.all().begin(), Found.all().end()), SM(SM) {
    for (AsyncFunction &F : All)
      ByDecl[F.Decl->getCanonicalDecl()] = &F;
  }

  AsyncFunctions run() {
    llvm::SmallSetVector<const CXXRecordDecl *, 8> Classes;
    for (AsyncFunction &F : All)
      if (F.isMemberStruct())
        Classes.insert(outermost(classOf(F)));
    for (const CXXRecordDecl *Class : Classes)
      chooseIn(Class);
    return inOrder();
  }

private:
  /// The async functions whose structs are members of classes in \p Class.
  std::vector<AsyncFunction *> membersIn(const CXXRecordDecl *Class) {
    std::vector<AsyncFunction *> Result;
    for (AsyncFunction &F : All)
      if (F.isMemberStruct() && outermost(classOf(F)) == Class)
        Result.push_back(&F);
    return Result;
  }

  void chooseIn(const CXXRecordDecl *Class) {
    for (AsyncFunction *F : membersIn(Class))
      if (mustBeLocal(*F, Class))
        erase(F);
    std::vector<AsyncFunction *> Members = membersIn(Class);
    if (canBeBehind(Class, Members) && !isCalledInside(Class, Members) &&
        !llvm::any_of(Members, [&](AsyncFunction *F) { return callsBack(*F); }))
      return;
    for (AsyncFunction *F : Members)
      if (frameNeedsComplete(*F))
        erase(F);
      else
        F->Struct = Site::EndOfClass;
  }

  /// No other place will do for its struct.
  bool mustBeLocal(const AsyncFunction &F, const CXXRecordDecl *Outermost) {
    auto FromMacro = [](const CXXRecordDecl *Class) {
      return Class->getBraceRange().getEnd().isMacroID();
    };
    // Nothing can be put into what a macro makes, and an object of a class that
    // has no name can only be referred to in its functions.
    return FromMacro(classOf(F)) || FromMacro(Outermost) ||
           classOf(F)->getName().empty() || hasLambdasInAsyncLambdas(F);
  }

  /// The functions that make such lambdas would be in a lambda that is a member
  /// of the struct, where g++ 12 does not find them.
  bool hasLambdasInAsyncLambdas(const AsyncFunction &F) const {
    return llvm::any_of(All, [&](const AsyncFunction &Inner) {
      return Inner.Lambda && &Inner != &F && F.Decl->Encloses(Inner.Decl) &&
             containsLambda(Inner);
    });
  }

  static void erase(AsyncFunction *F) {
    F->Struct = Site::Inside;
    F->Erased = true;
  }

  /// It and all classes in it can be named from behind it.
  static bool canBeBehind(const CXXRecordDecl *Class,
                          llvm::ArrayRef<AsyncFunction *> Members) {
    auto HasPlainName = [&](const CXXRecordDecl *C) {
      for (;; C = cast<CXXRecordDecl>(C->getLexicalDeclContext())) {
        if (C->getName().empty() || isa<ClassTemplateSpecializationDecl>(C))
          return false;
        if (C == Class)
          return true;
      }
    };
    return !Class->getDeclContext()->isFunctionOrMethod() &&
           !Class->getQualifier() &&
           llvm::all_of(Members, [&](AsyncFunction *F) {
             return HasPlainName(classOf(*F));
           });
  }

  /// What stays in \p Class names one of \p Members.
  bool isCalledInside(const CXXRecordDecl *Class,
                      llvm::ArrayRef<AsyncFunction *> Members) {
    CalleeFinder Finder;
    for (const AsyncFunction *F : Members)
      Finder.Without.insert(F->Decl);
    Finder.TraverseDecl(const_cast<CXXRecordDecl *>(Class));
    return llvm::any_of(Members, [&](const AsyncFunction *F) {
      return Finder.Found.contains(F->Decl->getCanonicalDecl());
    });
  }

  /// What \p F names; each body is read once.
  const Callees &calleesOf(const AsyncFunction &F) {
    auto [Known, IsNew] = CalleesOf.try_emplace(&F);
    if (IsNew) {
      CalleeFinder Finder;
      Finder.TraverseStmt(F.Decl->getBody());
      Known->second = std::move(Finder.Found);
    }
    return Known->second;
  }

  AsyncFunction *concrete(const FunctionDecl *D) {
    AsyncFunction *F = ByDecl.lookup(D);
    return F && !F->Erased ? F : nullptr;
  }

  /// It calls another member that calls it, perhaps through others.
  bool callsBack(const AsyncFunction &F) {
    llvm::SmallSetVector<const AsyncFunction *, 8> Reached;
    auto Add = [&](const AsyncFunction &From) {
      for (const FunctionDecl *D : calleesOf(From))
        if (const AsyncFunction *Callee = concrete(D);
            Callee && Callee != &From)
          Reached.insert(Callee);
    };
    Add(F);
    for (size_t I = 0; I < Reached.size(); ++I)
      if (const AsyncFunction *Next = Reached[I]; Next != &F)
        Add(*Next);
    return Reached.contains(&F);
  }

  /// Behind which token the struct's definition is compiled.
  SourceLocation definedAt(const AsyncFunction &F) const {
    const CXXRecordDecl *Class = classOf(F);
    if (!Class || F.Decl->isOutOfLine())
      return F.Decl->getBodyRBrace();
    if (F.Struct == Site::EndOfClass)
      return Class->getBraceRange().getEnd();
    return outermost(Class)->getBraceRange().getEnd();
  }

  AsyncFunctions inOrder() {
    std::vector<AsyncFunction *> Sorted;
    for (AsyncFunction &F : All)
      Sorted.push_back(&F);
    llvm::sort(Sorted, [&](AsyncFunction *A, AsyncFunction *B) {
      SourceLocation AtA = definedAt(*A), AtB = definedAt(*B);
      return AtA == AtB ? A < B : SM.isBeforeInTranslationUnit(AtA, AtB);
    });
    for (AsyncFunction *F : Sorted)
      add(*F);
    AsyncFunctions Result;
    for (AsyncFunction *F : Done)
      Result.add(std::move(*F));
    return Result;
  }

  /// Those that it calls first, where the place alone does not decide.
  void add(AsyncFunction &F) {
    if (!Begun.insert(&F).second)
      return;
    if (classOf(F))
      for (const FunctionDecl *D : calleesOf(F))
        if (AsyncFunction *Callee = concrete(D);
            Callee && definedAt(*Callee) == definedAt(F))
          add(*Callee);
    Done.push_back(&F);
  }

  std::vector<AsyncFunction> All;
  const SourceManager &SM;
  llvm::DenseMap<const FunctionDecl *, AsyncFunction *> ByDecl;
  std::map<const AsyncFunction *, Callees> CalleesOf;
  llvm::SmallPtrSet<const AsyncFunction *, 16> Begun;
  std::vector<AsyncFunction *> Done;
};

} // namespace

AsyncFunctions sited(const AsyncFunctions &Found, ASTContext &Context) {
  return Siting(Found, Context.getSourceManager()).run();
}

} // namespace coroexpand
