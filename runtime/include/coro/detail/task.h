// A task: a future that an executor polls, its result, and the task that awaits it.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/atomic.h>
#include <coro/detail/fail.h>
#include <coro/detail/task_heap.h>
#include <coro/detail/thread_state.h>
#include <coro/pollable.h>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace coro::detail {

class task;
class task_context;

/// Tasks that wait to be run, first in first out.
class task_queue {
 public:
  constexpr task_queue() = default;
  bool empty() const noexcept { return !first_; }
  void push(task* added) noexcept;
  task* pop() noexcept;
  /// Moves all tasks of the other queue to the end of this one.
  void append(task_queue& other) noexcept;

 private:
  task* first_ = nullptr;
  task* last_ = nullptr;
};

/// An executor as its tasks know it: the place where they are queued. Reference-counted, because a
/// waker may outlive the executor.
class scheduler {
 public:
  scheduler(const scheduler&) = delete;

  void retain() noexcept { references_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept {
    if (references_.fetch_sub(1, std::memory_order_acq_rel) == 1) unreferenced();
  }

  /// Queues a task, to be run, or calls its forget(). From any thread; one whose
  /// thread_state::queues_for is this need not ask.
  virtual void schedule(task* ready) noexcept = 0;
  /// Whether the calling thread may destroy the future of one of its tasks.
  virtual bool may_drop_here() const noexcept = 0;
  /// As executor_core::check_not_blocked.
  virtual void check_not_blocked(const char*) const noexcept {}

  task_heap& heap() noexcept { return heap_; }

 protected:
  constexpr explicit scheduler(std::size_t references) noexcept
      : references_(references), heap_(*this) {}
  ~scheduler() = default;

  /// The last reference is gone.
  virtual void unreferenced() noexcept = 0;
  std::size_t references() const noexcept { return references_.load(std::memory_order_acquire); }

  atomic<std::size_t> references_;
  /// For the thread whose thread_state::queues_for this is.
  task_queue ready_;
  task_heap heap_;

  friend task;
};

/// The header of a task. The future, and later its result, follow in the same memory.
///
/// The state is one word. Its flags:
///
///     scheduled   in a queue; or, while it runs, to be queued when the poll is over
///     running     a thread has the future to itself: polls or destroys it
///     cancelled   is not polled again: the thread that next has the task to itself destroys the
///                 future. Wakes do nothing
///     done        the future is destroyed. Set once, never cleared
///     failed      with done: the result is an exception
///     dropped     with done: there is no result, because it was cancelled
///     joinable    a join_handle exists, and will destroy the result
///     awaited     the awaiter is the runner's to read; else the join_handle's, to read and write
///
/// and the number of references in the bits above: one for each waker, one for the join_handle, and
/// one for the executor until the task is done. An entry of a queue needs none: a task that isn't
/// done has the executor's, and one that was cancelled by another thread while it was queued leaves
/// the executor's reference to the queue.
///
/// Transitions (c: the step where cancelled was set before, at any time before done):
///
///     spawn       -> scheduled
///     claim       idle -> running
///     run         scheduled -> running; c: -> running, destroy the future, -> done dropped
///     poll pending      running -> idle; running scheduled -> scheduled, queued again;
///                       c: destroy the future, -> done dropped
///     poll ready        running -> done; throws: -> done failed
///     wake        idle -> scheduled, queued; running -> running scheduled; else nothing
///     cancel      idle or scheduled -> running, destroy the future, -> done dropped;
///                 from a thread that may not: idle -> scheduled cancelled, queued;
///                 running -> running cancelled
///
/// Where one thread alone may destroy futures, that thread ends a pending poll by clearing running
/// in one step, whatever else is set, and then does what scheduled or cancelled ask for: nobody
/// else does that meanwhile. It sets running again before it destroys the future.
///
/// A claim is a plain store where the executor and the caller have the only two references: no
/// other thread can reach the task then.
///
/// All functions are thread-safe but those that say otherwise.
class task {
 public:
  /// How the typed part of the task behaves.
  struct vtable {
    /// Polls the future. When it's done, destroys it, stores the result and says which. Never
    /// throws.
    int (*poll)(task& self, context& cx);
    void (*drop_future)(task& self);
    void (*drop_result)(task& self, bool failed);
    std::size_t result_offset;
    bool is_large;  ///< See task_heap.
  };
  enum outcome : int { pending, value, error };

  task(const vtable& vtable) noexcept : vtable_(vtable) {}
  task(const task&) = delete;

  void retain() noexcept { state_.fetch_add(one_reference, std::memory_order_relaxed); }
  void release() noexcept {
    if (state_.fetch_sub(one_reference, std::memory_order_acq_rel) < 2 * one_reference) free();
  }
  void wake() noexcept;
  /// The same, and drops the caller's reference.
  void wake_and_release() noexcept;

