// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/resolve.h>
#include <netdb.h>

#include <cerrno>
#include <memory>

namespace coro {

namespace {

class resolve_errors final : public std::error_category {
 public:
  const char* name() const noexcept override { return "coro.resolve"; }
  std::string message(int error) const override { return gai_strerror(error); }
};

std::vector<endpoint> resolve_now(const std::string& host, const std::string& service) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* first = nullptr;
  const int error = getaddrinfo(host.empty() ? nullptr : host.c_str(),
                                service.empty() ? nullptr : service.c_str(), &hints, &first);
  if (error == EAI_SYSTEM) throw std::system_error(errno, std::generic_category(), host);
  if (error) throw std::system_error(error, resolve_category(), "resolve " + host + ':' + service);
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> all(first, &freeaddrinfo);
  std::vector<endpoint> found;
  for (const addrinfo* each = first; each; each = each->ai_next)
    found.emplace_back(each->ai_addr, each->ai_addrlen);
  return found;
}

}  // namespace

const std::error_category& resolve_category() noexcept {
  static const resolve_errors category;
  return category;
}

blocking_handle<std::vector<endpoint>> resolve(std::string host, std::string service) {
  return spawn_blocking([host = std::move(host), service = std::move(service)] {
    return resolve_now(host, service);
  });
}

resolve_future::resolve_future(std::string host, std::string service, std::error_code& error)
    : resolving_(resolve(std::move(host), std::move(service))), error_(&error) {}

coro::poll<std::vector<endpoint>> resolve_future::poll(context& cx) {
  try {
    auto resolved = resolving_.poll(cx);
    if (resolved.is_ready()) error_->clear();
    return resolved;
  } catch (const std::system_error& thrown) {
    *error_ = thrown.code();
    return ready(std::vector<endpoint>());
  }
}

}  // namespace coro
