// block_on: runs a future on the calling thread.
//

#pragma once

#include <coro/pollable.h>

#include <utility>

namespace coro {

namespace detail {

class parker;

/// A thread that waits to be woken. The wakers it gives out keep what they need alive, so that one
/// of them may be woken long after the thread has gone on.
class parked_thread {
 public:
  parked_thread();
  parked_thread(const parked_thread&) = delete;
  ~parked_thread();

  const coro::waker& waker() const noexcept { return waker_; }
  /// Returns once the waker has been woken since the last call.
  void park() noexcept;

 private:
  parker* parker_;
  coro::waker waker_;
};

}  // namespace detail

/// Polls the future until it is done and returns its output, or throws what it throws. Between
/// polls the thread sleeps until the future's waker is woken. An lvalue future is polled where it
/// is.
template <class P>
  requires pollable<std::remove_cvref_t<P>>
output_of<P> block_on(P&& future) {
  detail::parked_thread thread;
  context cx(thread.waker());
  for (;;) {
    auto output = future.poll(cx);
    if (output.is_ready()) return output.take();
    thread.park();
  }
}

}  // namespace coro
