// Requests and responses of HTTP/1.0 and 1.1, out of the bytes of a connection. Boost.Beast's
// parser does the work; only http_message.cpp includes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace http {

/// Bytes that the head of a message (the first line and the fields) may have, and a whole request.
constexpr std::size_t max_head = 8192;
constexpr std::uint64_t max_request = max_head + (1 << 20);

namespace detail {
template <bool is_request>
struct incoming;
}

/// What both kinds of parsers have. A parser keeps the bytes that it has not parsed yet:
///
///     while (parser.needs_more()) {
///       const std::size_t count = co_await stream.read_some(parser.room());
///       if (count == 0) break;
///       parser.add(count);
///     }
template <bool is_request>
class parser {
 public:
  parser();
  parser(const parser&) = delete;
  ~parser();

  /// Where the next bytes are to be put. Not empty while more are needed.
  std::span<char> room();
  /// So many bytes have been put into the room.
  void add(std::size_t count);
  /// True until the message is complete, or can't become so.
  bool needs_more() const;
  bool is_complete() const;

 protected:
  std::unique_ptr<detail::incoming<is_request>> in_;
};

/// A request without its body, which is read and forgotten.
struct request {
  std::string method;
  std::string target;
  bool is_1_0 = false;
  bool keep_alive = false;
  bool has_body = false;
};

/// Takes one request after the other out of the bytes of a connection.
class request_parser : public parser<true> {
 public:
  /// True when at least a byte of the request is there.
  bool has_begun() const;
  /// True when all but the body is there: then it is in head().
  bool has_head() const;
  const request& head() const;
  /// True, once, when the client waits for "100 Continue" before it sends the body.
  bool take_expectation();
  /// Why the bytes can't be answered as a request, as a status ("400 Bad Request"), or "".
  std::string_view refusal() const;
  /// Begins with the next request, bytes of which may have come with the one that is complete.
  void next();
};

/// Takes one response.
class response_parser : public parser<false> {
 public:
  /// The connection has ended, which may be the end of the body.
  void end();
  int status() const;
  std::uint64_t body_size() const;
};

}  // namespace http
