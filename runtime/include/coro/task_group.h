// task_group: tasks that don't outlive the scope they are spawned in.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/spawn.h>

#include <exception>
#include <optional>
#include <vector>

namespace coro {

namespace detail {

/// The part of a group that its children know.
class group_state {
 public:
  void begin() noexcept;
  /// A child has ended, by an exception or without.
  void end(std::exception_ptr error) noexcept;

  /// True when no child is left; else the waker will be woken then, and when one fails.
  bool is_over(const coro::waker& waker);
  bool is_over() noexcept;
  /// Forgets the waker of a join that is dropped.
  void stop_joining() noexcept;
  bool has_failed() noexcept;
  std::exception_ptr take_error() noexcept;

 private:
  mutex guard_;
  std::size_t running_ = 0;
  std::exception_ptr error_;  ///< The first one.
  std::optional<coro::waker> joiner_;
};

/// A future that tells its group when it ends, or is destroyed before.
template <class F>
class group_member {
 public:
  using output_type = void;

  group_member(group_state& group, F&& future) : future_(std::move(future)), group_(&group) {
    group.begin();
  }
  group_member(group_member&& other)
      : future_(std::move(other.future_)), group_(std::exchange(other.group_, nullptr)) {}
  ~group_member() {
    future_.reset();
    if (group_) group_->end(nullptr);
  }

  coro::poll<void> poll(context& cx) {
    std::exception_ptr error;
    try {
      if (future_->poll(cx).is_pending()) return pending;
      future_.reset();
    } catch (...) {
      error = std::current_exception();
      future_.reset();
    }
    std::exchange(group_, nullptr)->end(std::move(error));
    return ready();
  }

 private:
  std::optional<F> future_;
  group_state* group_;
};

}  // namespace detail

/// Children that run beside each other as tasks of the current executor, and end no later than the
/// group: destroying it cancels those that are left and returns when all are destroyed, so that
/// they may refer to objects that live longer than the group. Used by one task at a time, of the
/// executor that the children are on; a child may spawn more while the group lives. An exception of
/// a child that no join has thrown when the group is destroyed goes to the handler of
/// set_detached_exception_handler.
///
///     coro::task_group group;
///     for (auto& each : parts) group.spawn(work(each));
///     co_await group.join();
class task_group {
 public:
  /// With no children.
  task_group() = default;
  task_group(const task_group&) = delete;
  /// Not in one of its own children (checked). On a thread pool waits, without letting other tasks
  /// go on, for a child that is just being polled by another thread.
  ~task_group();

  /// Starts a child. Its output is dropped. Throws as coro::spawn does.
  template <class P>
    requires(!std::is_lvalue_reference_v<P> && pollable<P>)
  void spawn(P&& future) {
    make_room();
    children_.push_back(coro::spawn(detail::group_member<P>(state_, std::move(future))));
  }

  class join_future;
  /// Ready when all children have ended. When one throws, the others are cancelled, and then its
  /// exception, the first one, is thrown. One join is pending at a time.
  join_future join() noexcept;

  /// Ends all children, as join_handle::abort does: inside of a task they are destroyed by the
  /// executor, and join waits for that.
  void cancel() noexcept;

 private:
  void make_room();

  detail::group_state state_;
  std::vector<join_handle<void>> children_;
  bool is_cancelling_ = false;  ///< The children stay where they are meanwhile.
};

/// Of task_group::join.
class [[nodiscard]] task_group::join_future {
 public:
  using output_type = void;

  explicit join_future(task_group& group) noexcept : group_(&group) {}
  join_future(join_future&& other) noexcept;
  ~join_future();
  coro::poll<void> poll(context& cx);

 private:
  task_group* group_;
  bool is_waiting_ = false;
};

inline task_group::join_future task_group::join() noexcept { return join_future(*this); }

}  // namespace coro
