#include "Lower/LoopParts.h"
#include "Lower/Constructs.h"
#include "Lower/Jumps.h"

#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace clang;

namespace coroexpand {

std::unique_ptr<ir::Loop> newLoop(Context &C, ir::Loop::Kind K, ir::Loc Where) {
  return std::make_unique<ir::Loop>(Where, K, C.Body.NumLoops++);
}

std::unique_ptr<ir::Scope> loopBody(Context &C, const Stmt *S, ir::LoopId Id) {
  markContinues(C, S, Id);
  C.Loops.push_back(Id);
  C.Breakable.push_back(Id);
  std::unique_ptr<ir::Scope> Body = lowerBranch(C, S);
  C.Breakable.pop_back();
  C.Loops.pop_back();
  return Body;
}

void append(ir::Scope &To, ir::Scope &From) {
  for (ir::StmtPtr &Child : From.Body)
    To.Body.push_back(std::move(Child));
  To.LastComment = From.LastComment;
  To.FallsThrough = From.FallsThrough;
}

namespace {

/// The namespaces in which an operator for an operand of type \p T is looked
/// up, besides those around the place.
void associatedNamespaces(QualType T,
                          llvm::SmallPtrSetImpl<const DeclContext *> &Found) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class || !Found.insert(Class->getEnclosingNamespaceContext()).second)
    return;
  if (Class->hasDefinition())
    for (const CXXBaseSpecifier &Base : Class->bases())
      associatedNamespaces(Base.getType(), Found);
  if (const auto *S = dyn_cast<ClassTemplateSpecializationDecl>(Class))
    for (const TemplateArgument &A : S->getTemplateArgs().asArray())
      if (A.getKind() == TemplateArgument::Type)
        associatedNamespaces(A.getAsType(), Found);
}

/// `!x` asks what `while (x)` asks: no operator! may say something else.
bool negatesItsTruth(const Context &C, const VarDecl *D) {
  QualType T = D->getType().getNonReferenceType();
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class)
    return true;
  DeclarationName Not = C.Ast.DeclarationNames.getCXXOperatorName(OO_Exclaim);
  llvm::SmallPtrSet<const DeclContext *, 8> Homes;
  associatedNamespaces(T, Homes);
  for (const DeclContext *Around = C.F.Decl->getDeclContext(); Around;
       Around = Around->getParent())
    Homes.insert(Around);
  bool Declared = llvm::any_of(Homes, [&](const DeclContext *Home) {
    return !Home->lookup(Not).empty();
  });
  auto Declares = [&](const CXXRecordDecl *R) {
    return !R->lookup(Not).empty();
  };
  return !Declared && !Declares(Class) &&
         Class->forallBases(
             [&](const CXXRecordDecl *Base) { return !Declares(Base); });
}

/// `if (!cond) break;`
void breakUnless(const ir::Text &Cond, bool Simple, ir::Loop &L,
                 ir::Scope &Into) {
  auto Exit = std::make_unique<ir::Opaque>(L.Where);
  if (Simple)
    Exit->T.append("if (!").append(Cond).append(") break;");
  else
    Exit->T.append("if (!static_cast<bool>(").append(Cond).append(")) break;");
  Exit->Jumps.push_back({ir::Jump::Kind::Break, L.Id});
  Into.Body.push_back(std::move(Exit));
}

} // namespace

void frontCondition(Context &C, const VarDecl *D, const Expr *Cond, ir::Loop &L,
                    ir::Scope &Front) {
  if (!D)
    return breakUnless(condition(C, Cond, Front), /*Simple=*/true, L, Front);
  lowerConditionVariable(C, D, Front);
  breakUnless(ir::Text().append(ir::use(C.idOf(D))), negatesItsTruth(C, D), L,
              Front);
}

} // namespace coroexpand
