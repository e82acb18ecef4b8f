// resolve: names to addresses.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/blocking.h>
#include <coro/endpoint.h>

#include <string>
#include <system_error>
#include <vector>

namespace coro {

/// Errors of getaddrinfo, EAI_NONAME and the like.
const std::error_category& resolve_category() noexcept;

/// The addresses of a host ("localhost", "example.org", "::1") and a service ("http", "80"), for
/// stream sockets, best first. Asks the system's resolver on the blocking pool, starting now.
/// Throws std::system_error.
blocking_handle<std::vector<endpoint>> resolve(std::string host, std::string service);

}  // namespace coro
