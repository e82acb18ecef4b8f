// Runs the future of examples/book_and_music.cpp as often as its argument says,
// and once before that. callgrind counts the instructions of run_once:
//
//     valgrind --tool=callgrind --toggle-collect=run_once bench_loop_lowered
//     1000

#pragma GCC diagnostic ignored "-Wreturn-type"
#define main book_and_music_main
#include COSTS_OF
#undef main

#include <cstdlib>

static const char *run() {
  return std::get<Music>(coro::block_on(get_book_and_music())).title;
}

extern "C" [[gnu::noinline]] const char *run_once() { return run(); }

int main(int, char **argv) {
  const char *last = run();
  for (long left = std::atol(argv[1]); left > 0; --left)
    last = run_once();
  std::puts(last);
}
