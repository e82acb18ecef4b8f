#include "Source/Sites.h"
#include "Source/Mark.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ASTLambda.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseSet.h"
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

/// The functions that a piece of the program names. In a template, where only
/// the instantiation knows, all that it could name; of what argument-dependent
/// look-up or a member of an unknown class may find, the name.
struct Callees {
  llvm::SmallSetVector<const FunctionDecl *, 4> Functions;
  llvm::DenseSet<DeclarationName> Names;   ///< By argument-dependent look-up ..
  llvm::DenseSet<DeclarationName> Members; ///< .. and of unknown classes.

  /// A lambda has no name: what calls it has it from somewhere.
  bool contain(const FunctionDecl *D) const {
    return Functions.contains(D->getCanonicalDecl()) ||
           (D->isTemplated() && !isLambdaCallOperator(D) &&
            (D->isOverloadedOperator() || !isa<CXXMethodDecl>(D) ? Names
                                                                 : Members)
                .contains(D->getDeclName()));
  }
};

class CalleeFinder : public RecursiveASTVisitor<CalleeFinder> {
public:
  explicit CalleeFinder(const ASTContext &Context) : Context(Context) {}

  /// The bodies of these are not a part of it.
  llvm::SmallPtrSet<const FunctionDecl *, 8> Without;
  Callees Found;

  bool TraverseCXXMethodDecl(CXXMethodDecl *D) {
    return Without.contains(D) || RecursiveASTVisitor::TraverseCXXMethodDecl(D);
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) { return name(E->getDecl()); }
  bool VisitMemberExpr(MemberExpr *E) { return name(E->getMemberDecl()); }
  bool VisitUnresolvedLookupExpr(UnresolvedLookupExpr *E) {
    if (E->requiresADL())
      Found.Names.insert(E->getName());
    return overloads(E);
  }
  bool VisitUnresolvedMemberExpr(UnresolvedMemberExpr *E) {
    return overloads(E);
  }
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) {
    Found.Members.insert(E->getMember());
    return true;
  }
  bool VisitCallExpr(CallExpr *E) {
    return E->isTypeDependent() ? operates(E->getCallee(), OO_Call) : true;
  }
  bool VisitArraySubscriptExpr(ArraySubscriptExpr *E) {
    return E->isTypeDependent() ? operates(E, OO_Subscript) : true;
  }
  bool VisitBinaryOperator(BinaryOperator *E) {
    return operates(E, BinaryOperator::getOverloadedOperator(E->getOpcode()));
  }
  bool VisitUnaryOperator(UnaryOperator *E) {
    return operates(E, UnaryOperator::getOverloadedOperator(E->getOpcode()));
  }

private:
  /// \p E may be a use of an overloaded operator.
  bool operates(const Expr *E, OverloadedOperatorKind K) {
    if (E->isTypeDependent() && K != OO_None)
      Found.Names.insert(Context.DeclarationNames.getCXXOperatorName(K));
    return true;
  }
  bool name(const NamedDecl *D) {
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(D))
      D = Template->getTemplatedDecl();
    if (const auto *F = dyn_cast<FunctionDecl>(D)) {
      if (const FunctionDecl *Pattern = F->getTemplateInstantiationPattern())
        F = Pattern;
      Found.Functions.insert(F->getCanonicalDecl());
    }
    return true;
  }
  bool overloads(OverloadExpr *E) {
    for (const NamedDecl *D : E->decls())
      name(D->getUnderlyingDecl());
    return true;
  }

  const ASTContext &Context;
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

/// `self(self, n - 1)`: how a generic lambda calls itself.
class SelfPassing : public RecursiveASTVisitor<SelfPassing> {
public:
  bool Found = false;
  bool VisitCallExpr(CallExpr *Call) {
    const auto *Called =
        dyn_cast<DeclRefExpr>(Call->getCallee()->IgnoreParenImpCasts());
    Found |= Called && llvm::any_of(Call->arguments(), [&](const Expr *A) {
               const auto *Passed =
                   dyn_cast<DeclRefExpr>(A->IgnoreParenImpCasts());
               return Passed && Passed->getDecl() == Called->getDecl();
             });
    return !Found;
  }
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
  Siting(const AsyncFunctions &Found, const ASTContext &Context)
      : All(Found.all().begin(), Found.all().end()), Context(Context),
        SM(Context.getSourceManager()) {
    for (AsyncFunction &F : All)
      ByDecl[F.Decl->getCanonicalDecl()] = &F;
  }

