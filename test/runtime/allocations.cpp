#include "allocations.h"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CORO_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CORO_SANITIZED 1
#endif
#endif

#ifdef CORO_SANITIZED
// g++ has no header that declares it.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#else
#include <malloc.h>
#endif

namespace {

std::atomic<int> count = 0;
[[maybe_unused]] thread_local int until_failure = -1;

}  // namespace

int testing_support::allocations() noexcept { return count; }

std::size_t testing_support::allocated_bytes() noexcept {
#ifdef CORO_SANITIZED
  return __sanitizer_get_current_allocated_bytes();
#else
  return mallinfo2().uordblks;
#endif
}

#ifdef __clang__
#define CLANG_TSAN __has_feature(thread_sanitizer)
#endif

#if CLANG_TSAN

// Clang's ThreadSanitizer brings operators of its own, which can't be replaced but tell.
extern "C" void __sanitizer_malloc_hook(const volatile void*, std::size_t) { ++count; }

bool testing_support::fail_allocation_after(int) noexcept { return false; }

#else

bool testing_support::fail_allocation_after(int count) noexcept {
  until_failure = count;
  return true;
}

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"  // All are replaced, all are malloc's.
#endif
void* operator new(std::size_t size) {
  ++count;
  if (until_failure >= 0 && until_failure-- == 0) throw std::bad_alloc();
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

#endif
