// RUN: %oracle %s
// Initialisers that convert: copy-initialisation and direct-initialisation choose different
// constructors.
// Alone: test/run/oracle test/run/initialiser_conversions.cpp
#include <coro/coro.h>

#include <initializer_list>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

struct choosy {
  choosy(int) { op("implicit from int"); }
  explicit choosy(short) { op("explicit from short"); }
  ~choosy() { oracle::line() << "~choosy"; }
};

struct bag {
  bag(int) { op("from one int"); }
  bag(std::initializer_list<int>) { op("from a list"); }
  ~bag() { oracle::line() << "~bag"; }
};

struct convertible {
  operator traced() const { return traced("converted", 3); }
};

CORO_ASYNC coro::future<int> program() {
  choosy copied = co_await leaf<short>("short", 1, 1);
  choosy direct(co_await leaf<short>("short", 1, 1));
  choosy listed{co_await leaf<short>("short", 1, 1)};
  bag parenthesised(co_await leaf("int", 1, 1));
  bag braced{co_await leaf("int", 1, 1)};
  bag both = {co_await leaf("int", 1, 1)};
  traced from_text = co_await leaf<const char*>("text", 1, "from text");
  oracle::explicit_only explicitly(co_await leaf<const char*>("text", 1, "explicitly"));
  oracle::immovable pinned(co_await leaf<const char*>("text", 1, "pinned"));
  oracle::immovable pinned_too = co_await leaf<const char*>("text", 1, "pinned too");
  traced by_operator = co_await leaf<convertible>("object", 1, {});
  co_return by_operator.value();
}

ORACLE_MAIN(program())
