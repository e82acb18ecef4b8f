#include "Build/Builder.h"
#include "Source/AwaitFinder.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {
namespace {

bool isAutomatic(const Decl *D) {
  const auto *Var = dyn_cast<VarDecl>(D);
  return Var && Var->hasLocalStorage();
}

/// The compiler knows the value, and the program may need it at compile time
/// (an array bound, a template argument): it must not become a member.
bool isConstant(const VarDecl *D, const ASTContext &Context) {
  return !D->getType()->isReferenceType() && D->hasInit() &&
         D->isUsableInConstantExpressions(Context) && D->evaluateValue();
}

/// The initialiser's expression as it is written, without `T x = ...`'s
/// conversions around it.
const Expr *writtenInit(const VarDecl *D) {
  const Expr *Init = D->getInit();
  if (const auto *Cleanups = dyn_cast_or_null<ExprWithCleanups>(Init))
    Init = Cleanups->getSubExpr();
  return Init;
}

/// `T x = e` where direct initialization, which is what placement new does,
/// could choose another constructor than copy initialization.
bool needsCopyInit(const Expr *Init, QualType T) {
  const CXXRecordDecl *Class = T->getAsCXXRecordDecl();
  if (!Class || Class->isInStdNamespace())
    return false;
  const auto *Construct = dyn_cast<CXXConstructExpr>(asWritten(Init));
  if (!Construct || Construct->getNumArgs() == 0 || Construct->isElidable())
    return false;
  QualType From = Construct->getArg(0)->IgnoreImplicit()->getType();
  if (From->getAsCXXRecordDecl() == Class)
    return false;
  return llvm::any_of(Class->ctors(), [](const CXXConstructorDecl *C) {
    return C->isExplicit() && C->getMinRequiredArguments() <= 1 &&
           C->getNumParams() >= 1 && !C->isCopyOrMoveConstructor();
  });
}

/// Looks for a temporary that lives as long as a variable.
bool extendsTemporary(const Stmt *S, const VarDecl *D) {
  const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(S);
  if (Temp && Temp->getExtendingDecl() == D)
    return true;
  bool Found = false;
  forEachChild(S,
               [&](const Stmt *Child) { Found |= extendsTemporary(Child, D); });
  return Found;
}

} // namespace

/// A reference that extends a temporary's life is the temporary itself.
void Builder::describeVariable(const VarDecl *D, ir::VarId Id,
                               const ir::Text &Init) {
  QualType T = D->getType();
  const auto *Extended =
      T->isReferenceType() && D->getInit()
          ? dyn_cast<MaterializeTemporaryExpr>(writtenInit(D)->IgnoreParens())
          : nullptr;
  if (Extended)
    T = Extended->getType();
  if (D->getType()->getContainedDeducedType())
    TypeOf.describeDeduced(var(Id), T, D->getInit(), Init);
  else
    TypeOf.describe(var(Id), T);
  // Extended through a member or a base, the temporary has no name to go by.
  if (!Extended && T->isReferenceType() && D->getInit() &&
      extendsTemporary(D->getInit(), D))
    var(Id).FrameProblem = "frame_extended_temporary";
}

ir::Declarator Builder::declarator(const VarDecl *D, const Holes &Inside) {
  using Style = ir::Declarator::Style;
  ir::Declarator Result{idOf(D)};
  const Expr *Init = writtenInit(D);
  // A default-initialised class object has an initialiser that isn't written.
  bool Written = Init && Init->getBeginLoc() != D->getLocation();
  if (!Written) {
    describeVariable(D, Result.Var, {});
    return Result;
  }
  auto Interior = [&](SourceRange Range) {
    auto Tokens = Source.tokens(Range);
    if (Tokens.size() <= 2)
      return ir::Text();
    return Source.slice({Tokens[1].location(),
                         Tokens[Tokens.size() - 2].location()},
                        Inside);
  };
  const Expr *Bare = Init->IgnoreImplicit();
  const auto *Construct = dyn_cast<CXXConstructExpr>(Bare);
  const auto *List = dyn_cast<InitListExpr>(Bare);
  if (List && List->getSyntacticForm())
    List = List->getSyntacticForm();
  SourceRange Around =
      Construct && !isa<CXXTemporaryObjectExpr>(Construct) &&
              (D->getInitStyle() != VarDecl::CInit ||
               Construct->isListInitialization())
          ? Construct->getParenOrBraceRange()
          : SourceRange();
  if (List)
    Around = List->getSourceRange();
  bool Deduced = D->getType()->getContainedDeducedType();
  if (Around.isValid()) {
    Result.Init = List || Construct->isListInitialization() ? Style::Brace
                                                            : Style::Paren;
    Result.Value = Interior(Around);
    // `auto x{e}` copies e; T{e} could build a list of it.
    if (Deduced && Result.Init == Style::Brace)
      Result.Init = Style::Paren;
  } else {
    Result.Init = D->getInitStyle() == VarDecl::CInit ? Style::Copy
                                                      : Style::Paren;
    Result.Value = Source.slice(Init->getSourceRange(), Inside);
    if (isa<StringLiteral>(Bare) && D->getType()->isArrayType())
      Result.Init = Style::Brace;
  }
  describeVariable(D, Result.Var, Result.Value);
  ir::Variable &V = var(Result.Var);
  QualType T = D->getType();
  if (T->isScalarType() && Result.Init != Style::Copy && !Result.Value.empty()) {
    const Expr *Value = List ? List->getInit(0) : Bare;
    if (Context.hasSameUnqualifiedType(Value->IgnoreImplicit()->getType(), T))
      Result.Init = Style::Copy;
  }
  if (Result.Init == Style::Copy && needsCopyInit(Init, T)) {
    Result.Value = ir::Text("[&]() -> ")
                       .append(V.TypeId)
                       .append(" { return ")
                       .append(Result.Value)
                       .append("; }()");
  }
  return Result;
}

