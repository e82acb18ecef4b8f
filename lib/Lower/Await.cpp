#include "Lower/Await.h"
#include "Lower/Describe.h"
#include "Lower/EvaluationOrder.h"
#include "Lower/Expressions.h"
#include "Lower/Temporaries.h"
#include "Source/Runtime.h"
#include "Source/Walk.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {
namespace {

/// \p E has one await and waits first: nothing that could tell is evaluated
/// before its await. Returns what is in the way otherwise.
std::optional<Diag> beforeAwait(const Expr *E, const AsyncFunction &F,
                                const ASTContext &Ast) {
  if (isAwait(E))
    return std::nullopt;
  auto Leads = [&](const Expr *Part) { return F.waits(Part); };
  std::optional<Operands> Parts = operandsInOrder(E);
  if (!Parts)
    return Diag::await_not_first;
  if (llvm::any_of(Parts->Conditional, Leads))
    return Diag::await_conditional;
  for (const Expr *Part : Parts->Always) {
    if (Leads(Part))
      return beforeAwait(Part, F, Ast);
    if (!isInert(Part, Ast))
      return Diag::await_not_first;
  }
  return Diag::await_not_first;
}

bool isPollable(const CXXRecordDecl *Class, const ASTContext &Ast) {
  return Class && Class->hasDefinition() &&
         Class->hasMemberName(&Ast.Idents.get("poll")) &&
         Class->hasMemberName(&Ast.Idents.get("output_type"));
}

/// A name and the dot behind it.
ir::Text placeOf(ir::VarId Id) {
  return ir::Text()
      .append(ir::use(Id, /*Postfix=*/true))
      .append(ir::member(Id));
}

/// coro::as_pollable(x), for an object \p Id that only has the standard
/// awaiter's interface.
ir::Text adaptedPlace(Context &C, const Expr *Operand, ir::VarId Id,
                      ir::FullExpr &Into) {
  ir::VarId Adaptor =
      C.variable(C.var(Id).Name + "_adaptor", ir::Variable::Role::Temporary,
                 at(Operand->getBeginLoc()));
  bool LValue = Operand->isLValue();
  ir::Text Object = ir::Text().append(ir::use(Id));
  ir::Variable Awaitable; // The adaptor's template argument.
  describeDeduced(C, Awaitable, Operand->getType(), Operand,
                  C.Source.slice(Operand->getSourceRange()));
  ir::Variable &V = C.var(Adaptor);
  declareBy(V, ir::Text(ir::LibraryName::AwaitableAdaptor)
                   .append("<")
                   .append(Awaitable.TypeId)
                   .append(LValue ? "&>" : ">"));
  V.NeedsDestroy = true;
  V.DestroyMayThrow = !LValue && C.var(Id).DestroyMayThrow;
  Into.Temporaries.push_back({Adaptor, ir::Declarator::Style::Copy,
                              LValue ? Object : ir::moved(Object)});
  return placeOf(Adaptor);
}

/// co_await fut           place: fut                    (polled in place)
/// co_await f(a)          f_call = f(a); place: f_call
/// co_await *next()       next_call = &*next(); place: *next_call
/// co_await other_lib(a)  other_lib_call = other_lib(a);
///                        other_lib_call_adaptor = coro::as_pollable(..)
ir::Text awaitPlace(Context &C, const Expr *Operand, ir::FullExpr &Into) {
  bool Pollable = isPollable(Operand->getType()->getAsCXXRecordDecl(), C.Ast);
  if (const DeclRefExpr *Named = namedVariable(Operand);
      Named && Pollable && Operand->isGLValue()) {
    if (std::optional<ir::VarId> Id = C.find(Named->getDecl()))
      return placeOf(*Id);
    return C.Source.slice(Named->getSourceRange()).append(".");
  }
  std::string Name = nameFor(C, Operand, "awaited");
  ir::VarId Id;
  if (Operand->isGLValue())
    Id = temporaryReference(C, std::move(Name), Operand,
                            spilledText(C, Operand, Into), Into);
  else
    Id = temporary(C, std::move(Name), Operand->getType(), Operand,
                   calledText(C, Operand, Into), Into);
  return Pollable ? placeOf(Id) : adaptedPlace(C, Operand, Id, Into);
}

} // namespace

std::unique_ptr<ir::FullExpr> awaitSteps(Context &C, const Expr *Root,
                                         Holes &Value) {
  if (!C.waits(Root))
    return nullptr;
  auto Steps = std::make_unique<ir::FullExpr>(at(Root->getBeginLoc()));
  auto Awaits = awaitsIn(Root);
  const Expr *Await = Awaits.front();
  Steps->A.Id = ++C.Body.NumAwaits;
  const Expr *Operand = asWritten(awaitedOperand(Await));
  Steps->A.Wish = wordFor(Operand);
  unsigned ErrorsBefore = C.Diags.count();
  if (Awaits.size() > 1)
    C.Diags.report(keywordOf(Awaits[1]), Diag::await_several);
  else if (std::optional<Diag> D = beforeAwait(Root, C.F, C.Ast))
    C.Diags.report(keywordOf(Await), *D);
  if (C.Diags.count() > ErrorsBefore)
    return Steps;
  const auto *Call = dyn_cast<CallExpr>(Operand);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (runtimeFunction(Callee) == RuntimeFunction::Join) {
    Steps->A.K = ir::Await::Kind::Join;
    Steps->A.Wish = "join";
    joinPlaces(C, Call, *Steps);
  } else {
    if (runtimeClass(Operand->getType()) == RuntimeClass::JoinFuture)
      Steps->A.K = ir::Await::Kind::JoinObject;
    Steps->A.Operands.push_back(awaitPlace(C, Operand, *Steps));
  }
  QualType Output = Await->getType();
  Steps->A.Discardable =
      Output->isVoidType() || Output.isTriviallyCopyableType(C.Ast);
  Value.push_back(
      {Await->getSourceRange(), ir::Text().append(ir::awaitedValue())});
  return Steps;
}

void appendDeclare(std::unique_ptr<ir::Declare> D,
                   std::unique_ptr<ir::FullExpr> Steps, ir::Scope &Into) {
  if (!Steps) {
    Into.Body.push_back(std::move(D));
    return;
  }
  Steps->Consumer = std::move(D);
  Into.Body.push_back(std::move(Steps));
}

} // namespace coroexpand
