// RUN: %oracle %s
// What is needed behind a suspension is kept, however it is reached; what is not makes room: the
// last use of a variable that only its name reaches decides, for all others their scope. Alone:
// test/run/oracle test/run/liveness.cpp
#include <coro/coro.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <type_traits>
#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

struct nothing {
  using output_type = void;
  coro::poll<void> poll(coro::context&) { return coro::ready(); }
};

template <int N>
struct block {
  unsigned char bytes[N];
  unsigned char& at(int i) { return bytes[i]; }
};

template <int N>
int sum(const block<N>& b) {
  int result = 0;
  for (unsigned char c : b.bytes) result += c;
  return result;
}

// Fills what could lie in the place of something else.
CORO_ASYNC coro::future<int> filler(int n) {
  block<64> b;
  for (unsigned char& c : b.bytes) c = static_cast<unsigned char>(n + 1);
  co_await void_leaf("filler", 1);
  int result = 0;
  for (unsigned char c : b.bytes) result += c;
  co_return result;
}

//===--- What makes room ---------------------------------------------------===//

CORO_ASYNC coro::future<int> dead_before(int n) {
  // It ends here.
  block<512> b{};
  b.bytes[n] = 3;
  int total = b.bytes[1] + b.bytes[2];  // All that is left.
  co_await nothing();
  co_return total;
}

CORO_ASYNC coro::future<int> dead_later(int n) {
  block<256> b{};
  b.bytes[n] = 3;
  co_await nothing();
  int total = b.bytes[1];
  block<256> c{};
  c.bytes[n] = 4;
  co_await nothing();
  co_return total + c.bytes[1];
}

// Two variables of one declaration; one is needed.
CORO_ASYNC coro::future<int> together(int n) {
  int a = n + 1, b = n + 2;
  int c = a * b, d = c + 1;
  co_await nothing();
  co_return d;
}

struct as_class {
  int a = 1;
  int b = 2;
};
CORO_ASYNC coro::future<int> classes(int n) {
  as_class one{n, 2};
  as_class two = one;
  int total = two.a + two.b;
  co_await nothing();
  as_class three;
  three = as_class{total, 1};
  three.a += 4;
  total += three.a++ + --three.b;
  co_await nothing();
  co_return total;
}

//===--- Addresses ---------------------------------------------------------===//

int* kept = nullptr;
void keep(int& n) { kept = &n; }
void keep_const(const int& n) { kept = const_cast<int*>(&n); }
struct keeper {
  int n = 1;
  keeper() { kept = &n; }
};
struct self_keeper {
  int n = 1;
  self_keeper* self = this;
};

CORO_ASYNC coro::future<int> addresses(int k) {
  int a = k;
  int* p = &a;
  int before = co_await filler(1);
  int b = k + 1;
  int& r = b;
  before += co_await filler(2) + *p;
  int c = k + 2;
  keep(c);
  before += co_await filler(3) + r;
  before += *kept;
  int d = k + 3;
  keep_const(d);
  before += co_await filler(4);
  before += *kept;
  int e[4] = {1, 2, 3, k};
  int* q = e;
  before += co_await filler(5) + q[3];
  int f = k + 5;
  int* g = std::addressof(f);
  before += co_await filler(6);
  before += *std::launder(g);
  int h = 3;
  int& assigned = (h = k + 6);
  before += co_await filler(7);
  before += assigned;
  int i = 4;
  int& counted = ++i;
  before += co_await filler(8);
  co_return before + counted;
}

CORO_ASYNC coro::future<int> classes_that_tell(int n) {
  keeper a;
  int total = co_await filler(1) + *kept;
  self_keeper b;
  self_keeper* self = b.self;
  total += co_await filler(2) + self->n;
  co_return total + n;
}

struct point {
  int x, y;
};
union word {
  int whole;
  unsigned char parts[4];
};
CORO_ASYNC coro::future<int> members(int n) {
  block<16> a{};
  unsigned char& part = a.at(n);
  part = 7;
  int total = co_await filler(1) + part;
  block<16> b{};
  unsigned char* in = &b.bytes[n];
  *in = 8;
  total += co_await filler(2) + *in;
  point c{n, 2};
  int point::* y = &point::y;
  int& also = c.*y;
  total += co_await filler(3) + also;
  word d{};
  d.whole = n;
  unsigned char* first = d.parts;
  total += co_await filler(4) + *first;
  std::array<int, 4> e{1, 2, 3, n};
  auto last = e.end();
  total += co_await filler(5) + last[-1];
  std::optional<int> f = n;
  int& inside = *f;
  total += co_await filler(6) + inside;
  co_return total;
}

