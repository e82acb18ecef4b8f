#include "Lower/Builder.h"
#include "Lower/Spill.h"
#include "Source/Walk.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {
namespace {

/// \p E has one await and waits first: nothing that could tell is evaluated
/// before its await. Returns what is in the way otherwise.
std::optional<Diag> beforeAwait(const Expr *E, const AsyncFunction &F,
                                const ASTContext &Context) {
  if (isa<CoawaitExpr>(E))
    return std::nullopt;
  auto Leads = [&](const Expr *Part) { return F.waits(Part); };
  std::optional<Operands> Parts = operandsInOrder(E);
  if (!Parts)
    return Diag::await_not_first;
  if (llvm::any_of(Parts->Conditional, Leads))
    return Diag::await_conditional;
  for (const Expr *Part : Parts->Always) {
    if (Leads(Part))
      return beforeAwait(Part, F, Context);
    if (!isInert(Part, Context))
      return Diag::await_not_first;
  }
  return Diag::await_not_first;
}

bool isPollable(const CXXRecordDecl *Class, const ASTContext &Context) {
  return Class && Class->hasDefinition() &&
         Class->hasMemberName(&Context.Idents.get("poll")) &&
         Class->hasMemberName(&Context.Idents.get("output_type"));
}

bool isNamed(const CXXRecordDecl *Class, llvm::StringRef Name) {
  return Class && Class->getQualifiedNameAsString() == Name;
}

bool spellsItsType(const Expr *E) {
  return isa<CXXTemporaryObjectExpr, CXXFunctionalCastExpr>(E);
}

} // namespace

bool namesVariable(const Expr *E) {
  E = asWritten(E);
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return Call->isCallToStdMove() && namesVariable(Call->getArg(0));
  return isa<DeclRefExpr>(E) &&
         isa<VarDecl, BindingDecl>(cast<DeclRefExpr>(E)->getDecl());
}

const Expr *namedVariable(const Expr *E) {
  E = asWritten(E);
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return namedVariable(Call->getArg(0));
  return E;
}

std::unique_ptr<ir::FullExpr> Builder::awaitSteps(const Expr *Root,
                                                  Holes &Value) {
  auto Steps = std::make_unique<ir::FullExpr>(at(Root->getBeginLoc()));
  auto Awaits = awaitsIn(Root);
  const CoawaitExpr *Await = Awaits.front();
  Steps->A.Id = ++Result.NumAwaits;
  unsigned ErrorsBefore = Diags.count();
  if (Awaits.size() > 1)
    Diags.report(Awaits[1]->getKeywordLoc(), Diag::await_several);
  else if (std::optional<Diag> D = beforeAwait(Root, F, Context))
    Diags.report(Await->getKeywordLoc(), *D);
  if (Diags.count() > ErrorsBefore)
    return Steps;
  const Expr *Operand = asWritten(Await->getOperand());
  const auto *Call = dyn_cast<CallExpr>(Operand);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (Callee && Callee->getQualifiedNameAsString() == "coro::join") {
    Steps->A.K = ir::Await::Kind::Join;
    joinPlaces(Call, *Steps);
  } else {
    if (isNamed(Operand->getType()->getAsCXXRecordDecl(), "coro::join_future"))
      Steps->A.K = ir::Await::Kind::JoinObject;
    Steps->A.Places.push_back(awaitPlace(Operand, *Steps));
  }
  QualType Output = Await->getType();
  Steps->A.Discardable =
      Output->isVoidType() || Output.isTriviallyCopyableType(Context);
  Value.push_back(
      {Await->getSourceRange(), ir::Text().append(ir::awaitedValue())});
  return Steps;
}

/// co_await fut           place: fut                    (polled in place)
/// co_await f(a)          awaited = f(a); place: awaited
/// co_await *next()       awaited = &*next(); place: *awaited
/// co_await other_lib(a)  awaitable = other_lib(a);
///                        awaited = coro::as_pollable(awaitable)
ir::Text Builder::awaitPlace(const Expr *Operand, ir::FullExpr &Into) {
  auto PlaceOf = [](ir::VarId Id) {
    return ir::Text().append(ir::use(Id, true)).append(ir::member(Id));
  };
  bool Pollable = isPollable(Operand->getType()->getAsCXXRecordDecl(), Context);
  ir::VarId Id;
  if (Operand->isGLValue()) {
    if (Pollable && namesVariable(Operand)) {
      const Expr *Named = namedVariable(Operand);
      const ValueDecl *D = cast<DeclRefExpr>(Named)->getDecl();
      if (Vars.contains(D))
        return PlaceOf(idOf(D));
      return Source.slice(Named->getSourceRange()).append(".");
    }
    Id = temporaryReference("awaited", Operand, spilledText(Operand, Into),
                            Into);
  } else {
    Id = temporary(Pollable ? "awaited" : "awaitable", Operand->getType(),
                   Operand, calledText(Operand, Into), Into);
  }
  if (Pollable)
    return PlaceOf(Id);
  ir::VarId Adaptor = variable("awaited", ir::Variable::Role::Temporary,
                               at(Operand->getBeginLoc()));
  bool LValue = Operand->isLValue();
  ir::Text Adapted;
  if (LValue)
    Adapted.append(ir::use(Id));
  else
    Adapted.append("\1std::move(").append(ir::use(Id)).append(")");
  ir::Variable Awaitable; // The adaptor's template argument.
  TypeOf.describeDeduced(Awaitable, Operand->getType(), Operand,
                         Source.slice(Operand->getSourceRange()));
  ir::Variable &V = var(Adaptor);
  V.TypeId = ir::Text("\1coro::awaitable_adaptor<")
                 .append(Awaitable.TypeId)
                 .append(LValue ? "&>" : ">");
  V.Declared = ir::Text(V.TypeId).append(" ").append(ir::declaredName());
  V.NeedsDestroy = true;
  V.DestroyMayThrow = !LValue && var(Id).DestroyMayThrow;
  Into.Temporaries.push_back(
      {Adaptor, ir::Declarator::Style::Copy, std::move(Adapted)});
  return PlaceOf(Adaptor);
}

