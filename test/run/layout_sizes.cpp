// RUN: %oracle %s
// What futures of small and large members take: small members fill the gaps.
// Alone: test/run/oracle test/run/layout_sizes.cpp
#include <coro/coro.h>

#include <cstdint>
#include <type_traits>

#include "oracle.h"

using oracle::void_leaf;

struct nothing {
  using output_type = void;
  coro::poll<void> poll(coro::context&) { return coro::ready(); }
};

CORO_ASYNC coro::future<std::uint8_t> byte(std::uint8_t n) { co_return n; }

CORO_ASYNC coro::future<int> mixed() {
  std::uint8_t a = co_await byte(1);
  std::uint32_t b = co_await byte(2);
  std::uint8_t c = co_await byte(3);
  std::uint32_t d = co_await byte(4);
  co_await nothing();
  co_return static_cast<int>(a + b + c + d);
}

CORO_ASYNC coro::future<int> before_parameter(std::uint64_t large) {
  std::uint8_t a = co_await byte(1);
  std::uint16_t b = co_await byte(2);
  co_await nothing();
  co_return static_cast<int>(a + b + large);
}

CORO_ASYNC coro::future<int> behind_parameter(bool flag) {
  std::uint32_t a = co_await byte(1);
  std::uint16_t b = co_await byte(2);
  co_await nothing();
  co_return static_cast<int>(a + b + flag);
}

// Natively all futures are coro::future.
template <class Future>
constexpr bool is_native = std::is_same_v<Future, coro::future<int>>;
template <class Future, int Bytes>
constexpr bool takes = is_native<Future> || sizeof(Future) <= Bytes;

static_assert(takes<decltype(mixed()), 16>);
static_assert(takes<decltype(before_parameter(1)), 16>);
static_assert(takes<decltype(behind_parameter(true)), 12>);

CORO_ASYNC coro::future<int> program() {
  co_await void_leaf("leaf", 1);
  co_return co_await mixed() + co_await before_parameter(5) + co_await behind_parameter(true);
}

ORACLE_MAIN(program())
