// coro::in_turn: what a fold over co_await becomes in a lowered template. Other code doesn't need
// it.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/context.h>
#include <coro/detail/awaited.h>
#include <coro/lowered.h>
#include <coro/poll.h>

#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace coro {
namespace detail {

/// Takes the value of an element that is its await.
struct take_output {
  template <class Output>
  decltype(auto) operator()(Output& output) const {
    return output.take();
  }
};

/// One element: `make` gives what it waits for, `take` the element's value once that is ready.
template <class Make, class Take>
struct turn {
  Make make;  ///< Called once, when the element's turn has come.
  Take take;  ///< Called with the output as a coro::poll.

  /// It always waits.
  bool waits() const noexcept { return true; }
  /// Never called.
  bool otherwise() const noexcept { return false; }
};

/// An element that waits only if `condition` says so.
template <class Condition, class Turn, class Otherwise>
struct conditional_turn : Turn {
  Condition condition;  ///< Called once, when the element's turn has come.
  Otherwise otherwise;  ///< Gives the value of an element that does not wait.

  bool waits() { return static_cast<bool>(condition()); }
};

/// What an await gives: kept, as a temporary would be.
template <class T>
struct turn_output {
  template <class Output>
  explicit turn_output(Output& output) : value(output.take()) {}

  T value;  ///< All there is.

  /// As the await gives it; a prvalue as an rvalue.
  T&& take() noexcept { return static_cast<T&&>(value); }
};
template <class T>
  requires std::is_reference_v<T>
struct turn_output<T> {
  template <class Output>
  explicit turn_output(Output& output) : value(pointer_to(output.take())) {}

  std::remove_reference_t<T>* value;  ///< What it refers to.

  T take() const noexcept { return static_cast<T>(*value); }
};
template <>
struct turn_output<void> {
  template <class Output>
  explicit turn_output(Output&) noexcept {}
};

/// What an element waits for, and what that gave.
template <class Operand>
class awaited_turn {
 public:
  using output_type = typename awaited<Operand>::output_type;

  awaited_turn() noexcept {}
  awaited_turn(const awaited_turn&) = delete;
  ~awaited_turn() {
    // The last one that was made dies first.
    if (stage_ == stage::kept) std::destroy_at(std::addressof(kept_));
    if (stage_ != stage::nothing) std::destroy_at(std::addressof(operand_));
  }

  /// Whether there is something to poll.
  bool is_made() const noexcept { return stage_ != stage::nothing; }
  /// Makes what is waited for.
  template <class Make>
  void make(Make& make) {
    ::new (static_cast<void*>(std::addressof(operand_))) awaited<Operand>{make()};
    stage_ = stage::made;
  }
  coro::poll<output_type> poll(context& cx) { return operand_.poll(cx); }
  void keep(coro::poll<output_type>& output) {
    ::new (static_cast<void*>(std::addressof(kept_))) turn_output<output_type>(output);
    stage_ = stage::kept;
  }
  turn_output<output_type>& kept() noexcept { return kept_; }

 private:
  enum class stage : unsigned char { nothing, made, kept };

  union {
    awaited<Operand> operand_;
  };
  union {
    turn_output<output_type> kept_;
  };
  stage stage_ = stage::nothing;
};

}  // namespace detail

/// An element of a fold that is its await: `make` gives the operand.
template <class Make>
detail::turn<Make, detail::take_output> turn(Make make) {
  return {std::move(make), {}};
}
/// An element that makes something of the output.
template <class Make, class Take>
detail::turn<Make, Take> turn(Make make, Take take) {
  return {std::move(make), std::move(take)};
}
/// An element that waits under a condition only.
template <class Condition, class Turn, class Otherwise>
detail::conditional_turn<Condition, Turn, Otherwise> turn_if(Condition condition, Turn waits,
                                                             Otherwise otherwise) {
  return {std::move(waits), std::move(condition), std::move(otherwise)};
}

/// Waits for one operand after the other; the types of these, as `decltype((operand))`, are the
/// arguments. What has been made stays until this is destroyed, and is destroyed last to first: as
/// the temporaries of a full-expression. Each poll is given the same elements, one for each
/// operand.
template <class... Operands>
class in_turn;

