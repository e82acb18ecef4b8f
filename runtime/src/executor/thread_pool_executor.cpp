// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/spin_lock.h>
#include <coro/thread_pool_executor.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace coro {

namespace detail {

namespace {

/// One thread of a pool. Other threads use its queue only to steal from it.
struct worker : pool_thread {
  spin_lock guard;
  task_queue queue;
  std::size_t size = 0;
  class parker parker;
  std::thread thread;

  void push(task* added) noexcept {
    std::lock_guard lock(guard);
    queue.push(added);
    ++size;
  }
  task* pop() noexcept {
    std::lock_guard lock(guard);
    if (size > 0) --size;
    return queue.pop();
  }
  /// Takes half of the tasks for another worker, at least one if there is one.
  std::size_t steal(task_queue& into) noexcept {
    std::lock_guard lock(guard);
    const std::size_t taken = (size + 1) / 2;
    for (std::size_t i = 0; i < taken; ++i) into.push(queue.pop());
    size -= taken;
    return taken;
  }
  void append(task_queue& added, std::size_t count) noexcept {
    std::lock_guard lock(guard);
    queue.append(added);
    size += count;
  }
  bool is_empty() noexcept {
    std::lock_guard lock(guard);
    return size == 0;
  }
};

}  // namespace

/// The queues of a pool: a task that a worker wakes goes into that worker's own, a task of other
/// threads into one that all workers share.
///
/// No wake-up is lost: a thread that queues a task looks for idle workers afterwards, and a worker
/// that becomes idle looks for tasks afterwards; both in one total order (Dekker), so that at least
/// one of the two sees the other.
class pool_scheduler final : public executor_core {
 public:
  pool_scheduler(unsigned threads, const runtime_options& options)
      : executor_core(1), uses_manual_clock_(options.clock != nullptr), workers_(threads) {
    driver().open(options);
    // Made now, so that the worker that waits for events always waits for all of them.
    driver().make_reactor();
    idle_.reserve(threads);
    try {
      for (worker& each : workers_) each.thread = std::thread([&] { run(each); });
    } catch (...) {
      stop();
      throw;
    }
  }

  unsigned threads() const noexcept { return static_cast<unsigned>(workers_.size()); }

  void schedule(task* ready) noexcept override {
    if (this_thread.core == this && this_thread.worker) {
      static_cast<worker*>(this_thread.worker)->push(ready);
    } else {
      {
        lock_guard lock(guard_);
        if (!is_closed()) {
          injected_.push(ready);
          ready = nullptr;
        }
      }
      if (ready) return ready->forget();
    }
    if (uses_manual_clock_)
      wake_all();
    else
      wake_one();
  }

  bool may_drop_here() const noexcept override { return true; }
  bool has_one_thread() const noexcept override { return workers_.size() == 1; }
  void first_timer_changed() noexcept override { driver().notify(); }

  void shut_down() noexcept {
    for (const worker& each : workers_)
      check(each.thread.get_id() != std::this_thread::get_id(),
            "a thread pool was destroyed by one of its own tasks");
    stop();
    working_for working(*this);
    {
      lock_guard lock(guard_);
      closed_.store(true, std::memory_order_relaxed);
    }
    while (task* each = injected_.pop()) each->forget();
    for (worker& each : workers_)
      while (task* queued = each.pop()) queued->forget();
    cancel_all();
    driver().close();
  }

 private:
  bool is_closed() const noexcept override { return closed_.load(std::memory_order_relaxed); }
  void unreferenced() noexcept override { delete this; }

  void stop() noexcept {
    stopping_.store(true);
    wake_all();
    for (worker& each : workers_)
      if (each.thread.joinable()) each.thread.join();
  }

  void unpark(worker& woken) noexcept {
    if (woken.parker.unpark()) driver().notify();
  }

  void wake_one() noexcept {
    std::atomic_thread_fence(std::memory_order_seq_cst);
    if (idle_count_.load(std::memory_order_relaxed) == 0) return;
    worker* woken = nullptr;
    {
      lock_guard lock(idle_guard_);
      if (idle_.empty()) return;
      woken = idle_.back();
      idle_.pop_back();
      idle_count_.store(idle_.size(), std::memory_order_relaxed);
    }
    unpark(*woken);
  }

  /// A worker that is about to move the clock, because all were idle, is kept from it by that.
  void wake_all() noexcept {
    for (worker& each : workers_) unpark(each);
  }

