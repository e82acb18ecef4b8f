#include "Lower/Jumps.h"
#include "Source/Walk.h"

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

} // namespace

std::vector<ir::Jump> jumpsOutOf(const Context &C, const Stmt *S) {
  std::vector<ir::Jump> Jumps;
  if (!C.Loops.empty())
    collectJumps(S, /*InLoop=*/false, /*InSwitch=*/false, C.Loops.back(),
                 Jumps);
  return Jumps;
}

void markContinues(Context &C, const Stmt *Body, ir::LoopId Id) {
  if (isa<ContinueStmt>(Body))
    C.Source.replace(Body->getBeginLoc(),
                     ir::Text().append({ir::Piece::Kind::Continue, "", Id}));
  if (!isLoop(Body))
    forEachChild(Body, [&](const Stmt *Child) { markContinues(C, Child, Id); });
}

} // namespace coroexpand
