// join: waits for several futures at once.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/maybe_done.h>

#include <type_traits>
#include <utility>

namespace coro {

namespace detail {

/// The slots of a join in order: made first to last, destroyed last to first.
template <class... F>
struct join_slots;

template <>
struct join_slots<> {
  explicit join_slots() = default;
  join_slots(std::nullptr_t, join_slots&&) {}
  bool poll(context&) { return true; }
  template <class... Slots>
  auto take(Slots&... slots) {
    return take_outputs(slots...);
  }
};

template <class F, class... Rest>
struct join_slots<F, Rest...> {
  using future_type = std::remove_reference_t<F>;

  explicit join_slots(F&& first, Rest&&... rest)
      : slot(make(static_cast<F&&>(first))), rest(static_cast<Rest&&>(rest)...) {}
  join_slots(std::nullptr_t, join_slots&& other)
      : slot(make(static_cast<F&&>(future_of(other.slot)))), rest(nullptr, std::move(other.rest)) {}

  static maybe_done<F> make(F&& future) {
    if constexpr (std::is_reference_v<F>)
      return maybe_done<F>{{future}};
    else
      return maybe_done<F>{{{static_cast<F&&>(future)}}};
  }

  static auto& future_of(maybe_done<F>& slot) {
    if constexpr (std::is_reference_v<F>)
      return slot.place.future;
    else
      return slot.place.held.future;
  }

  bool poll(context& cx) {
    bool done = slot.poll(cx);
    return rest.poll(cx) && done;
  }
  template <class... Slots>
  auto take(Slots&... slots) {
    return rest.take(slots..., slot);
  }

  maybe_done<F> slot;
  join_slots<Rest...> rest;
};

}  // namespace detail

/// The future that join makes. Every poll polls each future that isn't done yet, first to last; an
/// exception of one of them leaves the poll at once. May be moved until first polled (checked).
template <class... F>
class [[nodiscard]] join_future {
 public:
  using output_type = std::tuple<detail::output_element<output_of<F>>...>;

  explicit join_future(F&&... futures) : slots_(static_cast<F&&>(futures)...) {}
  join_future(join_future&& other)
      : slots_(
            (detail::check(!other.polled_, "a future was moved after it had been polled"), nullptr),
            std::move(other.slots_)) {}

  coro::poll<output_type> poll(context& cx) {
    if (!poll_all(cx)) return pending;
    return ready<output_type>(take_outputs());
  }

  /// poll in two steps, for code that takes the outputs straight to where they belong: true when
  /// all are done ..
  bool poll_all(context& cx) {
    polled_ = true;
    return slots_.poll(cx);
  }
  /// .. and then, once, their outputs.
  output_type take_outputs() { return slots_.take(); }

 private:
  bool polled_ = false;
  detail::join_slots<F...> slots_;
};

/// Waits until all of the futures are done. The output is the tuple of their outputs,
/// std::monostate for void. An rvalue future is moved in; an lvalue future is polled where it is
/// and has to outlive the join.
template <class... F>
  requires(sizeof...(F) >= 2 && (pollable<std::remove_cvref_t<F>> && ...))
join_future<F...> join(F&&... futures) {
  return join_future<F...>(std::forward<F>(futures)...);
}

}  // namespace coro

/// Waits for all of its arguments in an async function: a tuple of their outputs.
#define CORO_JOIN(...) co_await ::coro::join(__VA_ARGS__)
