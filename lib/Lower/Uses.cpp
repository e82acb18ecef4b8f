#include "Lower/Builder.h"
#include "Source/Walk.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringSet.h"

using namespace clang;

namespace coroexpand {

ir::VarId Builder::idOf(const ValueDecl *D) {
  auto Found = Vars.find(D);
  if (Found != Vars.end())
    return Found->second;
  ir::VarId Id = variable(D->getName().str(), ir::Variable::Role::Local,
                          at(D->getLocation()));
  Vars[D] = Id;
  return Id;
}

/// Edits the function's text once, where its meaning depends on where a
/// variable lives or how a future returns:
///
///   x            a use of x                    x, *r, std::get<0>(pair)
///   r.f()        a use of r and its dot        r->f()
///   [x] [&x]     an explicit capture           [x = x] [&x = x]
///   [=]          captures by copy              [=, x = x]
///   co_return e  the future's result           return coro::ready(e)
///   poll(fd)     a name the struct hides       ::poll(fd)
///
/// Inside a lambda that captures x by copy or by name, x is the capture.
class UseMarker : public RecursiveASTVisitor<UseMarker> {
public:
  explicit UseMarker(Builder &B) : B(B) {}

  void run() {
    TraverseStmt(B.F.body()->getBody());
    names();
  }

  bool shouldVisitImplicitCode() const { return false; }

  bool TraverseLambdaExpr(LambdaExpr *L) {
    llvm::SmallVector<const ValueDecl *, 4> Shielded;
    llvm::SmallVector<const ValueDecl *, 4> ByDefault;
    for (const LambdaCapture &C : L->captures()) {
      if (!C.capturesVariable() || L->isInitCapture(&C))
        continue;
      const ValueDecl *D = C.getCapturedVar();
      if (!isLocal(D))
        continue;
      if (C.isExplicit())
        explicitCapture(C, D);
      else if (C.getCaptureKind() == LCK_ByCopy)
        ByDefault.push_back(D);
      else
        continue;
      Shielded.push_back(D);
      if (C.getCaptureKind() == LCK_ByCopy && D->getType()->isArrayType())
        B.var(B.idOf(D)).Problem = ir::FrameProblem::ArrayCapture;
    }
    for (const ValueDecl *D : ByDefault)
      B.Source.insertAfter(L->getCaptureDefaultLoc(),
                           ir::Text().append(capture(D, /*Also=*/true)));
    for (auto [Capture, Init] : llvm::zip(L->captures(), L->capture_inits()))
      if (L->isInitCapture(&Capture))
        TraverseStmt(Init);
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

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    const ValueDecl *D = E->getDecl();
    if (!isLocal(D)) {
      // A name that a lambda in the body declares means nothing outside it.
      if (!isa<VarDecl>(D) || cast<VarDecl>(D)->isLocalVarDeclOrParm())
        if (!isa<FunctionDecl, EnumConstantDecl>(D))
          Known.insert(E->getLocation());
      return qualify(E);
    }
    Known.insert(E->getLocation());
    if (!Shields.lookup(D) && !Done.contains(E->getLocation()))
      B.Source.replace(E->getLocation(), ir::Text().append(ir::use(B.idOf(D))));
    return true;
  }

  bool VisitVarDecl(VarDecl *D) {
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
    const auto *Part = dyn_cast<BindingDecl>(Ref->getDecl());
    QualType Declared = Ref->getDecl()->getType();
    if (Part ||
        (Declared->isReferenceType() && !isa<ParmVarDecl>(Ref->getDecl())))
      B.var(B.idOf(Part ? Part->getDecomposedDecl() : Ref->getDecl()))
          .Problem = ir::FrameProblem::Decltype;
    return true;
  }

  bool VisitMemberExpr(MemberExpr *E) {
    if (E->isImplicitAccess())
      return true;
    if (E->isArrow())
      return postfix(use(E->getBase()));
    if (const DeclRefExpr *Ref = use(E->getBase())) {
      postfix(Ref);
      if (!Shields.lookup(Ref->getDecl()))
        B.Source.replace(E->getOperatorLoc(),
                         ir::Text().append(ir::member(B.idOf(Ref->getDecl()))));
    }
    return true;
  }
  /// __func__ names the function, which is not poll.
  bool VisitPredefinedExpr(PredefinedExpr *E) {
    if (!InsideLambda && E->getFunctionName())
      B.Source.replace(E->getLocation(),
                       "\"" + E->getFunctionName()->getString().str() + "\"");
    return true;
  }