template <>
class in_turn<> {
 public:
  bool poll_each(context&) noexcept { return true; }
  bool poll_while(context&) noexcept { return true; }
  bool poll_until(context&) noexcept { return true; }
  bool all() const noexcept { return true; }
  bool any() const noexcept { return false; }
  template <class Combine, class... Front>
  decltype(auto) combine(Combine&& combine, Front... front) {
    return std::forward<Combine>(combine)(front...);
  }
  template <class Call, class... Front>
  decltype(auto) apply(Call&& call, Front&&... front) {
    return std::forward<Call>(call)(std::forward<Front>(front)...);
  }
};

template <class First, class... Rest>
class in_turn<First, Rest...> {
 public:
  /// `(.., ...)`. False while an element is pending.
  template <class Turn, class... Turns>
  bool poll_each(context& cx, Turn&& first, Turns&&... rest) {
    if (!is_over_) {
      if (begins(first)) {
        auto output = first_.poll(cx);
        if (output.is_pending()) return false;
        end(first, output);
      } else {
        first.otherwise();
      }
      is_over_ = true;
    }
    return rest_.poll_each(cx, rest...);
  }

  /// `(.. && ...)`: ends with the first element that is false. False while an element is pending.
  template <class... Turns>
  bool poll_while(context& cx, Turns&&... turns) {
    return poll_for<true>(cx, turns...);
  }
  /// `(.. || ...)`: ends with the first element that is true. False while an element is pending.
  template <class... Turns>
  bool poll_until(context& cx, Turns&&... turns) {
    return poll_for<false>(cx, turns...);
  }
  /// The value of `(.. && ...)`.
  bool all() const noexcept { return last(); }
  /// The value of `(.. || ...)`.
  bool any() const noexcept { return last(); }

  /// Calls `call` with all outputs; once, as it moves them.
  template <class Call, class... Front>
  decltype(auto) apply(Call&& call, Front&&... front) {
    return rest_.apply(std::forward<Call>(call), std::forward<Front>(front)...,
                       first_.kept().take());
  }

  /// Calls `combine` with all outputs, which are numbers or pointers.
  template <class Combine, class... Front>
  decltype(auto) combine(Combine&& combine, Front... front) {
    static_assert(std::is_scalar_v<typename detail::awaited_turn<First>::output_type>,
                  "a fold over co_await can have an operator for numbers and pointers only");
    return rest_.combine(std::forward<Combine>(combine), front..., first_.kept().value);
  }

 private:
  template <class...>
  friend class in_turn;

  /// Whether the element waits. Makes what it waits for when its turn has come.
  template <class Turn>
  bool begins(Turn& first) {
    if (first_.is_made()) return true;
    if (!first.waits()) return false;
    first_.make(first.make);
    return true;
  }

  template <class Turn, class Output>
  void end(Turn& first, Output& output) {
    if constexpr (std::is_same_v<decltype(first.take), detail::take_output>)
      first_.keep(output);
    else
      first.take(output);
  }

  /// The value of the last element whose turn came.
  bool last() const noexcept {
    if constexpr (sizeof...(Rest) > 0)
      if (goes_on_) return rest_.last();
    return holds_;
  }

  template <bool While, class Turn, class... Turns>
  bool poll_for(context& cx, Turn& first, Turns&... rest) {
    if (!is_over_) {
      if (begins(first)) {
        auto output = first_.poll(cx);
        if (output.is_pending()) return false;
        holds_ = static_cast<bool>(first.take(output));
      } else {
        holds_ = static_cast<bool>(first.otherwise());
      }
      is_over_ = true;
      goes_on_ = sizeof...(Rest) > 0 && holds_ == While;
    }
    if constexpr (sizeof...(Rest) > 0)
      if (goes_on_) return rest_.template poll_for<While>(cx, rest...);
    return true;
  }

  detail::awaited_turn<First> first_;
  bool is_over_ = false;
  bool goes_on_ = false;  ///< Of && and ||: the next element has its turn.
  bool holds_ = false;    ///< Of && and ||: the element's value.
  [[no_unique_address]] in_turn<Rest...> rest_;
};

}  // namespace coro
