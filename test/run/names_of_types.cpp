// RUN: %oracle %s
// Locals and parameters named like their own types, and like types used after them.
// Alone: test/run/oracle test/run/names_of_types.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

struct book : traced {
  using traced::traced;
};
struct page {
  int number;
};
enum class color { red = 1, green };

CORO_ASYNC coro::future<int> read(book book, page page) {
  co_await void_leaf("read", 1);
  struct book copy = book;
  co_await void_leaf("copied", 1);
  co_return copy.use() + page.number;
}

CORO_ASYNC coro::future<int> program() {
  book book("a book", 3);
  page page{4};
  color color = color::green;
  co_await void_leaf("named like types", 1);
  traced traced("a traced", static_cast<int>(color));
  co_await void_leaf("and one more", 1);
  class oracle::traced* pointer = &traced;
  int sum = co_await read(book, page);
  co_return sum + book.use() + page.number + pointer->use();
}

ORACLE_MAIN(program())
