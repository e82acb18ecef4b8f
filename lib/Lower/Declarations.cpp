#include "Lower/Builder.h"
#include "Source/Walk.h"

#include "clang/AST/Attr.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"

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
  return D && !D->getType()->isReferenceType() && D->hasInit() &&
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

/// The temporaries in \p S that live as long as \p D.
void collectExtended(
    const Stmt *S, const VarDecl *D,
    llvm::SmallVectorImpl<const MaterializeTemporaryExpr *> &Found) {
  const auto *Temp = dyn_cast<MaterializeTemporaryExpr>(S);
  if (Temp && Temp->getExtendingDecl() == D)
    Found.push_back(Temp);
  forEachChild(S, [&](const Stmt *Child) { collectExtended(Child, D, Found); });
}

/// The temporary that reference \p D is bound to as a whole, or null.
const MaterializeTemporaryExpr *boundTemporary(const VarDecl *D) {
  if (!D->getType()->isReferenceType() || !D->getInit())
    return nullptr;
  return dyn_cast<MaterializeTemporaryExpr>(writtenInit(D)->IgnoreParens());
}

} // namespace

/// A reference that extends a temporary's life is the temporary itself.
void Builder::describeVariable(const VarDecl *D, ir::VarId Id,
                               const ir::Text &Init) {
  const MaterializeTemporaryExpr *Bound = boundTemporary(D);
  QualType T = Bound ? Bound->getType() : D->getType();
  if (Bound || D->getType()->getContainedDeducedType())
    TypeOf.describeDeduced(var(Id), T, D->getInit(), Init);
  else
    TypeOf.describe(var(Id), T);
  if (D->hasAttr<AlignedAttr>()) {
    unsigned Align =
        Context.toCharUnitsFromBits(D->getMaxAlignment()).getQuantity();
    var(Id).Declared = ir::Text("alignas(" + std::to_string(Align) + ") ")
                           .append(var(Id).Declared);
  }
}

/// A temporary that lives as long as \p D but is not what D names:
///
///   const T& r = make().part;    r_object = make(); r = &r_object.part
void Builder::extendedTemporaries(const VarDecl *D, Holes &Inside,
                                  ir::Declare &Into) {
  llvm::SmallVector<const MaterializeTemporaryExpr *, 2> Found;
  if (D->getInit())
    collectExtended(D->getInit(), D, Found);
  for (const MaterializeTemporaryExpr *Temp : llvm::reverse(Found)) {
    if (Temp == boundTemporary(D))
      continue;
    ir::VarId Id = variable(D->getName().str() + "_object",
                            ir::Variable::Role::Local, at(D->getLocation()));
    const Expr *Init = Temp->getSubExpr();
    ir::Text Value = Source.slice(Init->getSourceRange(), Inside);
    TypeOf.describeDeduced(var(Id), Temp->getType(), Init, Value);
    if (Temp->getType()->isArrayType())
      var(Id).Problem = ir::FrameProblem::ExtendedTemporary;
    ir::Declarator Object{Id, initStyle(Init, Temp->getType(), Id, Value)};
    Object.Value = std::move(Value);
    Into.Vars.push_back(std::move(Object));
    ir::Text Use = ir::Text().append(ir::use(Id));
    if (!Temp->isBoundToLvalueReference())
      Use = ir::Text("\1std::move(").append(Use).append(")");
    Inside.push_back({Temp->getSourceRange(), std::move(Use)});
  }
}