CORO_ASYNC coro::future<int> lambdas(int k) {
  int a = k;
  auto by_reference = [&a] { return a++; };
  int total = co_await filler(1) + by_reference();
  int b = k + 1;
  auto by_default = [&] { return b++ + a; };
  total += co_await filler(2) + by_default();
  int c = k + 2;
  auto by_copy = [c] { return c; };
  total += co_await filler(3) + by_copy();
  std::vector<int> all{1, 2, k};
  int& r = all[2];
  auto of_reference = [&] { return r++; };
  total += co_await filler(4) + of_reference();
  int& s = all[1];
  auto copied = [s] { return s; };
  total += co_await filler(5) + copied();
  block<64> d{};
  d.bytes[5] = 9;
  std::function<int()> erased = [&] { return d.bytes[5]; };
  total += co_await filler(6) + erased();
  co_return total + all[2];
}

CORO_ASYNC coro::future<int> ranges(int n) {
  int numbers[3] = {1, 2, n};
  int total = 0;
  for (int& each : numbers) {
    int twice = each * 2;
    total += co_await filler(each) + each;
    each = twice;
  }
  for (int each : numbers) {
    int twice = each * 2;
    total += twice;
    total += co_await filler(1);
    total += each;
  }
  auto [a, b, c] = numbers;
  total += co_await filler(2);
  auto& [d, e, f] = numbers;
  total += co_await filler(3) + d + e + f;
  co_return total + a + b + c;
}

//===--- Control flow ------------------------------------------------------===//

// What one round leaves the next one needs.
CORO_ASYNC coro::future<int> loops(int n) {
  int carried = 1, other = 0;
  for (int i = 0; i < n; ++i) {
    other += carried;
    int local = i * 3;
    carried = co_await filler(local) + local;
  }
  int last = 0;
  while (true) {
    int seen = last;
    last = co_await filler(seen % 7);
    if (seen > 300) break;
    last += seen + 1;
    if (last % 2) continue;
    ++last;
  }
  int first = n;
  do {
    int again = co_await filler(first);
    if (again > 200) {
      first -= 1;
      continue;
    }
    last += again;
  } while (--first > 0);
  co_return other + carried + last;
}

// In a round the variable is read before it's written.
CORO_ASYNC coro::future<int> read_first(int n) {
  int before = n;
  int total = 0;
  for (int i = 0; i < 3; ++i) {
    if (i > 0) total += before;
    int mine = co_await filler(i);
    before = mine + i;
  }
  co_return total;
}

CORO_ASYNC coro::future<int> switches(int n) {
  int total = 0;
  for (int k = 0; k < 4; ++k) {
    int shared = k * n;
    switch (k) {
      int late;
      case 0: total += co_await filler(shared); [[fallthrough]];
      case 1:
        late = shared + 1;
        total += co_await filler(late) + late;
        break;
      case 2: {
        int own = shared + 2;
        total += own;
        co_await nothing();
        break;
      }
      default: late = 4; total += late + shared;
    }
  }
  co_return total;
}

CORO_ASYNC coro::future<int> gotos(int n) {
  int tries = 0;
  int total = n;
again:
  int step = tries + 1;
  total += co_await filler(step);
  if (++tries < 3) goto again;
  co_return total + step;
}

CORO_ASYNC coro::future<int> exceptions(int n) {
  int a = n, b = 0, c = 5;
  try {
    b = a + 1;
    traced guard("guard", 1);
    int inside = co_await filler(b);
    op("may throw", inside);
    c = co_await filler(2);
    a = 7;
  } catch (oracle::failure&) {
    a += b * 100 + c;
  }
  int d = a;
  try {
    co_await void_leaf("second", 1);
    c = 1;
  } catch (oracle::failure&) {
    d += c;
  }
  co_await filler(3);
  co_return a + d;
}

CORO_ASYNC coro::future<int> conditions(int n) {
  int a = n, b = n + 1;
  int total = (a > 1 ? co_await filler(a) : b) + a;
  if (int c = total % 5; c > 100) {
    total += co_await filler(c);
  } else if (int d = co_await filler(c); d > 64) {
    total += c + d;
  }
  bool e = b > 0 && co_await leaf("e", 1, 3) > 2;
  int f = b;
  total += (co_await filler(1), f);
  co_return total + e;
}

CORO_ASYNC coro::future<int> others(int n) {
  volatile int v = n;
  int total = co_await filler(1) + v;
  const int constant = n + 1;
  total += constant;
  total += co_await filler(2);
  static int steady = 0;
  steady = constant;
  int* const fixed = new int(constant);
  std::unique_ptr<int> owner(fixed);
  total += co_await filler(3) + *fixed + steady;
  char text[8] = "abcdefg";
  std::memset(text, 'x', 3);
  total += co_await filler(4) + text[2] + text[3];
  using number = int;
  number typed = n;
  enum { shift = 2 };
  total += typed << shift;
  co_await nothing();
  number again = total;
  total = again + shift;
  co_await nothing();
  auto deduced = total;
  decltype(deduced) same = deduced;
  total = same + 1;
  total += co_await filler(static_cast<int>(sizeof(deduced)));
  co_return total;
}

