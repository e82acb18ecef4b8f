#include "Lower/Temporaries.h"
#include "Lower/Declarations.h"
#include "Lower/Describe.h"
#include "Lower/Enclosing.h"
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
         !isa<InitListExpr>(Written) && !C.TypeOf.isBoxedCall(E) &&
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

/// The object of a call: `session`, `*session_pointer`, `self`.
ir::Text calledObjectText(Context &C, const Expr *Object, const Spill &Steps) {
  if (isa<CXXThisExpr>(Object->IgnoreImpCasts()))
    return objectText(C);
  ir::Text Text = Steps.text(Object);
  if (!Object->getType()->isPointerType())
    return Text;
  bool Simple = isa<DeclRefExpr, MemberExpr, CallExpr>(
      Object->IgnoreUnlessSpelledInSource());
  return ir::Text(Simple ? "*" : "*(").append(Text).append(Simple ? "" : ")");
}

} // namespace

/// A call of a lowered function whose by-value arguments have to outlive it
/// constructs the future straight from them, as its factory would:
///
///   f(T{1}, n)      t = T{1}; f_future(std::move(t), n)
///   s.f(T{1}, n)    t = T{1}; session::f_future(s, std::move(t), n)
Made calledText(Context &C, const Expr *E, ir::FullExpr &Into) {
  const AsyncFunction *Callee = C.TypeOf.concreteCall(E);
  if (!Callee || Callee->Lambda) // The struct of a lambda has no name here.
    return {spilledText(C, E, Into)};
  const auto *Call = cast<CallExpr>(asWritten(E));
  llvm::ArrayRef<const Expr *> Arguments = calledArguments(Call);
  auto Parameter = [&](unsigned I) { return Callee->Decl->getParamDecl(I); };
  auto ByValue = [&](unsigned I) {
    QualType T = Parameter(I)->getType();
    return !T->isReferenceType() && T->isRecordType();
  };
  // The struct has no place for a number that nobody can name.
  auto Dropped = [&](unsigned I) {
    const ParmVarDecl *P = Parameter(I);
    return P->getName().empty() && !C.TypeOf.needsDestroy(P->getType());
  };
  Spill Steps(C, Into);
  llvm::SmallVector<bool, 4> Kept(Arguments.size());
  for (unsigned I = 0; I < Arguments.size(); ++I) {
    Kept[I] = ByValue(I) && !C.TypeOf.isQuiet(Parameter(I)->getType());
    bool OnlyEvaluated = Dropped(I) && !isInert(Arguments[I], C.Ast);
    if (Kept[I] || OnlyEvaluated)
      Steps.addArgument(Arguments[I]);
  }
  Steps.steps(Call);
  if (!llvm::is_contained(Kept, true))
    return {Steps.text(E)};
  bool Boxed = C.TypeOf.isBoxedCall(E);
  std::string Name = C.TypeOf.concreteName(*Callee);
  ir::Text Result;
  if (Boxed)
    Result.append(typeName(C, E->getType()))
        .append("(")
        .append(ir::LibraryName::InPlaceType)
        .append("<" + Name + ">");
  else
    Result.append(Name + "(");
  bool First = !Boxed;
  auto Append = [&](const ir::Text &Argument) {
    Result.append(First ? "" : ", ").append(Argument);
    First = false;
  };
  const Expr *Object = calledObject(Call);
  if (!Callee->Object.isNull())
    Append(calledObjectText(C, Object, Steps));
  else if (!isInert(Object ? Object : Call->getCallee()->IgnoreImpCasts(),
                    C.Ast))
    C.Diags.report(Call->getBeginLoc(), Diag::operand_order);
  for (unsigned I = 0; I < Arguments.size(); ++I) {
    ir::Text Text = Steps.text(Arguments[I]);
    if (ByValue(I) && !Kept[I])
      Text = typeName(C, Parameter(I)->getType().getUnqualifiedType())
                 .append("(")
                 .append(Text)
                 .append(")");
    if (!Dropped(I))
      Append(Text);
  }
  return {Result.append(")"), /*SpellsType=*/true};
}

} // namespace coroexpand