  bool VisitArraySubscriptExpr(ArraySubscriptExpr *E) {
    return postfix(use(E->getLHS()));
  }
  bool VisitCallExpr(CallExpr *E) {
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
    return E->isPostfix() ? postfix(use(E->getSubExpr())) : true;
  }

  bool TraverseCoreturnStmt(CoreturnStmt *S) {
    return WalkUpFromCoreturnStmt(S) && TraverseStmt(S->getOperand());
  }
  bool VisitCoreturnStmt(CoreturnStmt *S) {
    if (InsideLambda)
      return true;
    ir::Piece Open{ir::Piece::Kind::ReturnOpen};
    Open.Operand = operandOf(S);
    bool Comma = S->getOperand() && isComma(S->getOperand()) &&
                 Open.Operand != ir::Piece::Return::Void;
    B.Source.replace(S->getKeywordLoc(),
                     ir::Text().append(Open).append(Comma ? "(" : ""));
    if (S->getOperand()) {
      ir::Piece Close{ir::Piece::Kind::ReturnClose};
      Close.Operand = Open.Operand;
      B.Source.insertBefore(semicolon(S),
                            ir::Text(Comma ? ")" : "").append(Close));
    }
    return true;
  }

  bool VisitUnresolvedLookupExpr(UnresolvedLookupExpr *E) {
    if (!E->getQualifier() && isHidden(E->getName().getAsString()))
      B.Diags.report(E->getNameLoc(), Diag::name_clash)
          << E->getName().getAsString();
    return true;
  }
  bool VisitTagTypeLoc(TagTypeLoc T) { return typeName(T.getDecl(), T); }
  bool VisitTypedefTypeLoc(TypedefTypeLoc T) {
    return typeName(T.getTypedefNameDecl(), T);
  }
  bool TraverseElaboratedTypeLoc(ElaboratedTypeLoc T) {
    if (T.getQualifierLoc())
      return true; // A qualified name means the same everywhere.
    return RecursiveASTVisitor::TraverseElaboratedTypeLoc(T);
  }

private:
  bool isLocal(const ValueDecl *D) const {
    if (const auto *Part = dyn_cast<BindingDecl>(D))
      D = cast<ValueDecl>(Part->getDecomposedDecl());
    const auto *Var = dyn_cast<VarDecl>(D);
    return Var && Var->hasLocalStorage() && Var->getDeclContext() == B.F.Decl;
  }

  const DeclRefExpr *use(const Expr *E) const {
    const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreImpCasts());
    return Ref && isLocal(Ref->getDecl()) ? Ref : nullptr;
  }

  /// \p Ref is the operand of a postfix operator. Parents come first, so the
  /// use itself must not be marked again.
  bool postfix(const DeclRefExpr *Ref) {
    if (Ref && !Shields.lookup(Ref->getDecl())) {
      Done.insert(Ref->getLocation());
      B.Source.replace(Ref->getLocation(), ir::Text().append(ir::use(
                                               B.idOf(Ref->getDecl()), true)));
    }
    return true;
  }

  ir::Piece capture(const ValueDecl *D, bool Also) {
    return {Also ? ir::Piece::Kind::CaptureAlso : ir::Piece::Kind::Capture,
            D->getName().str(), B.idOf(D)};
  }

  void explicitCapture(const LambdaCapture &C, const ValueDecl *D) {
    Known.insert(C.getLocation());
    if (!Shields.lookup(D))
      B.Source.replace(C.getLocation(),
                       ir::Text().append(capture(D, /*Also=*/false)));
  }

  /// Behind the operand, and behind what an await in it becomes.
  SourceLocation semicolon(const CoreturnStmt *S) const {
    return B.Source.withSemicolon(S->getSourceRange()).getEnd();
  }

