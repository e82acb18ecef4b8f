// A queue of jobs of several kinds, and the workers that do them.
#pragma once

#include <coro/channel.h>
#include <coro/oneshot.h>
#include <coro/semaphore.h>
#include <coro/task_group.h>

#include <concepts>
#include <exception>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "combinators.h"

namespace jobs {

/// A job: has a result_type, and an async `run` that takes what all workers have.
template <class Job, class Context>
concept job_for = requires(Job& job, Context& context) {
  typename Job::result_type;
  { job.run(context) } -> coro::pollable;
};

template <class Context, job_for<Context>... Jobs>
class job_queue {
 public:
  job_queue(Context& context, std::size_t capacity)
      : job_queue(context, coro::channel<entry>(capacity)) {}

  /// Puts a job into the queue, and waits for its result. Throws what the job throws.
  template <class Job>
    requires(std::same_as<Job, Jobs> || ...)
  CORO_ASYNC coro::future<typename Job::result_type> submit(Job job) {
    auto [promise, result] = coro::oneshot<typename Job::result_type>();
    ticket<Job> made{std::move(job), std::move(promise)};
    if (const bool is_open = co_await sender_.send(entry(std::move(made))); !is_open)
      throw std::logic_error("the queue is closed");
    co_return co_await result;
  }

  /// Several at once: the tuple of their results.
  template <class First, class Second, class... Rest>
  CORO_ASYNC auto submit_all(First first, Second second, Rest... rest)
      -> coro::future<std::tuple<typename First::result_type, typename Second::result_type,
                                 typename Rest::result_type...>> {
    co_return co_await coro::join(submit(std::move(first)), submit(std::move(second)),
                                  submit(std::move(rest))...);
  }

  /// Works until the queue is closed, with so many workers. Calls `done` behind each job with the
  /// number of the worker.
  template <class Done>
  CORO_ASYNC coro::future<void> work(int workers, Done done) {
    coro::task_group group;
    for (int number = 1; number <= workers; ++number) group.spawn(work_alone(number, done));
    co_await group.join();
  }

  void close() { sender_.drop(); }

 private:
  template <class Job>
  struct ticket {
    Job job;
    coro::oneshot_sender<typename Job::result_type> promise;
  };
  using entry = std::variant<ticket<Jobs>...>;
  using ends = std::pair<coro::channel_sender<entry>, coro::channel_receiver<entry>>;

  job_queue(Context& context, ends queue)
      : context_(context), sender_(std::move(queue.first)), receiver_(std::move(queue.second)) {}

  /// The workers take turns at the queue.
  template <class Done>
  CORO_ASYNC coro::future<void> work_alone(int number, Done done) {
    for (;;) {
      std::optional<entry> next;
      {
        const coro::permit turn = co_await turn_.acquire();
        next = co_await receiver_.receive();
      }
      if (!next) co_return;
      const std::string name = co_await perform(*next);
      std::invoke(done, number, name);
    }
  }

  CORO_ASYNC coro::future<std::string> perform(entry& next) {
    co_return co_await std::visit(
        [this](auto& with) -> coro::future<std::string> { return this->perform_ticket(with); },
        next);
  }

  template <class Job>
  CORO_ASYNC coro::future<std::string> perform_ticket(ticket<Job>& with) {
    auto& [job, promise] = with;
    try {
      if constexpr (std::is_void_v<typename Job::result_type>) {
        co_await job.run(context_);
        promise.send();
      } else {
        promise.send(co_await job.run(context_));
      }
    } catch (const std::exception& thrown) {
      promise.drop();
      co_return std::string(Job::name) + " (" + thrown.what() + ")";
    }
    co_return std::string(Job::name);
  }

  Context& context_;
  coro::semaphore turn_{1};
  coro::channel_sender<entry> sender_;
  coro::channel_receiver<entry> receiver_;
};

}  // namespace jobs
