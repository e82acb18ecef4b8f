// What the runtime's tests share: objects that count, leaf futures, a waker that counts.
#pragma once

#include <coro/coro.h>

#include <string>
#include <utility>
#include <vector>

namespace testing_support {

/// Counts what happens to all objects of this type.
struct counted {
  static inline int constructions = 0, copies = 0, moves = 0, alive = 0;
  static void reset() { constructions = copies = moves = 0; }

  explicit counted(int value) : value(value) { ++constructions, ++alive; }
  counted(const counted& other) : value(other.value) { ++copies, ++alive; }
  counted(counted&& other) noexcept : value(std::exchange(other.value, -1)) { ++moves, ++alive; }
  ~counted() { --alive; }

  int value;
};

/// Writes its name into a log when it is destroyed.
struct noted {
  noted(std::vector<std::string>& log, std::string name) : log(&log), name(std::move(name)) {}
  noted(noted&& other) noexcept : log(std::exchange(other.log, nullptr)), name(other.name) {}
  ~noted() {
    if (log) log->push_back(name);
  }

  std::vector<std::string>* log;
  std::string name;
};

/// Pending a number of times, then ready with a value. Wakes at once.
template <class T>
struct later {
  using output_type = T;

  coro::poll<T> poll(coro::context& cx) {
    if (pendings-- > 0) {
      cx.waker().wake_by_ref();
      return coro::pending;
    }
    return coro::poll<T>(std::in_place, std::forward<T>(value));
  }

  int pendings;
  T value;
};

template <>
struct later<void> {
  using output_type = void;

  coro::poll<void> poll(coro::context& cx) {
    if (pendings-- > 0) {
      cx.waker().wake_by_ref();
      return coro::pending;
    }
    return coro::ready();
  }

  int pendings;
};

/// Throws an int at the given poll.
struct throwing {
  using output_type = int;

  coro::poll<int> poll(coro::context&) {
    if (pendings-- == 0) throw 42;
    return coro::pending;
  }

  int pendings;
};

/// Counts its clones and its wake-ups.
struct counting_waker {
  static inline int clones = 0, wakes = 0;

  static constexpr coro::waker::vtable vtable{
      [](void* data) { return ++clones, data; },
      [](void*) { ++wakes, --clones; },
      [](void*) { ++wakes; },
      [](void*) { --clones; },
  };

  counting_waker() { clones = 1, wakes = 0; }

  coro::waker waker{nullptr, &vtable};
};

}  // namespace testing_support
