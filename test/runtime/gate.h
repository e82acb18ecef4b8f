// A leaf future that a test makes ready when it likes.
#pragma once

#include <coro/coro.h>

#include <memory>
#include <optional>

namespace testing_support {

/// What a test holds of a gate_future; counts its polls, and tells whether it lives.
struct gate {
  int polls = 0;
  bool alive = true;
  std::optional<int> value;
  std::optional<coro::waker> waker;

  void open(int with = 0) {
    value = with;
    wake();
  }
  void wake() {
    if (waker) std::exchange(waker, std::nullopt)->wake_by_ref();
  }
};

/// Ready with the gate's value once that is open.
struct gate_future {
  using output_type = int;

  explicit gate_future(gate& gate) : at(&gate) {}
  gate_future(gate_future&& other) noexcept : at(std::exchange(other.at, nullptr)) {}
  gate_future& operator=(gate_future&&) = delete;
  ~gate_future() {
    if (at) at->alive = false;
  }

  coro::poll<int> poll(coro::context& cx) {
    ++at->polls;
    if (at->value) return coro::ready(*at->value);
    at->waker.emplace(cx.waker());
    return coro::pending;
  }

  gate* at;
};

}  // namespace testing_support
