// mutable_buffer and const_buffer. Alone: build/bin/runtime_tests --gtest_filter='buffer*'
#include <coro/buffer.h>
#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using coro::const_buffer;
using coro::mutable_buffer;

namespace {

template <class B, class R>
bool covers(B buffer, const R& range) {
  return static_cast<const void*>(buffer.data()) == std::ranges::data(range) &&
         buffer.size() == std::ranges::size(range);
}

// What may not be read into: constants, temporaries, other types, scattered bytes.
static_assert(!std::is_convertible_v<const std::string&, mutable_buffer>);
static_assert(!std::is_convertible_v<std::string, mutable_buffer>);
static_assert(!std::is_convertible_v<std::string_view, mutable_buffer>);
static_assert(!std::is_convertible_v<const_buffer, mutable_buffer>);
static_assert(!std::is_convertible_v<std::vector<int>&, mutable_buffer>);
static_assert(!std::is_convertible_v<const std::vector<int>&, const_buffer>);
static_assert(!std::is_convertible_v<std::list<char>&, const_buffer>);
static_assert(!std::is_convertible_v<const char*, const_buffer>);
// A span is only a reference, so that it may be a temporary; and what is written only has to live
// until the end of the co_await.
static_assert(std::is_convertible_v<std::span<std::byte>, mutable_buffer>);
static_assert(std::is_convertible_v<std::string, const_buffer>);

}  // namespace

TEST(buffer, to_read_into_is_made_from_bytes_that_may_change) {
  std::string text = "text";
  std::vector<unsigned char> bytes(3);
  std::array<std::byte, 2> array{};
  char raw[5];
  EXPECT_TRUE(covers(mutable_buffer(text), text));
  EXPECT_TRUE(covers(mutable_buffer(bytes), bytes));
  EXPECT_TRUE(covers(mutable_buffer(array), array));
  EXPECT_TRUE(covers(mutable_buffer(raw), raw));
  EXPECT_TRUE(covers(mutable_buffer(std::span(raw, 2)), std::span(raw, 2)));
  EXPECT_TRUE(covers(mutable_buffer(raw, 4), std::span(raw, 4)));
  EXPECT_TRUE(mutable_buffer().empty());
}

TEST(buffer, to_write_from_is_made_from_any_bytes) {
  const std::string text = "text";
  std::vector<std::byte> bytes(3);
  char raw[5] = {};
  EXPECT_TRUE(covers(const_buffer(text), text));
  EXPECT_TRUE(covers(const_buffer(std::string_view(text)), text));
  EXPECT_TRUE(covers(const_buffer(bytes), bytes));
  EXPECT_TRUE(covers(const_buffer(raw), raw));
  EXPECT_TRUE(covers(const_buffer(mutable_buffer(raw)), raw));
  EXPECT_TRUE(const_buffer().empty());
}

TEST(buffer, of_a_string_literal_leaves_out_the_nul) {
  const_buffer buffer("GET");
  ASSERT_EQ(buffer.size(), 3u);
  EXPECT_EQ(std::memcmp(buffer.data(), "GET", 3), 0);
  EXPECT_EQ(const_buffer("a\0b").size(), 3u);
  static const char table[] = {'a', 'b'};
  EXPECT_DEATH(const_buffer{table}, "not a string literal");
}

TEST(buffer, is_cut_at_either_end) {
  std::string text = "0123456789";
  mutable_buffer whole(text);
  EXPECT_EQ(whole.first(4).size(), 4u);
  EXPECT_EQ(whole.first(40).size(), 10u);
  whole.remove_prefix(9);
  EXPECT_EQ(whole.size(), 1u);
  EXPECT_EQ(*whole.data(), std::byte('9'));
  EXPECT_DEATH(whole.remove_prefix(2), "more was removed");

  const_buffer constant(text);
  constant.remove_prefix(8);
  EXPECT_TRUE(covers(constant.first(1), std::string_view(text).substr(8, 1)));
  EXPECT_DEATH(constant.remove_prefix(3), "more was removed");
}
