// How often operator new was called, by the whole test binary.
#pragma once

namespace testing_support {

/// Calls of operator new so far, in all threads.
int allocations() noexcept;

}  // namespace testing_support
