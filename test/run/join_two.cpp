// RUN: %oracle %s
// join of two calls: both run, poll by poll, in order; their outputs come in one tuple.
// Alone: test/run/oracle test/run/join_two.cpp
#include <coro/coro.h>

#include <tuple>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<traced> get_book() {
  traced local("in get_book");
  co_await void_leaf("book", 2);
  co_return traced("book", 1);
}

CORO_ASYNC coro::future<traced> get_music() {
  traced music("music", 2);
  co_await void_leaf("music", 1);
  co_return music;
}

CORO_ASYNC coro::future<std::tuple<traced, traced>> stored() {
  auto book_future = get_book();
  auto music_future = get_music();
  co_return co_await coro::join(std::move(book_future), std::move(music_future));
}

CORO_ASYNC coro::future<std::tuple<traced, traced>> at_once() {
  traced local("local");
  co_return co_await coro::join(get_book(), get_music());
}

CORO_ASYNC coro::future<int> program() {
  auto [book, music] = co_await stored();
  auto both = co_await at_once();
  std::tuple<traced, traced> third = co_await coro::join(get_music(), get_book());
  co_await coro::join(get_book(), get_music());
  co_return book.value() * 10 + music.value() + std::get<0>(both).use() + std::get<1>(third).use();
}

ORACLE_MAIN(program())
