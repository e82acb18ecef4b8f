#include "Plan/LastUses.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Casting.h"

using llvm::dyn_cast;

namespace coroexpand {

class LastUses::Walk {
public:
  Walk(const ir::Body &Body, LastUses &Result)
      : Body(Body), Result(Result), Known(Body.Vars.size()) {}

  void run() {
    for (const ir::Variable &V : Body.Vars)
      inTypes(V.TypeId);
    for (const ir::Maker &M : Body.Makers)
      for (ir::VarId Id : M.Arguments)
        Known[Id].IsNamedByType = true;
    for (ir::VarId Id = 0; Id < Body.NumParams; ++Id)
      if ((Body.Vars[Id].Private || Body.Vars[Id].MovedOn) &&
          !Known[Id].IsNamedByType && !Body.Vars[Id].Name.empty())
        Known[Id].In = Body.Top.get();
    scope(*Body.Top);
    for (ir::VarId Id = 0; Id < Known.size(); ++Id)
      if (const ir::Stmt *Last = Known[Id].Last; Last && !Known[Id].IsKept)
        Result.Ending[Last].push_back(Id);
    for (ir::VarId Id = 0; Id < Body.NumParams; ++Id)
      if (Body.Vars[Id].Private && Known[Id].In && !Known[Id].IsKept)
        Result.Parameters.push_back(Id);
    for (const auto &[S, All] : Declared)
      blocks(*S, All);
  }

private:
  /// What is known of a variable that has been declared.
  struct Needed {
    const ir::Scope *In = nullptr; ///< Where it was declared ..
    size_t Depth = 0;              ///< .. among how many scopes ..
    size_t Loops = 0;              ///< .. and loops.
    size_t LastIn = 0;             ///< The statement of In that needs it last.
    const ir::Stmt *Last = nullptr;
    bool IsNamedByType = false; ///< A type in the struct needs it to be there.
    bool IsKept = false;        ///< A temporary may have its address.
  };

  void inTypes(const ir::Text &T) {
    for (ir::VarId Id : ir::variablesIn(T))
      Known[Id].IsNamedByType = true;
  }

  //===--------------------------------------------------------------------===//
  // Uses
  //===--------------------------------------------------------------------===//

  /// decltype of a variable needs it to be declared.
  void text(const ir::Text &T, const ir::Stmt &By) {
    for (ir::VarId Id : ir::variablesIn(T))
      use(Id, By);
    ir::forEachPiece(T, [&](const ir::Piece &P) {
      if (P.K == ir::Piece::Kind::InStruct)
        use(P.Id, By);
    });
  }

  void use(ir::VarId Id, const ir::Stmt &By) {
    Needed &N = Known[Id];
    if (!N.In)
      return;
    N.LastIn = Scopes[N.Depth].At;
    N.Last = Loops.size() > N.Loops ? Loops[N.Loops] : &By;
  }

  void declare(const ir::Declare &D) {
    bool Own = true;
    for (const ir::Declarator &One : D.Vars) {
      const ir::Variable &V = Body.Vars[One.Var];
      Needed &N = Known[One.Var];
      Own &= V.Private && !N.IsNamedByType;
      if (!V.Private && !V.MovedOn)
        continue;
      N.In = Scopes.back().S;
      N.Depth = Scopes.size() - 1;
      N.Loops = Loops.size();
      use(One.Var, D);
    }
    if (Own)
      Declared[Scopes.back().S].push_back({&D, Scopes.back().At});
    text(D.Original, D);
    for (const ir::Declarator &One : D.Vars)
      text(One.Value, D);
  }

  //===--------------------------------------------------------------------===//
  // Statements
  //===--------------------------------------------------------------------===//

  void scope(const ir::Scope &S) {
    Scopes.push_back({&S, 0});
    for (size_t I = 0; I < S.Body.size(); ++I) {
      Scopes.back().At = I;
      statement(*S.Body[I]);
    }
    Scopes.pop_back();
  }

