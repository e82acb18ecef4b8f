// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/blocking.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <system_error>

namespace coro {

namespace {

constinit detail::atomic<std::size_t> in_flight{0};

/// Blocks all signals but those of faults in the calling thread: a thread that it starts inherits
/// that.
class signals_blocked {
 public:
  signals_blocked() noexcept {
    sigset_t blocked;
    sigfillset(&blocked);
    for (int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP}) sigdelset(&blocked, fault);
    pthread_sigmask(SIG_SETMASK, &blocked, &previous_);
  }
  signals_blocked(const signals_blocked&) = delete;
  ~signals_blocked() { pthread_sigmask(SIG_SETMASK, &previous_, nullptr); }

 private:
  sigset_t previous_;
};

}  // namespace

namespace detail {

std::size_t blocking_in_flight() noexcept { return in_flight.load(); }

bool blocking_operation::has_ended(const coro::waker& waker) {
  {
    lock_guard lock(guard_);
    if (state_.load(std::memory_order_acquire) >= done) return true;
    if (waker_.will_wake(waker)) return false;
  }
  coro::waker other(waker);  // Cloned, and the last one dropped, outside of the lock.
  lock_guard lock(guard_);
  if (state_.load(std::memory_order_acquire) >= done) return true;
  std::swap(waker_, other);
  return false;
}

bool blocking_operation::cancel() noexcept {
  // Only an operation that is queued has a pool for sure.
  if (state_.load(std::memory_order_acquire) != queued || !pool_.cancel(*this)) return false;
  destroy_function();
  end(cancelled);
  return true;
}

void blocking_operation::detach() noexcept {
  {
    coro::waker unused(nullptr, &noop_vtable);
    lock_guard lock(guard_);
    std::swap(waker_, unused);
  }
  cancel();
  release();
}

void blocking_operation::release() noexcept {
  if (references_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
}

void blocking_operation::throw_if_cancelled() const {
  if (state_.load(std::memory_order_acquire) == cancelled)
    throw std::system_error(std::make_error_code(std::errc::operation_canceled), "spawn_blocking");
}

void blocking_operation::end(state how) noexcept {
  coro::waker woken(nullptr, &noop_vtable);
  {
    lock_guard lock(guard_);
    state_.store(how, std::memory_order_release);
    std::swap(waker_, woken);
  }
  std::move(woken).wake();
  release();
  in_flight.fetch_sub(1);
}

}  // namespace detail

using detail::blocking_operation;

blocking_pool::blocking_pool(blocking_options options)
    : options_{options.max_threads, std::min<std::chrono::nanoseconds>(
                                        options.idle_time, std::chrono::hours(24 * 365))} {
  detail::check(options.max_threads > 0, "a blocking pool needs a thread at least");
}

blocking_pool::~blocking_pool() {
  {
    std::unique_lock lock(guard_);
    closing_ = true;
    wake_all();
    thread_left_.wait(lock, [this] { return workers_.empty(); });
  }
  if (last_ended_.joinable()) last_ended_.join();
}

std::size_t blocking_pool::thread_count() const {
  std::lock_guard lock(guard_);
  return workers_.size();
}

void blocking_pool::submit(blocking_operation& added) {
  {
    std::lock_guard lock(guard_);
    // One idle thread for each operation in the queue, so that none waits for one that blocks.
    if (queued_ >= idle_ && workers_.size() < options_.max_threads) start_thread();
    added.previous_ = last_;
    (last_ ? last_->next_ : first_) = &added;
    last_ = &added;
    ++queued_;
    in_flight.fetch_add(1);
    wake_last_waiting();
  }
}

/// Where no more threads can be started, those that are there have to do the work.
void blocking_pool::start_thread() {
  const worker_place added = workers_.emplace(workers_.end());
  try {
    const signals_blocked inherited;
    added->thread = std::thread([this, added]() noexcept { work(added); });
  } catch (...) {
    workers_.erase(added);
    if (workers_.empty()) throw;
    return;
  }
  ++idle_;
}

void blocking_pool::work(worker_place self) noexcept {
  std::unique_lock lock(guard_);
  while (blocking_operation* next = next_operation(*self, lock)) {
    --idle_;
    self->is_running = true;
    if (exiting_) detach_thread(*self);
    lock.unlock();
    next->run();
    next->end(blocking_operation::done);
    lock.lock();
    self->is_running = false;
    ++idle_;
  }
  --idle_;
  std::thread previous;
  if (self->thread.joinable()) previous = std::exchange(last_ended_, std::move(self->thread));
  workers_.erase(self);
  // Under the lock: without it the pool may be gone.
  thread_left_.notify_all();
  lock.unlock();
  if (previous.joinable()) previous.join();
}

/// Waits for an operation; null when the thread is to end.
blocking_operation* blocking_pool::next_operation(worker& self,
                                                  std::unique_lock<std::mutex>& lock) {
  // A thread that was woken may find that another one, which had just ended its work, was faster.
  while (!first_ && !closing_ && wait_for_work(self, lock)) {
  }
  blocking_operation* next = first_;
  if (next) {
    unlink(*next);
    next->state_.store(blocking_operation::running, std::memory_order_release);
  }
  return next;
}

/// Waits as an idle thread, before all those that have waited longer. False when the thread was not
/// woken during the idle time.
bool blocking_pool::wait_for_work(worker& self, std::unique_lock<std::mutex>& lock) {
  self.next_waiting = std::exchange(waiting_, &self);
  self.is_waiting = true;
  self.woken.wait_for(lock, options_.idle_time, [&] { return !self.is_waiting; });
  if (!std::exchange(self.is_waiting, false)) return true;
  worker** place = &waiting_;
  while (*place != &self) place = &(*place)->next_waiting;
  *place = self.next_waiting;
  return false;
}

void blocking_pool::wake_last_waiting() noexcept {
  if (!waiting_) return;
  worker& woken = *std::exchange(waiting_, waiting_->next_waiting);
  woken.is_waiting = false;
  woken.woken.notify_one();
}

void blocking_pool::wake_all() noexcept {
  while (waiting_) wake_last_waiting();
}

void blocking_pool::unlink(blocking_operation& removed) noexcept {
  (removed.previous_ ? removed.previous_->next_ : first_) = removed.next_;
  (removed.next_ ? removed.next_->previous_ : last_) = removed.previous_;
  --queued_;
}

/// Takes an operation out of the queue if it's still there.
bool blocking_pool::cancel(blocking_operation& queued) noexcept {
  std::lock_guard lock(guard_);
  if (queued.state_.load(std::memory_order_relaxed) != blocking_operation::queued) return false;
  unlink(queued);
  queued.state_.store(blocking_operation::cancelled, std::memory_order_release);
  return true;
}

void blocking_pool::join_idle_threads() noexcept {
  std::thread last;
  {
    std::unique_lock lock(guard_);
    closing_ = exiting_ = true;
    wake_all();
    for (worker& each : workers_)
      if (each.is_running) detach_thread(each);
    thread_left_.wait(lock, [this] { return idle_ == 0; });
    last = std::move(last_ended_);
  }
  if (last.joinable()) last.join();
}

void blocking_pool::detach_thread(worker& running) noexcept {
  if (running.thread.joinable()) running.thread.detach();
  thread_left_.notify_all();
}

namespace {

constinit blocking_options shared_options;
constinit std::atomic<bool> shared_is_used{false};

}  // namespace

void set_blocking_options(blocking_options options) {
  detail::check(!shared_is_used, "the shared blocking pool was used before its options were set");
  shared_options = options;
}

blocking_pool& blocking_pool::shared() {
  static blocking_pool& pool = *new blocking_pool((shared_is_used = true, shared_options));
  static const struct at_exit {
    ~at_exit() { pool.join_idle_threads(); }
  } at_exit;
  return pool;
}

}  // namespace coro
