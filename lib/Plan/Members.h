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

#include <map>
#include <set>

namespace coroexpand {

/// When something is alive: half-open stretches of time, apart from each other.
class Lifetime {
public:
  void add(unsigned Birth, unsigned Death) { Stretches[Birth] = Death; }
  void add(const Lifetime &Other) {
    Stretches.insert(Other.Stretches.begin(), Other.Stretches.end());
  }
  bool meets(const Lifetime &Other) const;
  unsigned birth() const { return Stretches.begin()->first; }
  std::vector<Stretch> stretches() const;

private:
  std::map<unsigned, unsigned> Stretches; ///< From birth to death.
};

/// Is told of lives and ends in the order of execution; then places all.
class Members {
public:
  Members(const ir::Body &Body, FramePlan &Plan) : Body(Body), Plan(Plan) {}

  /// \p Id comes to life: it becomes a member, or lives in an earlier one.
  void add(ir::VarId Id);

  /// Parameter \p Id, which is there from the beginning.
  void addParameter(ir::VarId Id);

  /// A suspension; returns when it is.
  unsigned wait() { return Now++; }

  /// The number of objects that are alive.
  size_t alive() const { return Alive.size(); }
  /// Nobody needs what \p Id is any more, though its scope goes on.
  void endEarly(ir::VarId Id) {
    Early.try_emplace(Id, Now).first->second = Now;
  }
  /// .. where \p Made, which is made next, is made from a copy of it.
  void endInPlace(ir::VarId Id, ir::VarId Made) {
    InPlace.try_emplace(Id, Now);
    Successor[Id] = Made;
  }
  /// Those from \p First to before \p Last have come to their end.
  void end(size_t First, size_t Last);
  /// .. from \p First on, but for those that outlive their full-expression.
  void endTemporaries(size_t First);

  /// \p A and \p B, both placed, have one storage.
  bool share(ir::VarId A, ir::VarId B) const;

  /// Gives each member its storage. The largest come first, so that what is
  /// smaller shares with them.
  void place();

private:
  struct Member {
    ir::VarId Id;
    Lifetime When;
    Lifetime InPlace; ///< Where copies make room for what is made from them.
    bool NamesOthers; ///< Its type does: it has to stand behind these.
    std::set<unsigned> *Free; ///< Where it goes when nothing lives in it.
  };
  /// One storage.
  struct Shared {
    std::vector<const Member *> Members;
    Lifetime When;
    std::uint64_t Size = 0;
    const Member *First = nullptr; ///< The one that names others.
  };
  struct Object {
    unsigned In; ///< Which of All.
    unsigned Birth;
    ir::VarId Id;
  };

  void end(const Object &O);
  std::string key(ir::VarId Id) const;
  unsigned memberFor(ir::VarId Id);
  const Lifetime &lifetime(const Member &M) const {
    return WithCopies ? M.InPlace : M.When;
  }
  bool fits(const Member &M, const Shared &S) const;
  bool holdsSuccessor(const Member &M, const Shared &S) const;
  /// Where a member first looks for a storage to share.
  enum class Search {
    Nearest, ///< The last one, which is the nearest in size.
    Largest,
  };
  std::vector<Shared> pack(Search From) const;
  std::vector<Shared> pack() const;
  static std::uint64_t bytes(const std::vector<Shared> &Frame);
  std::vector<Shared> smallest();

  const ir::Body &Body;
  FramePlan &Plan;
  unsigned Now = 0;
  std::vector<Object> Alive;                 ///< Oldest first.
  llvm::DenseMap<ir::VarId, unsigned> Early; ///< What has ended, and when.
  llvm::DenseMap<ir::VarId, unsigned> InPlace;
  llvm::DenseMap<ir::VarId, ir::VarId> Successor; ///< What is made from it.
  bool WithCopies = true;  ///< What is made from a copy may take the place.
  std::vector<Member> All; ///< In order of their first objects' births.
  llvm::DenseMap<ir::VarId, unsigned> StorageOf; ///< By a member's variable.
  /// By key, the members of which nothing is alive.
  llvm::StringMap<std::set<unsigned>> Free;
};

} // namespace coroexpand

#endif
