#include "router.h"

namespace http {

namespace {

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  for (std::size_t begin = 1; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    parts.emplace_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

bool matches(const std::vector<std::string>& pattern, const std::vector<std::string>& path,
             request& asked) {
  if (pattern.size() != path.size()) return false;
  for (std::size_t i = 0; i < path.size(); ++i)
    if (!pattern[i].starts_with(':') && pattern[i] != path[i]) return false;
  for (std::size_t i = 0; i < path.size(); ++i)
    if (pattern[i].starts_with(':')) asked.parameters[pattern[i].substr(1)] = path[i];
  return true;
}

}  // namespace

router& router::on(std::string_view method, std::string_view pattern, handler answer) {
  entries_.push_back({std::string(method), parts_of(pattern), std::move(answer)});
  return *this;
}

router& router::add(std::initializer_list<route> table) {
  for (const auto& [method, pattern, answer] : table) on(method, pattern, answer);
  return *this;
}

router& router::use(layer around) {
  layers_.push_back(std::move(around));
  return *this;
}

coro::future<response> router::operator()(request& asked) const {
  handler whole = [this](request& inner) { return dispatch(inner); };
  for (const layer& each : layers_) whole = each(std::move(whole));
  co_return co_await whole(asked);
}

coro::future<response> router::dispatch(request& asked) const {
  const std::vector<std::string> path = parts_of(asked.target);
  bool is_known = false;
  for (const auto& [method, pattern, answer] : entries_) {
    if (!matches(pattern, path, asked)) continue;
    is_known = true;
    if (method == asked.method) co_return co_await answer(asked);
  }
  if (is_known) throw error(405, asked.method + " is not allowed");
  throw error(404, "nothing at " + asked.target);
}

layer with_password(std::string password) {
  return [password = std::move(password)](handler inner) -> handler {
    return
        [password, inner = std::move(inner)] CORO_ASYNC(request & asked) -> coro::future<response> {
          if (asked.method == "GET" || asked.field("authorization") == password)
            co_return co_await inner(asked);
          throw error(401, "say the password");
        };
  };
}

}  // namespace http
