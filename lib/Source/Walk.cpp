#include "Source/Walk.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {

void forEachChild(const Stmt *S, llvm::function_ref<void(const Stmt *)> Visit) {
  auto VisitIfAny = [&](const Stmt *Child) {
    // (a, b) of a template is the one expression that has no type.
    if (const auto *List = dyn_cast_or_null<ParenListExpr>(Child))
      llvm::for_each(List->children(), Visit);
    else if (Child)
      Visit(Child);
  };
  if (isAwait(S))
    return VisitIfAny(awaitedOperand(cast<Expr>(S)));
  if (const auto *Return = dyn_cast<CoreturnStmt>(S))
    return VisitIfAny(Return->getOperand());
  if (const auto *Body = dyn_cast<CoroutineBodyStmt>(S))
    return VisitIfAny(Body->getBody());
  if (const auto *For = dyn_cast<CXXForRangeStmt>(S)) {
    VisitIfAny(For->getInit());
    VisitIfAny(For->getRangeInit());
    return VisitIfAny(For->getBody());
  }
  if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
    for (const Expr *Init : Lambda->capture_inits())
      VisitIfAny(Init);
    return;
  }
  if (const auto *Opaque = dyn_cast<OpaqueValueExpr>(S))
    return VisitIfAny(Opaque->getSourceExpr());
  if (const auto *List = dyn_cast<InitListExpr>(S))
    if (const InitListExpr *Semantic = List->getSemanticForm())
      S = Semantic;
  for (const Stmt *Child : S->children())
    VisitIfAny(Child);
}

bool contains(const Stmt *Whole, const Stmt *Part) {
  bool Found = Whole == Part;
  forEachChild(Whole, [&](const Stmt *Child) {
    Found = Found || contains(Child, Part);
  });
  return Found;
}

void forEachLocalDecl(const Stmt *S,
                      llvm::function_ref<void(const Decl *)> Visit) {
  if (const auto *Declared = dyn_cast<DeclStmt>(S))
    for (const Decl *D : Declared->decls())
      Visit(D);
  forEachChild(S, [&](const Stmt *Child) { forEachLocalDecl(Child, Visit); });
}

namespace {

class PartFinder : public RecursiveASTVisitor<PartFinder> {
public:
  explicit PartFinder(llvm::function_ref<bool(const TagDecl *)> IsWanted)
      : IsWanted(IsWanted) {}
  bool Found = false;

  bool VisitTagType(TagType *T) {
    Found |= IsWanted(T->getDecl());
    if (const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(T->getDecl()))
      for (const TemplateArgument &A : S->getTemplateArgs().asArray())
        TraverseTemplateArgument(A);
    return !Found;
  }

private:
  llvm::function_ref<bool(const TagDecl *)> IsWanted;
};

} // namespace

bool anyPart(QualType T, llvm::function_ref<bool(const TagDecl *)> IsWanted) {
  PartFinder Finder(IsWanted);
  Finder.TraverseType(T);
  return Finder.Found;
}

bool isAwait(const Stmt *S) {
  return isa_and_nonnull<CoroutineSuspendExpr, DependentCoawaitExpr>(S);
}

const Expr *awaitedOperand(const Expr *Await) {
  if (const auto *InTemplate = dyn_cast<DependentCoawaitExpr>(Await))
    return InTemplate->getOperand();
  const Expr *Operand = cast<CoroutineSuspendExpr>(Await)->getOperand();
  if (!isa<CoyieldExpr>(Await))
    return Operand;
  // Clang has built `promise.yield_value(e)` of it.
  if (const auto *Unary = dyn_cast<UnaryOperator>(Operand))
    Operand = Unary->getSubExpr(); // In a template, a co_await around it.
  const auto *Call = dyn_cast<CallExpr>(Operand->IgnoreImplicit());
  return Call && Call->getNumArgs() == 1 ? Call->getArg(0) : Operand;
}

SourceLocation keywordOf(const Expr *Await) {
  if (const auto *InTemplate = dyn_cast<DependentCoawaitExpr>(Await))
    return InTemplate->getKeywordLoc();
  return cast<CoroutineSuspendExpr>(Await)->getKeywordLoc();
}

namespace {

void collect(const Stmt *S, llvm::SmallVectorImpl<const Expr *> &Awaits) {
  if (isAwait(S))
    Awaits.push_back(cast<Expr>(S));
  forEachChild(S, [&](const Stmt *Child) { collect(Child, Awaits); });
}

} // namespace

llvm::SmallVector<const Expr *, 2> awaitsIn(const Stmt *S) {
  llvm::SmallVector<const Expr *, 2> Awaits;
  if (S)
    collect(S, Awaits);
  return Awaits;
}

bool WaitMemo::contains(const Stmt *S) {
  if (!S || isAwait(S))
    return S;
  if (auto Found = Known.find(S); Found != Known.end())
    return Found->second;
  bool Waits = false;
  forEachChild(S, [&](const Stmt *Child) { Waits = Waits || contains(Child); });
  return Known[S] = Waits;
}

} // namespace coroexpand
