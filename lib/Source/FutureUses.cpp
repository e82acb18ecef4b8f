#include "Source/FutureUses.h"
#include "Source/ConcreteFutures.h"
#include "Source/FutureNeeds.h"
#include "Source/Includes.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/STLExtras.h"

#include <set>

using namespace clang;

namespace coroexpand {
namespace {

/// Puts expressions into futures.
class Eraser {
public:
  Eraser(AsyncFunctions &Functions, ASTContext &Context, Diagnostics &Diags)
      : Functions(Functions), SM(Context.getSourceManager()),
        LangOpts(Context.getLangOpts()), Diags(Diags),
        Needs(findFutureNeeds(Functions, Context)) {}

  ErasedText run() {
    // What is erased for one need may be what another must be the same as.
    for (bool Again = true; std::exchange(Again, false);)
      for (const FutureNeeds::Type &Each : Needs.Types)
        Again |= meet(Each);
    for (auto [E, Ref] : Needs.Addresses)
      takeAddress(E, Ref);
    for (const DeclRefExpr *Name : Needs.FoundByFuture)
      qualify(Name);
    return std::move(Text);
  }

private:
  /// Erases what has to be for \p N. False when nothing had to be.
  bool meet(const FutureNeeds::Type &N) {
    ConcreteFutures Concrete(Functions);
    llvm::SmallVector<ConcreteFuture, 2> Kinds;
    for (const Expr *E : N.Expressions)
      Kinds.push_back(Concrete.find(E));
    if (N.SameIsEnough && llvm::all_of(Kinds, [&](const ConcreteFuture &Each) {
          return Each.Made == Kinds.front().Made;
        }))
      return false;
    bool Any = false;
    for (const ConcreteFuture &Each : Kinds)
      for (const CallExpr *Call : Each.Calls) {
        Any = true;
        Functions.erase(Call);
        if (!put(Call))
          Diags.report(Call->getBeginLoc(), Diag::future_in_macro)
              << Each.Of->Decl;
      }
    return Any;
  }

  void takeAddress(const Expr *E, const DeclRefExpr *Ref) {
    const auto *D = cast<FunctionDecl>(Ref->getDecl());
    const auto *Method = dyn_cast<CXXMethodDecl>(D);
    bool IsPointer = !Method || Method->isStatic();
    Functions.erase(E);
    if (!IsPointer || isOverloaded(D) || !put(E))
      Diags.report(Ref->getLocation(), Diag::async_address) << D;
  }

  /// `&f` alone would not say which.
  static bool isOverloaded(const FunctionDecl *D) {
    auto Named = D->getDeclContext()->lookup(D->getDeclName());
    return std::distance(Named.begin(), Named.end()) > 1;
  }

  /// Puts \p E into a future: lowering does it in async functions. False where
  /// there is no text of a file's to put it in.
  bool put(const Expr *E) {
    if (Needs.InAsync.contains(E))
      return true;
    SourceLocation Begin = inFile(E->getBeginLoc()),
                   End = inFile(E->getEndLoc());
    if (Begin.isInvalid() || End.isInvalid() || !hasDirective(Begin, SM) ||
        fileOf(Begin, SM) != fileOf(End, SM))
      return false;
    unsigned BeginAt = SM.getFileOffset(Begin),
             EndAt = SM.getFileOffset(End) +
                     Lexer::MeasureTokenLength(End, SM, LangOpts);
    if (Done.insert({fileOf(Begin, SM), BeginAt, EndAt}).second) {
      std::vector<ir::Replacement> &Into = Text[fileOf(Begin, SM)];
      ErasedSpelling S = spellingOfErased(E);
      Into.push_back({{BeginAt, BeginAt},
                      std::string(Needs.NameIsUsed ? "::" : "") +
                          spelled(S.Name) + S.Open});
      Into.push_back({{EndAt, EndAt}, S.Close});
    }
    return true;
  }

  /// `join(f(), g())` finds coro::join where f gives a coro::future.
  void qualify(const DeclRefExpr *Name) {
    SourceLocation At = inFile(Name->getBeginLoc());
    if (At.isInvalid() || !hasDirective(At, SM))
      return;
    unsigned Offset = SM.getFileOffset(At);
    if (Done.insert({fileOf(At, SM), Offset, Offset}).second)
      Text[fileOf(At, SM)].push_back(
          {{Offset, Offset}, Needs.NameIsUsed ? "::coro::" : "coro::"});
  }

  /// Where a token is written; invalid for what the body of a macro says.
  SourceLocation inFile(SourceLocation L) const {
    while (L.isMacroID() && SM.isMacroArgExpansion(L))
      L = SM.getImmediateSpellingLoc(L);
    return L.isMacroID() ? SourceLocation() : L;
  }

  AsyncFunctions &Functions;
  const SourceManager &SM;
  const LangOptions &LangOpts;
  Diagnostics &Diags;
  const FutureNeeds Needs;
  ErasedText Text;
  std::set<std::tuple<ir::FileId, unsigned, unsigned>> Done;
};

} // namespace

ErasedSpelling spellingOfErased(const Expr *E) {
  if (isa<CallExpr>(E))
    return {ir::LibraryName::Erased, "(", ")"};
  return {ir::LibraryName::ErasedFunction, isa<DeclRefExpr>(E) ? "<&" : "<",
          ">"};
}

void putErased(Fragments &Source, llvm::ArrayRef<const Expr *> Erased) {
  for (const Expr *E : llvm::reverse(Erased)) {
    ErasedSpelling S = spellingOfErased(E);
    Source.insertBefore(E->getBeginLoc(), ir::Text(S.Name).append(S.Open));
    Source.insertAfter(E->getEndLoc(), S.Close);
  }
}

ErasedText eraseWhereNeeded(AsyncFunctions &Functions, ASTContext &Context,
                            Diagnostics &Diags) {
  return Eraser(Functions, Context, Diags).run();
}

} // namespace coroexpand
