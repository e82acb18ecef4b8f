// How combinators hold the outputs of futures: on their own, and as a value or an error.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/maybe_done.h>

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>
#include <variant>

namespace coro::detail {

/// An output as an element of a variant or a vector, which holds neither void nor references.
template <class T>
using owned_output =
    std::conditional_t<std::is_reference_v<T>, std::reference_wrapper<std::remove_reference_t<T>>,
                       std::remove_const_t<output_element<T>>>;

template <class T>
owned_output<T> own_output(output_element<T>&& output) {
  if constexpr (std::is_reference_v<T>)
    return owned_output<T>(output);
  else
    return static_cast<output_element<T>&&>(output);
}

/// The meaning of an output to the combinators that stop at the first error: of any type, a value.
template <class T>
struct result_traits {
  static constexpr bool is_result = false;
  using value_type = T;
};

/// Of std::expected<T, E> or a template like it, a value or an error.
template <template <class, class> class Expected, class T, class E>
  requires requires(Expected<T, E>& result) {
    { result.has_value() } -> std::convertible_to<bool>;
    result.error();
    typename Expected<T, E>::unexpected_type;
  }
struct result_traits<Expected<T, E>> {
  static constexpr bool is_result = true;
  using value_type = T;
  template <class U>
  using rebind = Expected<U, E>;
};

/// The value in an output of type T.
template <class T>
using value_of = typename result_traits<T>::value_type;

/// The output of a whole of futures with these outputs: a Value, or an expected of it with their
/// error.
template <class Value, class... Outputs>
struct joined_result {
  using type = Value;
};

template <class Value, class T, class... Rest>
struct joined_result<Value, T, Rest...> : joined_result<Value, Rest...> {};

template <class Value, class T, class... Rest>
  requires result_traits<T>::is_result
struct joined_result<Value, T, Rest...> {
  using type = typename result_traits<T>::template rebind<Value>;
  using rest = typename joined_result<Value, Rest...>::type;
  static_assert(std::same_as<rest, Value> || std::same_as<rest, type>,
                "the outputs of these futures have errors of different types");
};

/// When the output in a slot is an error, makes that the result.
template <class Slot, class Result>
bool take_error([[maybe_unused]] Slot& slot, [[maybe_unused]] poll<Result>& result) {
  if constexpr (result_traits<typename Slot::output_type>::is_result) {
    if (slot.place.held.output.has_value()) return false;
    result.emplace(typename Result::unexpected_type(std::move(slot.place.held.output).error()));
    return true;
  } else {
    return false;
  }
}

/// The value in an output that is no error.
template <class T>
output_element<value_of<T>> take_value(output_element<T>&& output) {
  if constexpr (!result_traits<T>::is_result)
    return static_cast<output_element<T>&&>(output);
  else if constexpr (std::is_void_v<value_of<T>>)
    return {};
  else
    return *std::move(output);
}

}  // namespace coro::detail
