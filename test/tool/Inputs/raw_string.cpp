#include <coro/coro.h>

namespace app {
  CORO_ASYNC coro::future<int> length() {
    // Indented as its function is.
    const char* text = R"(one
two
    union {
      int three;
    };
)";
    int n = 0;
    while (text[n]) ++n;
    co_return n;
  }
}  // namespace app
