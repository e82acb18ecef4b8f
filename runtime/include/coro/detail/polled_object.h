// What is behind a coro::future, a generator or a stream: a lowered future in a box of its own, or
// the frame of a native coroutine.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/context.h>
#include <coro/poll.h>

#include <coroutine>
#include <exception>
#include <utility>

namespace coro::detail {

/// How such an object is polled and dropped.
template <class Output>
struct polled_kind {
  coro::poll<Output> (*poll)(void* object, context& cx);
  void (*drop)(void* object);
};

/// A P in a box, made with new. Debuggers take the type from `self`.
template <class Output, class P>
coro::poll<Output> poll_boxed(void* object, context& cx) {
  P& self = *static_cast<P*>(object);
  return self.poll(cx);
}
template <class P>
void drop_boxed(void* object) {
  delete static_cast<P*>(object);
}
template <class Output, class P>
inline constexpr polled_kind<Output> boxed_kind{&poll_boxed<Output, P>, &drop_boxed<P>};

/// Goes on with a coroutine, after the await at which it is suspended has been asked. The answer is
/// pending, or what the coroutine has put into the poll.
template <class Output, class Promise>
coro::poll<Output> resume(std::coroutine_handle<Promise> coroutine, context& cx) {
  Promise& promise = coroutine.promise();
  coro::poll<Output> result(pending);
  if (promise.awaiting && !promise.awaiting->poll_again(*promise.awaiting, cx)) return result;
  promise.awaiting = nullptr;
  promise.cx = &cx;
  promise.result = &result;
  coroutine.resume();
  if (promise.error) std::rethrow_exception(std::exchange(promise.error, nullptr));
  return result;
}

/// Destroys the frame of a coroutine.
template <class Promise>
void drop_frame(void* address) {
  std::coroutine_handle<Promise>::from_address(address).destroy();
}

}  // namespace coro::detail