  AsyncFunctions run() {
    for (AsyncFunction &F : All)
      if (F.isTemplated() && !F.Erased && needsDeclaredType(F))
        F.Erased = true;
    llvm::SmallSetVector<const CXXRecordDecl *, 8> Classes;
    for (AsyncFunction &F : All)
      if (F.isMemberStruct())
        Classes.insert(outermost(classOf(F)));
    for (const CXXRecordDecl *Class : Classes)
      chooseIn(Class);
    return inOrder();
  }

private:
  /// The type of templated \p F would be asked for before it's known.
  bool needsDeclaredType(const AsyncFunction &F) {
    SelfPassing Passing;
    if (F.Lambda)
      Passing.TraverseStmt(F.Decl->getBody());
    return Passing.Found || callsBack(F) || isCalledBeforeItsBody(F);
  }

  /// It's a member template of a class that is none, where the bodies are
  /// compiled one after the other.
  bool isCalledBeforeItsBody(const AsyncFunction &F) {
    const CXXRecordDecl *Class = classOf(F);
    if (!Class || Class->isDependentContext())
      return false;
    CalleeFinder Finder(Context);
    Finder.Without.insert(F.Decl);
    Finder.TraverseDecl(const_cast<CXXRecordDecl *>(outermost(Class)));
    return Finder.Found.contain(F.Decl);
  }

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
    CalleeFinder Finder(Context);
    for (const AsyncFunction *F : Members)
      Finder.Without.insert(F->Decl);
    Finder.TraverseDecl(const_cast<CXXRecordDecl *>(Class));
    return llvm::any_of(Members, [&](const AsyncFunction *F) {
      return Finder.Found.contain(F->Decl);
    });
  }

  /// What \p F names; each body is read once.
  const Callees &calleesOf(const AsyncFunction &F) {
    auto [Known, IsNew] = CalleesOf.try_emplace(&F);
    if (IsNew) {
      CalleeFinder Finder(Context);
      Finder.TraverseStmt(F.Decl->getBody());
      Known->second = std::move(Finder.Found);
    }
    return Known->second;
  }

  AsyncFunction *concrete(const FunctionDecl *D) {
    AsyncFunction *F = ByDecl.lookup(D);
    return F && !F->Erased ? F : nullptr;
  }

  /// It calls another function that calls it, perhaps through others; a
  /// template may call itself.
  bool callsBack(const AsyncFunction &F) {
    llvm::SmallSetVector<const AsyncFunction *, 8> Reached;
    auto Add = [&](const AsyncFunction &From) {
      const Callees &Called = calleesOf(From);
      for (const AsyncFunction &Callee : All)
        if (!Callee.Erased && (&Callee != &From || F.isTemplated()) &&
            Called.contain(Callee.Decl))
          Reached.insert(&Callee);
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
      return bodyRange(F.Decl).getEnd();
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
      for (const FunctionDecl *D : calleesOf(F).Functions)
        if (AsyncFunction *Callee = concrete(D);
            Callee && definedAt(*Callee) == definedAt(F))
          add(*Callee);
    Done.push_back(&F);
  }

  std::vector<AsyncFunction> All;
  const ASTContext &Context;
  const SourceManager &SM;
  llvm::DenseMap<const FunctionDecl *, AsyncFunction *> ByDecl;
  std::map<const AsyncFunction *, Callees> CalleesOf;
  llvm::SmallPtrSet<const AsyncFunction *, 16> Begun;
  std::vector<AsyncFunction *> Done;
};

} // namespace

AsyncFunctions sited(const AsyncFunctions &Found, ASTContext &Context) {
  return Siting(Found, Context).run();
}

} // namespace coroexpand