  ir::Piece::Return operandOf(const CoreturnStmt *S) const {
    using Return = ir::Piece::Return;
    const Expr *E = S->getOperand();
    if (!E)
      return Return::Nothing;
    if (E->getType()->isVoidType() && !isa<InitListExpr>(E))
      return Return::Void;
    bool SameType =
        !isa<InitListExpr>(E) && !B.F.Output->isReferenceType() &&
        !B.TypeOf.mentionsFuture(B.F.Output) &&
        B.Context.hasSameUnqualifiedType(asWritten(E)->getType(), B.F.Output);
    if (E->getType()->isRecordType() && returnsMoved(S))
      return SameType ? Return::MovedExact : Return::Moved;
    return SameType ? Return::Exact : Return::Converted;
  }

  /// clang hands an eligible variable to return_value as an rvalue.
  static bool returnsMoved(const CoreturnStmt *S) {
    const auto *Call = dyn_cast_or_null<CallExpr>(
        S->getPromiseCall() ? S->getPromiseCall()->IgnoreImplicit() : nullptr);
    if (!Call || Call->getNumArgs() != 1 ||
        !isa<DeclRefExpr>(S->getOperand()->IgnoreParenImpCasts()))
      return false;
    return Call->getArg(0)->isXValue() || S->getOperand()->isXValue();
  }

  /// The struct's own names that every lowered function has.
  static bool isHidden(llvm::StringRef Name) {
    return Name == "poll" || Name == "output_type";
  }

  bool qualify(const DeclRefExpr *E) {
    const ValueDecl *D = E->getDecl();
    if (E->getQualifier() || !D->getDeclName().isIdentifier() ||
        !isHidden(D->getName()))
      return true;
    if (D->getDeclContext()->getRedeclContext()->isFileContext())
      B.Source.replace(E->getLocation(), "::" + nameFromTop(D));
    Known.insert(E->getLocation());
    return true;
  }

  template <typename Loc> bool typeName(const NamedDecl *D, Loc T) {
    if (D->getDeclName().isIdentifier() && isHidden(D->getName()) &&
        D->getDeclContext()->isFileContext())
      B.Diags.report(T.getBeginLoc(), Diag::name_clash) << D->getName();
    return true;
  }

  /// Which names are taken, and which of them mean something outside.
  void names() {
    llvm::StringSet<> Used, Foreign;
    tok::TokenKind Before = tok::unknown;
    for (const syntax::Token &T : B.Source.tokens(B.F.Decl->getSourceRange())) {
      if (T.kind() == tok::identifier) {
        Used.insert(B.Source.text(T));
        bool Qualified = Before == tok::period || Before == tok::arrow ||
                         Before == tok::coloncolon;
        if (!Qualified && !Known.contains(T.location()) && !isParameter(T))
          Foreign.insert(B.Source.text(T));
      }
      Before = T.kind();
    }
    for (const auto &Entry : Used)
      B.Result.UsedNames.push_back(Entry.getKey().str());
    for (const auto &Entry : Foreign)
      B.Result.ForeignNames.push_back(Entry.getKey().str());
  }
  bool isParameter(const syntax::Token &T) const {
    return llvm::any_of(B.F.Decl->parameters(), [&](const ParmVarDecl *P) {
      return P->getLocation() == T.location();
    });
  }

  Builder &B;
  bool InsideLambda = false;
  llvm::DenseMap<const ValueDecl *, unsigned> Shields;
  llvm::DenseSet<SourceLocation> Known, Done;
};

void Builder::markUses() { UseMarker(*this).run(); }

namespace {

void continuesOf(const Stmt *S, llvm::SmallVectorImpl<const Stmt *> &Found) {
  if (isa<ContinueStmt>(S))
    Found.push_back(S);
  if (!isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(S))
    forEachChild(S, [&](const Stmt *Child) { continuesOf(Child, Found); });
}

} // namespace

void Builder::markContinues(const Stmt *LoopBody, ir::LoopId Id) {
  llvm::SmallVector<const Stmt *, 4> Found;
  continuesOf(LoopBody, Found);
  for (const Stmt *S : Found)
    Source.replace(S->getBeginLoc(),
                   ir::Text().append({ir::Piece::Kind::Continue, "", Id}));
}

} // namespace coroexpand