// Operands that are evaluated before a wait.
int both(const unsigned char& a, int b) { return a + b; }
int both(block<16> a, int b) { return sum(a) + b; }
CORO_ASYNC coro::future<int> operands(int n) {
  block<16> a{};
  a.bytes[n] = 3;
  int total = a.bytes[co_await filler(1) % 4 + n];
  block<16> b{};
  b.bytes[n] = 4;
  total += b.bytes[n] + co_await filler(2);
  block<16> c{};
  c.bytes[n] = 5;
  total += both(c, co_await filler(3));
  block<16> d{};
  d.bytes[n] = 6;
  total += both(d.bytes[n], co_await filler(4));
  block<16> e{};
  e.bytes[n] = 7;
  total += both(std::move(e), co_await filler(5));
  int f = n + 1;
  total += f++ + co_await filler(6);
  total += f;
  int g = n + 2;
  total += (g += 1) + co_await filler(7);
  int numbers[3] = {n, n + 1, n + 2};
  total += numbers[1] * co_await filler(8);
  block<16> h{};
  h.bytes[co_await filler(9) % 16] = static_cast<unsigned char>(co_await filler(10));
  total += h.bytes[0];
  block<16> all[2] = {};
  block<16> assigned{};
  assigned.bytes[n] = 8;
  block<16> two[2] = {assigned, assigned};
  int k = n;
  all[co_await filler(12) % 2] = two[k++ % 2];
  total += all[0].bytes[n] + all[1].bytes[n];
  block<16> i{};
  i.bytes[n] += static_cast<unsigned char>(co_await filler(11));
  total += i.bytes[n];
  co_return total;
}

//===--- Parameters --------------------------------------------------------===//

CORO_ASYNC coro::future<int> takes(block<64> b, int n) {
  b.bytes[0] += static_cast<unsigned char>(n);
  co_await nothing();
  co_return sum(b);
}
CORO_ASYNC coro::future<int> hands_on(block<64> b, int n) { co_return co_await takes(b, n); }
CORO_ASYNC coro::future<int> hands_on_twice(block<64> b, int n) {
  int total = co_await hands_on(b, n);
  b.bytes[1] += 1;
  total += co_await hands_on(std::move(b), n + 1);
  co_return total;
}
CORO_ASYNC coro::future<int> keeps(block<64> b, int n) {
  block<64>& r = b;
  int total = co_await takes(b, n);
  co_return total + sum(r);
}
CORO_ASYNC coro::future<int> in_loop(block<64> b, int n) {
  int total = 0;
  while (n-- > 0) total += co_await takes(b, n);
  co_return total;
}
CORO_ASYNC coro::future<const int&> refers(int n) {
  co_await nothing();
  static int last;
  last = n;
  co_return last;
}
CORO_ASYNC coro::future<int> caught(block<64> b, int n) {
  int total = 0;
  try {
    total = co_await takes(b, n);
    op("may throw", total);
  } catch (oracle::failure&) {
    total = b.bytes[n];
  }
  co_return total;
}
CORO_ASYNC coro::future<int> joined(block<64> b, int n) {
  auto [x, y] = co_await coro::join(takes(b, n), takes(b, n + 1));
  co_return x + y;
}

//===--- Sizes -------------------------------------------------------------===//

template <class Future>
constexpr bool is_native = std::is_same_v<Future, coro::future<int>>;
template <class Future, int Bytes>
constexpr bool takes_at_most = is_native<Future> || sizeof(Future) <= Bytes;

static_assert(takes_at_most<decltype(dead_before(1)), 12>);
static_assert(takes_at_most<decltype(dead_later(1)), 272>);
static_assert(takes_at_most<decltype(together(1)), 12>);
static_assert(takes_at_most<decltype(classes(1)), 16>);

CORO_ASYNC coro::future<int> program() {
  int total = co_await dead_before(1) + co_await dead_later(1) + co_await together(2);
  op("room", total);
  op("classes", co_await classes(3));
  op("addresses", co_await addresses(2));
  op("classes that tell", co_await classes_that_tell(2));
  op("members", co_await members(2));
  op("lambdas", co_await lambdas(2));
  op("ranges", co_await ranges(3));
  op("loops", co_await loops(3));
  op("read first", co_await read_first(3));
  op("switches", co_await switches(2));
  op("gotos", co_await gotos(2));
  op("exceptions", co_await exceptions(2));
  op("conditions", co_await conditions(2));
  op("others", co_await others(2));
  op("operands", co_await operands(1));
  block<64> b{{1, 2, 3}};
  op("takes", co_await hands_on_twice(b, 3));
  op("keeps", co_await keeps(b, 3));
  op("in loop", co_await in_loop(b, 3));
  op("refers", co_await refers(3));
  op("caught", co_await caught(b, 2));
  op("joined", co_await joined(b, 2));
  co_return total;
}

ORACLE_MAIN(program())
