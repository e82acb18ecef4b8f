#include "Lower/Jumps.h"
#include "Source/Walk.h"

#include "llvm/ADT/STLExtras.h"

using namespace clang;

namespace coroexpand {
namespace {

bool isLoop(const Stmt *S) {
  return isa<WhileStmt, DoStmt, ForStmt, CXXForRangeStmt>(S);
}

class JumpsOut {
public:
  JumpsOut(Context &C, const Stmt *Whole) : C(C), Whole(Whole) {}

  std::vector<ir::Jump> run() {
    collect(Whole, /*InLoop=*/false, /*InSwitch=*/false);
    return std::move(Jumps);
  }

private:
  void collect(const Stmt *S, bool InLoop, bool InSwitch) {
    using Kind = ir::Jump::Kind;
    if (isa<BreakStmt>(S) && !InLoop && !InSwitch && !C.Breakable.empty())
      Jumps.push_back({Kind::Break, C.Breakable.back()});
    if (isa<ContinueStmt>(S) && !InLoop && !C.Loops.empty())
      Jumps.push_back({Kind::Continue, C.Loops.back()});
    if (const auto *Goto = dyn_cast<GotoStmt>(S);
        Goto && !contains(Whole, Goto->getLabel()->getStmt()))
      Jumps.push_back({Kind::Goto, C.labelOf(Goto->getLabel())});
    InLoop |= isLoop(S);
    InSwitch |= isa<SwitchStmt>(S);
    forEachChild(S,
                 [&](const Stmt *Child) { collect(Child, InLoop, InSwitch); });
  }

  Context &C;
  const Stmt *Whole;
  std::vector<ir::Jump> Jumps;
};

} // namespace

std::vector<ir::Jump> jumpsOutOf(Context &C, const Stmt *S) {
  return JumpsOut(C, S).run();
}

void markContinues(Context &C, const Stmt *Body, ir::LoopId Id) {
  if (isa<ContinueStmt>(Body))
    C.Source.replace(Body->getBeginLoc(),
                     ir::Text().append({ir::Piece::Kind::Continue, "", Id}));
  if (!isLoop(Body))
    forEachChild(Body, [&](const Stmt *Child) { markContinues(C, Child, Id); });
}

} // namespace coroexpand
