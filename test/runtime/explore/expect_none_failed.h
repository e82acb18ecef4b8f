// What each test of interleavings says at its end.
#pragma once

#include <gtest/gtest.h>

#include <cstdio>

#include "explore.h"

namespace testing_support {

/// Expects that no interleaving failed; prints and records how many there were.
inline void expect_none_failed(const explore::result& found) {
  EXPECT_EQ(found.failure, "");
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  std::printf("%s: %zu interleavings\n", test->name(), found.interleavings);
  testing::Test::RecordProperty("interleavings", static_cast<int>(found.interleavings));
}

}  // namespace testing_support
