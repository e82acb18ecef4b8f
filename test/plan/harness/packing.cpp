/// \file
/// How far Members, which decides what shares memory in a frame, is from the least that is
/// possible:
///
///     random bodies --> Members --> bytes of its storages      compared with the fewest there are
///
///     packing [CASES [SEED]]
///
/// The fewest bytes are found by branch and bound over all ways to put the objects into storages.
/// No layout takes less than what is alive at once: one that lets small objects lie side by side in
/// the place of a large one may come nearer to that than storages can, which hold one object at a
/// time.
///
/// The exit status is 1 when two objects of a storage are alive together, when the three figures of
/// a body are out of order, or when the heuristic is worse than the limits below.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "Plan/Members.h"

using namespace coroexpand;

namespace {

constexpr unsigned fewest_objects = 4, most_objects = 10;
constexpr double least_optimal_percent = 99.5, most_excess_percent = 0.03;

/// An object of a frame; alive from its birth to before its death.
struct object {
  std::uint64_t size;
  unsigned birth;
  unsigned death = std::numeric_limits<unsigned>::max();

  bool meets(const object& other) const { return birth < other.death && other.birth < death; }
};

using storage = std::vector<object>;

//===--- Random bodies -----------------------------------------------------===//

/// Scopes in scopes, with variables, waits for temporaries, and last uses. Members is told of them
/// as Lifetimes tells it; when each object is alive is noted beside it.
class random_body {
 public:
  random_body(std::uint64_t seed, unsigned objects)
      : random_(seed), left_(objects), frame_(body_, plan_) {
    body_.NumParams = any(3);
    for (unsigned i = 0; i < body_.NumParams; ++i)
      frame_.addParameter(declare(ir::Variable::Role::Parameter));
    while (left_ > 0) scope(/*depth=*/0);
    frame_.end(0, frame_.alive());
    die(0);
    frame_.place();
  }

  const std::vector<object>& objects() const { return objects_; }

  /// What Members puts into each storage. A parameter that shares with nothing stands in none.
  std::vector<storage> storages() const {
    std::vector<storage> result(plan_.Frame.size());
    std::map<ir::VarId, size_t> storage_of;
    for (size_t i = 0; i < plan_.Frame.size(); ++i)
      for (ir::VarId member : plan_.Frame[i].Members) storage_of[member] = i;
    for (ir::VarId id = 0; id < objects_.size(); ++id) {
      auto found = storage_of.find(plan_.Vars[id].Member);
      if (found != storage_of.end())
        result[found->second].push_back(objects_[id]);
      else
        result.push_back({objects_[id]});
    }
    return result;
  }

 private:
  /// One of the numbers from 0 to before `count`; the same on every platform.
  unsigned any(unsigned count) { return static_cast<unsigned>(random_() % count); }
  bool happens(unsigned percent) { return any(100) < percent; }

  /// Numbers and pointers, strings and small classes, buffers and children.
  std::uint64_t any_size() {
    unsigned kind = any(100);
    if (kind < 35) return 1u << any(4);
    if (kind < 65) return 8 * (2 + any(7));
    return 1 + (kind < 90 ? any(256) : any(600));
  }

  /// Some have the name and the type of others, and may be one member with these.
  ir::VarId declare(ir::Variable::Role role) {
    auto id = static_cast<ir::VarId>(objects_.size());
    ir::Variable variable;
    variable.R = role;
    variable.Size = any_size();
    variable.Name = happens(25) ? "of_size_" + std::to_string(variable.Size) : std::to_string(id);
    body_.Vars.push_back(variable);
    plan_.Vars.emplace_back();
    objects_.push_back({variable.Size, now_++});
    --left_;
    return id;
  }

  bool is_temporary(size_t id) const { return body_.Vars[id].R == ir::Variable::Role::Temporary; }

  void scope(unsigned depth) {
    size_t first = frame_.alive(), first_id = objects_.size();
    for (unsigned statements = 1 + any(5); statements > 0 && left_ > 0; --statements) {
      unsigned kind = any(100);
      if (kind < 40)
        frame_.add(declare(ir::Variable::Role::Local));
      else if (kind < 75 || depth == 3)
        full_expression();
      else
        scope(depth + 1);
      last_uses();
    }
    frame_.end(first, frame_.alive());
    die(first_id);
  }

  /// `co_await f(g());`, or `T x = co_await f(g());`, where x outlives the temporaries.
  void full_expression() {
    size_t first = frame_.alive(), first_id = objects_.size();
    for (unsigned temporaries = 1 + any(3); temporaries > 0 && left_ > 0; --temporaries)
      frame_.add(declare(ir::Variable::Role::Temporary));
    frame_.wait();
    ++now_;
    if (left_ > 0 && happens(50)) frame_.add(declare(ir::Variable::Role::Local));
    frame_.endTemporaries(first);
    for (size_t id = first_id; id < objects_.size(); ++id)
      if (is_temporary(id)) die_at(id);
  }

  /// Nobody needs some variables behind this statement.
  void last_uses() {
    for (size_t id = 0; id < objects_.size(); ++id)
      if (is_alive(id) && happens(15)) {
        frame_.endEarly(static_cast<ir::VarId>(id));
        die_at(id);
      }
  }

  bool is_alive(size_t id) const { return objects_[id].death > now_; }
  void die_at(size_t id) { objects_[id].death = std::min(objects_[id].death, now_); }
  /// Those from `first` on.
  void die(size_t first) {
    for (size_t id = first; id < objects_.size(); ++id) die_at(id);
  }

