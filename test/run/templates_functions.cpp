// RUN: %oracle %s
// Function templates: dependent locals, awaits, results and arguments; packs; abbreviated ones;
// overloads, recursion, specialisations; what only an instantiation knows. (By-value arguments
// whose end can be told stand in full-expressions of their own: docs/semantics.md, deviation 2.)
//
// Alone: test/run/oracle test/run/templates_functions.cpp
#include <coro/coro.h>

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

template <typename T>
CORO_ASYNC coro::future<T> echo(T value) {
  co_await leaf("echo", 0, 0);
  co_return value;
}

template <typename T>
CORO_ASYNC coro::future<T> twice(T value) {
  auto echoed = echo(value);
  T first = co_await echoed;
  auto again = echo(std::move(value));
  auto second = co_await std::move(again);
  const T third(second);
  T fourth{first};
  co_await leaf("twice", 0, 1);
  co_return first.use() > 0 ? std::move(fourth) : second;
}

namespace lib {
struct key {
  int n;
  traced& object;
};
CORO_ASYNC coro::future<int> fetch(const key& k, const traced& by) {
  int got = co_await leaf("fetch", 1, k.n);
  co_return got + by.use() + k.object.use();
}
}  // namespace lib

// Found by argument-dependent look-up, with temporaries that live as long as the wait.
template <class Key, class Object>
CORO_ASYNC coro::future<int> looked_up(Key key, Object& object) {
  int sum = co_await fetch(key, Object("temporary", key.n));
  sum += co_await fetch(Key{key.n + 1, object}, object);
  auto& same = object;
  auto&& extended = Object("extended", 4);
  const auto& constant = Object("constant", 5);
  auto&& bound = object;
  sum += co_await leaf("looked_up", 0, sum);
  co_return sum + same.use() + extended.use() + constant.use() + bound.use();
}

template <int N, template <class...> class List>
CORO_ASYNC coro::future<int> numbers() {
  constexpr int twice = N * 2;
  List<int> all;
  int array[N] = {};
  for (int i = 0; i < twice; ++i) {
    all.push_back(co_await leaf("number", i % 2, i));
    array[i % N] += i;
  }
  typename List<int>::iterator it = all.begin();
  co_await leaf("numbers", 0, 0);
  co_return *it + array[N - 1] + static_cast<int>(all.size());
}

template <class T, class... Args>
CORO_ASYNC coro::future<T> make(Args&&... args) {
  int got = co_await leaf("make", 1, static_cast<int>(sizeof...(Args)));
  T made(std::forward<Args>(args)...);
  co_await leaf("made", 0, got);
  co_return made;
}

template <class... Objects>
CORO_ASYNC coro::future<int> kept(Objects... objects) {
  int sum = (objects.use() + ... + 0);
  sum += co_await leaf("kept", 1, sum);
  co_return (objects.use() + ... + sum);
}

template <class... Objects>
CORO_ASYNC coro::future<int> referred(const Objects&... objects) {
  int sum = co_await leaf("referred", 1, (objects.use() + ... + 0));
  co_return (sum + ... + objects.use());
}

template <class Call, class... Args>
CORO_ASYNC coro::future<int> call(Call call, Args&&... args) {
  int first = co_await call(args...);
  co_return first + co_await call(std::forward<Args>(args)...);
}

// A pack in conditions, closures and types.
template <class First, class... Rest>
CORO_ASYNC coro::future<int> counted(First first, Rest&&... rest) {
  int rest_ = co_await leaf("first", 0, first);
  if constexpr (sizeof...(rest) > 1) {
    std::common_type_t<decltype(rest)...> more = co_await counted(std::forward<Rest>(rest)...);
    rest_ += more;
  } else if constexpr (requires { counted(rest...); }) {
    rest_ += co_await counted(rest...);
  }
  auto sum = [&rest..., first] { return (rest + ... + first); };
  auto copied = [rest...] { return (0 + ... + rest); };
  co_return rest_ + sum() + copied();
}

CORO_ASYNC coro::future<int> abbreviated(auto& object, const auto n, auto&&... rest) {
  traced own("own", n);
  auto got = co_await leaf("abbreviated", 1, object.use());
  co_return got + own.use() + (rest + ... + n);
}

template <class T>
  requires std::is_integral_v<T>
CORO_ASYNC coro::future<int> overloaded(T n) {
  co_return co_await leaf("integral", 0, static_cast<int>(n));
}
template <class T>
  requires(!std::is_integral_v<T>)
CORO_ASYNC coro::future<int> overloaded(const T& object) {
  co_return co_await leaf("object", 0, object.use());
}

// No recursion: a member of some class has its name.
template <class T>
CORO_ASYNC coro::future<int> first(const T& pair) {
  int got = co_await leaf("pair", 0, pair.first);
  co_return got + pair.first;
}

// Only the return type chooses.
template <class T>
CORO_ASYNC coro::future<typename T::value_type> chosen(T& list) {
  co_return co_await leaf("a list", 0, list.front());
}
template <class T>
CORO_ASYNC coro::future<std::enable_if_t<std::is_integral_v<T>, int>> chosen(T& n) {
  co_return co_await leaf("a number", 0, n);
}

