// The names that lowered code uses beside the protocol itself. Other code doesn't need them.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/fail.h>
#include <coro/poll.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <memory>
#include <type_traits>
#include <utility>

#ifdef CORO_SCRIBBLE
#include <cstring>
#endif

namespace coro {

/// Where a lowered future stands:
///
///     0 (not started) --> resume point --> another --> .. --> finished
///
/// A poll sets the resume point before it polls what is awaited there. The number stays as it is
/// while the future is suspended, and while the next poll goes on from there: where that suspends
/// again, nothing has to be stored. A guard in poll finishes the future when it is left otherwise,
/// by return or by an exception.
template <class Number>
class basic_frame_state {
 public:
  /// Not started.
  basic_frame_state() = default;
  /// A future may be moved until it has suspended, which is checked. The source is finished.
  basic_frame_state(basic_frame_state&& other) noexcept {
    detail::check(other.at_ == 0, "a future was moved after it had been polled");
    other.at_ = finished;
  }
  /// The next poll goes on at this resume point.
  void operator=(int resume_point) noexcept { at_ = static_cast<Number>(resume_point); }

  /// Where a poll goes on: 0 for the beginning, n for the resume point n.
  int resume() const noexcept {
    detail::check(at_ != finished, "a future was polled after it had finished");
    return static_cast<int>(at_);
  }
  /// The same for a future with one resume point: whether a poll goes on there.
  bool resumes_at(int resume_point) const noexcept {
    if (at_ == static_cast<Number>(resume_point)) [[likely]]
      return true;
    detail::check(at_ == 0, "a future was polled after it had finished");
    return false;
  }
  /// Whether the future waits at this resume point.
  bool is_at(int resume_point) const noexcept { return at_ == static_cast<Number>(resume_point); }
  /// Whether a poll has begun, or the future was moved from.
  bool has_started() const noexcept { return at_ != 0; }
  /// Whether it waits at any.
  bool is_suspended() const noexcept { return at_ != 0 && at_ != finished; }
  /// Where it waits; 0 where it has not started, and another number where it has finished.
  int suspended_at() const noexcept { return static_cast<int>(at_); }
  /// A poll that is the only one begins.
  void run_once() noexcept {
    detail::check(at_ == 0, "a future was polled after it had finished");
    finish();
  }
  /// There is no further poll.
  void finish() noexcept { at_ = finished; }

 private:
  static constexpr Number finished = std::numeric_limits<Number>::max();
  Number at_ = 0;
};

/// For up to 254 resume points.
using frame_state = basic_frame_state<std::uint8_t>;
/// For more.
using wide_frame_state = basic_frame_state<std::uint32_t>;

/// The same where debuggers are to know more: States are enumerators for the resume points; Lines
/// has for each of them, by its name, the line that waits there; Members the members that are
/// waited for, each with the number of the resume point behind its name, `slot_2`, and as its
/// value.
template <class State, class States, class Lines, class Members>
struct traced : State {
  using State::operator=;
};

namespace detail {

/// Calls `unwind`, again where it throws: it goes on behind what threw.
template <class Unwind>
void unwind_whole(Unwind& unwind) {
  struct rest {
    Unwind& unwind;
    bool thrown = true;
    ~rest() {
      if (thrown) unwind();
    }
  } rest{unwind};
  unwind();
  rest.thrown = false;
}

}  // namespace detail

/// Finishes a future when its poll is left, by return or exception, and does not when the poll
/// suspends.
template <class State>
class finish_guard {
 public:
  /// The state is the future's.
  explicit finish_guard(State& state) noexcept : state_(state) {}
  finish_guard(const finish_guard&) = delete;
  ~finish_guard() {
    if (!suspended_) state_.finish();
  }

  /// The poll ends here with pending.
  pending_t suspend() noexcept {
    suspended_ = true;
    return pending;
  }
  /// The poll ends here with what `make` returns, which may throw.
  template <class Make>
  auto suspend(Make make) {
    suspended_ = true;
    try {
      return make();
    } catch (...) {
      suspended_ = false;
      throw;
    }
  }
  /// Whether the poll ends with a suspension.
  bool is_suspended() const noexcept { return suspended_; }

 private:
  State& state_;
  bool suspended_ = false;
};

/// The same for a future with objects, which a function destroys before.
template <class State, class Unwind>
class unwind_guard : public finish_guard<State> {
 public:
  /// The state is the future's; `unwind` must not throw.
  unwind_guard(State& state, Unwind unwind) : finish_guard<State>(state), unwind_(unwind) {}
  ~unwind_guard() {
    if (!this->is_suspended()) unwind_();
  }

 private:
  Unwind unwind_;
};

/// The same for a function that may throw.
template <class State, class Unwind>
class throwing_unwind_guard : public finish_guard<State> {
 public:
  /// The state is the future's. `unwind` goes on behind what threw when it's called again.
  throwing_unwind_guard(State& state, Unwind unwind)
      : finish_guard<State>(state), unwind_(unwind) {}
  ~throwing_unwind_guard() noexcept(false) {
    if (!this->is_suspended()) detail::unwind_whole(unwind_);
  }

 private:
  Unwind unwind_;
};

/// The same for the objects of a try block, in a poll that has a guard of its own.
template <class Guard, class Unwind>
class try_guard {
 public:
  /// The guard is that of the poll; `unwind` must not throw.
  try_guard(const Guard& guard, Unwind unwind) : guard_(guard), unwind_(unwind) {}
  try_guard(const try_guard&) = delete;
  ~try_guard() {
    if (!guard_.is_suspended()) unwind_();
  }

