// RUN: %oracle %s
// Statement expressions (GNU's `({ .. })`) that wait: with objects of their own, values of classes,
// numbers and nothing, in every place of a full-expression that has temporaries, left by every
// jump; out of a macro; in conditions, and in each other.
//
// Alone: test/run/oracle test/run/statement_expressions.cpp
#include <coro/coro.h>

#include <optional>
#include <string>

#include "oracle.h"

#pragma GCC diagnostic ignored "-Wpedantic"
#ifdef __clang__
#pragma clang diagnostic ignored "-Wgnu-statement-expression"
#endif

using oracle::injected;
using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

static int sum(const traced& a, int b, const traced& c) { return a.use() + b + c.use(); }
static int count(const std::string& text) { return static_cast<int>(text.size()); }

CORO_ASYNC coro::future<std::optional<std::string>> name(int n) {
  int got = co_await leaf("name", n % 2, n);
  if (got > 3) co_return std::nullopt;
  co_return std::to_string(got);
}

#define TRY(e)                    \
  ({                              \
    auto result_ = (e);           \
    if (!result_) co_return -100; \
    std::move(*result_);          \
  })

CORO_ASYNC coro::future<int> tried(int n) {
  traced around("around", n);
  auto first = TRY(co_await name(n));
  std::string both = first + TRY(co_await name(n + 1));
  co_return count(both) + count(TRY(co_await name(n + 2))) + around.use();
}

CORO_ASYNC coro::future<int> values(int n) {
  int number = ({
    traced own("own", 1);
    int got = co_await leaf("number", 1, n);
    got + own.use();
  });
  traced object = ({
    traced own("own", 2);
    co_await void_leaf("object", 1);
    traced("object", own.use() + number);
  });
  traced copied = ({
    traced own("own", 3);
    co_await void_leaf("copied", 0);
    own;
  });
  int used = sum(traced("first", 4), ({
                   traced own("own", 5);
                   co_await leaf("operand", 1, 1) + own.use();
                 }),
                 traced("last", 6));
  ({
    traced own("own", 7);
    co_await void_leaf("nothing", 1);
    op("nothing");
  });
  co_return number + object.use() + copied.use() + used;
}

CORO_ASYNC coro::future<int> jumps(int n) {
  int total = 0;
  for (int i = 0; i < 4; ++i) {
    traced round("round", i);
    total += sum(traced("temporary", i), ({
                   traced own("own", i);
                   int got = co_await leaf("round", i % 2, i);
                   if (got == 1) continue;
                   if (got == 3) break;
                   got;
                 }),
                 round);
  }
  try {
    total += ({
      traced own("own", 10);
      co_await void_leaf("thrown", 1);
      if (n > 1) throw injected{1};
      own.use();
    });
  } catch (const injected&) {
    op("caught");
  }
  total += sum(traced("before", 11), ({
                 traced own("own", 12);
                 if (co_await leaf("return", 0, n) > 2) co_return -1;
                 own.use();
               }),
               traced("behind", 13));
  co_return total;
}

CORO_ASYNC coro::future<int> nested(int n) {
  int i = 0;
  while (({
    traced asked("asked", i);
    co_await leaf("asked", 1, i) < n;
  })) {
    i += ({
      int more = 0;
      for (int k = 0; k < 2; ++k) {
        traced inner("inner", k);
        more += ({
          int got = co_await leaf("inner", k, k);
          got + inner.use();
        });
      }
      more + 1;
    });
  }
  if (({ co_await leaf("if", 1, i) > 2; })) op("if");
  int changed = 1;
  int both = changed + ({
               changed = 5;
               co_await leaf("changed", 1, 1);
             }) +
             changed;
  co_return ({
    traced own("own", both);
    co_await void_leaf("returned", 1);
    own.use() + i;
  });
}

CORO_ASYNC coro::future<int> program() {
  int total = co_await tried(1);
  total += co_await tried(3);
  total += co_await values(2);
  total += co_await jumps(1);
  total += co_await jumps(2);
  total += co_await jumps(3);
  co_return total + co_await nested(4);
}

ORACLE_MAIN(program())