template <class T>
CORO_ASYNC coro::future<int> sum_down(T n) {
  if (n == 0) co_return 0;
  traced here("level", n);
  int below = co_await sum_down(n - 1);
  co_return below + here.use();
}

template <class T>
CORO_ASYNC coro::future<int> ping(T n);
template <class T>
CORO_ASYNC coro::future<int> pong(T n) {
  int got = co_await ping(n - 1);
  co_return got + n;
}
template <class T>
CORO_ASYNC coro::future<int> ping(T n) {
  if (n <= 0) co_return co_await leaf("ping", 0, 1);
  co_return co_await pong(n - 1);
}

template <class T>
CORO_ASYNC coro::future<int> specialised(T n) {
  co_return co_await leaf("general", 0, n);
}
template <>
CORO_ASYNC coro::future<int> specialised(short n) {
  co_return co_await leaf("special", 0, n + 100);
}
template coro::future<int> specialised(long n);

// The output may be nothing.
template <class Future>
CORO_ASYNC coro::future<coro::output_of<Future>> timed(Future future) {
  traced clock("clock", 1);
  co_return co_await std::move(future);
}

CORO_ASYNC coro::future<void> nothing() { co_await leaf("nothing", 0, 0); }

// What an await gives decides which template is instantiated.
CORO_ASYNC coro::future<int> awaited_arguments(traced& object) {
  auto first = co_await echo(co_await echo(&object));
  int second = co_await echo(co_await leaf("argument", 1, 4) + co_await echo(2));
  co_return first->use() + second;
}

CORO_ASYNC coro::future<void> nothing();

template <class T>
T kept_or_not(T& object) {
  if constexpr (!std::is_integral_v<T>) object.use();
  return object;
}
inline void kept_or_not(long&) { op("no type"); }

// Nobody knows whether these are of any type.
template <class T>
CORO_ASYNC coro::future<int> unused(T n, traced& object) {
  n > 1 ? (void)co_await echo(n) : op("few");
  (op("first"), (n > 2 ? co_await nothing() : op("fewer")));
  void(echo(n)), co_await leaf("left", 1, 0), op("behind");
  co_await echo(&object), co_await leaf("right", 1, 0);
  kept_or_not(n), co_await leaf("kept", 1, 0), op("behind");
  kept_or_not(object), co_await leaf("kept", 1, 0), op("behind");
  op("last"), n > 0 ? co_await echo(&object) : &object;
  auto&& [one, two] = co_await coro::join(leaf("one", 1, 1), leaf<T>("two", 0, n));
  co_await leaf("parts", 1, two);
  co_return one + static_cast<int>(two);
}

// Nobody names them, and they end all the same.
template <class T, std::size_t... I, class... Rest>
CORO_ASYNC coro::future<int> unnamed(T, std::index_sequence<I...>, T&, T*, Rest...) {
  int got = co_await leaf("unnamed", 1, static_cast<int>(sizeof...(Rest)));
  co_return got + static_cast<int>(sizeof...(I));
}
CORO_ASYNC coro::future<int> unnamed_too(auto, const auto&, auto&&...) {
  co_return co_await leaf("unnamed too", 1, 2);
}

CORO_ASYNC coro::future<int> program() {
  traced object("object", 7);
  auto future = twice(traced("passed", 1));
  int total = (co_await std::move(future)).use();
  total += co_await looked_up(lib::key{3, object}, object);
  total += co_await numbers<3, std::vector>();
  traced made = co_await make<traced>("made", 9);
  total += made.use();
  auto pack = kept(std::move(object));
  total += co_await pack;
  total += co_await kept();
  total += co_await counted(1, 2, total);
  total += co_await referred(traced("one", 1), made);
  auto adder = [](int a, int b) { return echo(a + b); };
  int one = 1;
  total += co_await call(adder, std::move(one), total);
  total += co_await abbreviated(made, 2, 3, 4L);
  total += co_await overloaded(3L);
  total += co_await overloaded(made);
  std::vector<int> list{total};
  total += co_await first(std::pair(1, 2));
  total += co_await chosen(list);
  total += co_await chosen(total);
  total += co_await sum_down(2);
  total += co_await ping(3);
  total += co_await specialised(1);
  total += co_await specialised<short>(2);
  total += co_await specialised(3L) % 100;
  total += co_await timed(echo(5));
  co_await timed(nothing());
  total += co_await awaited_arguments(made);
  total += co_await unused(2, made);
  total += co_await unused(3L, made);
  auto named = unnamed(traced("first", 1), std::index_sequence<1, 2>(), made, &made);
  total += co_await std::move(named);
  auto nameless = unnamed(1, std::index_sequence<3>(), total, &total, traced("rest", 1), 2);
  total += co_await std::move(nameless);
  auto nameless_too = unnamed_too(traced("second", 2), 3, made, 4);
  total += co_await std::move(nameless_too);
  auto kept_future = echo(made);
  total += (co_await std::move(kept_future)).use();
  co_return total;
}

ORACLE_MAIN(program())