  void statement(const ir::Stmt &S) {
    if (const auto *D = dyn_cast<ir::Declare>(&S))
      return declare(*D);
    if (const auto *Inner = dyn_cast<ir::Scope>(&S))
      return scope(*Inner);
    if (const auto *M = dyn_cast<ir::Make>(&S))
      keeps(M->D);
    const auto *L = dyn_cast<ir::Loop>(&S);
    if (L)
      Loops.push_back(L);
    ir::forEachPart(
        S, [&](const ir::Text &T) { text(T, S); },
        [&](const ir::Stmt &Part) { statement(Part); });
    if (L)
      Loops.pop_back();
  }

  /// An operand that is evaluated before a wait may be kept as a pointer to
  /// what it names, or to the elements of an array in that.
  void keeps(const ir::Declarator &D) {
    const ir::Variable &Made = Body.Vars[D.Var];
    for (ir::VarId Id : ir::variablesIn(D.Value)) {
      const ir::Variable &V = Body.Vars[Id];
      bool MayBePointer = Made.TrivialInit && (V.Array || !V.TrivialInit);
      Known[Id].IsKept |= Made.Reference || Made.Held || MayBePointer;
    }
  }

  //===--------------------------------------------------------------------===//
  // Blocks
  //===--------------------------------------------------------------------===//

  struct Declaration {
    const ir::Declare *D;
    size_t At;
  };

  /// No label may stand in a block, and nothing be declared in it that is
  /// needed behind it.
  bool mayStandInBlock(const ir::Stmt &S) const {
    if (ir::hasEntry(S) || llvm::isa<ir::Label>(S))
      return false;
    if (const auto *O = dyn_cast<ir::Opaque>(&S))
      return !O->Declares;
    const auto *D = dyn_cast<ir::Declare>(&S);
    return !D || llvm::none_of(D->Vars, [&](const ir::Declarator &One) {
      return Body.Vars[One.Var].R == ir::Variable::Role::Constant;
    });
  }

  size_t lastOf(const ir::Declare &D) const {
    size_t Result = 0;
    for (const ir::Declarator &One : D.Vars)
      Result = std::max(Result, Known[One.Var].LastIn);
    return Result;
  }

  void blocks(const ir::Scope &S, llvm::ArrayRef<Declaration> All) {
    std::vector<std::pair<size_t, size_t>> &Made = Result.Blocks[&S];
    std::vector<size_t> Ends(S.Body.size()); // Of the block that begins there.
    size_t End = S.Body.size();
    bool WaitsBehind = false;
    for (size_t I = S.Body.size(); I-- > 0;) {
      if (!mayStandInBlock(*S.Body[I]))
        End = I;
      Ends[I] = WaitsBehind ? End : I;
      WaitsBehind |= ir::hasAwait(*S.Body[I]);
    }
    for (const Declaration &Each : All) {
      size_t Last = lastOf(*Each.D);
      if (llvm::any_of(Each.D->Vars, [&](const ir::Declarator &One) {
            return Known[One.Var].IsKept;
          }))
        continue;
      if (Last >= Ends[Each.At])
        continue;
      Result.InBlock.insert(Each.D);
      if (!Made.empty() && Each.At <= Made.back().second)
        Made.back().second = std::max(Made.back().second, Last);
      else
        Made.push_back({Each.At, Last});
    }
  }

  struct OpenScope {
    const ir::Scope *S;
    size_t At; ///< The statement that is walked through.
  };

  const ir::Body &Body;
  LastUses &Result;
  std::vector<Needed> Known; ///< By VarId.
  std::vector<OpenScope> Scopes;
  std::vector<const ir::Loop *> Loops;
  llvm::MapVector<const ir::Scope *, std::vector<Declaration>> Declared;
};

LastUses::LastUses(const ir::Body &Body) {
  if (Body.NumLabels == 0)
    Walk(Body, *this).run();
}

} // namespace coroexpand
