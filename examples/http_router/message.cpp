#include "message.h"

#include <charconv>

namespace http {

namespace {

std::string to_string(std::string first, const message& rest) {
  first += "\r\n";
  for (const auto& [name, value] : rest.head) first += name + ": " + value + "\r\n";
  if (rest.field("transfer-encoding").empty())
    first += "Content-Length: " + std::to_string(rest.body.size()) + "\r\n\r\n" + rest.body;
  return first;
}

/// The part in front of the separator, which is taken off, or all.
std::string_view take(std::string_view& from, std::string_view separator) {
  const std::size_t end = from.find(separator);
  const std::string_view taken = from.substr(0, end);
  from.remove_prefix(end == std::string_view::npos ? from.size() : end + separator.size());
  return taken;
}

}  // namespace

const std::string& request::parameter(std::string_view name) const {
  const auto found = parameters.find(name);
  if (found == parameters.end()) throw error(400, "missing " + std::string(name));
  return found->second;
}

response text(std::string body, int status) {
  response made;
  made.status = status;
  made.head["Content-Type"] = "text/plain";
  made.body = std::move(body);
  return made;
}

std::string_view reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 204: return "No Content";
    case 303: return "See Other";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 503: return "Service Unavailable";
    default: return "Unknown";
  }
}

std::string to_string(const request& asked) {
  return to_string(asked.method + " " + asked.target + " HTTP/1.1", asked);
}

std::string to_string(const response& answer) {
  return to_string(
      "HTTP/1.1 " + std::to_string(answer.status) + " " + std::string(reason(answer.status)),
      answer);
}

request parse_request_line(std::string_view line) {
  request parsed;
  parsed.method = take(line, " ");
  parsed.target = take(line, " ");
  if (line != "HTTP/1.1" || !parsed.target.starts_with('/')) throw error(400, "no HTTP/1.1");
  return parsed;
}

response parse_status_line(std::string_view line) {
  response parsed;
  if (take(line, " ") != "HTTP/1.1") throw error(400, "no HTTP/1.1");
  parsed.status = static_cast<int>(parse_number(take(line, " ")));
  return parsed;
}

void parse_field(std::string_view line, fields& into) {
  const std::string_view name = take(line, ":");
  while (line.starts_with(' ')) line.remove_prefix(1);
  if (name.empty()) throw error(400, "a field without a name");
  into.insert_or_assign(std::string(name), std::string(line));
}

std::size_t parse_number(std::string_view digits, int base) {
  std::size_t number = 0;
  const auto [end, problem] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
  if (problem != std::errc() || end != digits.data() + digits.size())
    throw error(400, "not a number: " + std::string(digits));
  return number;
}

}  // namespace http
