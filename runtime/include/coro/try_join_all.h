// try_join_all: waits for any number of futures at once, until one of them fails.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/join_all.h>

namespace coro {

/// The future that try_join_all makes. May be moved until first polled (checked).
template <class F>
class [[nodiscard]] try_join_all_future {
  using output = output_of<F>;
  using values = detail::many<detail::value_of<output>>;

 public:
  using output_type = typename detail::joined_result<values, output>::type;

  template <class Range>
  try_join_all_future(std::in_place_t, Range&& range)
      : children_(std::in_place, std::forward<Range>(range)) {}
  try_join_all_future(try_join_all_future&& other) = default;

  /// Passes on an exception of one of the futures.
  coro::poll<output_type> poll(context& cx) {
    finish_guard on_exit{state_};
    state_.resume();
    state_ = 1;
    coro::poll<output_type> result(pending);
    try {
      auto succeeded = [&](auto& slot) { return !detail::take_error(slot, result); };
      if (!children_.poll(cx, succeeded))
        on_exit.suspend();
      else if (result.is_pending())
        take_values(result);
      else
        children_.slots().clear();
    } catch (...) {
      children_.slots().clear();
      throw;
    }
    return result;
  }

 private:
  void take_values(coro::poll<output_type>& result) {
    if constexpr (std::is_void_v<values>) {
      result.emplace();
    } else {
      values taken;
      taken.reserve(children_.slots().size());
      for (auto& slot : children_.slots())
        taken.push_back(detail::own_output<detail::value_of<output>>(
            detail::take_value<output>(slot.result())));
      result.emplace(std::move(taken));
    }
    children_.slots().clear();
  }

  frame_state state_;
  detail::children<F> children_;
};

/// Waits until all futures of a range are done, or one has failed: it is to join_all as try_join is
/// to join. The first exception, or output that is an error, destroys those futures of the others
/// that were moved in before the poll is left. For outputs of type std::expected<T, E> or a
/// template like it the output is an expected of the vector of all values.
template <class Range>
  requires detail::joinable_range<Range>
try_join_all_future<detail::joined_future<Range>> try_join_all(Range&& range) {
  return try_join_all_future<detail::joined_future<Range>>(std::in_place,
                                                           std::forward<Range>(range));
}

}  // namespace coro
