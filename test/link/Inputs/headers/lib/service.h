#pragma once
// Async functions of every kind that a header may define.
#include <coro/coro.h>
#include <coro/spawn.h>

#include "detail/step.h"
#include "numbers.h"  // Has no async function: it stays a directive.

#include <string>

namespace service {

/// One struct in all files, and one count.
CORO_ASYNC inline coro::future<int> fetch(int n, std::string text) {
  static int calls = 0;
  int twice = co_await detail::step(n) * first_number;
  ++calls;
  co_return twice + static_cast<int>(text.size()) + 100 * calls;
}

CORO_ASYNC inline coro::future<int> fetch(int n) { co_return co_await fetch(n, "text"); }

// Each file has its own.
CORO_ASYNC static coro::future<int> count() {
  static int calls = 0;
  co_await coro::yield_now();
  co_return ++calls;
}

class session {
 public:
  explicit session(int id) : id_(id) {}
  CORO_ASYNC coro::future<int> greet(int n) {
    int greeted = co_await fetch(n);
    co_return greeted + id_;
  }
  CORO_ASYNC coro::future<int> greet(const char* name) { co_return co_await greet(name[0] - 'a') + 1; }
  CORO_ASYNC coro::future<int> outside(int n);

 private:
  int id_;
};

CORO_ASYNC inline coro::future<int> declared_first(int n);
CORO_ASYNC inline coro::future<int> declared_first(int n) { co_return co_await detail::step(n) + n; }

inline auto adder(int by) {
  return [by] CORO_ASYNC(int n) -> coro::future<int> {
    int sum = n + by;
    co_await coro::yield_now();
    co_return sum;
  };
}

/// Whose type is not in any signature: a lambda's.
CORO_ASYNC inline coro::future<int> keeps_a_lambda(int n) {
  int state = n;
  auto add = [&](int more) { return state + more; };
  co_await coro::yield_now();
  co_return add(service::first_number);
}

}  // namespace service
