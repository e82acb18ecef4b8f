// mutable_buffer and const_buffer: the memory that is read into and written from.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/fail.h>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <type_traits>

namespace coro {

namespace detail {

template <class T>
concept byte_like =
    std::same_as<std::remove_cv_t<T>, char> || std::same_as<std::remove_cv_t<T>, unsigned char> ||
    std::same_as<std::remove_cv_t<T>, std::byte>;

/// A vector, string, array, span or string_view of bytes, say.
template <class R>
concept byte_range =
    std::ranges::contiguous_range<R> && std::ranges::sized_range<R> &&
    byte_like<std::remove_reference_t<std::ranges::range_reference_t<R>>> &&
    !std::is_volatile_v<std::remove_reference_t<std::ranges::range_reference_t<R>>>;

/// One whose bytes may be changed, and are still there when the range itself was a temporary.
template <class R>
concept mutable_byte_range =
    byte_range<R> && std::ranges::borrowed_range<R> &&
    !std::is_const_v<std::remove_reference_t<std::ranges::range_reference_t<R>>>;

}  // namespace detail

/// Memory to read into: where it starts, and its size in bytes. Refers to memory that it
/// doesn't own, as std::span does; the size of a container is its size(), not its capacity.
class mutable_buffer {
 public:
  /// Of no bytes.
  constexpr mutable_buffer() noexcept = default;
  /// Of so many bytes from there on.
  mutable_buffer(void* data, std::size_t size) noexcept
      : data_(static_cast<std::byte*>(data)), size_(size) {}
  /// Of the elements of an array, a string, a vector or any other contiguous range of bytes.
  template <detail::mutable_byte_range R>
  mutable_buffer(R&& range) noexcept
      : mutable_buffer(std::ranges::data(range), std::ranges::size(range)) {}

  /// Where it starts.
  std::byte* data() const noexcept { return data_; }
  /// In bytes.
  std::size_t size() const noexcept { return size_; }
  /// Whether it has no byte.
  bool empty() const noexcept { return size_ == 0; }

  /// The first bytes: all when there are no more than count.
  mutable_buffer first(std::size_t count) const noexcept {
    return {data_, count < size_ ? count : size_};
  }
  /// Gives up the first count bytes, of at least as many.
  void remove_prefix(std::size_t count) noexcept {
    detail::check(count <= size_, "more was removed from a buffer than it has");
    data_ += count;
    size_ -= count;
  }

 private:
  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Memory to write from: where it starts, and its size in bytes. Refers to memory that it
/// doesn't own, as std::string_view does. An array of const char is taken for a string literal: the
/// NUL that closes it (which is checked) does not count.
class const_buffer {
 public:
  /// Of no bytes.
  constexpr const_buffer() noexcept = default;
  /// Of so many bytes from there on.
  const_buffer(const void* data, std::size_t size) noexcept
      : data_(static_cast<const std::byte*>(data)), size_(size) {}
  /// The same memory, to be written from.
  const_buffer(mutable_buffer buffer) noexcept : const_buffer(buffer.data(), buffer.size()) {}
  /// Of the elements of an array, a string, a vector or any other contiguous range of bytes.
  template <detail::byte_range R>
  const_buffer(R&& range) noexcept
      : const_buffer(std::ranges::data(range), std::ranges::size(range)) {}
  /// The characters of a string literal. Ends the program when the last one isn't NUL.
  template <std::size_t n>
  const_buffer(const char (&literal)[n]) noexcept : const_buffer(literal, n - 1) {
    detail::check(literal[n - 1] == '\0', "an array of const char is not a string literal");
  }
  /// As any other range.
  template <std::size_t n>
  const_buffer(char (&array)[n]) noexcept : const_buffer(array, n) {}

  /// Where it starts.
  const std::byte* data() const noexcept { return data_; }
  /// In bytes.
  std::size_t size() const noexcept { return size_; }
  /// Whether it has no byte.
  bool empty() const noexcept { return size_ == 0; }

  /// The first bytes: all when there are no more than count.
  const_buffer first(std::size_t count) const noexcept {
    return {data_, count < size_ ? count : size_};
  }
  /// Gives up the first count bytes, of at least as many.
  void remove_prefix(std::size_t count) noexcept {
    detail::check(count <= size_, "more was removed from a buffer than it has");
    data_ += count;
    size_ -= count;
  }

 private:
  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace coro
