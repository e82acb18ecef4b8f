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

/// Of resolve with an error code, which is set when this is ready, to none on success. Without
/// addresses after an error.
class [[nodiscard]] resolve_future {
 public:
  using output_type = std::vector<endpoint>;

  resolve_future(std::string host, std::string service, std::error_code& error);
  coro::poll<std::vector<endpoint>> poll(context& cx);

 private:
  blocking_handle<std::vector<endpoint>> resolving_;
  std::error_code* error_;
};

/// The same with an error code. Throws std::system_error where no thread can be started for it.
inline resolve_future resolve(std::string host, std::string service, std::error_code& error) {
  return {std::move(host), std::move(service), error};
}

}  // namespace coro
