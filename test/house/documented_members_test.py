#!/usr/bin/env python3
"""Shows that documented_members.py can fail.

Alone: python3 test/house/documented_members_test.py
"""

import unittest

import documented_members

HEADER = """
#include <utility>

namespace coro {

namespace detail {
struct internal { int field; };
}  // namespace detail

/// A class.
template <class T>
  requires(sizeof(T) > 1)
class [[nodiscard]] box : detail::internal {
 public:
  using output_type = T;
  using detail::internal::field;

  box(box&& other) noexcept : value_(std::move(other.value_)) {}
  ~box() { clear(); }
  box& operator=(const box&) = delete;

  /// The value.
  T& value() & noexcept { return value_; }
  const T& value() const& { return value_; }
  /// A limit.
  static constexpr int limit = int{1} << 4;
  int count = 0;  ///< Of values.
  coro::poll<T> poll(context& cx);

 private:
  void clear() noexcept;
  T value_{};
};

/// Of no value.
template <>
class box<void> {
 public:
  void value() {}
};

/// Makes one.
template <class T>
box<T> make_box(T&& value = {}) {
  struct local { int field; };
  return box<T>(value);
}

template <class T>
T& box<T>::value() & { return value_; }

}  // namespace coro
"""


class DocumentedMembers(unittest.TestCase):
    def missing(self, text):
        return [f"{scope}::{name}" for _, scope, name in documented_members.Header(text).undocumented()]

    def without(self, comment):
        self.assertEqual(HEADER.count(comment), 1)
        return self.missing(HEADER.replace(comment, ""))

    def test_what_is_documented_passes(self):
        self.assertEqual(self.missing(HEADER), [])

    def test_functions_need_a_comment(self):
        self.assertEqual(self.without("/// The value."), ["coro::box::value", "coro::box::value"])
        self.assertEqual(self.without("/// Makes one."), ["coro::make_box"])

    def test_data_needs_a_comment(self):
        self.assertEqual(self.without("///< Of values."), ["coro::box::count"])
        self.assertEqual(self.without("/// A limit."), ["coro::box::limit"])

    def test_classes_need_a_comment(self):
        self.assertEqual(self.without("/// A class."), ["coro::box"])

    def test_other_comments_do_not_count(self):
        self.assertEqual(self.missing(HEADER.replace("/// Makes one.", "// Makes one.")), ["coro::make_box"])

    def test_constructors_types_and_operators_need_a_comment(self):
        added = " public:\n  explicit box(int count);\n  using size = int;\n  bool operator()(int) const;\n"
        found = self.missing(HEADER.replace(" private:\n", added + " private:\n"))
        self.assertEqual(found, ["coro::box::box", "coro::box::size", "coro::box::operatorcall"])

    def test_the_place_is_told(self):
        line, _, _ = documented_members.Header(HEADER.replace("/// Makes one.", "")).undocumented()[0]
        self.assertEqual(HEADER.split("\n")[line - 1], "template <class T>")


if __name__ == "__main__":
    unittest.main()
