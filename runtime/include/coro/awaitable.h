// awaitable_adaptor: a standard awaitable as a future.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/pollable.h>

#include <coroutine>
#include <mutex>
#include <optional>
#include <utility>

namespace coro {

namespace detail {

template <class A>
decltype(auto) awaiter_of(A&& awaitable) {
  if constexpr (requires { static_cast<A&&>(awaitable).operator co_await(); })
    return static_cast<A&&>(awaitable).operator co_await();
  else if constexpr (requires { operator co_await(static_cast<A&&>(awaitable)); })
    return operator co_await(static_cast<A&&>(awaitable));
  else
    return static_cast<A&&>(awaitable);
}

}  // namespace detail

/// Anything with await_ready, await_suspend and await_resume (or an operator co_await) as a future.
/// A is an lvalue reference, or an rvalue that has to outlive the adaptor. No coroutine and no
/// allocation is needed: the handle that await_suspend gets is made of two function pointers, which
/// is how the frames of GCC, Clang and MSVC all begin. Its resume() wakes the last waker that
/// polled, and may be called from any thread; the awaitable goes on in the poll that follows. Never
/// moved.
///
/// A future may be dropped while it waits, and the handle is not to be resumed after that. The
/// destructor of the awaiter that an operator co_await makes runs before the handle goes, so that
/// it can take the handle back from the thread that would resume it.
template <class A>
class [[nodiscard]] awaitable_adaptor {
  using awaiter_type = decltype(detail::awaiter_of(std::declval<A>()));

 public:
  using output_type =
      decltype(std::declval<std::remove_reference_t<awaiter_type>&>().await_resume());

  /// Of this awaitable, which has to outlive it. Passes on an exception of `operator co_await`.
  explicit awaitable_adaptor(A&& awaitable)
      : awaiter_(detail::awaiter_of(static_cast<A&&>(awaitable))) {}
  awaitable_adaptor(const awaitable_adaptor&) = delete;

  coro::poll<output_type> poll(context& cx) {
    if (!started_) {
      started_ = true;
      if (awaiter_.await_ready()) return result();
      frame_.waker.emplace(cx.waker());
      if (!suspend()) return result();
      return frame_.is_resumed(cx) ? result() : coro::poll<output_type>(pending);
    }
    return frame_.is_resumed(cx) ? result() : coro::poll<output_type>(pending);
  }

 private:
  /// A handle points at this.
  struct frame {
    void (*resume)(frame*) = [](frame* self) { self->wake(); };
    void (*destroy)(frame*) = [](frame*) {};
    std::mutex guard;
    bool resumed = false;
    std::optional<coro::waker> waker;

    void wake() {
      std::optional<coro::waker> woken;
      {
        std::lock_guard lock(guard);
        resumed = true;
        woken.swap(waker);
      }
      if (woken) std::move(*woken).wake();
    }
    bool is_resumed(context& cx) {
      std::lock_guard lock(guard);
      if (!resumed && !(waker && waker->will_wake(cx.waker()))) waker.emplace(cx.waker());
      return resumed;
    }
  };

  /// False when the awaitable does not want to wait after all.
  bool suspend() {
    auto handle = std::coroutine_handle<>::from_address(&frame_);
    using answer = decltype(awaiter_.await_suspend(handle));
    if constexpr (std::is_same_v<answer, bool>) {
      return awaiter_.await_suspend(handle);
    } else if constexpr (std::is_void_v<answer>) {
      awaiter_.await_suspend(handle);
    } else {
      awaiter_.await_suspend(handle).resume();
    }
    return true;
  }

  coro::poll<output_type> result() {
    if constexpr (std::is_void_v<output_type>) {
      awaiter_.await_resume();
      return ready();
    } else {
      return ready<output_type>(awaiter_.await_resume());
    }
  }

  frame frame_;
  awaiter_type awaiter_;
  bool started_ = false;
};

/// A standard awaitable as a future, which refers to it.
template <class A>
awaitable_adaptor<A> as_pollable(A&& awaitable) {
  return awaitable_adaptor<A>(std::forward<A>(awaitable));
}

}  // namespace coro
