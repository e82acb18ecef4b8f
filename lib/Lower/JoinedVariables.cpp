#include "Lower/Declarations.h"
#include "Lower/Describe.h"
#include "Lower/Expressions.h"
#include "Lower/Types.h"
#include "Source/Runtime.h"
#include "Source/Walk.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {
namespace {

/// How often each variable is named; and the selects that are awaited where
/// they are made.
class NameCounter : public RecursiveASTVisitor<NameCounter> {
public:
  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    ++Count[Ref->getDecl()];
    return true;
  }
  bool VisitCoawaitExpr(CoawaitExpr *E) {
    const auto *Call = dyn_cast<CallExpr>(asWritten(awaitedOperand(E)));
    if (Call &&
        runtimeFunction(Call->getDirectCallee()) == RuntimeFunction::Select)
      Selects.push_back(Call);
    return true;
  }

  llvm::DenseMap<const ValueDecl *, unsigned> Count;
  std::vector<const CallExpr *> Selects;
};

/// Variables that are made by the call of a lowered function, and named once
/// behind that.
llvm::DenseSet<ir::VarId> namedOnce(Context &C, const NameCounter &Counter) {
  llvm::DenseSet<ir::VarId> Result;
  for (auto [D, Id] : C.variables())
    if (const auto *Var = dyn_cast<VarDecl>(D);
        Var && Var->hasLocalStorage() && !isa<ParmVarDecl>(Var) &&
        Var->getInit() && !C.var(Id).Const && !C.var(Id).Dependent &&
        Counter.Count.lookup(Var) == 1 && C.TypeOf.concreteCall(Var->getInit()))
      Result.insert(Id);
  return Result;
}

class JoinedVariables {
public:
  explicit JoinedVariables(Context &C) : C(C) {
    NameCounter Counter;
    Counter.TraverseStmt(const_cast<Stmt *>(C.F.Decl->getBody()));
    NamedOnce = namedOnce(C, Counter);
    for (const CallExpr *Select : Counter.Selects)
      noteSelect(Select);
  }

  void scope(ir::Scope &S) {
    if (NamedOnce.empty())
      return;
    for (size_t I = 0; I < S.Body.size(); ++I) {
      ir::Stmt &Child = *S.Body[I];
      inside(Child);
      if (auto *F = dyn_cast<ir::FullExpr>(&Child))
        I -= fullExpr(*F, S, I);
    }
  }

private:
  /// All that \p Select waits for are variables that are moved into it.
  void noteSelect(const CallExpr *Select) {
    std::vector<ir::VarId> Moved;
    for (const Expr *Arg : Select->arguments()) {
      const DeclRefExpr *Named =
          asWritten(Arg)->isXValue() ? namedVariable(asWritten(Arg)) : nullptr;
      std::optional<ir::VarId> Id =
          Named ? C.find(Named->getDecl()) : std::nullopt;
      if (!Id || !NamedOnce.contains(*Id))
        return;
      Moved.push_back(*Id);
    }
    if (!Moved.empty())
      Selected[Moved.front()] = std::move(Moved);
  }

  void inside(ir::Stmt &S) {
    auto Part = [&](const std::unique_ptr<ir::Scope> &Inner) {
      if (Inner)
        scope(*Inner);
    };
    if (auto *Inner = dyn_cast<ir::Scope>(&S))
      return scope(*Inner);
    if (auto *I = dyn_cast<ir::If>(&S)) {
      Part(I->Then);
      Part(I->Else);
    } else if (auto *L = dyn_cast<ir::Loop>(&S)) {
      Part(L->Body);
      Part(L->Tail);
    } else if (auto *W = dyn_cast<ir::Switch>(&S)) {
      Part(W->Body);
    } else if (auto *T = dyn_cast<ir::Try>(&S)) {
      Part(T->Body);
    }
  }

  /// The variable that \p Step moves into a slot of a join, if it may be made
  /// there.
  std::optional<ir::VarId> movedInto(const ir::Stmt &Step) const {
    const auto *M = dyn_cast<ir::Make>(&Step);
    return M && M->MovedFrom && NamedOnce.contains(*M->MovedFrom)
               ? M->MovedFrom
               : std::nullopt;
  }

  /// Its first steps, behind that which makes what knows what slots hold.
  static llvm::ArrayRef<ir::StmtPtr> slotsOf(const ir::FullExpr &F) {
    return llvm::ArrayRef(F.Steps).drop_front();
  }

  /// The variables that the first of these move into slots.
  std::vector<ir::VarId> movedFirst(const ir::FullExpr &F) const {
    std::vector<ir::VarId> Result;
    for (const ir::StmtPtr &Step : slotsOf(F))
      if (std::optional<ir::VarId> Id = movedInto(*Step))
        Result.push_back(*Id);
      else
        break;
    return Result;
  }

  static bool declares(const ir::Stmt &S, ir::VarId Id) {
    const auto *D = dyn_cast<ir::Declare>(&S);
    return D && D->Vars.size() == 1 && D->Vars[0].Var == Id &&
           D->Vars[0].Init == ir::Declarator::Style::Copy &&
           D->Trailing.empty() && D->Parts == 1;
  }

