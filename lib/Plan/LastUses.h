//===- LastUses.h - behind which statement nobody needs a variable --------===//
//
//   int n = f();                     { int n = f();
//   total += n;        total dies      total += n; }     a block in poll
//   co_await g(total); behind this   co_await g(total);
//
// Of Private variables the last use decides, and not the scope: they are needed
// from their declaration to the last text that names them, in the order in
// which statements stand; of a loop around that text, but not around the
// declaration, to the loop's end. All other ways lead forward, for a body with
// labels that goto knows is left alone.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_PLAN_LASTUSES_H
#define COROEXPAND_PLAN_LASTUSES_H

#include "IR/FramePlan.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseSet.h"

namespace coroexpand {

class LastUses {
public:
  explicit LastUses(const ir::Body &Body);

  /// The variables that nobody needs behind \p S.
  llvm::ArrayRef<ir::VarId> endingWith(const ir::Stmt &S) const {
    auto Found = Ending.find(&S);
    if (Found == Ending.end())
      return {};
    return Found->second;
  }

  /// The parameters of which the last use decides.
  llvm::ArrayRef<ir::VarId> parameters() const { return Parameters; }

  /// The blocks of \p S that declare ordinary locals of poll.
  std::vector<std::pair<size_t, size_t>> blocksOf(const ir::Scope &S) const {
    return Blocks.lookup(&S);
  }
  /// \p D stands in such a block, and all that it declares is needed there
  /// alone.
  bool isInBlock(const ir::Declare &D) const { return InBlock.contains(&D); }

private:
  class Walk;

  llvm::DenseMap<const ir::Stmt *, std::vector<ir::VarId>> Ending;
  llvm::DenseMap<const ir::Scope *, std::vector<std::pair<size_t, size_t>>>
      Blocks;
  llvm::DenseSet<const ir::Declare *> InBlock;
  std::vector<ir::VarId> Parameters;
};

} // namespace coroexpand

#endif
