// Death tests start the program anew, instead of forking it: tests before them in the same process
// have left threads behind, a forked process has these no more, and ThreadSanitizer lets it start
// none.
#include <gtest/gtest.h>

namespace {

struct start_anew : testing::Environment {
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

const testing::Environment* const start_anew_for_all =
    testing::AddGlobalTestEnvironment(new start_anew);

TEST(death_tests, start_the_program_anew) {
  EXPECT_EQ(GTEST_FLAG_GET(death_test_style), "threadsafe");
}

}  // namespace
