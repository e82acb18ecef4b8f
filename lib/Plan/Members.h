//===- Members.h - which frame objects share memory -----------------------===//
//
//   T a; .. R b; ..     union { T a; R b; };    when never alive together
//   T a; .. T a; ..     union { T a; };         of one name and type: one
//   member
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
//===----------------------------------------------------------------------===//
#ifndef COROEXPAND_PLAN_MEMBERS_H
#define COROEXPAND_PLAN_MEMBERS_H

#include "Plan/Plan.h"

#include "llvm/ADT/StringMap.h"

#include <set>

namespace coroexpand {

/// Hands out storage in the order in which objects come to life.
class Members {
public:
  Members(const ir::Body &Body, FramePlan &Plan) : Body(Body), Plan(Plan) {}

  /// \p Id comes to life: it becomes a member.
  void add(ir::VarId Id);

  /// The number of objects that are alive.
  size_t alive() const { return Busy.size(); }
  /// Those from \p First to before \p Last have come to their end.
  void end(size_t First, size_t Last);

private:
  std::optional<ir::VarId> sameMember(ir::VarId Id) const;
  unsigned nearest(std::uint64_t Size);
  unsigned newStorage();
  void take(unsigned Storage);
  std::string key(ir::VarId Id) const;

  const ir::Body &Body;
  FramePlan &Plan;
  std::vector<unsigned> Busy; ///< The storage of what is alive, oldest first.
  std::set<std::pair<std::uint64_t, unsigned>> Free; ///< Size and storage.
  std::vector<std::uint64_t> SizeOf;                 ///< By storage.
  std::vector<unsigned> StorageOf;                   ///< By VarId.
  llvm::StringMap<std::vector<ir::VarId>> Known;     ///< Members, by key.
};

} // namespace coroexpand

#endif
