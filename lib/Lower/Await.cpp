#include "Lower/Await.h"
#include "Lower/Describe.h"
#include "Lower/Expressions.h"
#include "Source/Runtime.h"
#include "Source/Walk.h"

using namespace clang;

namespace coroexpand {
namespace {

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

/// The output type of a future of class \p Class.
QualType outputOf(const CXXRecordDecl *Class, const ASTContext &Ast) {
  if (Class && Class->hasDefinition())
    for (const NamedDecl *D : Class->lookup(&Ast.Idents.get("output_type")))
      if (const auto *Type = dyn_cast<TypeDecl>(D))
        return Ast.getTypeDeclType(Type).getCanonicalType();
  return {};
}

/// The same of the future at \p Place.
ir::Text outputOf(const ir::Text &Place) {
  ir::Text Object;
  for (const ir::Piece &P : Place)
    if (P.K != ir::Piece::Kind::Member)
      Object.append(P);
  return ir::Text(ir::LibraryName::OutputOf)
      .append("<decltype(")
      .append(Object)
      .append(")>");
}

/// What a join of \p Slots gives.
ir::Text outputsOf(const ir::Await &Join) {
  ir::Text Result = ir::Text("decltype(")
                        .append(ir::use(Join.States, /*Postfix=*/true))
                        .append(".take_outputs");
  for (ir::VarId Slot : Join.Slots)
    Result.append(Slot == Join.Slots.front() ? "(" : ", ")
        .append(ir::use(Slot));
  return Result.append("))");
}

} // namespace

ir::Text Steps::textAfterSteps(const Expr *E) {
  before(E, /*WaitBehind=*/true);
  return text(E);
}

/// coro::as_pollable(x), for an object \p Id that only has the standard
/// awaiter's interface.
ir::Text Steps::adaptedPlace(const Expr *Operand, ir::VarId Id) {
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
  make({Adaptor, ir::Declarator::Style::Copy,
        LValue ? Object : ir::moved(Object)},
       at(Operand->getBeginLoc()));
  return placeOf(Adaptor);
}

/// What only an instantiation knows how to wait for:
///
///   f_call = coro::awaited<decltype((f(key)))>{f(key)}
ir::Text Steps::dependentPlace(const Expr *Operand) {
  ir::Text Value = textAfterSteps(Operand);
  ir::VarId Id =
      C.variable(nameFor(C, Operand, "awaited"), ir::Variable::Role::Temporary,
                 at(Operand->getBeginLoc()));
  describeAwaited(C, C.var(Id), textForType(Operand, Value));
  makeHolder(Id, Operand, std::move(Value));
  return placeOf(Id);
}

/// co_await fut           place: fut                    (polled in place)
/// co_await f(a)          f_call = f(a); place: f_call
/// co_await *next()       next_call = &*next(); place: *next_call
/// co_await other_lib(a)  other_lib_call = other_lib(a);
///                        other_lib_call_adaptor = coro::as_pollable(..)
ir::Text Steps::awaitPlace(const Expr *Operand) {
  if (Operand->isTypeDependent())
    return dependentPlace(Operand);
  bool Pollable = isPollable(Operand->getType()->getAsCXXRecordDecl(), C.Ast);
  if (const DeclRefExpr *Named = namedVariable(Operand);
      Named && Pollable && Operand->isGLValue()) {
    if (std::optional<ir::VarId> Id = C.find(Named->getDecl()))
      return placeOf(*Id);
    return C.Source.slice(Named->getSourceRange()).append(".");
  }
  std::string Name = nameFor(C, Operand, "awaited");
  ir::VarId Id;
  if (Operand->isGLValue()) {
    ir::Text Value = textAfterSteps(Operand);
    Id = reference(std::move(Name), Operand, std::move(Value));
  } else {
    Made Future = called(Operand);
    Id = temporary(std::move(Name), Operand->getType(), Operand,
                   std::move(Future));
  }
  return Pollable ? placeOf(Id) : adaptedPlace(Operand, Id);
}

/// co_yield e    return state.suspend(yielded, [&] { return e; }); yielded:
void Steps::yield(const Expr *E) {
  auto Step = std::make_unique<ir::Wait>(at(keywordOf(E)));
  const Expr *Operand = awaitedOperand(E);
  // Of a number nobody can tell how long it lives.
  if (const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(Operand);
      Temp && Temp->getType()->isScalarType() && !C.waits(Operand))
    Operand = Temp->getSubExpr();
  // What only an instantiation knows may be bound to a reference.
  if (Operand->isTypeDependent() && Operand->isPRValue()) {
    Arguments.insert(Operand);
    forgetAnswers();
  }
  ir::Text Value = textAfterSteps(Operand);
  if (isa<InitListExpr>(asWritten(Operand)->IgnoreImplicit()) &&
      !isDone(Operand))
    Value = C.Spelling.typeId(C.F.Output).value_or(ir::Text()).append(Value);
  Step->A.K = ir::Await::Kind::Yield;
  Step->A.Operands.push_back(std::move(Value));
  Step->A.Discardable = true; // It's void.
  ++C.Body.NumYields;
  Step->A.Id = ++C.Body.NumAwaits;
  append(std::move(Step));
  replace(E, ir::Text().append(ir::awaitedValue()));
}

void Steps::await(const Expr *E) {
  auto Step = std::make_unique<ir::Wait>(at(keywordOf(E)));
  ir::Await &A = Step->A;
  const Expr *Operand = asWritten(awaitedOperand(E));
  A.Wish = wordFor(Operand);
  const auto *Call = dyn_cast<CallExpr>(Operand);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (runtimeFunction(Callee) == RuntimeFunction::Join) {
    A.K = ir::Await::Kind::Join;
    A.Wish = "join";
    joinPlaces(Call, A);
  } else {
    if (runtimeClass(Operand->getType()) == RuntimeClass::JoinFuture)
      A.K = ir::Await::Kind::JoinObject;
    A.Operands.push_back(awaitPlace(Operand));
  }
  C.AwaitedType =
      E->isTypeDependent()
          ? outputOf(Operand->getType()->getAsCXXRecordDecl(), C.Ast)
          : E->getType();
  C.AwaitedOutput =
      A.Slots.empty() ? outputOf(A.Operands.front()) : outputsOf(A);
  QualType Output = C.AwaitedType;
  A.Discardable = !Output.isNull() && (Output->isVoidType() ||
                                       Output.isTriviallyCopyableType(C.Ast));
  A.Id = ++C.Body.NumAwaits; // Behind those of its operand.
  append(std::move(Step));
  replace(E, ir::Text().append(ir::awaitedValue()));
}

bool extendsMore(const Stmt *S, const VarDecl *D) {
  const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(S);
  bool Found =
      Temp && Temp->getExtendingDecl() == D && Temp != boundTemporary(D);
  forEachChild(
      S, [&](const Stmt *Child) { Found = Found || extendsMore(Child, D); });
  return Found;
}

namespace {

bool extendsInFrame(const Context &C, const VarDecl *D) {
  return C.WaitsBehind && D->getInit() && extendsMore(D->getInit(), D);
}

} // namespace

bool needsSteps(const Context &C, const VarDecl *D) {
  return C.waits(D->getInit()) || extendsInFrame(C, D);
}

std::unique_ptr<Steps> stepsOf(Context &C, const VarDecl *D) {
  if (!needsSteps(C, D))
    return nullptr;
  auto Before = std::make_unique<Steps>(C, D->getInit());
  Before->before(D->getInit(), /*WaitBehind=*/extendsInFrame(C, D));
  return Before;
}

std::unique_ptr<Steps> stepsOf(Context &C, const Expr *E) {
  if (!C.waits(E))
    return nullptr;
  auto Before = std::make_unique<Steps>(C, E);
  Before->before(E, /*WaitBehind=*/false);
  return Before;
}

std::vector<ir::StmtPtr> takeSteps(const std::unique_ptr<Steps> &Before) {
  return Before ? Before->take() : std::vector<ir::StmtPtr>();
}

void appendConsumer(ir::StmtPtr Consumer, std::vector<ir::StmtPtr> Before,
                    ir::Scope &Into) {
  if (Before.empty()) {
    Into.Body.push_back(std::move(Consumer));
    return;
  }
  auto Full = std::make_unique<ir::FullExpr>(Consumer->Where);
  Full->Steps = std::move(Before);
  Full->Consumer = std::move(Consumer);
  Into.Body.push_back(std::move(Full));
}

} // namespace coroexpand
