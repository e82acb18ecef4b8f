// maybe_done: a future, then its output.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/pollable.h>

#include <memory>
#include <tuple>
#include <variant>

namespace coro {

namespace detail {

/// An output as an element of a tuple.
template <class T>
using output_element = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

/// An output at rest: a reference is kept as a pointer.
template <class T>
using output_storage = std::conditional_t<std::is_reference_v<T>, std::remove_reference_t<T>*,
                                          std::remove_const_t<output_element<T>>>;

template <class T>
output_storage<T> take_stored(poll<T>& ready) {
  if constexpr (std::is_void_v<T>) {
    ready.take();
    return {};
  } else if constexpr (std::is_reference_v<T>) {
    T value = ready.take();
    return std::addressof(value);
  } else {
    return ready.take();
  }
}

enum class slot_state : unsigned char { future, output, empty };

template <class Slot, class T>
void keep_output(Slot& slot, poll<T>& ready) {
  ::new (static_cast<void*>(std::addressof(slot.held.output)))
      output_storage<T>(take_stored(ready));
  slot.state = slot_state::output;
}

template <class Slot>
auto kept_output(Slot& slot) -> output_element<typename Slot::output_type>&& {
  using output_type = typename Slot::output_type;
  check(slot.state == slot_state::output, "the output of a future that isn't done was taken");
  if constexpr (std::is_reference_v<output_type>)
    return static_cast<output_type&&>(*slot.held.output);
  else
    return static_cast<output_element<output_type>&&>(slot.held.output);
}

}  // namespace detail

/// Holds a future until it is done, then its output until that is taken. An aggregate: its future
/// is made in place by `maybe_done<F>{{make_future()}}`, without a move. Never moved itself.
template <class F>
struct maybe_done {
  using output_type = typename F::output_type;

  /// The future, then its output.
  union storage {
    F future;                                    ///< Until it is done.
    detail::output_storage<output_type> output;  ///< From then on, until it is taken.
    ~storage() {}
  } held;  ///< `state` says which.
  /// What is held. Lowered code sets it; others only read.
  detail::slot_state state = detail::slot_state::future;

  ~maybe_done() { clear(); }

  /// Polls the future unless it is done. On its output the future is destroyed, then the output
  /// kept.
  bool poll(context& cx) {
    if (state != detail::slot_state::future) return true;
    auto polled = held.future.poll(cx);
    if (polled.is_pending()) return false;
    clear();
    detail::keep_output(*this, polled);
    return true;
  }

  /// The output as it is taken: an rvalue, or the object that a reference refers to.
  detail::output_element<output_type>&& result() { return detail::kept_output(*this); }

  /// Destroys the future or the output.
  void clear() {
    switch (std::exchange(state, detail::slot_state::empty)) {
      case detail::slot_state::future: std::destroy_at(std::addressof(held.future)); break;
      case detail::slot_state::output: std::destroy_at(std::addressof(held.output)); break;
      case detail::slot_state::empty: break;
    }
  }
};

/// The same for a future that stays where it is: `maybe_done<F&>{future}`.
template <class F>
struct maybe_done<F&> {
  using output_type = typename F::output_type;

  F& future;
  union storage {
    char nothing;
    detail::output_storage<output_type> output;
    ~storage() {}
  } held{};
  detail::slot_state state = detail::slot_state::future;

  ~maybe_done() { clear(); }

  bool poll(context& cx) {
    if (state != detail::slot_state::future) return true;
    auto polled = future.poll(cx);
    if (polled.is_pending()) return false;
    detail::keep_output(*this, polled);
    return true;
  }

  detail::output_element<output_type>&& result() { return detail::kept_output(*this); }

  void clear() {
    if (std::exchange(state, detail::slot_state::empty) == detail::slot_state::output)
      std::destroy_at(std::addressof(held.output));
  }
};

/// The outputs of slots that are all done, each moved once. The slots are empty then.
template <class... Slots>
auto take_outputs(Slots&... slots) {
  struct emptied {
    std::tuple<Slots&...> all;
    ~emptied() {
      std::apply([](Slots&... each) { (each.clear(), ...); }, all);
    }
  } when_taken{{slots...}};
  return std::tuple<detail::output_element<typename Slots::output_type>...>(slots.result()...);
}

}  // namespace coro
