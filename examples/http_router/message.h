// Requests and responses as values, and as text.
#pragma once

#include <algorithm>
#include <cctype>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace http {

/// Of fields, which have no upper and lower case.
struct without_case {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const {
    return std::lexicographical_compare(
        a.begin(), a.end(), b.begin(), b.end(),
        [](unsigned char x, unsigned char y) { return std::tolower(x) < std::tolower(y); });
  }
};

using fields = std::map<std::string, std::string, without_case>;

/// What a request and a response have.
struct message {
  fields head;
  std::string body;

  std::string_view field(std::string_view name) const {
    const auto found = head.find(name);
    return found == head.end() ? std::string_view() : found->second;
  }
  bool keeps_alive() const { return field("connection") != "close"; }
};

struct request : message {
  std::string method;
  std::string target;
  /// What the router found in the target: "id" of "/notes/:id".
  std::map<std::string, std::string, std::less<>> parameters;

  const std::string& parameter(std::string_view name) const;
};

struct response : message {
  int status = 200;
};

/// An answer other than that what was asked for.
struct error : std::runtime_error {
  int status;
  error(int status, const std::string& why) : std::runtime_error(why), status(status) {}
};

response text(std::string body, int status = 200);
std::string_view reason(int status);

std::string to_string(const request& asked);
std::string to_string(const response& answer);

/// Of the first line of a message.
request parse_request_line(std::string_view line);
response parse_status_line(std::string_view line);
void parse_field(std::string_view line, fields& into);
std::size_t parse_number(std::string_view digits, int base = 10);

}  // namespace http
