// pollable: the concept of a future.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/context.h>
#include <coro/poll.h>

#include <concepts>
#include <type_traits>

namespace coro {

/// Something that comes to a value by being polled: never before its first poll, and never again
/// after a poll that was ready. A poll that returns pending has seen to it that the context's waker
/// is woken when polling again is worth while.
template <class P>
concept pollable = requires(P& future, context& cx) {
  typename P::output_type;
  { future.poll(cx) } -> std::same_as<poll<typename P::output_type>>;
};

/// The output of a pollable, or of a reference to one.
template <class P>
using output_of = typename std::remove_cvref_t<P>::output_type;

}  // namespace coro
