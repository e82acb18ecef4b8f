#include <coro/coro.h>

#include <cstdint>
#include <string>

struct nothing {
  using output_type = void;
  coro::poll<void> poll(coro::context&) { return coro::ready(); }
};

namespace shop {

CORO_ASYNC CORO_BUDGET(2) coro::future<std::uint8_t> byte(std::uint8_t n) { co_return n; }

CORO_ASYNC coro::future<int> fetch(std::string host, int tries) {
  {
    char request[100] = {};
    request[tries] = co_await byte(1);
    co_await nothing();
    tries += request[1];
  }
  {
    std::string answer = host;
    co_await nothing();
    tries += static_cast<int>(answer.size());
  }
  co_return tries;
}

CORO_ASYNC coro::future<int> both(std::string host) {
  auto [first, second] = co_await coro::join(fetch(host, 1), fetch(host, 2));
  co_return first + second;
}

template <class T>
CORO_ASYNC CORO_BUDGET(sizeof(T) + 16) coro::future<T> later(T n) {
  co_await nothing();
  co_return n;
}

}  // namespace shop

int main() {
  auto none = [] CORO_ASYNC CORO_BUDGET(8)(int n) -> coro::future<int> {
    co_await nothing();
    co_return n;
  };
  return coro::block_on(none(1)) + coro::block_on(shop::later(1));
}
