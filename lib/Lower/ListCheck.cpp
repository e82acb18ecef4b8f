//===- ListCheck.cpp - which lists of a template can be told from none ----===//
//
//   co_await f(g({1, n}))    g({1, n}) is a number, of which nothing is left
//
// In a template only its instances show what a braced argument makes. It stays
// where it stands, and so ends with the step that it is in, if none of them can
// tell.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#include "Lower/Context.h"
#include "Lower/Steps.h"
#include "Source/Walk.h"

using namespace clang;

namespace coroexpand {
namespace {

class ListsInInstances {
public:
  explicit ListsInInstances(Context &C) : C(C) {}

  llvm::DenseSet<SourceLocation> Telling; ///< Where their braces open.

  void run() {
    C.TypeOf.forEachInstance([&](const FunctionDecl *D) {
      statement(D->getBody(), /*InNumber=*/false);
    });
  }

private:
  /// \p InNumber: only a number is left of it before anything is waited for.
  void statement(const Stmt *S, bool InNumber) {
    if (const auto *E = dyn_cast<Expr>(S)) {
      bool IsNumber = E->isPRValue() && E->getType()->isArithmeticType();
      InNumber = (InNumber || IsNumber) && !Waits.contains(E);
      if (list(E, InNumber))
        return;
    }
    forEachChild(S, [&](const Stmt *Child) { statement(Child, InNumber); });
  }

  /// True when no list in \p E has to be looked at.
  bool list(const Expr *E, bool InNumber) {
    const auto *List = dyn_cast<CXXStdInitializerListExpr>(E);
    const auto *Construct = dyn_cast<CXXConstructExpr>(E);
    bool IsObject = isa<MaterializeTemporaryExpr, InitListExpr>(E) || Construct;
    if (!List && !IsObject)
      return false;
    bool IsList = Construct && Construct->isStdInitListInitialization();
    QualType T = List ? C.Ast.getBaseElementType(List->getSubExpr()->getType())
                      : E->getType();
    bool IsQuiet = C.TypeOf.isQuiet(T);
    if (!IsQuiet || !(InNumber || Construct))
      Telling.insert(E->getBeginLoc());
    return IsList && IsQuiet; // A container copies its list.
  }

  Context &C;
  WaitMemo Waits;
};

} // namespace

bool mayTell(Context &C, const InitListExpr *List) {
  if (!C.TellingLists) {
    ListsInInstances Finder(C);
    Finder.run();
    C.TellingLists = std::move(Finder.Telling);
  }
  return C.TellingLists->contains(List->getBeginLoc());
}

} // namespace coroexpand
