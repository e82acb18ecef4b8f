// Runs http_fuzz.cpp on inputs made of pieces of HTTP, or writes these for libFuzzer to begin with.
//
//     http_fuzz RUNS
//     http_fuzz RUNS FOLDER
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

const std::string fragments[] = {
    "GET / HTTP/1.1\r\n",
    "GET /sub HTTP/1.1\r\n",
    "GET /sub/a?b HTTP/1.1\r\n",
    "GET /out HTTP/1.1\r\n",
    "GET /up/secret HTTP/1.0\r\n",
    "GET /%2e%2E/secret HTTP/1.1\r\n",
    "HEAD / HTTP/1.1\r\n",
    "HEAD /none HTTP/1.0\r\n",
    "POST / HTTP/1.1\r\n",
    "GET http://h HTTP/1.1\r\n",
    "Host: h\r\n",
    "Host: h\r\n\r\n",
    "Connection: close\r\n",
    "Connection: keep-alive, Upgrade\r\n",
    "Upgrade: websocket\r\n",
    "Expect: 100-continue\r\n",
    "Content-Length: 5\r\n",
    "Content-Length: 0\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding: gzip\r\n",
    "Field: folded\r\n over lines\r\n",
    "\r\n",
    "\r\n",
    "12345",
    "5\r\n12345\r\n",
    "5;a=\"b\"\r\n12345\r\n",
    "0\r\n\r\n",
    "0;a\r\nTrailer: b\r\n\r\n",
    std::string(4000, 'x'),
    "Long: " + std::string(4096, 'x') + "\r\n",
};

std::string make_input(std::mt19937& random) {
  const auto below = [&](std::size_t end) { return random() % end; };
  std::string text;
  for (std::size_t left = 1 + below(5); left > 0; --left) {
    // Mostly a request that is well-formed.
    if (below(4) > 0) text += fragments[below(10)] + fragments[10];
    for (std::size_t more = below(6); more > 0; --more)
      text += fragments[below(std::size(fragments))];
    text += "\r\n";
  }
  if (below(4) == 0) text[below(text.size())] = static_cast<char>(random());
  if (below(4) == 0) text.resize(below(text.size() + 1));
  const std::size_t cuts = below(8);
  std::string input(1, static_cast<char>(cuts << 5 | below(2)));
  for (std::size_t i = 0; i < cuts; ++i) input += static_cast<char>(below(256));
  return input + text;
}

}  // namespace

int main(int count, char** arguments) {
  std::mt19937 random(1);
  const long runs = count > 1 ? std::atol(arguments[1]) : 1000;
  for (long i = 0; i < runs; ++i) {
    const std::string input = make_input(random);
    if (count > 2)
      std::ofstream(arguments[2] + ("/" + std::to_string(i))) << input;
    else
      LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  }
  std::printf("%ld inputs\n", runs);
}
