// The shapes of bench/frames/run.py: what the future of each root takes,
// lowered and natively. test/plan/shapes.test holds them to their budgets.
#include <coro/coro.h>
#include <coro/select.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

template <std::size_t N> struct block {
  unsigned char bytes[N];
};

struct nothing {
  using output_type = void;
  coro::poll<void> poll(coro::context &) { return coro::ready(); }
};

void opaque(const void *);

CORO_ASYNC coro::future<std::uint8_t> byte(std::uint8_t n) { co_return n; }

// A leaf.
CORO_ASYNC CORO_BUDGET(2) coro::future<int> s01() {
  co_await nothing();
  co_return 1;
}

// 1 KiB that is used after the wait.
CORO_ASYNC CORO_BUDGET(1026) coro::future<int> s02(block<1024> b) {
  co_await nothing();
  co_return b.bytes[3];
}

// The same handed down five calls.
CORO_ASYNC coro::future<int> s03_4(block<1024> b) { co_return co_await s02(b); }
CORO_ASYNC coro::future<int> s03_3(block<1024> b) {
  co_return co_await s03_4(b);
}
CORO_ASYNC coro::future<int> s03_2(block<1024> b) {
  co_return co_await s03_3(b);
}
CORO_ASYNC CORO_BUDGET(1030) coro::future<int> s03(block<1024> b) {
  co_return co_await s03_2(b);
}

// Two scopes of 512 bytes, one behind the other.
CORO_ASYNC CORO_BUDGET(524) coro::future<int> s04(int n) {
  int sum = 0;
  {
    block<512> b{};
    b.bytes[n] = 1;
    co_await nothing();
    sum += b.bytes[1];
  }
  {
    block<512> b{};
    b.bytes[n] = 2;
    co_await nothing();
    sum += b.bytes[1];
  }
  co_return sum;
}

// Joins of futures of 256 bytes.
CORO_ASYNC coro::future<int> s07_child() {
  block<256> b{};
  b.bytes[1] = 1;
  co_await nothing();
  co_return b.bytes[1];
}
CORO_ASYNC CORO_BUDGET(524) coro::future<int> s07() {
  auto [a, b] = co_await coro::join(s07_child(), s07_child());
  co_return a + b;
}
CORO_ASYNC CORO_BUDGET(524) coro::future<int> s07_named() {
  auto x = s07_child();
  auto y = s07_child();
  auto [a, b] = co_await coro::join(std::move(x), std::move(y));
  co_return a + b;
}
CORO_ASYNC CORO_BUDGET(2084) coro::future<int> s08() {
  auto [a, b, c, d, e, f, g, h] =
      co_await coro::join(s07_child(), s07_child(), s07_child(), s07_child(),
                          s07_child(), s07_child(), s07_child(), s07_child());
  co_return a + b + c + d + e + f + g + h;
}

// A select of two such that have names.
CORO_ASYNC CORO_BUDGET(518) coro::future<int> s09() {
  auto x = s07_child();
  auto y = s07_child();
  auto first = co_await coro::select(std::move(x), std::move(y));
  co_return static_cast<int>(first.index());
}

// 512 bytes that nobody needs after the wait; and the same, of which somebody
// may keep the address.
CORO_ASYNC CORO_BUDGET(8) coro::future<int> s12(int n) {
  block<512> b{};
  b.bytes[n] = 1;
  int sum = b.bytes[1] + b.bytes[2];
  co_await nothing();
  co_return sum;
}
CORO_ASYNC CORO_BUDGET(520) coro::future<int> s12b(int n) {
  block<512> b{};
  b.bytes[n] = 1;
  opaque(&b);
  int sum = b.bytes[1] + b.bytes[2];
  co_await nothing();
  co_return sum;
}

// A try block around a call that is handed an argument.
CORO_ASYNC coro::future<int> s13_child(block<256> b) {
  co_await nothing();
  co_return b.bytes[3];
}
CORO_ASYNC CORO_BUDGET(264) coro::future<int> s13(block<256> b) {
  int result = 0;
  try {
    result = co_await s13_child(b);
  } catch (int n) {
    result = n;
  }
  co_return result;
}

// The README's.
struct Book {
  std::string title;
};
struct Music {
  std::string title;
};
CORO_ASYNC coro::future<Book> get_book() {
  co_await nothing();
  co_return Book{"Rust"};
}
CORO_ASYNC coro::future<Music> get_music() {
  co_await nothing();
  co_return Music{"Nice"};
}
CORO_ASYNC CORO_BUDGET(72) coro::future<std::size_t> s14() {
  auto [book, music] = co_await coro::join(get_book(), get_music());
  co_return book.title.size() + music.title.size();
}

// std::string moved through three calls.
CORO_ASYNC coro::future<std::size_t> string_2(std::string s) {
  co_await nothing();
  co_return s.size();
}
CORO_ASYNC coro::future<std::size_t> string_1(std::string s) {
  co_return co_await string_2(std::move(s));
}
CORO_ASYNC CORO_BUDGET(56) coro::future<std::size_t> strings(std::string s) {
  co_return co_await string_1(std::move(s));
}

// u8, u32, u8, u32, each over later awaits.
CORO_ASYNC CORO_BUDGET(16) coro::future<int> mixed() {
  std::uint8_t a = co_await byte(1);
  std::uint32_t b = co_await byte(2);
  std::uint8_t c = co_await byte(3);
  std::uint32_t d = co_await byte(4);
  co_await nothing();
  co_return static_cast<int>(a + b + c + d);
}

// A chain of calls.
#define CHAIN(n, m)                                                            \
  CORO_ASYNC coro::future<std::uint64_t> chain_##n(std::uint64_t k) {          \
    co_return co_await chain_##m(k) + 1;                                       \
  }
CORO_ASYNC coro::future<std::uint64_t> chain_0(std::uint64_t k) {
  co_await nothing();
  co_return k;
}
CHAIN(1, 0)
CHAIN(2, 1)
CHAIN(3, 2)
CHAIN(4, 3)
CHAIN(5, 4)
CHAIN(6, 5)
CHAIN(7, 6)
CHAIN(8, 7)
