/// \file
/// The main program of every program of test/run: runs its future whole; dropped after 0, 1, 2, ...
/// polls; and with its 1st, 2nd, 3rd, ... traced operation throwing. After each run nothing may be
/// left alive.
#ifndef CORO_TEST_RUN_HARNESS_DRIVE_H
#define CORO_TEST_RUN_HARNESS_DRIVE_H

#include <coro/coro.h>

#include <tuple>
#include <utility>
#include <variant>

#include "trace.h"
#include "traced.h"

/// Defines main: `expression` makes the future (lowered: the concrete struct, elided into its
/// place).
#define ORACLE_MAIN(...)                                                             \
  int main() {                                                                       \
    return ::oracle::drive(                                                          \
        [](int polls) { return ::oracle::run([] { return __VA_ARGS__; }, polls); }); \
  }

namespace oracle {

/// How a run ended: dropped while the future was still pending, or with its output or an exception.
enum class outcome { dropped, finished };

/// Runs the program in every way, by calling `run` with the number of polls it is given before the
/// future is dropped. Returns the exit status: 0, or 1 when an error was reported.
int drive(outcome (*run)(int polls));

/// A waker that counts, for every run, how often it was called and how many copies of it there are.
const coro::waker& counting_waker();

/// Prints how often the counting waker was called since this was called last.
void print_pending();

/// Prints the exception being handled, which left `where`.
void print_exception(const char* where);

inline line& operator<<(line& out, std::monostate) { return out << "()"; }

template <class... Ts>
line& operator<<(line& out, const std::tuple<Ts...>& values) {
  out << '(';
  std::apply(
      [&out](const auto&... elements) {
        const char* separator = "";
        ((out << separator << elements, separator = ", "), ...);
      },
      values);
  return out << ')';
}

template <class T>
void print_output(coro::poll<T>& ready) {
  if constexpr (std::is_void_v<T>) {
    line() << "returned";
  } else {
    line() << "returned " << *ready;
  }
}

/// Polls once and prints what came of it. True when the future has finished.
template <class Future>
bool poll_to_finish(Future& future, coro::context& cx) {
  try {
    auto result = future.poll(cx);
    if (result.is_pending()) {
      print_pending();
      return false;
    }
    print_output(result);
  } catch (...) {
    print_exception("poll");
  }
  return true;
}

/// Makes the future, polls it until it has finished, or `polls` times, and destroys it.
template <class Make>
outcome run(Make make, int polls) {
  try {
    auto future = make();
    coro::context cx{counting_waker()};
    for (int n = 1; n <= polls; ++n) {
      line() << "poll " << n;
      if (poll_to_finish(future, cx)) {
        line() << "destroy the finished future";
        return outcome::finished;
      }
    }
    line() << "drop the pending future";
    return outcome::dropped;
  } catch (...) {
    print_exception("the call");
    return outcome::finished;
  }
}

}  // namespace oracle

#endif
