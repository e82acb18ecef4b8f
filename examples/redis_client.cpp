// A client of Redis: reads lines of commands from standard input and prints the replies. Commands
// of one line, separated by ';', are sent together (pipelined). When the server goes away it is
// connected to again, for as long as that takes; the commands that were lost are said to be. The
// end of the input or Ctrl-C ends it.
//
//     redis_client [PORT]
#include <coro/join_all.h>
#include <coro/mutex.h>
#include <coro/net.h>
#include <coro/oneshot.h>
#include <coro/select.h>

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

using namespace std::chrono_literals;

// A value of the protocol, RESP.
struct reply {
  char type = '$';  // + text, - error, : number, $ string, * array
  bool is_null = false;
  std::string text;
  std::vector<reply> elements;
};

std::string encode(const std::vector<std::string>& command) {
  std::string bytes = "*" + std::to_string(command.size()) + "\r\n";
  for (const std::string& each : command)
    bytes += "$" + std::to_string(each.size()) + "\r\n" + each + "\r\n";
  return bytes;
}

// The bytes of a connection that were read and not yet used.
struct reader {
  coro::tcp_stream& stream;
  std::string bytes = {};

  std::string take(std::size_t size) {
    std::string taken = bytes.substr(0, size);
    bytes.erase(0, size);
    return taken;
  }
};

CORO_ASYNC coro::future<void> read_more(reader& from) {
  char buffer[4096];
  const std::size_t size = co_await from.stream.read_some(buffer);
  if (size == 0) throw std::system_error(coro::stream_errc::end_of_stream, "redis");
  from.bytes.append(buffer, size);
}

CORO_ASYNC coro::future<std::string> read_line(reader& from) {
  std::size_t end;
  while ((end = from.bytes.find("\r\n")) == from.bytes.npos) co_await read_more(from);
  std::string line = from.take(end + 2);
  line.resize(end);
  co_return line;
}

CORO_ASYNC coro::future<reply> read_reply(reader& from);

CORO_ASYNC coro::future<reply> read_reply(reader& from) {
  const std::string head = co_await read_line(from);
  reply read{.type = head.empty() ? '-' : head[0],
             .text = head.empty() ? "" : head.substr(1),
             .elements = {}};
  if (read.type != '$' && read.type != '*') co_return read;
  const long size = std::stol(read.text);
  read.text.clear();
  read.is_null = size < 0;
  if (read.type == '$' && size >= 0) {
    const auto length = static_cast<std::size_t>(size);
    while (from.bytes.size() < length + 2) co_await read_more(from);
    read.text = from.take(length + 2);
    read.text.resize(length);
  }
  for (long i = 0; read.type == '*' && i < size; ++i)
    read.elements.push_back(co_await read_reply(from));
  co_return read;
}

// Replies come in the order of the commands: each command leaves a oneshot in a queue, and one task
// reads replies and hands them out.
struct connection {
  coro::tcp_stream stream;
  coro::mutex writing = {};
  std::deque<coro::oneshot_sender<reply>> waiting = {};
  bool is_broken = false;
};

CORO_ASYNC coro::future<reply> run_command(connection& server, std::vector<std::string> words) {
  auto [sender, receiver] = coro::oneshot<reply>();
  {
    auto turn = co_await server.writing.lock();
    server.waiting.push_back(std::move(sender));
    const std::string bytes = encode(words);
    co_await server.stream.write_all(bytes);
  }
  co_return co_await receiver;
}

// Until the connection ends. The commands that wait then get an exception.
CORO_ASYNC coro::future<void> hand_out_replies(connection& server) {
  reader from{server.stream};
  try {
    for (;;) {
      reply next = co_await read_reply(from);
      if (server.waiting.empty()) break;
      server.waiting.front().send(std::move(next));
      server.waiting.pop_front();
    }
  } catch (const std::exception&) {
    // The connection broke, or what came is no reply. Those who wait are told below.
  }
  server.is_broken = true;
  server.waiting.clear();
}

CORO_ASYNC coro::future<coro::tcp_stream> connect_patiently(coro::endpoint server) {
  for (;;) {
    std::error_code error;
    auto stream = co_await coro::tcp_stream::connect(server, error);
    if (!error) co_return stream;
    co_await coro::sleep_for(50ms);
  }
}

void print(const reply& shown, int depth = 0) {
  std::printf("%*s", 2 * depth, "");
  if (shown.is_null)
    std::printf("(nil)\n");
  else if (shown.type == '*')
    std::printf("%zu elements\n", shown.elements.size());
  else
    std::printf("%s%s\n", shown.type == '-' ? "error: " : "", shown.text.c_str());
  for (const reply& each : shown.elements) print(each, depth + 1);
}

std::vector<std::vector<std::string>> commands_of(const std::string& line) {
  std::vector<std::vector<std::string>> all;
  std::istringstream commands(line);
  for (std::string command; std::getline(commands, command, ';');) {
    std::istringstream words(command);
    std::vector<std::string> parts{std::istream_iterator<std::string>(words), {}};
    if (!parts.empty()) all.push_back(std::move(parts));
  }
  return all;
}

CORO_ASYNC coro::future<void> run_line(connection& server, std::string line) {
  std::vector<coro::future<reply>> sent;
  for (auto& each : commands_of(line)) sent.push_back(run_command(server, std::move(each)));
  for (const reply& each : co_await coro::join_all(std::move(sent))) print(each);
}

CORO_ASYNC coro::future<std::optional<std::string>> next_line(coro::pipe_reader& input,
                                                              std::string& bytes) {
  char buffer[1024];
  std::size_t end;
  while ((end = bytes.find('\n')) == bytes.npos) {
    const std::size_t size = co_await input.read_some(buffer);
    if (size == 0) co_return std::nullopt;
    bytes.append(buffer, size);
  }
  std::string line = bytes.substr(0, end);
  bytes.erase(0, end + 1);
  co_return line;
}

CORO_ASYNC coro::future<void> run(coro::endpoint server) {
  auto input = coro::standard_input();
  std::string bytes;
  std::unique_ptr<connection> current;
  coro::task_group replies;
  while (std::optional<std::string> line = co_await next_line(input, bytes)) {
    if (!current || current->is_broken) {
      replies.cancel();
      co_await replies.join();
      auto stream = co_await connect_patiently(server);
      current.reset(new connection{std::move(stream)});
      replies.spawn(hand_out_replies(*current));
    }
    try {
      co_await run_line(*current, *line);
    } catch (const std::exception& thrown) {
      std::printf("lost: %s\n", thrown.what());
    }
    std::fflush(stdout);
  }
}

// Ctrl-C ends it, whatever it waits for.
CORO_ASYNC coro::future<void> run_until_stopped(coro::endpoint server) {
  coro::signal_set stop{SIGINT, SIGTERM};
  co_await coro::select(stop.next(), run(server));
}

int main(int count, char** arguments) {
  const int port = count > 1 ? std::atoi(arguments[1]) : 6379;
  try {
    coro::block_on(run_until_stopped(coro::endpoint::loopback(static_cast<std::uint16_t>(port))));
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "redis_client: %s\n", thrown.what());
    return 1;
  }
}
