#include "Lower/Initialiser.h"
#include "Lower/Describe.h"
#include "Lower/Expressions.h"
#include "Source/Walk.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {

/// The initialiser's expression as it is written, without `T x = ...`'s
/// conversions around it.
const Expr *writtenInit(const VarDecl *D) {
  const Expr *Init = D->getInit();
  if (const auto *Cleanups = dyn_cast_or_null<ExprWithCleanups>(Init))
    Init = Cleanups->getSubExpr();
  return Init;
}

namespace {

/// A default-initialised class object has an initialiser that isn't written.
bool isWritten(const Expr *Init, const VarDecl *D) {
  if (!Init)
    return false;
  const auto *Construct = dyn_cast<CXXConstructExpr>(Init->IgnoreImplicit());
  return !Construct || Construct->getBeginLoc() != D->getLocation() ||
         Construct->getParenOrBraceRange().isValid();
}

/// `T x = e` where direct initialization, which is what placement new does,
/// could choose another constructor than copy initialization.
bool needsCopyInit(const Expr *Init, QualType T) {
  if (T->isDependentType())
    return !T->getContainedDeducedType() && !T->isReferenceType() &&
           !T->isAnyPointerType() &&
           Init->getType().getCanonicalType().getUnqualifiedType() !=
               T.getCanonicalType().getUnqualifiedType();
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class || Class->isInStdNamespace())
    return false;
  const Expr *Written = Init->IgnoreUnlessSpelledInSource();
  if (isa<InitListExpr>(Written) ||
      Written->getType()->getAsCXXRecordDecl() == Class)
    return false;
  return llvm::any_of(Class->ctors(), [](const CXXConstructorDecl *C) {
    return C->isExplicit() && C->getMinRequiredArguments() <= 1 &&
           C->getNumParams() >= 1 && !C->isCopyOrMoveConstructor();
  });
}

} // namespace

ir::Declarator declarator(Context &C, const VarDecl *D, const Holes &Inside) {
  using Style = ir::Declarator::Style;
  ir::Declarator Result{C.idOf(D)};
  const Expr *Init = writtenInit(D);
  if (!isWritten(Init, D)) {
    describeVariable(C, D, Result.Var, {});
    return Result;
  }
  auto Interior = [&](SourceRange Range) {
    auto Tokens = C.Source.tokens(Range);
    if (Tokens.size() <= 2)
      return ir::Text();
    return C.Source.slice(
        {Tokens[1].location(), Tokens[Tokens.size() - 2].location()}, Inside);
  };
  const Expr *Bare = Init->IgnoreImplicit();
  const auto *Construct = dyn_cast<CXXConstructExpr>(Bare);
  const auto *List = dyn_cast<InitListExpr>(Bare);
  if (List && List->getSyntacticForm())
    List = List->getSyntacticForm();
  SourceRange Around = Construct && !isa<CXXTemporaryObjectExpr>(Construct) &&
                               (D->getInitStyle() != VarDecl::CInit ||
                                Construct->isListInitialization())
                           ? Construct->getParenOrBraceRange()
                           : SourceRange();
  if (List)
    Around = List->getSourceRange();
  if (isa<ParenListExpr>(Bare))
    Around = Bare->getSourceRange();
  bool Deduced = D->getType()->getContainedAutoType();
  if (Around.isValid()) {
    bool Braces = List || (Construct && Construct->isListInitialization());
    Result.Init = Braces ? Style::Brace : Style::Paren;
    Result.Value = Interior(Around);
    // `auto x{e}` copies e; T{e} could build a list of it.
    if (Deduced && Result.Init == Style::Brace)
      Result.Init = Style::Paren;
  } else {
    Result.Init =
        D->getInitStyle() == VarDecl::CInit ? Style::Copy : Style::Paren;
    Result.Value = C.Source.slice(Init->getSourceRange(), Inside);
    if (isa<StringLiteral>(Bare) && D->getType()->isArrayType())
      Result.Init = Style::Brace;
    if (isa<ArrayInitLoopExpr>(Bare))
      Result.Init = Style::Array;
  }
  describeVariable(C, D, Result.Var, Result.Value);
  ir::Variable &V = C.var(Result.Var);
  QualType T = D->getType();
  if ((T->isScalarType() || isList(T)) && Result.Init != Style::Copy &&
      !Result.Value.empty()) {
    const auto *Parens = dyn_cast<ParenListExpr>(Bare); // In a template.
    const Expr *Value = List     ? List->getInit(0)
                        : Parens ? Parens->getExpr(0)
                                 : Bare;
    if (C.Ast.hasSameUnqualifiedType(Value->IgnoreImplicit()->getType(), T))
      Result.Init = Style::Copy;
  }
  // Of what is awaited in a template, the await tells the type.
  bool IsAwaited = isAwait(asWritten(Init)) && !C.AwaitedType.isNull() &&
                   C.Ast.hasSameUnqualifiedType(C.AwaitedType, T);
  if (Result.Init == Style::Copy && !IsAwaited && needsCopyInit(Init, T)) {
    Result.Value = ir::Text("[&]() -> ")
                       .append(V.TypeId)
                       .append(" { return ")
                       .append(Result.Value)
                       .append("; }()");
  }
  bool Auto = isa<AutoType>(D->getType().getTypePtr());
  Result.Deduced = Auto && !V.Reference && !V.Const &&
                   Result.Init == Style::Copy && !isa<InitListExpr>(Bare) &&
                   !C.TypeOf.isBoxedCall(Init);
  return Result;
}

/// `T x = value;`, without the variables that it was declared with.
ir::Text spelledOut(Context &C, const ir::Declarator &D) {
  using Style = ir::Declarator::Style;
  ir::Text Result;
  for (const ir::Piece &P : C.var(D.Var).Declared)
    Result.append(P.K == ir::Piece::Kind::Declared ? ir::use(D.Var) : P);
  switch (D.Init) {
  case Style::None:
    break;
  case Style::Copy:
  case Style::Array:
  case Style::Spelled:
    Result.append(" = ").append(D.Value);
    break;
  case Style::Paren:
    Result.append("(").append(D.Value).append(")");
    break;
  case Style::Brace:
    Result.append("{").append(D.Value).append("}");
    break;
  }
  return Result.append(";");
}

} // namespace coroexpand