  void run(worker& self) noexcept {
    working_for working(*this, &self);
    unsigned since_look = 0;
    while (!stopping_.load(std::memory_order_relaxed)) {
      task* ready = ++since_look > fairness_budget ? look_around(self, since_look) : nullptr;
      if (!ready) ready = find(self);
      if (ready) {
        ready->run<task::dropped_by::any_thread>(self.with);
      } else {
        wait(self);
        since_look = 0;
      }
    }
  }

  /// Other threads' tasks, events and timers get their turn beside the worker's own tasks.
  task* look_around(worker& self, unsigned& since_look) noexcept {
    since_look = 0;
    if (std::unique_lock driving(driving_, std::try_to_lock); driving) turn(self, driver::idle::no);
    return take_injected(self);
  }

  task* find(worker& self) noexcept {
    if (task* own = self.pop()) return own;
    if (task* injected = take_injected(self)) return injected;
    const std::size_t start = static_cast<std::size_t>(&self - workers_.data());
    for (std::size_t i = 1; i < workers_.size(); ++i) {
      worker& victim = workers_[(start + i) % workers_.size()];
      task_queue stolen;
      const std::size_t count = victim.steal(stolen);
      if (count == 0) continue;
      task* first = stolen.pop();
      self.append(stolen, count - 1);
      return first;
    }
    return nullptr;
  }

  /// Returns the first task of the shared queue, and puts some of the others into the worker's own.
  task* take_injected(worker& self) noexcept {
    static constexpr std::size_t at_once = 32;
    task_queue taken;
    std::size_t count = 0;
    task* first;
    {
      lock_guard lock(guard_);
      first = injected_.pop();
      while (count < at_once / workers_.size()) {
        task* next = injected_.pop();
        if (!next) break;
        taken.push(next);
        ++count;
      }
    }
    if (count > 0) self.append(taken, count);
    return first;
  }

  bool any_task() noexcept {
    {
      lock_guard lock(guard_);
      if (!injected_.empty()) return true;
    }
    return std::any_of(workers_.begin(), workers_.end(),
                       [](worker& each) { return !each.is_empty(); });
  }

  void wait(worker& self) noexcept {
    bool all_idle;
    {
      lock_guard lock(idle_guard_);
      idle_.push_back(&self);
      idle_count_.store(idle_.size(), std::memory_order_relaxed);
      all_idle = idle_.size() == workers_.size();
    }
    std::atomic_thread_fence(std::memory_order_seq_cst);
    if (!any_task() && !stopping_.load()) {
      if (std::unique_lock driving(driving_, std::try_to_lock); driving) {
        be_woken_last(self);
        turn(self, all_idle ? driver::idle::all_threads : driver::idle::this_thread);
      } else {
        // The worker that drives may now move the clock.
        if (all_idle && uses_manual_clock_) driver().notify();
        if (self.parker.begin(parker::in_futex)) {
          self.parker.wait(std::nullopt);
          self.parker.end();
        }
      }
    }
    lock_guard lock(idle_guard_);
    std::erase(idle_, &self);
    idle_count_.store(idle_.size(), std::memory_order_relaxed);
  }

  /// The worker that waits for events goes on with that while other workers can run the tasks that
  /// come. If it ran a task that blocks, all events and timers would have to wait.
  void be_woken_last(worker& self) noexcept {
    lock_guard lock(idle_guard_);
    const auto place = std::find(idle_.begin(), idle_.end(), &self);
    if (place != idle_.end()) std::rotate(idle_.begin(), place, place + 1);
  }

  void turn(worker& self, driver::idle idle) noexcept {
    try {
      driver().turn(self.parker, idle);
      driver().dispatch();
    } catch (const std::exception& thrown) {
      fail(thrown.what());
    }
  }

  const bool uses_manual_clock_;
  std::vector<worker> workers_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> closed_{false};  ///< Written under guard_.
  mutex guard_;
  task_queue injected_;
  std::mutex driving_;  ///< Held by the worker whose turn the driver's is.
  mutex idle_guard_;
  std::vector<worker*> idle_;  ///< The last one is woken first.
  std::atomic<std::size_t> idle_count_{0};
};

}  // namespace detail

thread_pool_executor::thread_pool_executor(unsigned threads, const runtime_options& options)
    : scheduler_(new detail::pool_scheduler(
          threads ? threads : std::max(1u, std::thread::hardware_concurrency()), options)) {}

thread_pool_executor::~thread_pool_executor() {
  scheduler_->shut_down();
  scheduler_->release();
}

unsigned thread_pool_executor::threads() const noexcept { return scheduler_->threads(); }

detail::executor_core& thread_pool_executor::core() noexcept { return *scheduler_; }

}  // namespace coro