  static bool is_waker_of_task(const coro::waker& waker) noexcept {
    return &waker.table() == &waker_vtable;
  }
  /// The task of a waker that is one.
  static task& of_waker(const coro::waker& waker) noexcept {
    return *static_cast<task*>(waker.data());
  }

  /// Which threads may destroy the futures of an executor's tasks (scheduler::may_drop_here).
  enum class dropped_by { any_thread, its_one_thread };
  /// Runs a task that was in a queue: polls the future, or destroys it. On a thread of the
  /// executor.
  template <dropped_by>
  void run(task_context& with) noexcept;
  /// Has an idle task run next, by run_claimed, without a queue, and drops the caller's reference.
  /// False, and the reference stays, if the task isn't idle. On a thread of the executor.
  bool claim_and_release() noexcept {
    std::uint64_t state = state_.load(std::memory_order_acquire);
    // The references are the executor's and the caller's.
    if (state == 2 * one_reference) [[likely]] {
      state_.store(running | one_reference, std::memory_order_release);
      return true;
    }
    return !(state & (scheduled | running | cancelled | done)) &&
           change(state, (state | running) - one_reference);
  }
  template <dropped_by>
  void run_claimed(task_context& with) noexcept;
  /// A queue that is closed gives up this task.
  void forget() noexcept;
  /// False when the task is done, or freed already: for the heap, which keeps its memory.
  bool try_retain_unfinished() noexcept;

  /// Has the future destroyed if it is not done: before it returns, if the calling thread may do
  /// that and the task isn't running.
  void cancel() noexcept { cancel(owner().may_drop_here()); }
  /// The same, but inside of a task it leaves the destroying to the executor: the future may own a
  /// task_group whose end waits for the task that calls this.
  void abort() noexcept { cancel(!this_thread.running && owner().may_drop_here()); }
  /// True when the calling thread is in the middle of a poll of this task. For a task that was just
  /// cancelled.
  bool is_on_this_stack() const noexcept {
    return !is_done() && (this_thread.running == this || this_thread.queues_for == &owner());
  }

  bool is_done() const noexcept { return state_.load(std::memory_order_acquire) & done; }
#ifdef CORO_EXPLORE
  bool is_done_now() const noexcept { return state_.peek() & done; }
#endif
  /// For the join_handle, which one thread uses at a time: true when done; otherwise the waker
  /// will be woken then.
  bool join(const coro::waker& waker) noexcept;
  /// The join_handle goes. Destroys a result that was not taken.
  void detach(bool taken) noexcept;
  bool has_failed() const noexcept { return state_.load(std::memory_order_acquire) & failed; }
  bool was_dropped() const noexcept { return state_.load(std::memory_order_acquire) & dropped; }
  void* result() noexcept { return reinterpret_cast<char*>(this) + vtable_.result_offset; }

  scheduler& owner() const noexcept { return task_heap::owner_of(this, vtable_.is_large); }

  static const waker::vtable waker_vtable;

 private:
  static constexpr std::uint64_t scheduled = 1, running = 2, cancelled = 4, done = 8, failed = 16,
                                 dropped = 32, joinable = 64, awaited = 128, one_reference = 256;

  bool change(std::uint64_t& from, std::uint64_t to) noexcept {
    return state_.compare_exchange_weak(from, to, std::memory_order_acq_rel,
                                        std::memory_order_acquire);
  }
  void queue() noexcept;
  /// Begins a run, whatever the state is. False when there is nothing to poll.
  bool begin() noexcept;
  void end() noexcept;
  void end_alone(std::uint64_t before) noexcept;
  void cancel(bool may_drop) noexcept;
  void drop_now(bool queued) noexcept;
  void finish(std::uint64_t result, bool queued) noexcept;
  void wake_awaiter() noexcept;
  void discard(bool has_failed) noexcept;
  void free() noexcept;

  // The heap knows where these two are.
  atomic<std::uint64_t> state_{scheduled | joinable | 2 * one_reference};

 public:
  task* next = nullptr;  ///< In a queue.

