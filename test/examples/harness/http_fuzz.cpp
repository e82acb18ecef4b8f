// What http_server does with the bytes of a client, by its own functions in one process, in virtual
// time: for libFuzzer (scripts/fuzz-http), and for http_fuzz_main.cpp.
//
// The same bytes, sent whole and in pieces, have to get the same well-formed answers, and never the
// text of a file outside the folder.

// A renamed main needs a return statement.
#pragma GCC diagnostic ignored "-Wreturn-type"
#define main http_server_main
#include HTTP_SERVER_SOURCE
#undef main

#include <coro/join.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <vector>

namespace {

constexpr std::string_view secret = "the secret";

void check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "http_fuzz: %s\n", what);
  std::abort();
}

// A folder with an index, and links out of it.
class test_folder {
 public:
  test_folder() {
    char name[] = "/tmp/http_fuzz.XXXXXX";
    check(mkdtemp(name), "no folder could be made");
    path_ = name;
    std::filesystem::create_directories(path_ / "www/sub");
    std::ofstream(path_ / "www/index.html") << std::string(10'000, 'i');
    std::ofstream(path_ / "www/sub/a") << "a";
    std::ofstream(path_ / "secret") << secret;
    std::filesystem::create_symlink("../secret", path_ / "www/out");
    std::filesystem::create_directory_symlink("..", path_ / "www/up");
  }
  ~test_folder() { std::filesystem::remove_all(path_); }

  std::string served() const { return path_ / "www"; }

 private:
  std::filesystem::path path_;
};

const served_folder& folder() {
  static const test_folder made;
  static const served_folder served(made.served());
  return served;
}

// The end of the connection that the server has.
coro::future<void> serve_end(coro::unix_stream client) {
  try {
    co_await converse(client, folder(), {});
    client.shutdown(coro::shutdown_kind::write);
    co_await coro::timeout(wait_for_end(client), limits().patience);
  } catch (const std::system_error&) {
  }
}

// Time only passes when the server has done what it can do with the bytes so far.
coro::future<void> send_pieces(coro::unix_stream& server, std::vector<std::string_view> pieces,
                               bool closes) {
  std::error_code error;
  for (std::string_view piece : pieces) {
    co_await server.write_all(piece, error);
    co_await coro::sleep_for(std::chrono::milliseconds(1));
  }
  if (closes && !error) server.shutdown(coro::shutdown_kind::write);
}

coro::future<std::string> receive_all(coro::unix_stream& server) {
  std::string all;
  char buffer[4096];
  std::error_code error;
  while (const std::size_t size = co_await server.read_some(buffer, error))
    all.append(buffer, size);
  co_return all;
}

coro::future<std::string> talk(std::vector<std::string_view> pieces, bool closes) {
  auto [server, client] = coro::unix_stream::pair();
  coro::task_group group;
  group.spawn(serve_end(std::move(client)));
  auto [nothing, answers] =
      co_await coro::join(send_pieces(server, std::move(pieces), closes), receive_all(server));
  server.close();
  co_await group.join();
  co_return answers;
}

// Takes an answer from the front. What follows a HEAD's answer is the next one.
std::string_view take_answer(std::string_view& answers) {
  constexpr std::string_view start = "HTTP/1.1 ", length = "Content-Length: ";
  const std::size_t head = answers.find("\r\n\r\n");
  check(answers.starts_with(start) && head != answers.npos, "an answer has no head");
  std::size_t size = head + 4;
  const std::size_t field = answers.substr(0, head).find(length);
  if (field != answers.npos && answers.size() > size && !answers.substr(size).starts_with(start))
    size += std::strtoul(answers.data() + field + length.size(), nullptr, 10);
  check(size <= answers.size(), "an answer has no end");
  const std::string_view answer = answers.substr(0, size);
  answers.remove_prefix(size);
  return answer;
}

// The answers that don't depend on how the bytes came: not whether the server waited for a body,
// nor when it saw that it can't go on.
std::vector<std::string_view> comparable(std::string_view answers) {
  std::vector<std::string_view> all;
  bool is_last = false;
  while (!answers.empty()) {
    check(!is_last, "there is an answer behind the last one");
    const std::string_view answer = take_answer(answers);
    if (answer.starts_with("HTTP/1.1 100")) continue;
    is_last = answer.find("\r\nConnection: close\r\n") != answer.npos;
    const bool refuses = answer[9] != '2' && answer[9] != '3';
    if (!is_last || !refuses) all.push_back(answer);
  }
  return all;
}

}  // namespace

// The first byte says whether the client closes and into how many pieces the text is cut; so many
// bytes behind it say how long each piece is, the last being what is left.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::size_t cuts = size > 0 ? data[0] >> 5 : 0;
  if (size < 1 + cuts) return 0;
  const bool closes = data[0] & 1;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1 + cuts, size - 1 - cuts);
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= cuts; ++i) {
    const std::size_t length = std::min<std::size_t>(data[i], text.size() - begin);
    pieces.push_back(text.substr(begin, length));
    begin += length;
  }
  pieces.push_back(text.substr(begin));

  coro::manual_clock clock;
  const std::string whole = coro::block_on({.clock = &clock}, talk({text}, closes));
  const std::string cut = coro::block_on({.clock = &clock}, talk(std::move(pieces), closes));
  if (comparable(whole) != comparable(cut)) {
    std::fprintf(stderr, "whole:\n%s\n-----\nin pieces:\n%s\n-----\n", whole.c_str(), cut.c_str());
    check(false, "the answers depend on how the bytes came");
  }
  check(whole.find(secret) == whole.npos, "a file outside the folder was served");
  return 0;
}
