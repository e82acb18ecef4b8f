#include "Lower/Uses.h"
#include "ClangCompat.h"
#include "Lower/Enclosing.h"
#include "Lower/Expressions.h"
#include "Lower/Returned.h"
#include "Source/Captures.h"
#include "Source/FutureUses.h"
#include "Source/Mark.h"
#include "Source/Runtime.h"
#include "Source/Walk.h"

#include "clang/AST/ExprConcepts.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace coroexpand {
namespace {

/// Where the text of an async lambda names variables that no struct around it
/// can hide: its own, and what it has captured.
class LocalUses : public RecursiveASTVisitor<LocalUses> {
public:
  explicit LocalUses(llvm::DenseSet<SourceLocation> &Known) : Known(Known) {}

  bool VisitVarDecl(VarDecl *D) {
    Known.insert(D->getLocation());
    return true;
  }
  bool VisitBindingDecl(BindingDecl *D) {
    Known.insert(D->getLocation());
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *E) {
    const auto *Var = dyn_cast<VarDecl>(E->getDecl());
    if (isa<BindingDecl>(E->getDecl()) || (Var && Var->isLocalVarDeclOrParm()))
      Known.insert(E->getLocation());
    return true;
  }

private:
  llvm::DenseSet<SourceLocation> &Known;
};

/// Edits the function's text once, where its meaning depends on where a
/// variable lives or how a future returns:
///
///   x            a use of x                    x, *r, std::get<0>(pair)
///   r.f()        a use of r and its dot        r->f()
///   [x] [&x]     an explicit capture           [x = x] [&x = x]
///   [=]          captures by copy              [=, x = x]
///   this->n, n   a member of the object        self.n
///   [this]       a capture of it               [&self = self]
///   co_return e  the future's result           return coro::ready(e)
///   poll(fd)     a name the struct hides       ::poll(fd)
///
/// Inside a lambda that captures x by copy or by name, x is the capture.
class UseMarker : public QualifiedNameVisitor<UseMarker> {
  using Base = QualifiedNameVisitor<UseMarker>;

  template <typename Fn> bool unevaluated(const Fn &Traverse) {
    bool Before = std::exchange(Unevaluated, true);
    bool Result = Traverse();
    Unevaluated = Before;
    return Result;
  }

public:
  explicit UseMarker(Context &C) : C(C) {}

  void run() {
    for (const ParmVarDecl *P : C.F.Decl->parameters())
      OtherUses.try_emplace(P);
    TraverseStmt(C.F.body()->getBody());
    for (const auto &[D, Uses] : OtherUses) {
      if (Uses.Written + Uses.Others == 0)
        C.OnlyRead.insert(D);
      if (Uses.Others == 0 && isOwnNumber(D))
        C.Unshared.insert(D);
    }
    // Around all that other edits put before an expression.
    putErased(C.Source, Erased);
    names();
  }

  bool shouldVisitImplicitCode() const { return false; }

