#include "http_message.h"

#include <boost/beast/http/basic_parser.hpp>
#include <cstring>
#include <limits>
#include <optional>

namespace http {

namespace beast = boost::beast;
using beast::error_code;
using beast::string_view;
using beast::http::error;
using beast::http::field;

namespace {

/// Beast's parser, which calls one of the virtual functions for each part of a message.
template <bool is_request>
class message : public beast::http::basic_parser<is_request> {
 public:
  message() {
    this->header_limit(max_head);
    // `incoming` limits the message as a whole. (No limit, boost::none, is taken for a limit of 0.)
    this->body_limit(std::numeric_limits<std::uint64_t>::max());
  }

  request head;
  std::string_view refusal;
  bool expects_continue = false;
  int status = 0;
  std::uint64_t body_size = 0;

 private:
  void on_request_impl(beast::http::verb, string_view method, string_view target, int version,
                       error_code&) override {
    head.method = std::string(method);
    head.target = std::string(target);
    head.is_1_0 = version == 10;
  }
  void on_response_impl(int code, string_view, int, error_code&) override { status = code; }
  void on_field_impl(field name, string_view, string_view value, error_code&) override {
    if (is_head_over_) return;  // The field stands behind a body in chunks.
    if (name == field::host) ++hosts_;
    if (name == field::expect) expects_continue |= beast::iequals(value, "100-continue");
    if (name == field::transfer_encoding) {
      is_coded_ = true;
      is_only_chunked_ &= beast::iequals(value, "chunked");
    }
  }
  void on_header_impl(error_code& error) override {
    is_head_over_ = true;
    if constexpr (is_request) {
      head.keep_alive = this->keep_alive();
      head.has_body = !this->is_done();
      // Beast takes a body in an unknown coding for none, and the body's bytes for the next
      // request.
      if (is_coded_ && !is_only_chunked_) refusal = "501 Not Implemented";
      const auto length = this->content_length();
      if (length && *length > max_request) refusal = "413 Content Too Large";
      const bool names_no_host = hosts_ > 1 || (hosts_ == 0 && !head.is_1_0);
      if (names_no_host || (is_coded_ && head.is_1_0)) refusal = "400 Bad Request";
      if (!refusal.empty()) error = beast::http::error::bad_field;
    }
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(string_view part, error_code&) override {
    body_size += part.size();
    return part.size();
  }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, string_view part, error_code&) override {
    body_size += part.size();
    return part.size();
  }
  void on_finish_impl(error_code&) override {}

  int hosts_ = 0;
  bool is_coded_ = false;
  bool is_only_chunked_ = true;
  bool is_head_over_ = false;
};

}  // namespace

namespace detail {

/// A message, and the bytes of the connection that are not parsed yet.
template <bool is_request>
struct incoming {
  static constexpr std::uint64_t max_size =
      is_request ? max_request : std::numeric_limits<std::uint64_t>::max();

  void parse() {
    if (is_request && !parsed->got_some() && !skip_empty_lines()) return;
    while (size > 0 && !parsed->is_done() && !failure) {
      const bool is_in_head = !parsed->is_header_done();
      const std::size_t count = parsed->put(boost::asio::const_buffer(bytes, size), failure);
      remove(count);
      taken += count;
      if (is_in_head) head_size = taken;
      if (failure == error::need_more) {
        failure = {};
        break;
      }
    }
    limit();
  }

  /// Beast wants to see a head, and the line before a chunk, in one piece.
  void limit() {
    if (failure) return;
    const bool has_head = parsed->is_header_done();
    if (has_head ? head_size > max_head : taken + size >= max_head) failure = error::header_limit;
    if (!parsed->is_done() && size == sizeof bytes) failure = error::header_limit;
    if (taken > max_size) failure = error::body_limit;
  }

  /// A client may send empty lines after a request (RFC 9112, section 2.2). True when there is a
  /// byte behind them.
  bool skip_empty_lines() {
    while (size >= 2 && std::memcmp(bytes, "\r\n", 2) == 0) remove(2);
    return size > 1 || (size == 1 && bytes[0] != '\r');
  }

  void remove(std::size_t count) {
    size -= count;
    std::memmove(bytes, bytes + count, size);
  }

  std::optional<message<is_request>> parsed{std::in_place};
  error_code failure;
  std::uint64_t taken = 0;      // Bytes of the message that are parsed.
  std::uint64_t head_size = 0;  // Those of its head.
  std::size_t size = 0;         // Bytes that are not parsed yet.
  char bytes[max_head];
};

}  // namespace detail

template <bool is_request>
parser<is_request>::parser() : in_(std::make_unique<detail::incoming<is_request>>()) {}

template <bool is_request>
parser<is_request>::~parser() = default;

template <bool is_request>
std::span<char> parser<is_request>::room() {
  return std::span(in_->bytes).subspan(in_->size);
}

template <bool is_request>
void parser<is_request>::add(std::size_t count) {
  in_->size += count;
  in_->parse();
}

template <bool is_request>
bool parser<is_request>::needs_more() const {
  return !in_->failure && !in_->parsed->is_done();
}

template <bool is_request>
bool parser<is_request>::is_complete() const {
  return !in_->failure && in_->parsed->is_done();
}

template class parser<true>;
template class parser<false>;

bool request_parser::has_begun() const { return in_->size > 0 || in_->parsed->got_some(); }

bool request_parser::has_head() const { return in_->parsed->is_header_done(); }

const request& request_parser::head() const { return in_->parsed->head; }

bool request_parser::take_expectation() {
  return has_head() && !head().is_1_0 && std::exchange(in_->parsed->expects_continue, false);
}

std::string_view request_parser::refusal() const {
  if (!in_->failure) return "";
  if (!in_->parsed->refusal.empty()) return in_->parsed->refusal;
  if (in_->failure == error::header_limit) return "431 Request Header Fields Too Large";
  if (in_->failure == error::body_limit) return "413 Content Too Large";
  return "400 Bad Request";
}

void request_parser::next() {
  in_->parsed.emplace();
  in_->taken = in_->head_size = 0;
  in_->parse();
}

void response_parser::end() {
  if (!in_->parsed->is_header_done())
    in_->failure = error::partial_message;
  else if (needs_more())
    in_->parsed->put_eof(in_->failure);
}

int response_parser::status() const { return in_->parsed->status; }

std::uint64_t response_parser::body_size() const { return in_->parsed->body_size; }

}  // namespace http
