#include "Lower/Enclosing.h"
#include "Lower/EvaluationOrder.h"
#include "Lower/Expressions.h"
#include "Lower/Steps.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {
namespace {

/// \p T is an output or a parameter's type of an async function, which has been
/// refused if the type has no name.
ir::Text typeName(const Context &C, QualType T) {
  return C.Spelling.typeId(T).value_or(ir::Text());
}

/// What the call of a lowered function passes for its parameters.
class LoweredCall {
public:
  LoweredCall(const Context &C, const AsyncFunction &Callee,
              const CallExpr *Call)
      : C(C), Callee(Callee), Arguments(calledArguments(Call)) {}

  unsigned count() const { return Arguments.size(); }
  const Expr *argument(unsigned I) const { return Arguments[I]; }
  QualType type(unsigned I) const {
    return Callee.Decl->getParamDecl(I)->getType();
  }

  bool isByValue(unsigned I) const {
    return !type(I)->isReferenceType() && type(I)->isRecordType();
  }
  /// It has to live until the full-expression ends.
  bool isKept(unsigned I) const {
    return isByValue(I) && !C.TypeOf.isQuiet(type(I));
  }
  /// The struct has no place for a number that nobody can name.
  bool isDropped(unsigned I) const {
    return Callee.Decl->getParamDecl(I)->getName().empty() &&
           !C.TypeOf.needsDestroy(type(I));
  }

private:
  const Context &C;
  const AsyncFunction &Callee;
  llvm::ArrayRef<const Expr *> Arguments;
};

} // namespace

/// The object of a call: `session`, `*session_pointer`, `self`.
ir::Text Steps::calledObjectText(const Expr *Object) const {
  if (isa<CXXThisExpr>(Object->IgnoreImpCasts()))
    return objectText(C);
  ir::Text Text = text(Object);
  if (!Object->getType()->isPointerType())
    return Text;
  bool Simple = isa<DeclRefExpr, MemberExpr, CallExpr>(
      Object->IgnoreUnlessSpelledInSource());
  return ir::Text(Simple ? "*" : "*(").append(Text).append(Simple ? "" : ")");
}

/// The future that an operand of co_await or an argument of a join makes. A
/// call of a lowered function whose by-value arguments have to outlive it
/// constructs the future straight from them, as its factory would:
///
///   f(T{1}, n)      t = T{1}; f_future(std::move(t), n)
///   s.f(T{1}, n)    t = T{1}; session::f_future(s, std::move(t), n)
Made Steps::called(const Expr *E) {
  const AsyncFunction *Callee = C.TypeOf.concreteCall(E);
  if (!Callee || Callee->isLocalStruct()) // It has no name here.
    return {textAfterSteps(E)};
  const auto *Call = cast<CallExpr>(asWritten(E));
  LoweredCall Passed(C, *Callee, Call);
  bool AnyKept = false;
  for (unsigned I = 0; I < Passed.count(); ++I) {
    AnyKept |= Passed.isKept(I);
    bool OnlyEvaluated = Passed.isDropped(I) && !isInert(Passed.argument(I));
    if (Passed.isKept(I) || OnlyEvaluated)
      Arguments.insert(Passed.argument(I));
  }
  forgetAnswers();
  if (needs(Call, /*WaitBehind=*/true))
    parts(Call, /*WaitBehind=*/true);
  if (!AnyKept)
    return {text(E)};
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
    Append(calledObjectText(Object));
  else if (!isInert(Object ? Object : Call->getCallee()->IgnoreImpCasts()))
    C.Diags.report(Call->getBeginLoc(), Diag::operand_order);
  for (unsigned I = 0; I < Passed.count(); ++I) {
    ir::Text Text = text(Passed.argument(I));
    if (Passed.isByValue(I) && !Passed.isKept(I))
      Text = typeName(C, Passed.type(I).getUnqualifiedType())
                 .append("(")
                 .append(Text)
                 .append(")");
    if (!Passed.isDropped(I))
      Append(Text);
  }
  return {Result.append(")"), /*SpellsType=*/true};
}

} // namespace coroexpand
