// The handler of exceptions that no join_handle is left to throw.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <exception>

namespace coro {

/// Called with the exception of a task that was detached. Must not throw. From any thread.
using detached_exception_handler = void (*)(std::exception_ptr);

/// Replaces the handler, for the whole process, and returns the one before. The first one, which
/// null stands for, writes a line with the exception's what() on standard error. Thread-safe.
detached_exception_handler set_detached_exception_handler(
    detached_exception_handler handler) noexcept;

namespace detail {

void report_detached(std::exception_ptr error) noexcept;

}  // namespace detail
}  // namespace coro
