// The names that lowered templates use: for what only an instantiation knows. Other code doesn't
// need them.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/in_turn.h>
#include <coro/lowered.h>

#include <array>
#include <cstddef>
#include <memory>
#include <tuple>
#include <type_traits>
#include <utility>

namespace coro {

/// `return e, coro::returned<T>();` ends a poll with e as its output, whether T is void or not: the
/// comma is the language's own where e is void.
template <class T>
struct returned;

template <>
struct returned<void> {
  operator coro::poll<void>() const { return ready(); }
};

template <class T>
struct returned {};

/// The output, converted as co_return does.
template <class Value, class T>
coro::poll<T> operator,(Value&& value, returned<T>) {
  return ready<T>(std::forward<Value>(value));
}

/// Control reached the end of an async function: it has no value to return, or should have had one.
template <class T>
coro::poll<T> end_of_body() noexcept {
  if constexpr (std::is_void_v<T>)
    return ready();
  else
    missing_co_return();
}

namespace detail {

/// A unary plus that somebody has written.
template <class T>
concept has_own_plus =
    requires(T value) { value.operator+(); } || requires(T value) { operator+(value); };

}  // namespace detail

/// The number or enumerator that `switch (value)` asks for. Of a class, what it converts to: the
/// plus of the language finds that as switch does.
template <class T>
auto switched(T&& value) {
  using type = std::remove_cvref_t<T>;
  if constexpr (std::is_enum_v<type> || std::is_integral_v<type>) {
    return static_cast<type>(value);
  } else {
    static_assert(
        requires { +std::forward<T>(value); } && !detail::has_own_plus<T>,
        "this class in a switch: convert it to a number or an enumeration, by "
        "static_cast<int>(co_await ..)");
    return +std::forward<T>(value);
  }
}

namespace detail {

/// A variable of type Ref refers to a T itself, or to a base of it.
template <class T, class Ref>
concept binds = !std::is_void_v<Ref> &&
                std::is_convertible_v<std::remove_reference_t<T>*, std::remove_reference_t<Ref>*>;

/// What a variable of type Ref is bound to by an expression, T is `decltype((expression))`: to what
/// that names, to the object that it gives, or to an object that is converted from it.
template <class T, class Ref>
struct bound : std::type_identity<std::remove_cvref_t<Ref>> {};
template <class T>
struct bound<T, void> : std::type_identity<T> {};
template <class T, class Ref>
  requires binds<T, Ref>
struct bound<T, Ref> : std::type_identity<T> {};
template <class T, class Ref>
  requires binds<T, Ref>
struct bound<T&, Ref> : std::type_identity<std::remove_reference_t<Ref>&> {};
template <class T, class Ref>
  requires binds<T, Ref>
struct bound<T&&, Ref> : std::type_identity<std::remove_reference_t<Ref>&&> {};

template <class T>
struct held_object {
  static_assert(!std::is_void_v<T>,
                "a choice of type void by its instantiation, whose value is used, can't be lowered "
                "yet; write an if statement");
  using type = T;  ///< What the expression gives.

  T object;  ///< All there is.

  /// The object.
  T& operator*() noexcept { return object; }
  /// The same.
  const T& operator*() const noexcept { return object; }
  /// The same.
  T* operator->() noexcept { return std::addressof(object); }
  /// The same.
  const T* operator->() const noexcept { return std::addressof(object); }
  /// As the expression would give it; a prvalue as an rvalue.
  T&& take() noexcept { return static_cast<T&&>(object); }
};

/// The same for a reference.
template <class T>
  requires std::is_reference_v<T>
struct held_object<T> {
  using type = T;
  using object_type = std::remove_reference_t<T>;

  held_object(T&& object) noexcept : object_(std::addressof(object)) {}

  object_type& operator*() const noexcept { return *object_; }
  object_type* operator->() const noexcept { return object_; }
  T&& take() const noexcept { return static_cast<T&&>(*object_); }

 private:
  object_type* object_;
};

}  // namespace detail

/// What an expression gives, kept for later: T is `decltype((expression))`. A prvalue is an object
/// that is built here, of anything else its address is kept. For a variable that is declared as a
/// reference, Ref is its type.
template <class T, class Ref = void>
using held = detail::held_object<typename detail::bound<T, Ref>::type>;

/// The type that has to be given to what is held: that of the expression.
template <class Held>
using held_type = typename Held::type;

/// What the left operand of a comma gives, if anything, kept until the full-expression ends: T is
/// `decltype((operand))`, and `make` evaluates it.
template <class T>
struct discarded {
  /// Calls `make`.
  template <class Make>
  explicit discarded(Make make) : value(make()) {}

