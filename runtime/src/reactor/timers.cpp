// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/timers.h>

#include <memory>
#include <utility>

namespace coro::detail {

bool timer_set::insert(timer& added) noexcept {
  lock_guard lock(guard_);
  if (closed_) {
    added.is = timer::orphaned;
    return true;
  }
  added.order = count_++;
  added.is = timer::set;
  added.child = added.next = added.previous = nullptr;
  first_ = meld(first_, &added);
  has_some_.store(true, std::memory_order_release);
  return first_ == &added;
}

timer::status timer_set::check(timer& set, const coro::waker& waker) noexcept {
  coro::waker previous(nullptr, &noop_vtable);
  lock_guard lock(guard_);
  if (set.is == timer::set && !set.waker.will_wake(waker))
    previous = std::exchange(set.waker, waker);
  return set.is;
}

void timer_set::remove(timer& removed) noexcept {
  lock_guard lock(guard_);
  if (removed.is == timer::set) unlink(removed);
  if (!first_) has_some_.store(false, std::memory_order_relaxed);
  removed.is = timer::unset;
}

std::optional<time_point> timer_set::next() noexcept {
  lock_guard lock(guard_);
  return first_ ? std::optional(first_->at) : std::nullopt;
}

bool timer_set::fire(time_point now) noexcept {
  return take([now](const timer& first) { return first.at <= now; }, timer::fired);
}

void timer_set::orphan_all() noexcept {
  {
    lock_guard lock(guard_);
    closed_ = true;
  }
  take([](const timer&) { return true; }, timer::orphaned);
}

/// Takes timers out from the front while they are due and wakes them, some at a time, outside of
/// the lock: a timer may be gone as soon as it's released.
template <class Due>
bool timer_set::take(Due is_due, timer::status becomes) noexcept {
  constexpr std::size_t at_once = 32;
  union storage {
    storage() {}
    ~storage() {}
    coro::waker wakers[at_once];
  } taken;
  bool any = false;
  for (;;) {
    std::size_t count = 0;
    {
      lock_guard lock(guard_);
      while (count < at_once && first_ && is_due(*first_)) {
        timer& due = *first_;
        unlink(due);
        due.is = becomes;
        std::construct_at(&taken.wakers[count++], std::move(due.waker));
      }
      if (!first_) has_some_.store(false, std::memory_order_relaxed);
    }
    for (std::size_t i = 0; i < count; ++i) {
      std::move(taken.wakers[i]).wake();
      std::destroy_at(&taken.wakers[i]);
    }
    any |= count > 0;
    if (count < at_once) return any;
  }
}

timer* timer_set::meld(timer* a, timer* b) noexcept {
  if (!a) return b;
  if (!b) return a;
  if (*b < *a) std::swap(a, b);
  b->previous = a;
  b->next = a->child;
  if (b->next) b->next->previous = b;
  a->child = b;
  return a;
}

/// Melds the siblings in pairs, first to last, and then the pairs, last to first.
timer* timer_set::meld_siblings(timer* first) noexcept {
  timer* pairs = nullptr;  // Linked by next, the last one in front.
  while (first) {
    timer* a = first;
    timer* b = a->next;
    first = b ? b->next : nullptr;
    a->next = a->previous = nullptr;
    if (b) b->next = b->previous = nullptr;
    timer* pair = meld(a, b);
    pair->next = pairs;
    pairs = pair;
  }
  timer* all = nullptr;
  while (pairs) {
    timer* pair = std::exchange(pairs, pairs->next);
    pair->next = nullptr;
    all = meld(all, pair);
  }
  return all;
}

void timer_set::unlink(timer& removed) noexcept {
  timer* rest = meld_siblings(removed.child);
  removed.child = nullptr;
  if (&removed == first_) {
    first_ = rest;
    return;
  }
  timer* previous = removed.previous;
  (previous->child == &removed ? previous->child : previous->next) = removed.next;
  if (removed.next) removed.next->previous = previous;
  first_ = meld(first_, rest);
}

}  // namespace coro::detail
