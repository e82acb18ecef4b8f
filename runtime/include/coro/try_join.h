// try_join: waits for several futures at once, until one of them fails.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/outputs.h>
#include <coro/join.h>
#include <coro/lowered.h>

#include <tuple>
#include <utility>

namespace coro {

namespace detail {

/// Calls f with each slot, first to last, for as long as it is true.
template <class... F, class Function>
bool all_slots([[maybe_unused]] join_slots<F...>& slots, [[maybe_unused]] Function& f) {
  if constexpr (sizeof...(F) == 0)
    return true;
  else
    return f(slots.slot) && all_slots(slots.rest, f);
}

template <class... F>
void drop_slots([[maybe_unused]] join_slots<F...>& slots) {
  if constexpr (sizeof...(F) > 0) {
    drop_slots(slots.rest);
    slots.slot.clear();
  }
}

}  // namespace detail

/// The future that try_join makes. May be moved until first polled (checked).
template <class... F>
class [[nodiscard]] try_join_future {
  using values = std::tuple<detail::output_element<detail::value_of<output_of<F>>>...>;

 public:
  using output_type = typename detail::joined_result<values, output_of<F>...>::type;

  explicit try_join_future(F&&... futures) : slots_(static_cast<F&&>(futures)...) {}
  try_join_future(try_join_future&& other)
      : state_(std::move(other.state_)), slots_(nullptr, std::move(other.slots_)) {}

  /// Passes on an exception of one of the futures.
  coro::poll<output_type> poll(context& cx) {
    finish_guard on_exit{state_};
    state_.resume();
    state_ = 1;
    coro::poll<output_type> result(pending);
    bool done = true;
    auto goes_on = [&](auto& slot) {
      if (slot.poll(cx)) return !detail::take_error(slot, result);
      done = false;
      return true;
    };
    try {
      if (!detail::all_slots(slots_, goes_on))
        detail::drop_slots(slots_);
      else if (done)
        take_values(result);
      else
        on_exit.suspend();
    } catch (...) {
      detail::drop_slots(slots_);
      throw;
    }
    return result;
  }

 private:
  void take_values(coro::poll<output_type>& result) {
    std::apply(
        [&](auto&&... outputs) {
          result.emplace(
              values(detail::take_value<output_of<F>>(static_cast<decltype(outputs)>(outputs))...));
        },
        slots_.take());
  }

  frame_state state_;
  detail::join_slots<F...> slots_;
};

/// Waits until all of the futures are done, or one has failed. The output is the tuple of their
/// outputs as join has it, and lvalue futures are polled where they are.
///
/// The first failure ends it: the other futures that were moved in are destroyed, last to first,
/// before the poll that found it is left. (join drops them when it is destroyed itself.) An
/// exception is a failure, and is thrown on. So is an error in an output of type std::expected<T,
/// E>, or of another template of that shape: when there are such, the output is an expected of the
/// tuple of all values, or the error. They must have the same E; futures that have other outputs
/// may be mixed in.
template <class... F>
  requires(sizeof...(F) >= 2 && (pollable<std::remove_cvref_t<F>> && ...))
try_join_future<F...> try_join(F&&... futures) {
  return try_join_future<F...>(std::forward<F>(futures)...);
}

}  // namespace coro
