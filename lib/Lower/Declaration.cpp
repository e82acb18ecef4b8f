#include "Lower/Await.h"
#include "Lower/Constructs.h"
#include "Lower/Declarations.h"
#include "Lower/Describe.h"
#include "Lower/EvaluationOrder.h"
#include "Lower/Expressions.h"
#include "Lower/Initialiser.h"
#include "Lower/Steps.h"

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
  if (D && D->isConstexpr())
    return !D->getType()->isReferenceType();
  return D && !D->getType()->isReferenceType() && D->hasInit() &&
         !D->getInit()->isValueDependent() &&
         D->isUsableInConstantExpressions(Context) && D->evaluateValue();
}

/// How many of \p Tokens are attributes in front of a declaration.
size_t attributesIn(llvm::ArrayRef<syntax::Token> Tokens) {
  auto Is = [&](size_t I, tok::TokenKind K) {
    return I < Tokens.size() && Tokens[I].kind() == K;
  };
  size_t End = 0;
  while (Is(End, tok::l_square) || Is(End, tok::kw_alignas) ||
         Is(End, tok::kw___attribute)) {
    unsigned Open = 0;
    do {
      Open += Is(End, tok::l_square) || Is(End, tok::l_paren);
      Open -= Is(End, tok::r_square) || Is(End, tok::r_paren);
      ++End;
    } while (End < Tokens.size() && (Open > 0 || Is(End, tok::l_paren)));
  }
  return End;
}

/// A constant's `static` goes behind its attributes.
void splitAttributes(const Context &C, SourceRange Written, ir::Declare &D) {
  llvm::ArrayRef<syntax::Token> Tokens = C.Source.tokens(Written);
  size_t Count = attributesIn(Tokens);
  if (Count == 0)
    return;
  D.Attributes =
      C.Source.slice({Tokens.front().location(), Tokens[Count - 1].location()})
          .append(" ");
  D.Original = C.Source.slice({Tokens[Count].location(), Written.getEnd()});
}

/// The parts of \p D live on their own.
bool becomesVariables(const Context &C, const VarDecl *D) {
  const auto *Parts = dyn_cast<DecompositionDecl>(D);
  return Parts && hasOwnGet(Parts) && (C.WaitsBehind || isChoice(C, D));
}

std::unique_ptr<ir::Declare> declare(Context &C,
                                     llvm::ArrayRef<const VarDecl *> Group,
                                     SourceRange Written, const Steps *Before) {
  auto Result = std::make_unique<ir::Declare>(at(Written.getBegin()));
  Holes Inside = Before ? Before->replaced() : Holes();
  Result->Original = C.Source.slice(Written, Inside);
  for (const VarDecl *D : Group) {
    if (const auto *Parts = dyn_cast<DecompositionDecl>(D)) {
      bool AsVariables = becomesVariables(C, D);
      lowerBindings(C, Parts, AsVariables);
      if (AsVariables)
        Result->Original = declarationOfWhole(C, Parts, Written, Inside);
    }
    Result->Vars.push_back(declarator(C, D, Inside));
    C.var(C.idOf(D)).Extends =
        D->hasInit() && (extendsMore(D->getInit(), D) || mayExtend(D));
    bool Auto = D->getType()->getContainedAutoType() != nullptr;
    SourceRange Type = D->getTypeSourceInfo()->getTypeLoc().getSourceRange();
    nameByMaker(C, D->getInit(), Auto ? "" : C.Source.spelling(Type),
                Result->Vars.back());
  }
  if (llvm::all_of(Group,
                   [&](const VarDecl *D) { return isConstant(D, C.Ast); })) {
    splitAttributes(C, Written, *Result);
    for (const ir::Declarator &D : Result->Vars) {
      C.var(D.Var).R = ir::Variable::Role::Constant;
      C.Constants[D.Var] = {Result->Vars.front().Var, Result->Original};
    }
  }
  return Result;
}

bool lowerChoice(Context &C, const VarDecl *D, ir::Scope &Into) {
  if (!isChoice(C, D))
    return false;
  if (const auto *Parts = dyn_cast<DecompositionDecl>(D))
    lowerBindings(C, Parts, becomesVariables(C, D));
  ir::VarId Id = C.idOf(D);
  if (isUnknownChoice(C, madeFrom(C, D)) &&
      D->getType()->getContainedAutoType())
    describeLater(C.var(Id),
                  D->getType().getNonReferenceType().isConstQualified());
  else
    describeVariable(C, D, Id, {});
  makeByChoice(C, D, Id, Into);
  return true;
}

/// std::vector<int> x{co_await f(v)..., 5};
///
///   x = f_turns.apply([&](auto&&... awaited) -> decltype(auto) {
///     return std::vector<int>{std::forward<decltype(awaited)>(awaited)..., 5};
///   })
bool constructorTakes(Context &C, const VarDecl *D, Steps &Before,
                      ir::Declarator &Made) {
  using Style = ir::Declarator::Style;
  QualType T = D->getType();
  bool IsClass = T->isRecordType() || T->getContainedDeducedType() ||
                 (T->isDependentType() && !T->isArrayType());
  bool HasArguments = Made.Init == Style::Paren || Made.Init == Style::Brace;
  if (!Before.hasExpansions() || !IsClass || !HasArguments ||
      T->isReferenceType() || T->getContainedAutoType())
    return false;
  SourceRange Type = D->getTypeSourceInfo()->getTypeLoc().getSourceRange();
  bool IsBraced = Made.Init == Style::Brace;
  Made.Value = Before.withExpansions(ir::Text(C.Source.spelling(Type))
                                         .append(IsBraced ? "{" : "(")
                                         .append(Made.Value)
                                         .append(IsBraced ? "}" : ")"));
  Made.Init = Style::Copy;
  return true;
}

