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

/* Behind */ int count; CORO_ASYNC coro::future<int> one() { co_return 1; } int more; /* the function */