  /// \p F is statement \p At of \p S. Returns how many before it have become
  /// parts of its steps.
  size_t fullExpr(ir::FullExpr &F, ir::Scope &S, size_t At) {
    std::vector<ir::VarId> Moved = movedFirst(F), Into = movedIntoSelect(F);
    const std::vector<ir::VarId> &All = Moved.empty() ? Into : Moved;
    size_t First = At - std::min(At, All.size());
    for (auto [I, Id] : llvm::enumerate(All))
      if (First + I >= At || !declares(*S.Body[First + I], Id))
        return 0;
    if (All.empty())
      return 0;
    if (!Into.empty())
      select(llvm::ArrayRef(S.Body).slice(First, Into.size()),
             cast<ir::Make>(*F.Steps.front()), F);
    for (size_t I = Moved.size(); I-- > 0;)
      join(cast<ir::Declare>(*S.Body[First + I]),
           cast<ir::Make>(*slotsOf(F)[I]), F);
    S.Body.erase(S.Body.begin() + First, S.Body.begin() + At);
    return All.size();
  }

  /// The variables that are all that its first step, a select, is made from.
  std::vector<ir::VarId> movedIntoSelect(const ir::FullExpr &F) const {
    const auto *M = dyn_cast<ir::Make>(F.Steps.front().get());
    if (!M || M->MovedFrom || M->D.Init == ir::Declarator::Style::None)
      return {};
    std::vector<ir::VarId> Named = ir::variablesIn(M->D.Value);
    auto Found = Named.empty() ? Selected.end() : Selected.find(Named.front());
    if (Found == Selected.end() || Found->second != Named)
      return {};
    return Named;
  }

  /// Braces make their elements in order, whatever the compiler:
  ///
  ///   auto a = f(); auto b = g();
  ///   select = coro::select(std::move(a), std::move(b))
  ///
  ///   select = coro::select_future<f_future, g_future>{f(), g()}
  void select(llvm::ArrayRef<ir::StmtPtr> Declared, ir::Make &Made,
              ir::FullExpr &F) {
    ir::Text Type = ir::Text(ir::LibraryName::SelectFuture).append("<");
    ir::Text Futures;
    ir::Variable &V = C.var(Made.D.Var);
    V.Size = 1;
    for (const ir::StmtPtr &Each : Declared) {
      const ir::Declarator &D = cast<ir::Declare>(*Each).Vars[0];
      const char *Comma = Futures.empty() ? "" : ", ";
      Type.append(Comma).append(C.var(D.Var).TypeId);
      Futures.append(Comma).append(D.Value);
      V.Size += C.var(D.Var).Size;
    }
    for (const ir::StmtPtr &Each : llvm::reverse(Declared))
      absorb(cast<ir::Declare>(*Each), F);
    declareBy(V, Type.append(">"));
    Made.D.Init = ir::Declarator::Style::Spelled;
    Made.D.Deduced = false;
    Made.D.Value = V.TypeId;
    Made.D.Value.append("{").append(Futures).append("}");
  }

  /// What stands around \p D goes along.
  static void absorb(ir::Declare &D, ir::FullExpr &F) {
    F.Comment = D.Comment + F.Comment;
    F.Inside.insert(F.Inside.begin(), D.Inside.begin(), D.Inside.end());
    F.BlankBefore = D.BlankBefore;
  }

  /// What \p D declares is made by \p Slot, in \p F.
  void join(ir::Declare &D, ir::Make &Slot, ir::FullExpr &F) {
    const ir::Variable &V = C.var(D.Vars[0].Var);
    Slot.D.Value = ir::Text(ir::LibraryName::JoinSlot)
                       .append("<")
                       .append(V.TypeId)
                       .append(">{{")
                       .append(D.Vars[0].Value)
                       .append("}}");
    absorb(D, F);
    takeName(C.var(D.Vars[0].Var), C.var(Slot.D.Var));
  }

  /// The slot goes by the variable's name where nothing else does.
  void takeName(ir::Variable &From, ir::Variable &Slot) {
    auto IsName = [&](const syntax::Token &T) {
      return C.Source.text(T) == From.Name;
    };
    auto Tokens = C.Source.tokens(C.F.Decl->getBody()->getSourceRange());
    if (llvm::count_if(Tokens, IsName) != 2 || // Its declaration, and its use.
        llvm::is_contained(C.Body.ForeignNames, From.Name))
      return;
    llvm::erase(C.Body.UsedNames, From.Name);
    Slot.Name = std::exchange(From.Name, "");
  }

  Context &C;
  llvm::DenseSet<ir::VarId> NamedOnce;
  /// The variables of each select, by the first of them.
  llvm::DenseMap<ir::VarId, std::vector<ir::VarId>> Selected;
};

} // namespace

void joinVariablesInPlace(Context &C) { JoinedVariables(C).scope(*C.Body.Top); }

} // namespace coroexpand
