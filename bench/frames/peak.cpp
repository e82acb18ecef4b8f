// What the shapes allocate natively: the peak of bytes that are alive while
// each is run.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <new>

#include "shapes.cpp"

namespace {
std::size_t alive = 0, peak = 0;
} // namespace

void *operator new(std::size_t size) {
  void *block = std::malloc(size);
  if (!block)
    throw std::bad_alloc();
  peak = std::max(peak, alive += size);
  return block;
}
void operator delete(void *block) noexcept { std::free(block); }
void operator delete(void *block, std::size_t size) noexcept {
  alive -= size;
  std::free(block);
}

void opaque(const void *) {}

template <class Make> void measure(const char *name, Make make) {
  alive = peak = 0;
  coro::block_on(make());
  std::printf("%s %zu\n", name, peak);
}

int main() {
  measure("s01", [] { return s01(); });
  measure("s02", [] { return s02(block<1024>{}); });
  measure("s03", [] { return s03(block<1024>{}); });
  measure("s04", [] { return s04(1); });
  measure("s07", [] { return s07(); });
  measure("s07_named", [] { return s07_named(); });
  measure("s08", [] { return s08(); });
  measure("s09", [] { return s09(); });
  measure("s12", [] { return s12(1); });
  measure("s12b", [] { return s12b(1); });
  measure("s13", [] { return s13(block<256>{}); });
  measure("s14", [] { return s14(); });
  measure("strings", [] { return strings("text"); });
  measure("mixed", [] { return mixed(); });
  measure("chain_8", [] { return chain_8(1); });
}