ir::Declarator Builder::declarator(const VarDecl *D, const Holes &Inside) {
  using Style = ir::Declarator::Style;
  ir::Declarator Result{idOf(D)};
  const Expr *Init = writtenInit(D);
  if (!isWritten(Init, D)) {
    describeVariable(D, Result.Var, {});
    return Result;
  }
  auto Interior = [&](SourceRange Range) {
    auto Tokens = Source.tokens(Range);
    if (Tokens.size() <= 2)
      return ir::Text();
    return Source.slice(
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
  bool Deduced = D->getType()->getContainedAutoType();
  if (Around.isValid()) {
    Result.Init =
        List || Construct->isListInitialization() ? Style::Brace : Style::Paren;
    Result.Value = Interior(Around);
    // `auto x{e}` copies e; T{e} could build a list of it.
    if (Deduced && Result.Init == Style::Brace)
      Result.Init = Style::Paren;
  } else {
    Result.Init =
        D->getInitStyle() == VarDecl::CInit ? Style::Copy : Style::Paren;
    Result.Value = Source.slice(Init->getSourceRange(), Inside);
    if (isa<StringLiteral>(Bare) && D->getType()->isArrayType())
      Result.Init = Style::Brace;
    if (isa<ArrayInitLoopExpr>(Bare))
      Result.Init = Style::Array;
  }
  describeVariable(D, Result.Var, Result.Value);
  ir::Variable &V = var(Result.Var);
  QualType T = D->getType();
  if (T->isScalarType() && Result.Init != Style::Copy &&
      !Result.Value.empty()) {
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
      Part.Access = ir::Text("\1std::get<" + I + ">(");
      Part.Access.append(ir::use(Whole)).append(")");
      const CXXRecordDecl *Class =
          D->getType().getNonReferenceType()->getAsCXXRecordDecl();
      if (!Class || !Class->isInStdNamespace())
        var(Whole).Problem = ir::FrameProblem::Binding;
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
    Holes AndObjects = Inside;
    extendedTemporaries(D, AndObjects, *Result);
    Result->Vars.push_back(declarator(D, AndObjects));
    bool Auto = D->getType()->getContainedAutoType() != nullptr;
    SourceRange Type = D->getTypeSourceInfo()->getTypeLoc().getSourceRange();
    nameByMaker(D->getInit(), Auto ? "" : Source.spelling(Type),
                Result->Vars.back());
  }
  if (llvm::all_of(Group,
                   [&](const VarDecl *D) { return isConstant(D, Context); }))
    for (const ir::Declarator &D : Result->Vars)
      var(D.Var).R = ir::Variable::Role::Constant;
  return Result;
}

/// T x = e, y(f);              Declare { x = e, y(f) }
/// const int n = 3, m = f();   Declare { n = 3 } Declare { m = f() }
///
/// What has no automatic storage (static variables, types, using) is text.
void Builder::declaration(const DeclStmt *S, ir::Scope &Into) {
  llvm::SmallVector<const VarDecl *, 2> Group;
  for (const Decl *D : S->decls())
    if (isAutomatic(D))
      Group.push_back(cast<VarDecl>(D));
  if (Group.empty()) {
    if (ownType(S))
      return;
    // The frame's members spell what the alias stands for.
    if (const auto *Alias = dyn_cast<TypeAliasDecl>(*S->decl_begin()))
      Source.insertAfter(Alias->getLocation(), " [[maybe_unused]]");
    else if (isa<TypedefDecl>(*S->decl_begin()))
      Source.insertBefore(S->getBeginLoc(), "[[maybe_unused]] ");
    Into.Body.push_back(opaque(S));
    return;
  }
  bool Waits = llvm::any_of(
      Group, [&](const VarDecl *D) { return waits(D->getInit()); });
  auto Constant = [&](const VarDecl *D) { return isConstant(D, Context); };
  bool Mixed = llvm::any_of(Group, Constant) && !llvm::all_of(Group, Constant);
  if (!Waits && !Mixed) {
    Into.Body.push_back(declare(Group, S->getSourceRange(), {}));
    return;
  }
  for (const VarDecl *D : Group)
    waitingDeclaration(
        D, Group.size() == 1 ? S->getSourceRange() : D->getSourceRange(),
        /*Alone=*/Group.size() == 1, Into);
}

/// \p Type means the same as a member: it uses nothing that the function knows,
/// and its names are not used where something else is meant by them.
bool Builder::standsAlone(const DeclStmt *S, const TypeDecl *Type) const {
  llvm::StringSet<> Local, Own;
  bool Directive = false;
  forEachLocalDecl(F.Decl->getBody(), [&](const Decl *D) {
    Directive |= isa<UsingDirectiveDecl>(D);
    const auto *Known = dyn_cast<TypeDecl>(D);
    if (isa<NamedDecl>(D) && D != Type && !(Known && TypeOf.isOwnType(Known)))
      Local.insert(cast<NamedDecl>(D)->getDeclName().getAsString());
  });
  for (const ParmVarDecl *P : F.Decl->parameters())
    Local.insert(P->getName());
  if (Directive)
    return false;
  Own.insert(Type->getName());
  if (const auto *Enum = dyn_cast<EnumDecl>(Type); Enum && !Enum->isScoped())
    for (const EnumConstantDecl *E : Enum->enumerators())
      Own.insert(E->getName());
  auto Inside = Source.tokens(S->getSourceRange());
  for (const syntax::Token &T : Inside)
    if (T.kind() == tok::identifier && !Own.contains(Source.text(T)) &&
        Local.contains(Source.text(T)))
      return false;
  // The names mean this type from here to the end of the block, no further.
  bool InBlock = false;
  for (const syntax::Token &T : Source.tokens(F.Decl->getSourceRange())) {
    InBlock |= &T == Inside.begin();
    InBlock &= T.location() != BlockEnd;
    if (!InBlock && Own.contains(Source.text(T)))
      return false;
  }
  return true;
}

/// A local type goes to the struct, so that its objects can live there:
///
///   struct point { int x, y; };    private: struct point { int x, y; };
///
/// One that does not stand alone has to stay, and so has a second one of the
/// same name.
bool Builder::ownType(const DeclStmt *S) {
  const auto *Type =
      S->isSingleDecl() ? dyn_cast<TypeDecl>(S->getSingleDecl()) : nullptr;
  const auto *Tag = dyn_cast_or_null<TagDecl>(Type);
  if (!Type || (Tag && !Tag->isThisDeclarationADefinition()) ||
      !Type->getDeclName())
    return false;
  if (!standsAlone(S, Type))
    return false;
  if (!OwnTypeNames.insert(Type->getName()).second)
    return false;
  TypeOf.addOwnType(Type);
  Result.Types.push_back(Source.spelling(S->getSourceRange()));
  return true;
}

/// One variable of a declaration that waits, or of one with a constant among
/// others. Of several, each is declared on
/// its own.
void Builder::waitingDeclaration(const VarDecl *D, SourceRange Written,
                                 bool Alone, ir::Scope &Into) {
  Holes Value;
  std::unique_ptr<ir::FullExpr> Steps;
  if (waits(D->getInit()))
    Steps = awaitSteps(D->getInit(), Value);
  std::unique_ptr<ir::Declare> Declare = declare(D, Written, Value);
  if (!Alone)
    Declare->Original = spelledOut(Declare->Vars.back());
  if (Steps) {
    Steps->Consumer = std::move(Declare);
    Into.Body.push_back(std::move(Steps));
  } else {
    Into.Body.push_back(std::move(Declare));
  }
}

/// `T x = value;`, without the variables that it was declared with.
ir::Text Builder::spelledOut(const ir::Declarator &D) {
  using Style = ir::Declarator::Style;
  ir::Text Result;
  for (const ir::Piece &P : var(D.Var).Declared)
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

namespace {

bool containsLambda(const Stmt *S) {
  bool Found = isa<LambdaExpr>(S);
  forEachChild(S, [&](const Stmt *Child) { Found |= containsLambda(Child); });
  return Found;
}

} // namespace

/// An object whose type has no name because of a lambda in its initialiser is
/// made by a function, whose return type names it:
///
///   auto f = [x](int n) { .. };     auto outer_f(auto& x) {
///                                     return [x](int n) { .. };
///                                   }
///                                   decltype(outer_f(x)) f;
///
/// \p Written is the type of a variable that is not declared with auto.
void Builder::nameByMaker(const Expr *Init, const std::string &Written,
                          ir::Declarator &Declared) {
  using Style = ir::Declarator::Style;
  ir::Variable &V = var(Declared.Var);
  if (V.Problem != ir::FrameProblem::Unnameable || V.Reference || !Init ||
      waits(Init) || !containsLambda(Init) ||
      usesLocalName(Init->getSourceRange()))
    return;
  ir::Maker Maker;
  Maker.Name = F.StructName + "_" + V.Name;
  for (const ir::Maker &Other : Result.Makers)
    if (Other.Name == Maker.Name)
      Maker.Name += "_" + std::to_string(Result.Makers.size() + 1);
  for (const ir::Piece &P : Declared.Value) {
    using Kind = ir::Piece::Kind;
    if (P.K != Kind::Use && P.K != Kind::Capture && P.K != Kind::CaptureAlso)
      continue;
    if (isConstantVariable(P.Id))
      return;
    if (!llvm::is_contained(Maker.Arguments, P.Id))
      Maker.Arguments.push_back(P.Id);
  }
  if (Declared.Init == Style::Copy || Written.empty())
    Maker.Made = Declared.Value;
  else
    Maker.Made = ir::Text(Written + (Declared.Init == Style::Brace ? "{" : "("))
                     .append(Declared.Value)
                     .append(Declared.Init == Style::Brace ? "}" : ")");
  ir::Text Call(Maker.Name + "(");
  for (ir::VarId Id : Maker.Arguments)
    Call.append(Id == Maker.Arguments.front() ? "" : ", ").append(ir::use(Id));
  Call.append(")");
  V.TypeId = ir::Text(V.Const ? "const decltype(" : "decltype(")
                 .append(Call)
                 .append(")");
  V.Declared = ir::Text(V.TypeId).append(" ").append(ir::declaredName());
  V.Problem = ir::FrameProblem::None;
  V.Maker = Result.Makers.size();
  Result.Makers.push_back(std::move(Maker));
  Declared.Value = std::move(Call);
  Declared.Init = Style::Copy;
}

bool Builder::isConstantVariable(ir::VarId Id) const {
  return Result.Vars[Id].R == ir::Variable::Role::Constant;
}

/// A name that only this function knows, other than that of a variable of the
/// frame, stands in \p Range.
bool Builder::usesLocalName(SourceRange Range) const {
  llvm::StringSet<> Names;
  bool Directive = false;
  forEachLocalDecl(F.Decl->getBody(), [&](const Decl *D) {
    Directive |= isa<UsingDirectiveDecl>(D);
    const auto *Var = dyn_cast<VarDecl>(D);
    if (Var ? Var->isStaticLocal() : isa<NamedDecl>(D))
      Names.insert(cast<NamedDecl>(D)->getDeclName().getAsString());
    if (const auto *Enum = dyn_cast<EnumDecl>(D))
      for (const EnumConstantDecl *E : Enum->enumerators())
        Names.insert(E->getName());
  });
  return Directive ||
         llvm::any_of(Source.tokens(Range), [&](const syntax::Token &T) {
           return Names.contains(Source.text(T));
         });
}

void Builder::conditionVariable(const VarDecl *D, ir::Scope &Into) {
  Holes Value;
  std::unique_ptr<ir::FullExpr> Steps;
  if (waits(D->getInit()))
    Steps = awaitSteps(D->getInit(), Value);
  std::unique_ptr<ir::Declare> Declare = declare(D, D->getSourceRange(), Value);
  Declare->Original.append(";");
  if (!Steps) {
    Into.Body.push_back(std::move(Declare));
    return;
  }
  Steps->Consumer = std::move(Declare);
  Into.Body.push_back(std::move(Steps));
}

} // namespace coroexpand