  bool TraverseLambdaExpr(LambdaExpr *L) {
    bool IsAsync = C.TypeOf.isAsync(L->getCallOperator());
    C.Source.insertBefore(L->getBeginLoc(),
                          ir::Text().append({ir::Piece::Kind::Lambda}));
    llvm::SmallVector<const ValueDecl *, 4> Shielded;
    llvm::SmallVector<LambdaCapture, 4> ByDefault;
    const std::vector<LambdaCapture> All = capturesOf(L);
    for (const LambdaCapture &Each : All) {
      if (!Each.capturesVariable() || L->isInitCapture(&Each))
        continue;
      const ValueDecl *D = Each.getCapturedVar();
      if (isPack(D) && Each.isExplicit()) {
        capturePack(Each, D);
        Shielded.push_back(D);
      }
      if (!isLocal(D))
        continue;
      if (Each.getCaptureKind() == LCK_ByCopy && losesType(L, D)) {
        captureAsItIs(L, Each, D);
        Shielded.push_back(D);
        continue;
      }
      if (Each.isExplicit())
        explicitCapture(Each, D);
      else if (Each.getCaptureKind() == LCK_ByCopy || IsAsync)
        ByDefault.push_back(Each); // An async lambda's text is finished.
      else
        continue;
      Shielded.push_back(D);
    }
    for (const LambdaCapture &Each : ByDefault)
      if (!Shields.lookup(Each.getCapturedVar())) // It has its name in there.
        C.Source.insertAfter(L->getCaptureDefaultLoc(),
                             ir::Text().append(captureAlso(Each)));
    for (const LambdaCapture &Each : All)
      if (Each.capturesThis() && C.Self)
        captureObject(L, Each);
    for (auto [Capture, Init] : llvm::zip(L->captures(), L->capture_inits()))
      if (L->isInitCapture(&Capture))
        TraverseStmt(Init);
    if (IsAsync)
      return LocalUses(Known).TraverseStmt(L->getBody());
    for (const ValueDecl *D : Shielded)
      ++Shields[D];
    bool InLambda = std::exchange(InsideLambda, true);
    for (ParmVarDecl *P : L->getCallOperator()->parameters())
      Known.insert(P->getLocation());
    for (ParmVarDecl *P : L->getCallOperator()->parameters())
      if (P->hasDefaultArg() && !P->hasUninstantiatedDefaultArg())
        TraverseStmt(P->getDefaultArg());
    TraverseStmt(L->getBody());
    InsideLambda = InLambda;
    for (const ValueDecl *D : Shielded)
      --Shields[D];
    return true;
  }

  bool VisitExpr(Expr *E) {
    if (C.TypeOf.isErased(E))
      Erased.push_back(E);
    return true;
  }

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    const ValueDecl *D = E->getDecl();
    if (isPack(D))
      return element(E);
    if (!isLocal(D)) {
      // A name that a lambda in the body declares means nothing outside it.
      if (!isa<VarDecl>(D) || cast<VarDecl>(D)->isLocalVarDeclOrParm())
        if (!isa<FunctionDecl, EnumConstantDecl>(D))
          Known.insert(E->getLocation());
      return qualify(E);
    }
    if (InsideLambda || !(Read.contains(E) || Written.contains(E)))
      ++OtherUses[D].Others;
    else if (Written.contains(E))
      ++OtherUses[D].Written;
    Known.insert(E->getLocation());
    if (!Shields.lookup(D) && !Done.contains(E->getLocation()))
      C.Source.replace(E->getLocation(), ir::Text().append(ir::use(C.idOf(D))));
    return true;
  }

  /// Parents come first.
  bool VisitImplicitCastExpr(ImplicitCastExpr *E) {
    if (E->getCastKind() == CK_LValueToRValue)
      if (const auto *Ref =
              dyn_cast<DeclRefExpr>(E->getSubExpr()->IgnoreParens()))
        Read.insert(Ref);
    return true;
  }

  bool VisitBinaryOperator(BinaryOperator *E) {
    if (E->isAssignmentOp())
      written(E->getLHS());
    return true;
  }

  bool VisitVarDecl(VarDecl *D) {
    OtherUses.try_emplace(D);
    Known.insert(D->getLocation());
    if (const auto *Parts = dyn_cast<DecompositionDecl>(D))
      for (const BindingDecl *Part : Parts->bindings())
        Known.insert(Part->getLocation());
    return true;
  }

