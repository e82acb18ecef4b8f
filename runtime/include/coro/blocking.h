// spawn_blocking and blocking_pool: threads for work that blocks or takes long.
//
//     spawn -> queued -> running -> done -> the handle's output
//                 \-> cancelled (by cancel, or by dropping the handle)
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/atomic.h>
#include <coro/detail/fail.h>
#include <coro/pollable.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

namespace coro {

class blocking_pool;
template <class T>
class blocking_handle;

namespace detail {

/// A function that a pool runs, and its result, in one allocation. Its handle refers to it and,
/// until it has ended, the pool does.
class blocking_operation {
 public:
  blocking_operation(const blocking_operation&) = delete;

  /// False: not ended, and the waker will be woken then.
  bool has_ended(const coro::waker& waker);
  /// True when it was still queued: then the function is destroyed, and the waker woken.
  bool cancel() noexcept;
  /// The handle goes: cancels, and wakes no task.
  void detach() noexcept;
  void release() noexcept;

 protected:
  explicit blocking_operation(blocking_pool& pool) noexcept : pool_(pool) {}
  virtual ~blocking_operation() = default;

  void throw_if_cancelled() const;

 private:
  friend blocking_pool;

  /// queued -> running and queued -> cancelled happen under the pool's lock, running -> done under
  /// the operation's.
  enum state { queued, running, done, cancelled };

  /// Calls the function, keeps its output or its exception, and destroys it.
  virtual void run() noexcept = 0;
  virtual void destroy_function() noexcept = 0;
  void end(state how) noexcept;

  blocking_pool& pool_;
  blocking_operation* next_ = nullptr;  ///< In the pool's queue.
  blocking_operation* previous_ = nullptr;
  atomic<state> state_{queued};
  atomic<int> references_{2};
  mutex guard_;
  coro::waker waker_{nullptr, &noop_vtable};
};

template <class T>
class blocking_result : public blocking_operation {
 public:
  coro::poll<T> take() {
    throw_if_cancelled();
    if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
    if constexpr (std::is_void_v<T>)
      return ready();
    else
      return ready<T>(result_.take());
  }

 protected:
  using blocking_operation::blocking_operation;

  coro::poll<T> result_{pending};
  std::exception_ptr error_;
};

template <class F>
class blocking_call final : public blocking_result<std::invoke_result_t<F>> {
 public:
  template <class G>
  blocking_call(blocking_pool& pool, G&& function)
      : blocking_result<std::invoke_result_t<F>>(pool), function_(std::forward<G>(function)) {}

 private:
  void run() noexcept override {
    try {
      if constexpr (std::is_void_v<std::invoke_result_t<F>>)
        std::invoke(std::move(*function_)), this->result_.emplace();
      else
        this->result_.emplace(std::invoke(std::move(*function_)));
    } catch (...) {
      this->error_ = std::current_exception();
    }
    function_.reset();
  }
  void destroy_function() noexcept override { function_.reset(); }

  std::optional<F> function_;
};

/// How many operations of all pools are queued or running. One counts until its waker has been
/// called, and a result that has no handle any more was destroyed: when this is 0 and no waker was
/// called, none will be.
std::size_t blocking_in_flight() noexcept;

}  // namespace detail

/// The limits of a pool.
struct blocking_options {
  std::size_t max_threads = 512;  ///< At least 1. Functions that come while all are busy wait.
  std::chrono::nanoseconds idle_time = std::chrono::seconds(10);  ///< Then an idle thread ends.
};

/// A pool of threads that run functions, first in first out. It has no thread at first, and starts
/// one for a function that finds none idle. The thread that became idle last is the first to run
/// the next function, so that those that a lighter load doesn't need end. All signals are blocked
/// in its threads, but those of faults. Thread-safe.
class blocking_pool {
 public:
  /// With these limits, and no thread yet.
  explicit blocking_pool(blocking_options options = {});
  blocking_pool(const blocking_pool&) = delete;
  /// Runs the queued functions and waits until all threads have ended. Handles may outlive the
  /// pool, but no thread may cancel or drop one that hasn't ended while this waits; nor may a
  /// function of the pool destroy it.
  ~blocking_pool();

  /// The pool of the process, made when first used. It is never destroyed: when the program exits,
  /// its idle threads are joined, as statics are destroyed, and no function that is queued or
  /// running is waited for. One that then still runs must not use statics.
  static blocking_pool& shared();

