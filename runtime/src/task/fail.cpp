// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/fail.h>

#include <cstdio>
#include <cstdlib>

namespace coro::detail {

void fail(const char* message) noexcept {
  std::fprintf(stderr, "coro: %s\n", message);
  std::abort();
}

}  // namespace coro::detail
