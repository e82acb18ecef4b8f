// RUN: %oracle %s
// Statement expressions (GNU's `({ .. })`) that wait: with objects of their own, values of classes,
// numbers and nothing, in every place of a full-expression that has temporaries, left by every
// jump; out of a macro; in conditions, and in each other.
//
// Alone: test/run/oracle test/run/statement_expressions.cpp
#include <coro/coro.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

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

// In arms that may not be evaluated, with objects of their own and temporaries around them.
CORO_ASYNC coro::future<int> under_conditions(int n) {
  traced around("around", n);
  auto object = n > 1 ? ({
    traced own("own", 1);
    int got = co_await leaf("object", 1, n);
    if (got > 3) co_return -2;
    traced("made", got + own.use());
  })
                      : traced("other", 2);
  int total = sum(traced("first", 3), n > 2 ? 5 : ({
                    traced own("own", 4);
                    co_await leaf("number", 1, n) + own.use();
                  }),
                  n == 2 ? ({
                    traced copied("copied", 6);
                    co_await void_leaf("copied", 1);
                    copied;
                  })
                         : traced("not copied", 7));
  if (n > 1 && ({
        traced own("and", 8);
        co_await leaf("and", 1, own.use()) + n > 9;
      }))
    op("both");
  total += n > 0 && (n > 2 || ({
                       traced one("one", 9);
                       traced two("two", 10);
                       co_await void_leaf("or", 1);
                       one.use() < two.use();
                     }));
  for (int i = 0; i < 3; ++i) {
    traced round("round", i);
    total += sum(traced("in a loop", i),
                 i == n ? ({
                   traced own("left", i);
                   if (co_await leaf("left", 1, i) == 2) break;
                   own.use();
                 })
                        : ({
                            traced own("went on", i);
                            co_await void_leaf("went on", 1);
                            if (i == 0) continue;
                            own.use();
                          }),
                 round);
  }
  n == 3 ? ({
    traced own("nothing", 1);
    co_await void_leaf("nothing", 1);
    op("nothing");
  })
         : op("else");
  int nested = n > 1 ? (n > 2 ? ({
    traced own("inner", 1);
    co_await leaf("inner", 1, own.use());
  })
                              : co_await leaf("not inner", 1, 2))
                     : ({
                         traced own("outer", 3);
                         (co_await leaf("outer", 1, 4), n == 1) ? ({
                           traced deep("deep", 5);
                           co_await leaf("deep", 1, deep.use());
                         })
                                                                : own.use();
                       });
  co_return total + nested + object.use() + count(n == 2 ? TRY(co_await name(n)) : "literal");
}

// Of types that only an instantiation knows.
template <class T>
CORO_ASYNC coro::future<int> in_template(T n) {
  auto number = ({
    traced own("own", 1);
    T got = co_await leaf("number", 1, n);
    got + own.use();
  });
  const auto& extended = ({
    traced own("own", 2);
    co_await void_leaf("extended", 1);
    oracle::traced(n > 1 ? "made" : "else", number);
  });
  auto object = ({
    auto own = traced("copied", n);
    auto& named = own;
    co_await void_leaf("copied", 1);
    std::pair<T, traced>(n, named);
  });
  auto text = TRY(co_await name(n));
  int used = sum(traced("first", n), ({
                   T more = co_await leaf("operand", 1, n);
                   more + n;
                 }),
                 ({
                   co_await void_leaf("an object", 1);
                   traced(n > 1 ? "passed" : "handed", n);
                 }));
  ({
    co_await void_leaf("nothing", 1);
    op(std::to_string(n).c_str());
  });
  int first = ({
    int m = co_await leaf("converted", 1, 3);
    n + m;
  });
  for (auto each : ({
         co_await void_leaf("range", 1);
         std::vector<T>{n, n};
       }))
    used += co_await leaf("each", 1, each);
  co_return ({
    co_await void_leaf("returned", 1);
    n + number + extended.use() + object.second.use() + used + first;
  }) + count(text);
}

CORO_ASYNC coro::future<int> program() {
  int total = co_await tried(1);
  total += co_await tried(3);
  total += co_await values(2);
  total += co_await jumps(1);
  total += co_await jumps(2);
  total += co_await jumps(3);
  for (int n : {0, 1, 2, 3, 4}) total += co_await under_conditions(n);
  total += co_await in_template(1);
  co_return total + co_await nested(4);
}

ORACLE_MAIN(program())