  /// decltype(x) tells what x was declared as, which a member may not be.
  bool VisitDecltypeTypeLoc(DecltypeTypeLoc T) {
    const auto *Ref = dyn_cast<DeclRefExpr>(T.getUnderlyingExpr());
    if (!Ref || !isLocal(Ref->getDecl()) || Shields.lookup(Ref->getDecl()))
      return true;
    const ValueDecl *D = Ref->getDecl();
    const auto *Part = dyn_cast<BindingDecl>(D);
    if (!C.isCaptured(D) && !Part &&
        (!D->getType()->isReferenceType() || isa<ParmVarDecl>(D)))
      return true;
    ir::VarId Id = C.idOf(D);
    std::optional<ir::Text> Declared = declaredType(T, Id, D->getType());
    if (Declared)
      C.Source.replace(
          T.getSourceRange(),
          ir::Text().append(ir::inStruct(
              Id, C.Source.spelling(T.getSourceRange()), *Declared)));
    else
      C.var(Part ? C.idOf(Part->getDecomposedDecl()) : Id).Problem =
          ir::FrameProblem::Decltype;
    return true;
  }

  bool TraverseDecltypeTypeLoc(DecltypeTypeLoc T, auto... WithQualifier) {
    return unevaluated(
        [&] { return Base::TraverseDecltypeTypeLoc(T, WithQualifier...); });
  }
  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *E) {
    return unevaluated(
        [&] { return Base::TraverseUnaryExprOrTypeTraitExpr(E); });
  }
  bool TraverseCXXNoexceptExpr(CXXNoexceptExpr *E) {
    return unevaluated([&] { return Base::TraverseCXXNoexceptExpr(E); });
  }
  bool TraverseRequiresExpr(RequiresExpr *E) {
    return unevaluated([&] { return Base::TraverseRequiresExpr(E); });
  }

  /// The text of an async member of a local class is finished.
  bool TraverseCXXMethodDecl(CXXMethodDecl *D) {
    if (C.TypeOf.isAsync(D))
      return !D->hasBody() || LocalUses(Known).TraverseStmt(D->getBody());
    return Base::TraverseCXXMethodDecl(D);
  }

  /// The members of a class that is local to the body have an object of theirs.
  bool TraverseCXXRecordDecl(CXXRecordDecl *D) {
    bool InClass = std::exchange(InsideClass, true);
    bool Result = RecursiveASTVisitor::TraverseCXXRecordDecl(D);
    InsideClass = InClass;
    return Result;
  }

  /// `this` otherwise than before `->`; parents come first.
  bool VisitCXXThisExpr(CXXThisExpr *E) {
    if (!E->isImplicit() && objectPointer(E) &&
        Done.insert(E->getLocation()).second)
      C.Source.replace(E->getLocation(), objectAddress(C));
    return true;
  }

  bool VisitMemberExpr(MemberExpr *E) {
    bool OfOther = E->isImplicitAccess() && !objectPointer(E->getBase());
    return OfOther || memberOf(E);
  }
  /// The same where only an instantiation knows the member.
  bool VisitCXXDependentScopeMemberExpr(CXXDependentScopeMemberExpr *E) {
    return unknownMember(E);
  }
  bool VisitUnresolvedMemberExpr(UnresolvedMemberExpr *E) {
    return unknownMember(E);
  }

  /// __func__ names the function, which is not poll.
  bool VisitPredefinedExpr(PredefinedExpr *E) {
    if (!InsideLambda && E->getFunctionName())
      C.Source.replace(E->getLocation(),
                       "\"" + E->getFunctionName()->getString().str() + "\"");
    return true;
  }

  bool VisitArraySubscriptExpr(ArraySubscriptExpr *E) {
    return postfix(use(E->getLHS()));
  }
  bool VisitCallExpr(CallExpr *E) {
    if (foundByFuture(E) || mayFindRuntime(E->getCallee()))
      C.Source.insertBefore(E->getCallee()->getBeginLoc(), "coro::");
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
      OverloadedOperatorKind K = Operator->getOperator();
      bool IsPostfix =
          K == OO_Subscript || K == OO_Call || K == OO_Arrow ||
          ((K == OO_PlusPlus || K == OO_MinusMinus) && E->getNumArgs() == 2);
      return IsPostfix ? postfix(use(E->getArg(0))) : true;
    }
    return postfix(use(E->getCallee()));
  }
  bool VisitUnaryOperator(UnaryOperator *E) {
    if (E->isIncrementDecrementOp())
      written(E->getSubExpr());
    if (const CXXThisExpr *This = objectBehind(E)) {
      C.Source.replace(E->getOperatorLoc(), {});
      nameObject(This);
      return true;
    }
    return E->isPostfix() ? postfix(use(E->getSubExpr())) : true;
  }

  bool TraverseCoyieldExpr(CoyieldExpr *E) {
    return TraverseStmt(const_cast<Expr *>(awaitedOperand(E)));
  }
  bool TraverseCoreturnStmt(CoreturnStmt *S) {
    return WalkUpFromCoreturnStmt(S) && TraverseStmt(S->getOperand());
  }
  bool VisitCoreturnStmt(CoreturnStmt *S) {
    if (InsideLambda)
      return true;
    ir::Piece Open{ir::Piece::Kind::ReturnOpen};
    Open.Operand = returnedBy(C, S);
    if (Open.Operand == ir::Piece::Return::Forwarded)
      Open.Id = C.idOf(movableVariable(C, S->getOperand()));
    bool Comma = S->getOperand() && isComma(S->getOperand()) &&
                 Open.Operand != ir::Piece::Return::Void;
    C.Source.replace(S->getKeywordLoc(),
                     ir::Text().append(Open).append(Comma ? "(" : ""));
    if (S->getOperand()) {
      ir::Piece Close{ir::Piece::Kind::ReturnClose};
      Close.Operand = Open.Operand;
      C.Source.insertBefore(semicolon(S),
                            ir::Text(Comma ? ")" : "").append(Close));
    }
    return true;
  }

  bool VisitUnresolvedLookupExpr(UnresolvedLookupExpr *E) {
    if (!E->getQualifier() && isHidden(E->getName().getAsString()))
      C.Diags.report(E->getNameLoc(), Diag::name_clash)
          << E->getName().getAsString();
    return true;
  }
  bool VisitTagTypeLoc(TagTypeLoc T) { return typeName(T.getDecl(), T); }
  bool VisitTypedefTypeLoc(TypedefTypeLoc T) {
    return typeName(T.getTypePtr()->getDecl(), T);
  }
  /// A qualified name means the same everywhere, but not its arguments.
  bool traverseQualified(NestedNameSpecifierLoc Qualifier, TypeLoc Named) {
    if (!TraverseNestedNameSpecifierLoc(Qualifier))
      return false;
    if (auto S = Named.getAs<TemplateSpecializationTypeLoc>())
      for (unsigned I = 0; I < S.getNumArgs(); ++I)
        if (!TraverseTemplateArgumentLoc(S.getArgLoc(I)))
          return false;
    return true;
  }

