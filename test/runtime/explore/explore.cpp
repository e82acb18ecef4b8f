#include "explore.h"

#include <ucontext.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <sstream>

namespace explore {

namespace {

struct fiber {
  ucontext_t context;
  std::unique_ptr<char[]> stack = std::make_unique<char[]>(stack_size);
  std::function<void()> run;
  operation next;
  bool has_ended = true;

  static constexpr std::size_t stack_size = 256 << 10;
};

bool depend(const operation& a, const operation& b) {
  if (a.what == kind::wait || b.what == kind::wait) return true;
  return a.object == b.object && !(a.what == kind::load && b.what == kind::load);
}

/// A decision: who may go on, who does, and who need not because that was tried (asleep).
struct decision {
  std::vector<std::size_t> choices;
  std::size_t chosen = 0;
  std::vector<std::size_t> asleep;
};

class explorer {
 public:
  explorer(const options& options, const std::function<scenario()>& make)
      : options_(options), make_(make) {}

  result run() {
    result found;
    do {
      run_once();
      found.interleavings += !is_redundant_;
      if (!failure_.empty()) {
        found.failure = failure_ + trace();
        break;
      }
    } while (next_path());
    return found;
  }

  void step(operation next) {
    if (self_ < 0) return;
    fiber& current = *fibers_[static_cast<std::size_t>(self_)];
    current.next = std::move(next);
    swapcontext(&current.context, &main_);
  }
  /// The fiber that fails never goes on: the functions that called it mostly let no exception
  /// through.
  void fail(const char* what) {
    if (failure_.empty()) failure_ = what;
    if (self_ >= 0) swapcontext(&fibers_[static_cast<std::size_t>(self_)]->context, &main_);
  }
  int self() const { return self_; }
  int left() const {
    return static_cast<int>(std::count_if(fibers_.begin(), fibers_.end(),
                                          [](const auto& each) { return !each->has_ended; }));
  }

  static inline explorer* current = nullptr;

 private:
  static void begin(unsigned high, unsigned low) {
    auto* self = reinterpret_cast<fiber*>(std::uintptr_t{high} << 32 | low);
    try {
      self->run();
    } catch (...) {
      if (current->failure_.empty()) current->failure_ = "an exception left a thread";
    }
    self->has_ended = true;
    swapcontext(&self->context, &current->main_);
  }

  void start(fiber& started, std::function<void()> run) {
    started.run = std::move(run);
    started.next = {kind::load, &started};
    started.has_ended = false;
    getcontext(&started.context);
    started.context.uc_stack = {
        .ss_sp = started.stack.get(), .ss_flags = 0, .ss_size = fiber::stack_size};
    started.context.uc_link = nullptr;
    const auto address = reinterpret_cast<std::uintptr_t>(&started);
    makecontext(&started.context, reinterpret_cast<void (*)()>(&begin), 2,
                static_cast<unsigned>(address >> 32), static_cast<unsigned>(address));
  }

  void resume(std::size_t index) {
    self_ = static_cast<int>(index);
    exchange_locals(index);
    swapcontext(&main_, &fibers_[index]->context);
    exchange_locals(index);
    self_ = -1;
  }

  void run_once() {
    failure_.clear();
    done_.clear();
    is_redundant_ = false;
    scenario made = make_();
    while (fibers_.size() < made.threads.size()) fibers_.push_back(std::make_unique<fiber>());
    for (std::size_t i = 0; i < made.threads.size(); ++i) start(*fibers_[i], made.threads[i]);
    std::vector<std::size_t> asleep;
    std::size_t last = fibers_.size();
    int preemptions = 0;
    for (std::size_t depth = 0;; ++depth) {
      const std::vector<std::size_t> possible = possible_threads();
      if (possible.empty()) break;
      if (depth == options_.steps) failure_ = "a livelock";
      if (!failure_.empty()) break;
      const bool could_go_on = std::count(possible.begin(), possible.end(), last);
      const std::size_t next =
          choose(depth, possible, asleep, could_go_on ? last : fibers_.size(), preemptions);
      preemptions += could_go_on && next != last;
      last = next;
      done_.push_back({static_cast<int>(next), fibers_[next]->next});
      resume(next);
    }
    const bool is_stuck = std::any_of(fibers_.begin(), fibers_.end(),
                                      [](const auto& each) { return !each->has_ended; });
    if (is_stuck && failure_.empty()) failure_ = "a deadlock";
    // What a failure leaves on their stacks is lost, and the search over.
    for (auto& each : fibers_) each->has_ended = true;
    if (failure_.empty()) made.finally();
  }

