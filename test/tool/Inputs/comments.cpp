// The file's comment.
#include <coro/coro.h>

coro::future<int> leaf();

namespace shop {
  namespace stock {
    /// What a thing costs.
    CORO_ASYNC coro::future<int> price(/* in its shop */ int id) {
      // Before the await.
      int found = co_await leaf();
      // Before the return.
      co_return found + /* of the thing */ id;
    }  // namespace-like comment behind it
  }    // namespace stock
}  // namespace shop

CORO_ASYNC coro::future<int> braces(int n) {  // Behind the body's brace.
  if (n) { /* Behind the if's. */
    n = co_await leaf();
  } else {  // Behind the else's.
    // In its next line.
    n = co_await leaf();  // Behind the await.
  }
  while (co_await leaf()) {  // Behind the loop's.
    // In the loop.
  }
  {  // Before a type,
    struct local {
      int m;
    };
    // and behind it.
    n += co_await leaf() + local{1}.m;
#ifdef NOWHERE
    // Before the brace.
#endif
  }
  co_return n;
}

/* Behind */ int count; CORO_ASYNC coro::future<int> one() { co_return 1; } int more; /* the function */