 private:
  const Guard& guard_;
  Unwind unwind_;
};

/// The same for a function that may throw.
template <class Guard, class Unwind>
class throwing_try_guard {
 public:
  /// The guard is that of the poll. `unwind` goes on behind what threw when it's called again.
  throwing_try_guard(const Guard& guard, Unwind unwind) : guard_(guard), unwind_(unwind) {}
  throwing_try_guard(const throwing_try_guard&) = delete;
  ~throwing_try_guard() noexcept(false) {
    if (!guard_.is_suspended()) detail::unwind_whole(unwind_);
  }

 private:
  const Guard& guard_;
  Unwind unwind_;
};

#ifdef CORO_SCRIBBLE
namespace detail {

/// In builds of the project's tests with CORO_SCRIBBLE, `destroy` fills an object's bytes behind
/// its end, and `place` fills those that an object is about to be made in: objects without a
/// destructor end without a call, and what comes next in their place ends them. Code that uses an
/// object which the plan has ended then reads this pattern, and no longer what the object left
/// there; the comparison with the native build shows it.
///
/// AddressSanitizer's poison would tell where the use is, but nobody would take it away: futures
/// without a destructor leave their dead storage on a stack or in another frame, and whoever has
/// those bytes next, rightly, would be reported.
inline void scribble(void* storage, std::size_t size) noexcept {
  std::memset(storage, 0xDB, size);
  // The compiler must take these bytes for read, lest it leave out stores to what is dead.
  asm volatile("" : : "r"(storage) : "memory");
}

/// Scribbles at its end, which an exception from an object's destructor reaches too.
struct scribble_behind {
  void* storage;
  std::size_t size;
  ~scribble_behind() { scribble(storage, size); }
};

}  // namespace detail
#endif

/// The storage of a frame object that does not live yet.
template <class T>
void* place(T& object) noexcept {
  void* storage = const_cast<void*>(static_cast<const volatile void*>(std::addressof(object)));
#ifdef CORO_SCRIBBLE
  detail::scribble(storage, sizeof(T));
#endif
  return storage;
}

/// Ends the life of a frame object; the elements of an array from the last to the first.
template <class T>
void destroy(T& object) {
  if constexpr (std::is_array_v<T>) {
    for (std::size_t i = std::extent_v<T>; i-- > 0;) destroy(object[i]);
  } else {
#ifdef CORO_SCRIBBLE
    void* storage = const_cast<void*>(static_cast<const volatile void*>(std::addressof(object)));
    detail::scribble_behind behind{storage, sizeof(T)};
#endif
    object.~T();
  }
}

/// Builds an array in frame storage as a copy of another, element by element. When one throws,
/// those that live are destroyed, last first.
template <class T, std::size_t N, class From>
void copy_array(T (&to)[N], From&& from) {
  struct partial {
    T (&array)[N];
    std::size_t live = 0;
    ~partial() {
      if (live == N) return;
      while (live > 0) destroy(array[--live]);
    }
  } built{to};
  for (; built.live < N; ++built.live) {
    auto&& element = std::forward<From>(from)[built.live];
    if constexpr (std::is_array_v<T>)
      copy_array(to[built.live], std::forward<decltype(element)>(element));
    else
      ::new (place(to[built.live])) T(std::forward<decltype(element)>(element));
  }
}

/// An array as a class, for compilers that can't build an array of arrays by placement new.
template <class Array>
struct array_of {
  Array elements;  ///< All there is.
};

/// The list of the elements of an array, which has to outlive it. Libraries keep a list as a
/// pointer and a size, but give only compilers a way to make one.
template <class T, std::size_t N>
std::initializer_list<T> list_of(const T (&elements)[N]) noexcept {
  struct {
    const T* begin;
    std::size_t size;
  } parts{elements, N};
  static_assert(sizeof(parts) == sizeof(std::initializer_list<T>));
  return std::bit_cast<std::initializer_list<T>>(parts);
}

/// The range of `for (T x : {a, b})` in a template: the elements of the list, which only an
/// instantiation knows the type of.
template <class T, std::size_t N>
struct listed {
  const T elements[N];  ///< As the list has them.

  [[nodiscard]] const T* begin() const noexcept { return elements; }    ///< The first.
  [[nodiscard]] const T* end() const noexcept { return elements + N; }  ///< Behind the last.
};

/// What `listed{a, b}` is.
template <class T, class... Others>
listed(T, Others...) -> listed<T, 1 + sizeof...(Others)>;

/// Makes a list in its place. (Of one that is made from a value, g++ warns that its elements may
/// end.)
template <class List>
void make_list(List& list, std::type_identity_t<List> value) noexcept {
  std::construct_at(std::addressof(list), value);
}

/// The address of the object that an expression names, for a reference that lives in a frame.
template <class T>
std::remove_reference_t<T>* pointer_to(T&& object) noexcept {
  return std::addressof(static_cast<std::remove_reference_t<T>&>(object));
}

/// What an await gives, in an operand of decltype: of an object type, an object that is made there.
/// It's never called.
template <class T>
T prvalue() noexcept;

/// Control reached the end of an async function that has a value to return.
[[noreturn]] inline void missing_co_return() noexcept {
  detail::fail("an async function ended without co_return");
}

}  // namespace coro