  std::vector<std::size_t> possible_threads() const {
    std::vector<std::size_t> possible;
    for (std::size_t i = 0; i < fibers_.size(); ++i)
      if (!fibers_[i]->has_ended &&
          (!fibers_[i]->next.is_possible || fibers_[i]->next.is_possible()))
        possible.push_back(i);
    return possible;
  }

  std::size_t choose(std::size_t depth, const std::vector<std::size_t>& possible,
                     std::vector<std::size_t>& asleep, std::size_t last, int preemptions) {
    const bool is_bounded = options_.preemptions != std::numeric_limits<int>::max();
    if (depth == path_.size() && !is_redundant_) {
      decision made;
      made.asleep = asleep;
      for (std::size_t each : possible) {
        if (std::count(asleep.begin(), asleep.end(), each)) continue;
        if (last < fibers_.size() && each != last && preemptions >= options_.preemptions) continue;
        made.choices.push_back(each);
      }
      // All that could be done now has been tried in another order: run on to the end, uncounted.
      if (made.choices.empty())
        is_redundant_ = true;
      else
        path_.push_back(std::move(made));
    }
    if (is_redundant_) return possible.front();
    decision& here = path_[depth];
    const std::size_t chosen = here.choices[here.chosen];
    asleep.clear();
    if (!is_bounded) {
      std::vector<std::size_t> tried = here.asleep;
      tried.insert(tried.end(), here.choices.begin(),
                   here.choices.begin() + static_cast<std::ptrdiff_t>(here.chosen));
      for (std::size_t each : tried)
        if (!depend(fibers_[each]->next, fibers_[chosen]->next)) asleep.push_back(each);
    }
    return chosen;
  }

  /// The next path of the search: the last decision that has another choice makes that.
  bool next_path() {
    while (!path_.empty() && path_.back().chosen + 1 == path_.back().choices.size())
      path_.pop_back();
    if (path_.empty()) return false;
    ++path_.back().chosen;
    return true;
  }

  std::string trace() const {
    static constexpr const char* names[] = {"load", "change", "lock", "unlock", "wait"};
    std::ostringstream text;
    std::vector<const void*> objects;
    for (const auto& [thread, what] : done_) {
      auto at = std::find(objects.begin(), objects.end(), what.object);
      if (at == objects.end()) at = objects.insert(objects.end(), what.object);
      text << "\n  thread " << thread << ": " << names[static_cast<int>(what.what)] << " of object "
           << at - objects.begin();
    }
    return text.str();
  }

  const options options_;
  const std::function<scenario()>& make_;
  ucontext_t main_;
  std::vector<std::unique_ptr<fiber>> fibers_;
  std::vector<decision> path_;
  std::vector<std::pair<int, operation>> done_;
  std::string failure_;
  bool is_redundant_ = false;
  int self_ = -1;
};

}  // namespace

result all(const options& options, const std::function<scenario()>& make) {
  explorer exploring(options, make);
  explorer::current = &exploring;
  const result found = exploring.run();
  explorer::current = nullptr;
  return found;
}

void require(bool holds, const char* what) {
  if (!holds) explorer::current->fail(what);
}
int self() noexcept { return explorer::current ? explorer::current->self() : -1; }
int left() noexcept { return explorer::current->left(); }
void step(operation operation) {
  if (explorer::current) explorer::current->step(std::move(operation));
}

}  // namespace explore
