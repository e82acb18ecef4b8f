#include "Lower/Temporaries.h"
#include "Lower/Declarations.h"
#include "Lower/Describe.h"
#include "Lower/EvaluationOrder.h"
#include "Lower/Expressions.h"
#include "Lower/Spill.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {

std::string nameFor(const Context &C, const Expr *E,
                    llvm::StringRef Otherwise) {
  std::string Word = wordFor(E);
  if (Word.empty() || isReserved(Word))
    return Otherwise.str();
  if (!C.UsedNames.contains(Word))
    return Word;
  // The word is needed for what it names in the body.
  bool Called = isa<CallExpr>(asWritten(E)->IgnoreUnlessSpelledInSource());
  return Word + (Called ? "_call" : "_object");
}

bool makesItsType(const Context &C, const Expr *E, QualType T) {
  const Expr *Written = E->IgnoreUnlessSpelledInSource();
  return !T.isConstQualified() && !T->isArrayType() && Written->isPRValue() &&
         !isa<InitListExpr>(Written) && !C.TypeOf.isOwnCall(E) &&
         C.Ast.hasSameType(Written->getType(), T);
}

ir::VarId temporary(Context &C, std::string Name, QualType T, const Expr *E,
                    Made From, ir::FullExpr &Into) {
  ir::VarId Id = C.variable(std::move(Name), ir::Variable::Role::Temporary,
                            at(E->getBeginLoc()));
  describeDeduced(C, C.var(Id), T, E, From.Value);
  ir::Declarator::Style Init = From.SpellsType
                                   ? ir::Declarator::Style::Spelled
                                   : initStyle(C, E, T, C.var(Id), From.Value);
  Into.Temporaries.push_back({Id, Init, std::move(From.Value)});
  Into.Temporaries.back().Deduced = makesItsType(C, E, T);
  nameByMaker(C, E, "", Into.Temporaries.back());
  return Id;
}

ir::VarId temporaryReference(Context &C, std::string Name, const Expr *E,
                             ir::Text Value, ir::FullExpr &Into) {
  ir::VarId Id = C.variable(std::move(Name), ir::Variable::Role::Temporary,
                            at(E->getBeginLoc()));
  QualType T = C.Ast.getLValueReferenceType(E->getType());
  describeDeduced(C, C.var(Id), T, E, Value);
  Into.Temporaries.push_back(
      {Id, ir::Declarator::Style::Copy, std::move(Value)});
  return Id;
}

ir::Declarator::Style initStyle(Context &C, const Expr *E, QualType T,
                                const ir::Variable &V, ir::Text &Value) {
  using Style = ir::Declarator::Style;
  const Expr *Bare = asWritten(E);
  bool SpellsType = isa<CXXTemporaryObjectExpr, CXXFunctionalCastExpr>(Bare);
  if (SpellsType && C.Ast.hasSameUnqualifiedType(Bare->getType(), T))
    return Style::Spelled;
  const auto *Construct = dyn_cast<CXXConstructExpr>(Bare);
  if (!isa<InitListExpr>(Bare) &&
      !(Construct && Construct->isListInitialization()))
    return Style::Copy;
  Value = ir::Text(V.TypeId).append(Value);
  return Style::Spelled;
}

ir::Text spilledText(Context &C, const Expr *E, ir::FullExpr &Into) {
  Spill Steps(C, Into);
  Steps.steps(E);
  return Steps.text(E);
}

namespace {

/// \p T is an output or a parameter's type of an async function, which has been
/// refused if the type has no name.
ir::Text typeName(Context &C, QualType T) {
  return C.Spelling.typeId(T).value_or(ir::Text());
}

} // namespace

/// A call of a lowered function whose by-value arguments have to outlive it
/// constructs the future straight from them, as its factory would:
///
///   f(T{1}, n)      t = T{1}; f_future(std::move(t), n)
Made calledText(Context &C, const Expr *E, ir::FullExpr &Into) {
  const AsyncFunction *Callee = C.TypeOf.concreteCall(E);
  if (!Callee)
    return {spilledText(C, E, Into)};
  const auto *Call = cast<CallExpr>(asWritten(E));
  auto ByValue = [&](unsigned I) {
    QualType T = Callee->Decl->getParamDecl(I)->getType();
    return !T->isReferenceType() && T->isRecordType();
  };
  // The struct has no place for a number that nobody can name.
  auto Dropped = [&](unsigned I) {
    const ParmVarDecl *P = Callee->Decl->getParamDecl(I);
    return P->getName().empty() && !C.TypeOf.needsDestroy(P->getType());
  };
  Spill Steps(C, Into);
  llvm::SmallVector<bool, 4> Kept(Call->getNumArgs());
  for (unsigned I = 0; I < Call->getNumArgs(); ++I) {
    QualType T = Callee->Decl->getParamDecl(I)->getType();
    Kept[I] = ByValue(I) && !C.TypeOf.isQuiet(T);
    bool OnlyEvaluated = Dropped(I) && !isInert(Call->getArg(I), C.Ast);
    if (Kept[I] || OnlyEvaluated)
      Steps.addArgument(Call->getArg(I));
  }
  Steps.steps(Call);
  if (!llvm::is_contained(Kept, true))
    return {Steps.text(E)};
  bool Boxed = C.TypeOf.isOwnCall(E);
  std::string Name = C.TypeOf.concreteName(*Callee);
  ir::Text Result;
  if (Boxed)
    Result.append(typeName(C, E->getType()))
        .append("(")
        .append(ir::LibraryName::InPlaceType)
        .append("<" + Name + ">");
  else
    Result.append(Name + "(");
  bool First = true;
  for (unsigned I = 0; I < Call->getNumArgs(); ++I) {
    const ParmVarDecl *P = Callee->Decl->getParamDecl(I);
    ir::Text Text = Steps.text(Call->getArg(I));
    if (ByValue(I) && !Kept[I])
      Text = typeName(C, P->getType().getUnqualifiedType())
                 .append("(")
                 .append(Text)
                 .append(")");
    if (Dropped(I))
      continue;
    Result.append(First && !Boxed ? "" : ", ").append(Text);
    First = false;
  }
  return {Result.append(")"), /*SpellsType=*/true};
}

} // namespace coroexpand