  T value;  ///< All there is.
};

template <>
struct discarded<void> {
  template <class Make>
  explicit discarded(Make make) {
    make();
  }
};

namespace detail {

template <class T>
struct constant_of : std::type_identity<T> {};
template <class T>
struct constant_of<T&> : std::type_identity<const T&> {};
template <class T>
struct constant_of<T&&> : std::type_identity<const T&&> {};

}  // namespace detail

/// What `const auto& x = e` names, T is `decltype((e))`. An object that is built for x is made
/// constant by how it is declared.
template <class T>
using constant = typename detail::constant_of<T>::type;

namespace detail {

template <class Range>
concept has_member_iterators = requires(Range& range) {
  range.begin();
  range.end();
};

/// By argument-dependent look-up alone: no begin or end is declared here.
template <class Range>
auto found_begin(Range& range) {
  return begin(range);
}
template <class Range>
auto found_end(Range& range) {
  return end(range);
}

}  // namespace detail

/// Where a range-for over this range begins.
template <class Range>
auto begin_of(Range& range) {
  if constexpr (std::is_array_v<Range>)
    return range + 0;
  else if constexpr (detail::has_member_iterators<Range>)
    return range.begin();
  else
    return detail::found_begin(range);
}

/// Where it ends.
template <class Range>
auto end_of(Range& range) {
  if constexpr (std::is_array_v<Range>)
    return range + std::extent_v<Range>;
  else if constexpr (detail::has_member_iterators<Range>)
    return range.end();
  else
    return detail::found_end(range);
}

namespace detail {

template <class T>
constexpr bool is_standard_tuple = false;
template <class... Ts>
constexpr bool is_standard_tuple<std::tuple<Ts...>> = true;
template <class A, class B>
constexpr bool is_standard_tuple<std::pair<A, B>> = true;
template <class T, std::size_t N>
constexpr bool is_standard_tuple<std::array<T, N>> = true;

template <class T>
concept tuple_like = requires { std::tuple_size<std::remove_const_t<T>>::value; };

}  // namespace detail

/// What the I-th of N structured bindings to this object names.
template <std::size_t I, std::size_t N, class Whole>
auto& part_of(Whole& whole) {
  static_assert(N <= 6, "an async template can have at most six structured bindings to one object");
  if constexpr (std::is_array_v<Whole>) {
    return whole[I];
  } else if constexpr (detail::tuple_like<Whole>) {
    static_assert(detail::is_standard_tuple<std::remove_const_t<Whole>>,
                  "structured bindings of an async template can be bound to std::pair, std::tuple, "
                  "std::array, arrays and public members");
    return std::get<I>(whole);
  } else if constexpr (N == 1) {
    auto& [a] = whole;
    return a;
  } else if constexpr (N == 2) {
    auto& [a, b] = whole;
    return std::get<I>(std::tie(a, b));
  } else if constexpr (N == 3) {
    auto& [a, b, c] = whole;
    return std::get<I>(std::tie(a, b, c));
  } else if constexpr (N == 4) {
    auto& [a, b, c, d] = whole;
    return std::get<I>(std::tie(a, b, c, d));
  } else if constexpr (N == 5) {
    auto& [a, b, c, d, e] = whole;
    return std::get<I>(std::tie(a, b, c, d, e));
  } else {
    auto& [a, b, c, d, e, f] = whole;
    return std::get<I>(std::tie(a, b, c, d, e, f));
  }
}

namespace detail {

/// Nothing has this type: it stands where an arm of `if constexpr` is discarded.
struct nothing {};

template <class Found>
struct found_type {
  using type = typename Found::type;
};
template <>
struct found_type<void> {
  using type = nothing;
};

}  // namespace detail

/// The type that a function found, as a std::type_identity, if it returns any.
template <class Found>
using type_if_any = typename detail::found_type<Found>::type;

/// The parameters of a pack: built from the first to the last, destroyed from the last to the
/// first.
template <class... Ts>
class parameter_pack;

template <>
class parameter_pack<> {
 public:
  /// Calls `body` with all parameters: those that are references as what they were passed, the
  /// others as lvalues.
  template <class Body, class... Front>
  decltype(auto) expand(Body&& body, Front&&... front) {
    return std::forward<Body>(body)(std::forward<Front>(front)...);
  }
};

template <class First, class... Rest>
class parameter_pack<First, Rest...> {
 public:
  template <class Argument, class... Arguments>
    requires(sizeof...(Arguments) == sizeof...(Rest))
  explicit parameter_pack(Argument&& first, Arguments&&... rest)
      : first_(std::forward<Argument>(first)), rest_(std::forward<Arguments>(rest)...) {}

  template <class Body, class... Front>
  decltype(auto) expand(Body&& body, Front&&... front) {
    using passed = std::conditional_t<std::is_reference_v<First>, First&&, First&>;
    return rest_.expand(std::forward<Body>(body), std::forward<Front>(front)...,
                        static_cast<passed>(first_));
  }

 private:
  First first_;
  [[no_unique_address]] parameter_pack<Rest...> rest_;
};

}  // namespace coro
