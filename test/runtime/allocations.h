// How often operator new was called, and what is allocated, by the whole test binary.
#pragma once

#include <cstddef>

namespace testing_support {

/// Calls of operator new so far, in all threads.
int allocations() noexcept;

/// From now on the calling thread's next `count` allocations succeed and the one after them fails.
/// A negative count: none does. False where it can't be had.
bool fail_allocation_after(int count) noexcept;

/// Bytes that are allocated at the moment, by operator new and malloc.
std::size_t allocated_bytes() noexcept;

}  // namespace testing_support
