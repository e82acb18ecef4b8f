// select: waits for the first of several futures.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/outputs.h>
#include <coro/detail/thread_state.h>
#include <coro/lowered.h>
#include <coro/pollable.h>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <variant>

namespace coro {

namespace detail {

/// Makes a Result of alternative I from a poll that is ready.
template <std::size_t I, class Result, class T>
poll<Result> ready_alternative(poll<T>& polled) {
  if constexpr (std::is_void_v<T>) {
    return poll<Result>(std::in_place, std::in_place_index<I>);
  } else if constexpr (std::is_reference_v<T>) {
    T value = polled.take();
    return poll<Result>(std::in_place, std::in_place_index<I>, value);
  } else {
    return poll<Result>(std::in_place, std::in_place_index<I>, polled.take());
  }
}

/// How one poll of a select treats a future that is pending when the budget of the task is used up
/// (fairness_budget): it may only have been refused, and a later one must not win by that. So the
/// poll stops there, once; the next poll goes on, and first gives the future a budget of its own.
struct select_turn {
  const bool has_stopped_before;
  bool stops = false;
};

/// The futures of a select in order: made first to last, destroyed last to first.
template <class... F>
struct select_slots {
  template <std::size_t, class Result>
  coro::poll<Result> poll(context&, select_turn&) {
    return pending;
  }
};

template <class F, class... Rest>
struct select_slots<F, Rest...> {
  explicit select_slots(F&& first, Rest&&... rest)
      : future(static_cast<F&&>(first)), rest(static_cast<Rest&&>(rest)...) {}

  template <std::size_t I, class Result>
  coro::poll<Result> poll(context& cx, select_turn& turn) {
    {
      auto polled = future.poll(cx);
      if (polled.is_ready()) return ready_alternative<I, Result>(polled);
    }
    if (sizeof...(Rest) > 0 && has_refused()) [[unlikely]] {
      turn.stops = !turn.has_stopped_before;
      if (turn.stops) return cx.waker().wake_by_ref(), pending;
      const second_chance chance;
      auto polled = future.poll(cx);
      if (polled.is_ready()) return ready_alternative<I, Result>(polled);
    }
    return rest.template poll<I + 1, Result>(cx, turn);
  }

  F future;
  [[no_unique_address]] select_slots<Rest...> rest;
};

}  // namespace detail

/// The future that select makes. May be moved until first polled (checked).
template <class... F>
class [[nodiscard]] select_future {
 public:
  using output_type = std::variant<detail::owned_output<output_of<F>>...>;

  explicit select_future(F&&... futures) : slots_(static_cast<F&&>(futures)...) {}
  select_future(select_future&& other) = default;

  /// Passes on an exception of one of the futures; the select has finished then.
  coro::poll<output_type> poll(context& cx) {
    finish_guard on_exit{state_};
    detail::select_turn turn{.has_stopped_before = state_.resume() == stopped};
    state_ = waiting;
    auto first = slots_.template poll<0, output_type>(cx, turn);
    if (turn.stops) state_ = stopped;
    if (first.is_pending()) on_exit.suspend();
    return first;
  }

 private:
  /// After polls of all the futures; and after one that stopped at one that was refused.
  enum { waiting = 1, stopped };
  frame_state state_;
  detail::select_slots<F...> slots_;
};

/// Waits until one of the futures is done. The output is a variant whose index() tells which it
/// was, with its output: std::monostate for void, a std::reference_wrapper for a reference.
///
/// Every poll polls the futures first to last until one is ready, so an earlier one that is always
/// ready keeps the later ones from their turn: put the rare and the urgent ones first. A future
/// that is refused for fairness (fairness_budget) keeps its place before the later ones. An rvalue
/// future is moved in and dropped with the select, which in `co_await select(..)` is at the end of
/// the full-expression. An lvalue future is polled where it is, has to outlive the select, and when
/// it wasn't the first, may be polled on afterwards. Allocates nothing.
template <class... F>
  requires(sizeof...(F) >= 1 && (pollable<std::remove_cvref_t<F>> && ...))
select_future<F...> select(F&&... futures) {
  return select_future<F...>(std::forward<F>(futures)...);
}

}  // namespace coro
