// An expected<T, E> for tests: std::expected is not part of C++20.
#pragma once

#include <optional>
#include <utility>

namespace testing_support {

template <class E>
struct unexpected {
  explicit unexpected(E error) : error(std::move(error)) {}
  E error;
};

template <class T, class E>
class expected {
 public:
  using unexpected_type = unexpected<E>;

  expected(T value) : value_(std::move(value)) {}
  expected(unexpected_type error) : error_(std::move(error.error)) {}

  bool has_value() const { return value_.has_value(); }
  T& operator*() & { return *value_; }
  T&& operator*() && { return *std::move(value_); }
  E& error() & { return *error_; }
  E&& error() && { return *std::move(error_); }

 private:
  std::optional<T> value_;
  std::optional<E> error_;
};

template <class E>
class expected<void, E> {
 public:
  using unexpected_type = unexpected<E>;

  expected() = default;
  expected(unexpected_type error) : error_(std::move(error.error)) {}

  bool has_value() const { return !error_; }
  E& error() & { return *error_; }
  E&& error() && { return *std::move(error_); }

 private:
  std::optional<E> error_;
};

}  // namespace testing_support
