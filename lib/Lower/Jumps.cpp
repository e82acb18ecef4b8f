#include "Lower/Jumps.h"
#include "Source/AwaitFinder.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {
namespace {

bool isLoop(const Stmt *S) {
  return isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(S);
}

void collectJumps(const Stmt *S, bool InLoop, bool InSwitch, ir::LoopId Loop,
                  std::vector<ir::Jump> &Jumps) {
  if (isa<BreakStmt>(S) && !InLoop && !InSwitch)
    Jumps.push_back({ir::Jump::Kind::Break, Loop});
  if (isa<ContinueStmt>(S) && !InLoop)
    Jumps.push_back({ir::Jump::Kind::Continue, Loop});
  InLoop |= isLoop(S);
  InSwitch |= isa<SwitchStmt>(S);
  forEachChild(S, [&](const Stmt *Child) {
    collectJumps(Child, InLoop, InSwitch, Loop, Jumps);
  });
}

bool hasLabel(const Stmt *S) {
  bool Found = isa<LabelStmt>(S);
  forEachChild(S, [&](const Stmt *Child) { Found |= hasLabel(Child); });
  return Found;
}

} // namespace

std::vector<ir::Jump> jumpsOutOf(const Context &C, const Stmt *S) {
  std::vector<ir::Jump> Jumps;
  if (!C.Loops.empty())
    collectJumps(S, /*InLoop=*/false, /*InSwitch=*/false, C.Loops.back(),
                 Jumps);
  return Jumps;
}

bool fallsThrough(const Stmt *S) {
  if (hasLabel(S))
    return true; // A goto may come from anywhere.
  if (isa<CoreturnStmt, BreakStmt, ContinueStmt>(S))
    return false;
  if (const auto *E = dyn_cast<Expr>(S))
    return !isa<CXXThrowExpr>(E->IgnoreImplicit());
  if (const auto *Block = dyn_cast<CompoundStmt>(S))
    return llvm::all_of(Block->body(), fallsThrough);
  if (const auto *If = dyn_cast<IfStmt>(S))
    return !If->getElse() || fallsThrough(If->getThen()) ||
           fallsThrough(If->getElse());
  if (const auto *Try = dyn_cast<CXXTryStmt>(S)) {
    bool Falls = fallsThrough(Try->getTryBlock());
    for (unsigned I = 0; I < Try->getNumHandlers(); ++I)
      Falls |= fallsThrough(Try->getHandler(I)->getHandlerBlock());
    return Falls;
  }
  if (const auto *Handler = dyn_cast<CXXCatchStmt>(S))
    return fallsThrough(Handler->getHandlerBlock());
  if (const auto *While = dyn_cast<WhileStmt>(S)) {
    std::vector<ir::Jump> Jumps;
    collectJumps(While->getBody(), false, false, 0, Jumps);
    const auto *Forever =
        dyn_cast<CXXBoolLiteralExpr>(While->getCond()->IgnoreParens());
    return !Forever || !Forever->getValue() ||
           llvm::any_of(Jumps, [](const ir::Jump &J) {
             return J.K == ir::Jump::Kind::Break;
           });
  }
  return true;
}

void markContinues(Context &C, const Stmt *Body, ir::LoopId Id) {
  if (isa<ContinueStmt>(Body))
    C.Source.replace(Body->getBeginLoc(),
                     ir::Text().append({ir::Piece::Kind::Continue, "", Id}));
  if (!isLoop(Body))
    forEachChild(Body, [&](const Stmt *Child) { markContinues(C, Child, Id); });
}

} // namespace coroexpand