  std::mt19937_64 random_;
  unsigned left_;  ///< So many objects are still to be made.
  unsigned now_ = 0;
  ir::Body body_;
  FramePlan plan_;
  Members frame_;
  std::vector<object> objects_;  ///< By id, and so by birth.
};

//===--- What is best ------------------------------------------------------===//

/// The most that is alive at any time: no layout takes less.
std::uint64_t lower_bound(const std::vector<object>& objects) {
  std::uint64_t result = 0;
  for (const object& newest : objects) {
    std::uint64_t together = 0;
    for (const object& each : objects)
      if (each.birth <= newest.birth && newest.birth < each.death) together += each.size;
    result = std::max(result, together);
  }
  return result;
}

/// The fewest bytes of storages that hold one object at a time: branch and bound. The largest
/// objects come first, so that a storage takes as much as the one that opens it.
class optimum {
 public:
  explicit optimum(std::vector<object> objects)
      : objects_(std::move(objects)), bound_(lower_bound(objects_)) {
    std::sort(objects_.begin(), objects_.end(),
              [](const object& a, const object& b) { return a.size > b.size; });
    storages_.reserve(objects_.size());  // While `put` looks at one, it opens others.
    put(0, 0);
  }

  std::uint64_t bytes() const { return best_; }

 private:
  /// All from `next` on have to be put somewhere; the storages take `bytes` so far.
  void put(size_t next, std::uint64_t bytes) {
    if (bytes >= best_ || best_ == bound_) return;
    if (next == objects_.size()) {
      best_ = bytes;
      return;
    }
    const object& each = objects_[next];
    for (storage& s : storages_) {
      if (std::any_of(s.begin(), s.end(), [&](const object& other) { return other.meets(each); }))
        continue;
      s.push_back(each);
      put(next + 1, bytes);
      s.pop_back();
    }
    storages_.push_back({each});
    put(next + 1, bytes + each.size);
    storages_.pop_back();
  }

  std::vector<object> objects_;
  std::uint64_t bound_;
  std::vector<storage> storages_;
  std::uint64_t best_ = std::numeric_limits<std::uint64_t>::max();
};

//===--- The table ---------------------------------------------------------===//

std::uint64_t bytes_of(const std::vector<storage>& storages) {
  std::uint64_t result = 0;
  for (const storage& s : storages) {
    std::uint64_t largest = 0;
    for (const object& each : s) largest = std::max(largest, each.size);
    result += largest;
  }
  return result;
}

double percent(double part, double whole) { return whole > 0 ? 100 * part / whole : 0; }

/// What many bodies take, in bytes.
struct figures {
  unsigned cases = 0, optimal = 0, at_bound = 0;
  double heuristic = 0, best = 0, bound = 0;
  double worst_excess = 0;  ///< In percent, of one body.

  void add(std::uint64_t by_heuristic, std::uint64_t fewest, std::uint64_t alive) {
    ++cases;
    optimal += by_heuristic == fewest;
    at_bound += fewest == alive;
    heuristic += static_cast<double>(by_heuristic);
    best += static_cast<double>(fewest);
    bound += static_cast<double>(alive);
    worst_excess = std::max(worst_excess, percent(static_cast<double>(by_heuristic - fewest),
                                                  static_cast<double>(fewest)));
  }

  double optimal_percent() const { return percent(optimal, cases); }
  double excess_percent() const { return percent(heuristic - best, best); }

  void print(const char* what) const {
    std::printf("| %s | %u | %.1f | %.2f | %.1f | %.1f | %.2f |\n", what, cases, optimal_percent(),
                excess_percent(), worst_excess, percent(at_bound, cases),
                percent(best - bound, bound));
  }
};

[[noreturn]] void fail(std::uint64_t seed, const char* what) {
  std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), what);
  std::exit(1);
}

void check_and_add(std::uint64_t seed, unsigned objects, figures& some, figures& all) {
  random_body body(seed, objects);
  std::vector<storage> storages = body.storages();
  for (const storage& s : storages)
    for (const object& each : s)
      for (const object& other : s)
        if (&each != &other && each.meets(other)) fail(seed, "two objects of a storage meet");
  std::uint64_t by_heuristic = bytes_of(storages);
  std::uint64_t fewest = optimum(body.objects()).bytes();
  std::uint64_t alive = lower_bound(body.objects());
  if (by_heuristic < fewest) fail(seed, "the heuristic takes less than the fewest bytes");
  if (fewest < alive) fail(seed, "the fewest bytes are less than what is alive");
  some.add(by_heuristic, fewest, alive);
  all.add(by_heuristic, fewest, alive);
}

}  // namespace

int main(int count, char** arguments) {
  std::uint64_t cases = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 7000;
  std::uint64_t seed = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1;
  constexpr unsigned sizes = most_objects - fewest_objects + 1;
  figures by_objects[sizes], all;
  for (std::uint64_t last = seed + cases; seed < last; ++seed) {
    auto i = static_cast<unsigned>(seed % sizes);
    check_and_add(seed, fewest_objects + i, by_objects[i], all);
  }
  std::printf(
      "| objects | bodies | optimal %% | excess %% | worst excess %% | at the bound %% | "
      "above the bound %% |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
  for (unsigned i = 0; i < sizes; ++i)
    by_objects[i].print(std::to_string(fewest_objects + i).c_str());
  all.print("all");
  bool is_good =
      all.optimal_percent() >= least_optimal_percent && all.excess_percent() <= most_excess_percent;
  if (!is_good)
    std::printf("worse than the limits: %.1f %% optimal, %.2f %% excess\n", least_optimal_percent,
                most_excess_percent);
  return is_good ? 0 : 1;
}
