#pragma once
#include <coro/coro.h>

#include <string>

namespace shared {

CORO_ASYNC inline coro::future<int> length(std::string text) {
  static int calls = 0;
  ++calls;
  co_return static_cast<int>(text.size()) + 100 * calls;
}

class counter {
 public:
  CORO_ASYNC coro::future<int> next(int n) {
    count_ += co_await length(std::string(n, 'x'));
    co_return count_;
  }

 private:
  int count_ = 0;
};

}  // namespace shared

int first();
int second();
int third();
