// Checked preconditions.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

namespace coro::detail {

/// Reports a broken precondition of this library on standard error and aborts. Thread-safe.
[[noreturn]] void fail(const char* message) noexcept;

inline void check(bool holds, const char* message) noexcept {
  if (!holds) [[unlikely]]
    fail(message);
}

}  // namespace coro::detail
