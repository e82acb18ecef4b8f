// semaphore: a number of permits that tasks take and give back.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/waiter.h>
#include <coro/pollable.h>

#include <cstddef>
#include <utility>

namespace coro {

class semaphore;

/// Permits of a semaphore, given back when this is destroyed, from any thread. May be empty. The
/// semaphore has to outlive it.
class permit {
 public:
  /// Empty.
  permit() = default;
  permit(permit&& other) noexcept
      : semaphore_(std::exchange(other.semaphore_, nullptr)), count_(other.count_) {}
  permit& operator=(permit&& other) noexcept {
    permit taken(std::move(other));
    std::swap(semaphore_, taken.semaphore_);
    std::swap(count_, taken.count_);
    return *this;
  }
  ~permit() { release(); }

  /// Whether it holds permits.
  explicit operator bool() const noexcept { return semaphore_ != nullptr; }

  /// Gives the permits back now. This is empty then.
  void release() noexcept;
  /// Lets go of the permits without giving them back: the semaphore has so many less. This is empty
  /// then.
  void forget() noexcept { semaphore_ = nullptr; }

 private:
  friend class semaphore;
  friend class acquire_future;
  permit(semaphore& from, std::size_t count) noexcept : semaphore_(&from), count_(count) {}

  semaphore* semaphore_ = nullptr;
  std::size_t count_ = 0;
};

namespace detail {

struct acquire_waiter : waiter {
  explicit acquire_waiter(std::size_t count) noexcept : count(count) {}
  std::size_t count;
};

}  // namespace detail

/// The future that semaphore::acquire makes. Dropping it while it waits lets those behind it
/// through, and gives back the permits that it was granted.
class [[nodiscard]] acquire_future {
 public:
  using output_type = permit;

  acquire_future(acquire_future&& other) = default;
  ~acquire_future();

  coro::poll<permit> poll(context& cx);

 private:
  friend class semaphore;
  acquire_future(semaphore& from, std::size_t count) noexcept : semaphore_(&from), waiter_(count) {}

  semaphore* semaphore_;
  detail::acquire_waiter waiter_;
};

/// A counting semaphore. Fair: permits go to the waiting tasks in the order of their first polls,
/// and no task overtakes one that waits for many. Thread-safe. Waiting allocates nothing. Has to
/// outlive its permits and its futures.
class semaphore {
 public:
  /// With so many permits that are free.
  explicit semaphore(std::size_t permits) noexcept : available_(permits) {}

  /// Waits for this many permits at once. More than there will ever be are waited for for ever.
  [[nodiscard]] acquire_future acquire(std::size_t count = 1) noexcept {
    return acquire_future(*this, count);
  }
  /// The permits if they are free and no task waits, or else an empty permit.
  [[nodiscard]] permit try_acquire(std::size_t count = 1) noexcept;

  /// Adds permits: new ones, or some that a permit has forgotten. Their number must not overflow
  /// (checked).
  void release(std::size_t count = 1) noexcept;

  /// How many are free, which may have changed on return.
  std::size_t available() const noexcept;

 private:
  friend class acquire_future;

  bool take(std::size_t count) noexcept;
  detail::acquire_waiter& first_waiter() noexcept;
  bool can_grant() noexcept;
  void leave(detail::acquire_waiter& waiter) noexcept;

  mutable detail::mutex guard_;
  std::size_t available_;
  detail::waiter_list waiters_;
};

inline void permit::release() noexcept {
  if (semaphore* from = std::exchange(semaphore_, nullptr)) from->release(count_);
}

}  // namespace coro