 private:
  const vtable& vtable_;
  coro::waker awaiter_{nullptr, &noop_vtable};
};

inline void task_queue::push(task* added) noexcept {
  added->next = nullptr;
  (first_ ? last_->next : first_) = added;
  last_ = added;
}

inline task* task_queue::pop() noexcept {
  task* first = first_;
  if (first) first_ = first->next;
  return first;
}

inline void task_queue::append(task_queue& other) noexcept {
  if (other.empty()) return;
  (first_ ? last_->next : first_) = other.first_;
  last_ = other.last_;
  other.first_ = nullptr;
}

inline void task::wake() noexcept {
  std::uint64_t state = state_.load(std::memory_order_relaxed);
  do {
    if (state & (done | cancelled)) return;
    // Where the task is scheduled already, the exchange still has the poll that follows see all
    // that the waking thread has done.
  } while (!change(state, state | scheduled));
  if (!(state & (scheduled | running))) queue();
}

inline void task::wake_and_release() noexcept {
  std::uint64_t state = state_.load(std::memory_order_relaxed);
  do {
    if (state & (done | cancelled)) return release();
    // The executor's reference is there while it isn't done.
  } while (!change(state, (state | scheduled) - one_reference));
  if (!(state & (scheduled | running))) queue();
}

inline void task::queue() noexcept {
  scheduler& own = owner();
  if (this_thread.queues_for == &own) [[likely]]
    own.ready_.push(this);
  else
    own.schedule(this);
}

/// The context in which an executor polls one task after the other: the waker of the running one,
/// which holds no reference of its own, because the executor's is there.
class task_context {
 public:
  constexpr task_context() noexcept : waker_(nullptr, &task::waker_vtable), context_(waker_) {}
  task_context(const task_context&) = delete;
  ~task_context() { std::construct_at(&waker_, nullptr, &noop_vtable); }

  const coro::waker& task_waker() const noexcept { return waker_; }

  context& of(task& running) noexcept {
    waker_.data_ = &running;
    return context_;
  }

 private:
  coro::waker waker_;  ///< Never destroyed as a task's.
  context context_;
};

/// A thread of a pool, as futures know it.
struct pool_thread {
  task_context with;  ///< Of all its polls of tasks.
};

template <task::dropped_by Droppers>
void task::run(task_context& with) noexcept {
  std::uint64_t state = state_.load(std::memory_order_acquire);
  if (state & (done | running | cancelled) || !change(state, state ^ (scheduled | running)))
      [[unlikely]]
    if (!begin()) return;
  run_claimed<Droppers>(with);
}

template <task::dropped_by Droppers>
[[gnu::always_inline]] inline void task::run_claimed(task_context& with) noexcept {
  this_thread.budget = full_budget;
  const task* const around = std::exchange(this_thread.running, this);
  const int outcome = vtable_.poll(*this, with.of(*this));
  this_thread.running = around;
  if (outcome != pending) [[unlikely]]
    return finish(outcome == error ? failed : 0, false);
  if constexpr (Droppers == dropped_by::its_one_thread) {
    const std::uint64_t before = state_.fetch_sub(running, std::memory_order_acq_rel);
    if (before & (cancelled | scheduled)) [[unlikely]]
      end_alone(before);
  } else {
    std::uint64_t state = state_.load(std::memory_order_relaxed);
    if (state & (cancelled | scheduled) || !change(state, state ^ running)) [[unlikely]]
      end();
  }
}

template <class T>
struct task_result {
  using type = T;
};
template <>
struct task_result<void> {
  struct type {};
};
template <class T>
struct task_result<T&> {
  using type = T*;
};
template <class T>
struct task_result<T&&> {
  using type = T*;
};

template <pollable P>
class task_of : public task {
  using output_type = typename P::output_type;
  using result_type = typename task_result<output_type>::type;

 public:
  template <class F>
  explicit task_of(F&& future) : task(functions), future_(std::forward<F>(future)) {}
  ~task_of() = delete;

 private:
  static task_of& of(task& base) noexcept { return static_cast<task_of&>(base); }

  static int poll(task& base, context& cx) {
    task_of& self = of(base);
    bool is_alive = true;
    try {
      auto output = self.future_.poll(cx);
      if (output.is_pending()) return pending;
      is_alive = false;
      std::destroy_at(&self.future_);
      self.keep(output);
      return value;
    } catch (...) {
      if (is_alive) std::destroy_at(&self.future_);
      ::new (static_cast<void*>(&self.error_)) std::exception_ptr(std::current_exception());
      return error;
    }
  }

  static void drop_future(task& base) { std::destroy_at(&of(base).future_); }

  static void drop_result(task& base, bool failed) {
    if (!failed) return std::destroy_at(&of(base).value_);
    std::destroy_at(&of(base).error_);
  }

  void keep(coro::poll<output_type>& output) {
    void* place = &value_;
    if constexpr (std::is_void_v<output_type>)
      output.take();
    else if constexpr (std::is_reference_v<output_type>)
      ::new (place) result_type(output.operator->());
    else
      ::new (place) result_type(std::move(output).value());
  }

  union {
    P future_;
    result_type value_;
    std::exception_ptr error_;
  };

  static constexpr std::size_t result_alignment =
      std::max({alignof(P), alignof(result_type), alignof(std::exception_ptr)});
  static constexpr vtable functions{
      &poll, &drop_future, &drop_result,
      (sizeof(task) + result_alignment - 1) / result_alignment* result_alignment,
      task_heap::is_large(sizeof(task_of), alignof(task_of))};
};

}  // namespace coro::detail