/// `T x(U(chosen));` would declare a function: it becomes `T x((U(chosen)));`,
/// or `int x = U(chosen);`, and what has several arguments
/// `T x = T(U(chosen), V(n));`.
void keepVariable(Context &C, const VarDecl *D, const Steps &Before,
                  ir::Declare &Declared) {
  using Style = ir::Declarator::Style;
  if (D->getInitStyle() != VarDecl::CallInit)
    return;
  const Expr *Init = D->getInit()->IgnoreImplicit();
  llvm::SmallVector<const Expr *, 4> Arguments = {Init};
  if (isa<CXXConstructExpr, ParenListExpr>(Init) &&
      !isa<CXXTemporaryObjectExpr>(Init)) {
    Arguments = operandsInOrder(Init)->Always;
    llvm::erase_if(Arguments,
                   [](const Expr *E) { return isa<CXXDefaultArgExpr>(E); });
  }
  auto IsNamed = [&](const Expr *E) {
    return Before.isDone(convertedBy(E)->IgnoreParens());
  };
  if (!llvm::all_of(Arguments, convertedBy) ||
      llvm::none_of(Arguments, IsNamed))
    return;
  ir::Declarator Made = Declared.Vars.back();
  if (Made.Init == Style::Paren && Arguments.size() == 1) {
    Made.Value = ir::Text("(").append(Made.Value).append(")");
  } else if (Made.Init == Style::Paren) {
    Made.Init = Style::Copy;
    Made.Value = ir::Text(C.var(Made.Var).TypeId)
                     .append("(")
                     .append(Made.Value)
                     .append(")");
  }
  Declared.Original = spelledOut(C, Made);
}

/// One variable of a declaration that waits, or of one with a constant among
/// others. Of several, each is declared on its own.
void waitingDeclaration(Context &C, const VarDecl *D, SourceRange Written,
                        bool Alone, ir::Scope &Into) {
  if (lowerChoice(C, D, Into))
    return;
  std::unique_ptr<Steps> Before = stepsOf(C, D);
  std::unique_ptr<ir::Declare> Declare = declare(C, D, Written, Before.get());
  bool Expands =
      Before && constructorTakes(C, D, *Before, Declare->Vars.back());
  if (!Alone || Expands)
    Declare->Original = spelledOut(C, Declare->Vars.back());
  if (Before)
    keepVariable(C, D, *Before, *Declare);
  appendConsumer(std::move(Declare), takeSteps(Before), Into);
}

} // namespace

ir::StmtPtr declareAuto(ir::Loc Where, ir::VarId Id, ir::Text Value,
                        bool Deduced) {
  auto Result = std::make_unique<ir::Declare>(Where);
  Result->Original = ir::Text("auto ")
                         .append(ir::use(Id))
                         .append(" = ")
                         .append(Value)
                         .append(";");
  Result->Vars.push_back(
      {Id, ir::Declarator::Style::Copy, std::move(Value), Deduced});
  return Result;
}

/// T x = e, y(f);              Declare { x = e, y(f) }
/// const int n = 3, m = f();   Declare { n = 3 } Declare { m = f() }
///
/// What has no automatic storage (static variables, types, using) is text.
void lowerDeclaration(Context &C, const DeclStmt *S, ir::Scope &Into) {
  llvm::SmallVector<const VarDecl *, 2> Group;
  for (const Decl *D : S->decls())
    if (isAutomatic(D))
      Group.push_back(cast<VarDecl>(D));
  if (Group.empty()) {
    if (lowerLocalType(C, S))
      return;
    // The frame's members spell what the alias stands for.
    if (const auto *Alias = dyn_cast<TypeAliasDecl>(*S->decl_begin()))
      C.Source.insertAfter(Alias->getLocation(), " [[maybe_unused]]");
    else if (isa<TypedefDecl>(*S->decl_begin()))
      C.Source.insertBefore(S->getBeginLoc(), "[[maybe_unused]] ");
    Into.Body.push_back(opaque(C, S));
    return;
  }
  lowerEmbeddedType(C, S);
  bool Waits =
      llvm::any_of(Group, [&](const VarDecl *D) { return needsSteps(C, D); });
  auto Constant = [&](const VarDecl *D) { return isConstant(D, C.Ast); };
  bool Mixed = llvm::any_of(Group, Constant) && !llvm::all_of(Group, Constant);
  auto Parts = [&] {
    if (becomesVariables(C, Group.front()))
      declareParts(C, cast<DecompositionDecl>(Group.front()), Into);
  };
  if (!Waits && !Mixed) {
    Into.Body.push_back(declare(C, Group, S->getSourceRange(), nullptr));
    return Parts();
  }
  for (const VarDecl *D : Group)
    waitingDeclaration(
        C, D, Group.size() == 1 ? S->getSourceRange() : D->getSourceRange(),
        /*Alone=*/Group.size() == 1, Into);
  Parts();
}

void lowerConditionVariable(Context &C, const VarDecl *D, ir::Scope &Into) {
  if (lowerChoice(C, D, Into))
    return;
  std::unique_ptr<Steps> Before = stepsOf(C, D);
  std::unique_ptr<ir::Declare> Declare =
      declare(C, D, D->getSourceRange(), Before.get());
  Declare->Original.append(";");
  appendConsumer(std::move(Declare), takeSteps(Before), Into);
}

} // namespace coroexpand