ir::Text Builder::spilledText(const Expr *E, ir::FullExpr &Into) {
  Spill Steps(*this, Into);
  Steps.steps(E);
  return Steps.text(E);
}

/// A call of a lowered function whose by-value arguments have to outlive it
/// constructs the future straight from them, as its factory would:
///
///   f(T{1}, n)      argument = T{1}; f_future(std::move(argument), n)
ir::Text Builder::calledText(const Expr *E, ir::FullExpr &Into) {
  const AsyncFunction *Callee = TypeOf.concreteCall(E);
  if (!Callee)
    return spilledText(E, Into);
  const auto *Call = cast<CallExpr>(asWritten(E));
  auto ByValue = [&](unsigned I) {
    QualType T = Callee->Decl->getParamDecl(I)->getType();
    return !T->isReferenceType() && T->isRecordType();
  };
  Spill Steps(*this, Into);
  llvm::SmallVector<bool, 4> Kept(Call->getNumArgs());
  for (unsigned I = 0; I < Call->getNumArgs(); ++I) {
    QualType T = Callee->Decl->getParamDecl(I)->getType();
    Kept[I] = ByValue(I) && !TypeOf.isQuiet(T);
    if (Kept[I])
      Steps.addArgument(Call->getArg(I));
  }
  Steps.steps(Call);
  if (!llvm::is_contained(Kept, true))
    return Steps.text(E);
  bool Boxed = Callee->Decl == F.Decl;
  std::string Name = TypeOf.concreteName(*Callee);
  ir::Text Result(Boxed ? TypeOf.spell(E->getType()) +
                              "(\1std::in_place_type<" + Name + ">"
                        : Name + "(");
  for (unsigned I = 0; I < Call->getNumArgs(); ++I) {
    const ParmVarDecl *P = Callee->Decl->getParamDecl(I);
    ir::Text Text = Steps.text(Call->getArg(I));
    if (ByValue(I) && !Kept[I])
      Text = ir::Text(TypeOf.spell(P->getType().getUnqualifiedType()) + "(")
                 .append(Text)
                 .append(")");
    Result.append(I || Boxed ? ", " : "").append(Text);
  }
  return Result.append(")");
}

/// Appends a temporary of type \p T, made from \p E, which \p Value spells.
ir::VarId Builder::temporary(const char *Name, QualType T, const Expr *E,
                             ir::Text Value, ir::FullExpr &Into) {
  ir::VarId Id =
      variable(Name, ir::Variable::Role::Temporary, at(E->getBeginLoc()));
  TypeOf.describeDeduced(var(Id), T, E, Value);
  const AsyncFunction *Callee = TypeOf.concreteCall(E);
  bool Direct = Callee && llvm::any_of(Into.Temporaries, [&](auto &Earlier) {
                  return var(Earlier.Var).Name == "argument";
                });
  ir::Declarator::Style Init =
      Direct ? ir::Declarator::Style::Spelled : initStyle(E, T, Id, Value);
  Into.Temporaries.push_back({Id, Init, std::move(Value)});
  nameByMaker(E, "", Into.Temporaries.back());
  return Id;
}

ir::Declarator::Style Builder::initStyle(const Expr *E, QualType T,
                                         ir::VarId Id, ir::Text &Value) {
  using Style = ir::Declarator::Style;
  const Expr *Bare = asWritten(E);
  if (spellsItsType(Bare) && Context.hasSameUnqualifiedType(Bare->getType(), T))
    return Style::Spelled;
  const auto *Construct = dyn_cast<CXXConstructExpr>(Bare);
  if (!isa<InitListExpr>(Bare) &&
      !(Construct && Construct->isListInitialization()))
    return Style::Copy;
  Value = ir::Text(var(Id).TypeId).append(Value);
  return Style::Spelled;
}

/// Appends a reference to what glvalue \p E names.
ir::VarId Builder::temporaryReference(const char *Name, const Expr *E,
                                      ir::Text Value, ir::FullExpr &Into) {
  ir::VarId Id =
      variable(Name, ir::Variable::Role::Temporary, at(E->getBeginLoc()));
  QualType T = Context.getLValueReferenceType(E->getType());
  TypeOf.describeDeduced(var(Id), T, E, Value);
  Into.Temporaries.push_back(
      {Id, ir::Declarator::Style::Copy, std::move(Value)});
  return Id;
}

} // namespace coroexpand
