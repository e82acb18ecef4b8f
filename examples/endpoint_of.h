// Where the example servers listen.
#pragma once

#include <coro/endpoint.h>

#include <string>

/// PORT, on loopback, or ADDRESS:PORT. Throws std::invalid_argument.
inline coro::endpoint endpoint_of(const std::string& argument) {
  const bool is_port = argument.find(':') == argument.npos;
  return coro::endpoint::parse(is_port ? "127.0.0.1:" + argument : argument);
}