private:
  //===--------------------------------------------------------------------===//
  // The object of a member function
  //===--------------------------------------------------------------------===//

  /// \p E as the `this` of the function; null for anything else.
  const CXXThisExpr *objectPointer(const Expr *E) const {
    return C.Self && !InsideClass ? dyn_cast<CXXThisExpr>(E->IgnoreImpCasts())
                                  : nullptr;
  }

  /// The `this` of `*this`.
  const CXXThisExpr *objectBehind(const Expr *E) const {
    const auto *Unary = dyn_cast<UnaryOperator>(E);
    return Unary && Unary->getOpcode() == UO_Deref
               ? objectPointer(Unary->getSubExpr())
               : nullptr;
  }

  /// `self` instead of a `this` that is written.
  void nameObject(const CXXThisExpr *This) {
    Done.insert(This->getLocation());
    C.Source.replace(This->getLocation(), objectText(C));
  }

  /// this->n and n become self.n.
  template <typename Member>
  bool memberOfObject(const CXXThisExpr *This, const Member *E) {
    if (This->isImplicit()) {
      C.Source.insertBefore(E->getBeginLoc(), objectText(C).append("."));
      return true;
    }
    nameObject(This);
    C.Source.replace(E->getOperatorLoc(), ".");
    return true;
  }

  /// e.n, e->n
  template <typename Member> bool memberOf(const Member *E) {
    if (const CXXThisExpr *This = objectPointer(E->getBase()))
      return memberOfObject(This, E);
    if (const auto *Paren = dyn_cast<ParenExpr>(E->getBase());
        Paren && objectBehind(Paren->getSubExpr())) {
      C.Source.replace(Paren->getLParen(), {}); // (*this).n
      C.Source.replace(Paren->getRParen(), {});
      return true;
    }
    if (E->isArrow())
      return postfix(use(E->getBase()));
    if (const DeclRefExpr *Ref = use(E->getBase())) {
      postfix(Ref);
      if (!Shields.lookup(Ref->getDecl()))
        C.Source.replace(E->getOperatorLoc(),
                         ir::Text().append(ir::member(C.idOf(Ref->getDecl()))));
    }
    return true;
  }

  template <typename Member> bool unknownMember(const Member *E) {
    if (!E->isImplicitAccess())
      return memberOf(E);
    if (C.Self && !InsideClass)
      C.Source.insertBefore(E->getBeginLoc(), objectText(C).append("."));
    return true;
  }

  void captureObject(const LambdaExpr *L, const LambdaCapture &Each) {
    ir::Text Captured = objectCapture(C, L, Each);
    if (Each.getCaptureKind() == LCK_StarThis &&
        C.F.Object.isConstQualified() && L->isMutable()) {
      // A copy of what a reference refers to is as const as that.
      captureByReference(L, *C.Self, "self", /*Always=*/true);
      Captured = "self";
    }
    if (!Each.isExplicit()) {
      C.Source.insertAfter(L->getCaptureDefaultLoc(),
                           ir::Text(", ").append(Captured));
      return;
    }
    if (Each.getCaptureKind() == LCK_StarThis) {
      auto Star = C.Source.tokens({Each.getLocation(), Each.getLocation()});
      C.Source.replace(Star.end()->location(), {});
    }
    C.Source.replace(Each.getLocation(), Captured);
  }

  /// What \p Id was declared as: by its name, or by what the member is.
  std::optional<ir::Text> declaredType(DecltypeTypeLoc T, ir::VarId Id,
                                       QualType Declared) const {
    QualType Type = T.getTypePtr()->getUnderlyingType();
    if (Type->isDependentType())
      Type = Declared;
    bool Known = !Type->isDependentType() && !C.TypeOf.mentionsFuture(Type);
    if (std::optional<ir::Text> Spelled = C.Spelling.typeId(Type);
        Spelled && Known)
      return Spelled;
    if (!Type->isLValueReferenceType())
      return std::nullopt;
    return ir::Text("decltype((").append(ir::use(Id)).append("))");
  }

  bool isPack(const ValueDecl *D) const {
    const auto *P = dyn_cast<ParmVarDecl>(D);
    return P && P->isParameterPack() && P->getDeclContext() == C.F.Decl;
  }

  /// An element of a pack goes by another name, but not in a type.
  bool element(const DeclRefExpr *E) {
    const ValueDecl *D = E->getDecl();
    Known.insert(E->getLocation());
    if (Unevaluated || Shields.lookup(D))
      return true;
    ir::VarId Id = C.idOf(D);
    C.Source.replace(E->getLocation(), ir::Text().append(ir::use(Id)));
    return useElements(Id);
  }

  bool useElements(ir::VarId Id) {
    for (ir::Body::Pack &P : C.Body.Packs)
      P.IsUsed |= P.Var == Id;
    return true;
  }

  /// [args...] becomes [...args = args_].
  void capturePack(const LambdaCapture &Each, const ValueDecl *D) {
    Known.insert(Each.getLocation());
    if (Shields.lookup(D))
      return;
    ir::VarId Id = C.idOf(D);
    useElements(Id);
    C.Source.replace(
        Each.getLocation(),
        ir::Text("..." + D->getName().str() + " = ").append(ir::use(Id)));
    C.Source.replace(Each.getEllipsisLoc(), {});
  }

  /// `x = x` would make a pointer of an array, and what is const no longer so.
  bool losesType(const LambdaExpr *L, const ValueDecl *D) const {
    QualType T = D->getType().getNonReferenceType();
    return T->isArrayType() ||
           (T.isConstQualified() && T->isRecordType() &&
            (L->isMutable() || !T.isTriviallyCopyableType(C.Ast)));
  }

  /// Such an object is copied where a reference of its own name refers to it:
  ///
  ///   [a] { .. }    [&, &a = a] { return [a] { .. }; }()
  void captureAsItIs(const LambdaExpr *L, const LambdaCapture &Each,
                     const ValueDecl *D) {
    if (Each.isExplicit())
      Known.insert(Each.getLocation());
    if (!Shields.lookup(D))
      captureByReference(L, C.idOf(D), D->getName().str(), /*Always=*/false);
  }

  /// Around \p L, the variable has the name \p Name. If not \p Always, it
  /// has that already unless it's a member of the struct.
  void captureByReference(const LambdaExpr *L, ir::VarId Id,
                          const std::string &Name, bool Always) {
    ir::Text Front = ir::Text("[&, &" + Name + " = ")
                         .append(ir::use(Id))
                         .append("] { return ");
    ir::Text Back = "; }()";
    if (!Always) {
      Front = ir::Text().append(ir::inStruct(Id, "", std::move(Front)));
      Back = ir::Text().append(ir::inStruct(Id, "", std::move(Back)));
    }
    C.Source.insertBefore(L->getBeginLoc(), std::move(Front));
    C.Source.insertAfter(L->getEndLoc(), std::move(Back));
  }

  bool isLocal(const ValueDecl *D) const { return isVariable(C, D); }

  const DeclRefExpr *use(const Expr *E) const {
    const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreImpCasts());
    return Ref && isLocal(Ref->getDecl()) ? Ref : nullptr;
  }

  /// \p Ref is the operand of a postfix operator. Parents come first, so the
  /// use itself must not be marked again.
  bool postfix(const DeclRefExpr *Ref) {
    if (Ref && !Shields.lookup(Ref->getDecl())) {
      Done.insert(Ref->getLocation());
      C.Source.replace(Ref->getLocation(), ir::Text().append(ir::use(
                                               C.idOf(Ref->getDecl()), true)));
    }
    return true;
  }

  ir::Piece captureAlso(const LambdaCapture &Each) {
    const ValueDecl *D = Each.getCapturedVar();
    const char *Mark = Each.getCaptureKind() == LCK_ByRef ? "&" : "";
    return {ir::Piece::Kind::CaptureAlso, Mark + D->getName().str(), C.idOf(D)};
  }

  void explicitCapture(const LambdaCapture &Each, const ValueDecl *D) {
    Known.insert(Each.getLocation());
    if (!Shields.lookup(D))
      C.Source.replace(Each.getLocation(),
                       ir::Text().append({ir::Piece::Kind::Capture,
                                          D->getName().str(), C.idOf(D)}));
  }

  /// Behind the operand, and behind what an await in it becomes.
  SourceLocation semicolon(const CoreturnStmt *S) const {
    return C.Source.withSemicolon(S->getSourceRange()).getEnd();
  }

  void written(const Expr *E) {
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParens()))
      Written.insert(Ref);
  }
  bool isOwnNumber(const ValueDecl *D) const {
    return isa<VarDecl>(D) && D->getDeclContext() == C.F.Decl &&
           !C.isCaptured(D) && D->getType()->isScalarType() &&
           !D->getType().isVolatileQualified();
  }

  /// The struct's own names that every lowered function has.
  static bool isHidden(llvm::StringRef Name) {
    return Name == "poll" || Name == "output_type";
  }

  /// In a template, \p Callee is declared by nothing that is known yet, and by
  /// the runtime: a future that is passed may find it there.
  bool mayFindRuntime(const Expr *Callee) const {
    const auto *Unknown = dyn_cast<UnresolvedLookupExpr>(Callee);
    if (!Unknown || !Unknown->requiresADL() || !Unknown->decls().empty())
      return false;
    auto Runtime =
        C.Ast.getTranslationUnitDecl()->lookup(&C.Ast.Idents.get("coro"));
    return llvm::any_of(Runtime, [&](const NamedDecl *D) {
      const auto *Home = dyn_cast<NamespaceDecl>(D);
      return Home && !Home->lookup(Unknown->getName()).empty();
    });
  }

  bool qualify(const DeclRefExpr *E) {
    const ValueDecl *D = E->getDecl();
    if (E->getQualifier() || !D->getDeclName().isIdentifier() ||
        !isHidden(D->getName()))
      return true;
    if (!D->getDeclContext()->getRedeclContext()->isFunctionOrMethod())
      C.Source.replace(E->getLocation(), NamesFrom::fromTop(D));
    Known.insert(E->getLocation());
    return true;
  }

  template <typename Loc> bool typeName(const NamedDecl *D, Loc T) {
    if (D->getDeclName().isIdentifier() && isHidden(D->getName()) &&
        !D->getDeclContext()->isFunctionOrMethod())
      C.Diags.report(T.getBeginLoc(), Diag::name_clash) << D->getName();
    return true;
  }

  /// Which names are taken, and which of them mean something outside.
  void names() {
    llvm::StringSet<> Foreign;
    tok::TokenKind Before = tok::unknown;
    for (const syntax::Token &T : C.Source.tokens(definitionRange(C.F.Decl))) {
      bool Qualified = Before == tok::period || Before == tok::arrow ||
                       Before == tok::coloncolon;
      if (T.kind() == tok::identifier && !Qualified) {
        C.UsedNames.insert(C.Source.text(T));
        if (!Known.contains(T.location()) && !isParameter(T))
          Foreign.insert(C.Source.text(T));
      }
      Before = T.kind();
    }
    // A local that is no member hides a member of its name.
    for (const auto &Entry : C.Locals.Names)
      Foreign.insert(Entry.getKey());
    for (const auto &Entry : C.UsedNames)
      C.Body.UsedNames.push_back(Entry.getKey().str());
    for (const auto &Entry : Foreign)
      C.Body.ForeignNames.push_back(Entry.getKey().str());
  }
  bool isParameter(const syntax::Token &T) const {
    return llvm::any_of(C.F.Decl->parameters(), [&](const ParmVarDecl *P) {
      return P->getLocation() == T.location();
    });
  }

  Context &C;
  std::vector<const Expr *> Erased; ///< Parents come first.
  bool InsideLambda = false, InsideClass = false, Unevaluated = false;
  llvm::DenseSet<const Expr *> Read;
  llvm::DenseSet<const Expr *> Written;
  /// By variable: how often it is used otherwise than to be read.
  struct Uses {
    unsigned Written = 0, Others = 0;
  };
  llvm::DenseMap<const ValueDecl *, Uses> OtherUses;
  llvm::DenseMap<const ValueDecl *, unsigned> Shields;
  llvm::DenseSet<SourceLocation> Known, Done;
};

} // namespace

void markUses(Context &C) { UseMarker(C).run(); }

void noteNamesInTexts(Context &C) {
  struct Finder : RecursiveASTVisitor<Finder> {
    Context &C;
    explicit Finder(Context &C) : C(C) {}

    bool VisitVarDecl(VarDecl *D) { return note(D); }
    bool VisitBindingDecl(BindingDecl *D) { return note(D); }
    bool note(const ValueDecl *D) {
      if (D->getIdentifier() && !C.find(D))
        C.Body.NamesInTexts.push_back(D->getName().str());
      return true;
    }
  };
  Finder(C).TraverseStmt(C.F.body()->getBody());
}

} // namespace coroexpand
