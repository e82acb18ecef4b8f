// Runs the future of examples/book_and_music.cpp as often as its argument says.
// See bench/instructions.

#pragma GCC diagnostic ignored "-Wreturn-type"
#define main book_and_music_main
#include COSTS_OF
#undef main

#include <cstdlib>

int main(int, char **argv) {
  const long runs = std::atol(argv[1]);
  const char *last = "none";
  for (long i = 0; i < runs; ++i)
    last = std::get<Music>(coro::block_on(get_book_and_music())).title;
  std::puts(last);
}
