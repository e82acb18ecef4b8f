#include "Lower/Declarations.h"
#include "Lower/Types.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {
namespace {

/// How often each variable is named.
class NameCounter : public RecursiveASTVisitor<NameCounter> {
public:
  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    ++Count[Ref->getDecl()];
    return true;
  }

  llvm::DenseMap<const ValueDecl *, unsigned> Count;
};

/// Variables that are made by the call of a lowered function, and named once
/// behind that.
llvm::DenseSet<ir::VarId> namedOnce(Context &C) {
  NameCounter Counter;
  Counter.TraverseStmt(const_cast<Stmt *>(C.F.Decl->getBody()));
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
  explicit JoinedVariables(Context &C) : C(C), NamedOnce(namedOnce(C)) {}

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

  /// The variables that its first steps move into slots.
  std::vector<ir::VarId> movedFirst(const ir::FullExpr &F) const {
    std::vector<ir::VarId> Result;
    for (const ir::StmtPtr &Step : F.Steps)
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
    std::vector<ir::VarId> Moved = movedFirst(F);
    size_t First = At - std::min(At, Moved.size());
    for (auto [I, Id] : llvm::enumerate(Moved))
      if (First + I >= At || !declares(*S.Body[First + I], Id))
        return 0;
    if (Moved.empty())
      return 0;
    for (size_t I = Moved.size(); I-- > 0;)
      join(cast<ir::Declare>(*S.Body[First + I]), cast<ir::Make>(*F.Steps[I]),
           F);
    S.Body.erase(S.Body.begin() + First, S.Body.begin() + At);
    return Moved.size();
  }

  /// What \p D declares is made by \p Slot, in \p F.
  void join(ir::Declare &D, ir::Make &Slot, ir::FullExpr &F) {
    const ir::Variable &V = C.var(D.Vars[0].Var);
    Slot.D.Value = ir::Text(ir::LibraryName::MaybeDone)
                       .append("<")
                       .append(V.TypeId)
                       .append(">{{")
                       .append(D.Vars[0].Value)
                       .append("}}");
    F.Comment = D.Comment + F.Comment;
    F.Inside.insert(F.Inside.begin(), D.Inside.begin(), D.Inside.end());
    F.BlankBefore = D.BlankBefore;
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
};

} // namespace

void joinVariablesInPlace(Context &C) { JoinedVariables(C).scope(*C.Body.Top); }

} // namespace coroexpand