/// auto [a, b] = e;    Declare a_b = e, where a and b are parts of a_b
void Builder::bindings(const DecompositionDecl *D) {
  ir::VarId Whole = idOf(D);
  std::string Name;
  unsigned Index = 0;
  for (const BindingDecl *B : D->bindings()) {
    Name += (Index ? "_" : "") + B->getName().str();
    ir::Variable &Part = var(idOf(B));
    Part.R = ir::Variable::Role::Binding;
    Part.Of = Whole;
    std::string I = std::to_string(Index++);
    if (B->getHoldingVar()) {
      Part.Access = ir::Text("std::get<" + I + ">(");
      Part.Access.append(ir::use(Whole)).append(")");
      const CXXRecordDecl *Class =
          D->getType().getNonReferenceType()->getAsCXXRecordDecl();
      if (!Class || !Class->isInStdNamespace())
        var(Whole).FrameProblem = "frame_binding";
    } else if (const auto *Field = dyn_cast_or_null<MemberExpr>(
                   B->getBinding() ? B->getBinding()->IgnoreImplicit()
                                   : nullptr)) {
      Part.Access.append(ir::use(Whole, /*Postfix=*/true))
          .append(ir::member(Whole))
          .append(Field->getMemberDecl()->getNameAsString());
    } else {
      Part.Access.append(ir::use(Whole, /*Postfix=*/true))
          .append("[" + I + "]");
    }
  }
  var(Whole).Name = Name;
}

std::unique_ptr<ir::Declare>
Builder::declare(llvm::ArrayRef<const VarDecl *> Group, SourceRange Written,
                 const Holes &Inside) {
  auto Result = std::make_unique<ir::Declare>(at(Written.getBegin()));
  Result->Original = Source.slice(Written, Inside);
  for (const VarDecl *D : Group) {
    if (const auto *Parts = dyn_cast<DecompositionDecl>(D))
      bindings(Parts);
    Result->Vars.push_back(declarator(D, Inside));
  }
  if (llvm::all_of(Group, [&](const VarDecl *D) {
        return isConstant(D, Context);
      }))
    for (const ir::Declarator &D : Result->Vars)
      var(D.Var).R = ir::Variable::Role::Constant;
  return Result;
}

/// T x = e, y(f);    Declare { x = e, y(f) }
///
/// What has no automatic storage (static variables, types, using) is text.
void Builder::declaration(const DeclStmt *S, ir::Scope &Into) {
  llvm::SmallVector<const VarDecl *, 2> Group;
  for (const Decl *D : S->decls())
    if (isAutomatic(D))
      Group.push_back(cast<VarDecl>(D));
  if (Group.empty()) {
    Into.Body.push_back(opaque(S));
    return;
  }
  Holes Value;
  std::unique_ptr<ir::FullExpr> Steps;
  for (const VarDecl *D : Group)
    if (containsAwait(D->getInit())) {
      if (Steps) {
        Diags.report(awaitsIn(D->getInit()).front()->getKeywordLoc(),
                     Diag::await_several);
        return;
      }
      if (Group.size() > 1) {
        Diags.report(awaitsIn(D->getInit()).front()->getKeywordLoc(),
                     Diag::await_in_group)
            << D;
        return;
      }
      Steps = awaitSteps(D->getInit(), Value);
    }
  std::unique_ptr<ir::Declare> Declare =
      declare(Group, S->getSourceRange(), Value);
  if (Steps) {
    Steps->Consumer = std::move(Declare);
    Into.Body.push_back(std::move(Steps));
  } else {
    Into.Body.push_back(std::move(Declare));
  }
}

void Builder::conditionVariable(const VarDecl *D, ir::Scope &Into) {
  Holes Value;
  std::unique_ptr<ir::FullExpr> Steps;
  if (containsAwait(D->getInit()))
    Steps = awaitSteps(D->getInit(), Value);
  std::unique_ptr<ir::Declare> Declare =
      declare(D, D->getSourceRange(), Value);
  Declare->Original.append(";");
  if (!Steps) {
    Into.Body.push_back(std::move(Declare));
    return;
  }
  Steps->Consumer = std::move(Declare);
  Into.Body.push_back(std::move(Steps));
}

} // namespace coroexpand
