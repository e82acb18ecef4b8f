// greeting.cpp lowered by hand. expand_greeting puts a definition of BREAK before it, which chooses
// what is wrong with it: nothing if it is 0. It adds the coroutine of BREAK 7 itself.
#include <coro/coro.h>

#include "oracle.h"

struct program_future {
  using output_type = int;

  coro::poll<int> poll(coro::context&) {
    if (BREAK == 1) oracle::op("one operation too many");
    oracle::traced local("local", 7);
    oracle::op("greet");
    if (BREAK == 2) return coro::ready(42);
    if (BREAK == 3) new oracle::traced(local);
    if (BREAK == 4) local.~traced();
#if BREAK == 5
    int warned_of;
#elif BREAK == 6
    return coro::ready(overflowing(local.use()));
#endif
    return coro::ready(local.use());
  }

#if BREAK == 6
  // The same in the end, but by way of undefined behaviour.
  static int overflowing(int value) {
    int largest = 2'147'483'647;
    int sum = largest + value;
    return sum - largest;
  }
#endif
};

// The words co_await and co_return may stand in comments, "co_yield" in literals.
program_future program() { return {}; }

ORACLE_MAIN(program())
