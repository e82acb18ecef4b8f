// What the futures of book_and_music.cpp cost: their bytes, and the allocations of one run. Built
// twice, once around the source (costs_native) and once around its expansion (costs_lowered).

// A renamed main needs a return statement; a replaced operator new is no mismatch.
#pragma GCC diagnostic ignored "-Wreturn-type"
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif
#define main book_and_music_main
#include COSTS_OF
#undef main

#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::size_t allocations = 0;
std::size_t bytes = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  bytes += size;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

int main() {
  const std::size_t allocations_before = allocations;
  const std::size_t bytes_before = bytes;
  coro::block_on(get_book_and_music());
  std::printf("sizeof the future of get_book_and_music(): %zu\n", sizeof(get_book_and_music()));
  std::printf("allocations of one run: %zu, bytes: %zu\n", allocations - allocations_before,
              bytes - bytes_before);
#ifdef COSTS_LOWERED
  static_assert(sizeof(get_book_future) == 1 && sizeof(get_music_future) == 1);
  static_assert(sizeof(get_book_and_music_future) <= 48);
#endif
}
