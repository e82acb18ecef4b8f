// A scheduler for tests that runs every interleaving of a few threads.
//
// The threads are fibers of one thread. Before each operation on an atomic or a mutex of this
// header a fiber stops, and the explorer decides who goes on; a depth-first search with replay
// tries all decisions. What it shows is true of sequentially consistent interleavings; memory
// orders are ThreadSanitizer's job.
//
// Without a bound of preemptions the search leaves out interleavings that only swap operations
// which don't depend on each other (sleep sets, Godefroid 1990): operations on different objects,
// and two loads.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <limits>
#include <mutex>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace explore {

enum class kind { load, change, lock, unlock, wait };

/// What a fiber is about to do.
struct operation {
  kind what = kind::change;
  const void* object = nullptr;
  std::function<bool()> is_possible = {};  ///< Of a lock or a wait; else always.
};

struct options {
  /// How often a thread may be interrupted that could go on.
  int preemptions = std::numeric_limits<int>::max();
  std::size_t steps = 10'000;  ///< More in one interleaving is a livelock.
};

struct scenario {
  std::vector<std::function<void()>> threads;
  std::function<void()> finally = [] {};  ///< When all threads have ended.
};

struct result {
  std::size_t interleavings = 0;
  std::string failure;  ///< Empty when there is none; else what went wrong, and the interleaving.
};

/// Runs every interleaving of a scenario, which is made anew for each, until one fails.
result all(const options& options, const std::function<scenario()>& make);
inline result all(const std::function<scenario()>& make) { return all({}, make); }

/// The interleaving fails when this doesn't hold.
void require(bool holds, const char* what);

/// The number of the running thread, from 0; -1 in make and finally.
int self() noexcept;
/// How many threads have not ended.
int left() noexcept;

/// Exchanges the thread-local data of the tested code with those that are kept for a thread of the
/// scenario: called before the thread goes on and when it stops. Set by a test that needs it.
inline void (*exchange_locals)(std::size_t thread) = [](std::size_t) {};

/// Lets the explorer decide which thread goes on.
void step(operation operation);
/// Goes on only when something holds, that other threads' operations change.
inline void wait_until(std::function<bool()> condition) {
  step({kind::wait, nullptr, std::move(condition)});
}

/// Finds out when it's used after its end, as long as its memory is not used for something else.
class mortal {
 public:
  constexpr mortal() = default;
  mortal(const mortal&) = delete;
  ~mortal() { is_alive_ = false; }

 protected:
  void step_of_this(kind what, std::function<bool()> is_possible = {}) const {
    step({what, this, std::move(is_possible)});
    require(is_alive_, "an atomic or a lock was used after its end");
  }

 private:
  volatile bool is_alive_ = true;
};

/// std::atomic, as far as the runtime uses it.
template <class T>
class atomic : mortal {
 public:
  constexpr atomic() = default;
  constexpr atomic(T value) : value_(value) {}

  T load(std::memory_order = std::memory_order_seq_cst) const {
    step_of_this(kind::load);
    return value_;
  }
  void store(T value, std::memory_order = std::memory_order_seq_cst) { change(value); }
  T exchange(T value, std::memory_order = std::memory_order_seq_cst) { return change(value); }
  bool compare_exchange_strong(T& expected, T value, std::memory_order = std::memory_order_seq_cst,
                               std::memory_order = std::memory_order_seq_cst) {
    step_of_this(kind::change);
    if (value_ == expected) return value_ = value, true;
    expected = value_;
    return false;
  }
  bool compare_exchange_weak(T& expected, T value, std::memory_order = std::memory_order_seq_cst,
                             std::memory_order = std::memory_order_seq_cst) {
    return compare_exchange_strong(expected, value);
  }
  T fetch_add(T by, std::memory_order = std::memory_order_seq_cst) {
    step_of_this(kind::change);
    const T before = value_;
    value_ = static_cast<T>(value_ + by);
    return before;
  }
  T fetch_sub(T by, std::memory_order order = std::memory_order_seq_cst) {
    return fetch_add(static_cast<T>(T{} - by), order);
  }
  T fetch_or(T bits, std::memory_order = std::memory_order_seq_cst) {
    step_of_this(kind::change);
    return std::exchange(value_, value_ | bits);
  }
  T fetch_and(T bits, std::memory_order = std::memory_order_seq_cst) {
    step_of_this(kind::change);
    return std::exchange(value_, value_ & bits);
  }
  /// For conditions and finally: no operation.
  T peek() const { return value_; }

 private:
  T change(T value) {
    step_of_this(kind::change);
    return std::exchange(value_, value);
  }

  T value_{};
};

class mutex : mortal {
 public:
  constexpr mutex() = default;

  void lock() {
    step_of_this(kind::lock, [this] { return !is_locked_; });
    is_locked_ = true;
  }
  bool try_lock() {
    step_of_this(kind::change);
    return !std::exchange(is_locked_, true);
  }
  void unlock() {
    step_of_this(kind::unlock);
    is_locked_ = false;
  }

 private:
  bool is_locked_ = false;
};

}  // namespace explore

namespace coro::detail {

template <class T>
using atomic = explore::atomic<T>;
using mutex = explore::mutex;
using spin_lock = explore::mutex;
using lock_guard = std::lock_guard<mutex>;

}  // namespace coro::detail
