// Places for a future, then its output: the slots of a join, and maybe_done.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/pollable.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>
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

}  // namespace detail

/// A place for a future until it is done, then for its output until that is taken. What it holds is
/// known to a slot_states, which also ends it. An aggregate: the future is made in place by
/// `join_slot<F>{{make_future()}}`, without a move. Never moved itself.
template <class F>
struct join_slot {
  using output_type = typename F::output_type;

  /// What there is room for.
  union storage {
    F future;                                    ///< Until it is done.
    detail::output_storage<output_type> output;  ///< From then on, until it is taken.
    ~storage() {}
  } held;  ///< All there is.
};

/// The same for a future that stays where it is: `join_slot<F&>{future}`.
template <class F>
struct join_slot<F&> {
  using output_type = typename F::output_type;

  F& future;  ///< Has to outlive the slot.
  /// The same.
  union storage {
    char nothing;                                ///< Until it is done.
    detail::output_storage<output_type> output;  ///< From then on, until it is taken.
    ~storage() {}
  } held{};  ///< Of its output.
};

/// What N slots hold, by their numbers: each a future at first. Up to three have a byte each, which
/// is quicker, and with the state of the future around them they take a word's half; more have two
/// bits each.
template <std::size_t N>
class slot_states {
 public:
  /// Polls the future in slot I unless it is done, and returns whether it is then. On its output
  /// the future is destroyed, then the output kept.
  template <std::size_t I, class F>
  bool poll(join_slot<F>& of, context& cx) {
    if (at(I) != future) return true;
    auto polled = future_in(of).poll(cx);
    if (polled.is_pending()) return false;
    destroy<I>(of);
    using kept = detail::output_storage<typename join_slot<F>::output_type>;
    ::new (static_cast<void*>(std::addressof(of.held.output))) kept(detail::take_stored(polled));
    set(I, output);
    return true;
  }

  /// The output in slot I as it is taken: an rvalue, or the object that a reference refers to.
  template <std::size_t I, class F>
  auto result(join_slot<F>& of) -> detail::output_element<typename join_slot<F>::output_type>&& {
    detail::check(at(I) == output, taken_too_early);
    return output_in(of);
  }

  /// The outputs of all slots, which are done, each moved once. The slots hold nothing then.
  template <class... F>
  auto take_outputs(join_slot<F>&... slots) {
    static_assert(sizeof...(F) == N);
    return take_all(std::make_index_sequence<N>(), slots...);
  }

  /// Destroys the future or the output in slot I.
  template <std::size_t I, class F>
  void destroy(join_slot<F>& of) {
    const auto held = at(I);
    set(I, nothing);
    if (held == output) std::destroy_at(std::addressof(of.held.output));
    if constexpr (!std::is_reference_v<F>)
      if (held == future) std::destroy_at(std::addressof(of.held.future));
  }

  /// Whether slot I still holds its future.
  bool holds_future(std::size_t i) const { return at(i) == future; }

 private:
  enum content : unsigned char { future, output, nothing };
  static constexpr std::size_t in_a_byte = N <= 3 ? 1 : 4;
  static constexpr const char* taken_too_early = "the output of a future that isn't done was taken";

  template <class F>
  static auto output_in(join_slot<F>& of)
      -> detail::output_element<typename join_slot<F>::output_type>&& {
    using output_type = typename join_slot<F>::output_type;
    if constexpr (std::is_reference_v<output_type>)
      return static_cast<output_type&&>(*of.held.output);
    else
      return static_cast<detail::output_element<output_type>&&>(of.held.output);
  }

  template <class F>
  static F& future_in(join_slot<F>& of) {
    return of.held.future;
  }
  template <class F>
  static F& future_in(join_slot<F&>& of) {
    return of.future;
  }

  content at(std::size_t i) const {
    if constexpr (in_a_byte == 1) return static_cast<content>(bits_[i]);
    return static_cast<content>(bits_[i / in_a_byte] >> 2 * (i % in_a_byte) & 3);
  }
  void set(std::size_t i, content what) {
    if constexpr (in_a_byte == 1) {
      bits_[i] = what;
    } else {
      std::uint8_t& bits = bits_[i / in_a_byte];
      const auto shift = 2 * (i % in_a_byte);
      bits = static_cast<std::uint8_t>((bits & ~(3 << shift)) | what << shift);
    }
  }

  template <std::size_t... I, class... F>
  auto take_all(std::index_sequence<I...>, join_slot<F>&... slots) {
    detail::check(((at(I) == output) && ...), taken_too_early);
    struct emptied {
      slot_states& states;
      std::tuple<join_slot<F>&...> all;
      ~emptied() {
        (states.set(I, nothing), ...);
        (std::destroy_at(std::addressof(std::get<I>(all).held.output)), ...);
      }
    } when_taken{*this, {slots...}};
    return std::tuple<detail::output_element<typename join_slot<F>::output_type>...>(
        output_in(slots)...);
  }

  std::uint8_t bits_[(N + in_a_byte - 1) / in_a_byte] = {};
};

/// A slot that knows what it holds. An aggregate: its future is made in place by
/// `maybe_done<F>{{{make_future()}}}`, without a move; `maybe_done<F&>{{future}}` is for one that
/// stays where it is. Never moved itself.
template <class F>
struct maybe_done {
  using output_type = typename join_slot<F>::output_type;

  join_slot<F> place;          ///< `states` says what is in it.
  slot_states<1> states = {};  ///< Of that one slot.

  ~maybe_done() { clear(); }

  /// Polls the future unless it is done. On its output the future is destroyed, then the output
  /// kept.
  bool poll(context& cx) { return states.template poll<0>(place, cx); }

  /// Whether the future is done.
  bool is_done() const { return !states.holds_future(0); }

  /// The output as it is taken: an rvalue, or the object that a reference refers to.
  detail::output_element<output_type>&& result() { return states.template result<0>(place); }

  /// Destroys the future or the output.
  void clear() { states.template destroy<0>(place); }
};

/// The outputs of futures that are all done, each moved once. There is nothing left then.
template <class... F>
auto take_outputs(maybe_done<F>&... all) {
  struct emptied {
    std::tuple<maybe_done<F>&...> all;
    ~emptied() {
      std::apply([](maybe_done<F>&... each) { (each.clear(), ...); }, all);
    }
  } when_taken{{all...}};
  return std::tuple<detail::output_element<typename maybe_done<F>::output_type>...>(
      all.result()...);
}

}  // namespace coro