  /// As spawn_blocking, on this pool.
  template <class F>
  blocking_handle<std::invoke_result_t<std::decay_t<F>>> spawn(F&& function);

  /// How many threads there are at the moment.
  std::size_t thread_count() const;

 private:
  friend detail::blocking_operation;
  struct worker {
    std::thread thread;              ///< Not joinable once it's detached.
    bool is_running = false;         ///< A function.
    std::condition_variable woken;   ///< There is a function for this thread, or the pool ends.
    worker* next_waiting = nullptr;  ///< Waits since an earlier time.
    bool is_waiting = false;         ///< Is in the list of those that wait.
  };
  using worker_place = std::list<worker>::iterator;

  void submit(detail::blocking_operation& added);
  void start_thread();
  void work(worker_place self) noexcept;
  detail::blocking_operation* next_operation(worker& self, std::unique_lock<std::mutex>& lock);
  bool wait_for_work(worker& self, std::unique_lock<std::mutex>& lock);
  void wake_last_waiting() noexcept;
  void wake_all() noexcept;
  void unlink(detail::blocking_operation& removed) noexcept;
  bool cancel(detail::blocking_operation& queued) noexcept;
  void join_idle_threads() noexcept;
  void detach_thread(worker& running) noexcept;

  const blocking_options options_;
  mutable std::mutex guard_;
  std::condition_variable thread_left_;  ///< A thread has ended, or was detached.
  worker* waiting_ = nullptr;            ///< The idle thread that was the last to begin to wait.
  detail::blocking_operation* first_ = nullptr;
  detail::blocking_operation* last_ = nullptr;
  std::size_t queued_ = 0;
  std::size_t idle_ = 0;  ///< Threads that run nothing: waiting, or on their way to the queue.
  std::list<worker> workers_;
  std::thread last_ended_;  ///< Each thread that ends joins the one before.
  bool closing_ = false;
  bool exiting_ = false;
};

/// A function that a pool was given, as a future: its output is that of the function, and it throws
/// the function's exception. Move-only, also after a poll; used by one thread at a time.
///
/// Dropping the handle: a function that is still queued is never run, and destroyed by the thread
/// that drops the handle. A function that runs goes on, and its output or exception is dropped.
template <class T>
class [[nodiscard]] blocking_handle {
 public:
  using output_type = T;

  /// Refers to nothing; not to be polled.
  blocking_handle() noexcept = default;
  blocking_handle(blocking_handle&& other) noexcept
      : operation_(std::exchange(other.operation_, nullptr)) {}
  blocking_handle& operator=(blocking_handle other) noexcept {
    std::swap(operation_, other.operation_);
    return *this;
  }
  ~blocking_handle() {
    if (operation_) operation_->detach();
  }

  /// True when this refers to a function whose output wasn't taken.
  explicit operator bool() const noexcept { return operation_; }

  /// Passes on an exception of the function; std::system_error (operation_canceled) when it was
  /// cancelled.
  coro::poll<T> poll(context& cx) {
    detail::check(operation_, "a blocking_handle was polled that refers to nothing");
    if (!operation_->has_ended(cx.waker())) return pending;
    const blocking_handle finished(std::move(*this));
    return finished.operation_->take();
  }

  /// True when the function was still queued: it is destroyed and will never run. False when it
  /// runs, has run or was cancelled before.
  bool cancel() noexcept { return operation_ && operation_->cancel(); }

 private:
  friend blocking_pool;
  explicit blocking_handle(detail::blocking_result<T>* operation) noexcept
      : operation_(operation) {}

  detail::blocking_result<T>* operation_ = nullptr;
};

template <class F>
blocking_handle<std::invoke_result_t<std::decay_t<F>>> blocking_pool::spawn(F&& function) {
  auto* made = new detail::blocking_call<std::decay_t<F>>(*this, std::forward<F>(function));
  try {
    submit(*made);
  } catch (...) {
    made->release(), made->release();
    throw;
  }
  return blocking_handle<std::invoke_result_t<std::decay_t<F>>>(made);
}

/// Sets the limits of the shared pool: before it is first used (checked).
void set_blocking_options(blocking_options options);

/// Calls a function on a thread of the shared pool, where it may block. Starts at once, not when
/// the handle is first polled. One allocation. Throws std::system_error when there is no thread
/// and none can be started. Thread-safe.
template <class F>
auto spawn_blocking(F&& function) {
  return blocking_pool::shared().spawn(std::forward<F>(function));
}

}  // namespace coro
