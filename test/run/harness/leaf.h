/// \file
/// Leaf futures: they stay pending as often as they are told, waking their task each time, and then
/// give their output. Making and polling one are traced operations. So is its destruction told, but
/// not that of a moved-from one: moving a leaf that was not polled is not an event, as moving a
/// future is not.
#ifndef CORO_TEST_RUN_HARNESS_LEAF_H
#define CORO_TEST_RUN_HARNESS_LEAF_H

#include <coro/coro.h>

#include <type_traits>
#include <utility>

#include "trace.h"
#include "traced.h"

namespace oracle {

/// What all leaves share: the name, and the count of polls that are still to find it pending.
/// After it was ready it can be polled again, and is then pending as often as the first time.
class countdown {
 public:
  countdown(const char* name, int pendings);
  countdown(countdown&& other) noexcept;
  countdown& operator=(countdown&&) = delete;
  ~countdown();

  const char* name() const { return name_; }

 protected:
  /// A traced operation: counts one poll, wakes the task and returns true if that poll finds it
  /// pending.
  bool still_pending(coro::context& cx);

 private:
  const char* name_;
  int pendings_;
  int left_;
  int id_;
};

/// Gives `value`, a number or another plain value.
template <class T>
class leaf : public countdown {
 public:
  using output_type = T;

  leaf(const char* name, int pendings, T value) : countdown(name, pendings), value_(value) {}

  coro::poll<T> poll(coro::context& cx) {
    if (still_pending(cx)) return coro::pending;
    return coro::ready(value_);
  }

 private:
  T value_;
};

/// Gives nothing.
class void_leaf : public countdown {
 public:
  using output_type = void;
  using countdown::countdown;

  coro::poll<void> poll(coro::context& cx) {
    if (still_pending(cx)) return coro::pending;
    return coro::ready();
  }
};

/// Gives a traced object (or one made as a traced object is), called as the leaf is.
template <class T>
class making_leaf : public countdown {
 public:
  using output_type = T;

  making_leaf(const char* name, int pendings, int value = 0)
      : countdown(name, pendings), value_(value) {}

  coro::poll<T> poll(coro::context& cx) {
    if (still_pending(cx)) return coro::pending;
    return coro::poll<T>(std::in_place, name(), value_);
  }

 private:
  int value_;
};

using traced_leaf = making_leaf<traced>;
using move_only_leaf = making_leaf<move_only>;

/// Gives a reference, `T&` or `T&&`, to `object`.
template <class T>
class reference_leaf : public countdown {
 public:
  using output_type = T;

  reference_leaf(const char* name, int pendings, std::remove_reference_t<T>& object)
      : countdown(name, pendings), object_(object) {}

  coro::poll<T> poll(coro::context& cx) {
    if (still_pending(cx)) return coro::pending;
    return coro::ready<T>(static_cast<T>(object_));
  }

 private:
  std::remove_reference_t<T>& object_;
};

/// Throws an `Exception`, called as the leaf is, where others give their output.
template <class Exception = failure>
class throwing_leaf : public countdown {
 public:
  using output_type = int;
  using countdown::countdown;

  coro::poll<int> poll(coro::context& cx) {
    if (still_pending(cx)) return coro::pending;
    throw Exception(name());
  }
};

throwing_leaf(const char*, int) -> throwing_leaf<failure>;

/// A void leaf that can only be awaited where it was made.
class pinned_leaf : public void_leaf {
 public:
  using void_leaf::void_leaf;
  pinned_leaf(pinned_leaf&&) = delete;
};

/// A void leaf whose moves are traced too: each is the move of a traced object that it contains.
class loud_leaf : public void_leaf {
 public:
  loud_leaf(const char* name, int pendings) : void_leaf(name, pendings), self_(name) {}

 private:
  traced self_;
};

/// A place where a `stored_waker_leaf` leaves its waker, for the program to wake it from.
class wake_slot {
 public:
  wake_slot();
  ~wake_slot();

  /// A traced operation: wakes the task whose waker was left last, if any was.
  void wake();

  /// Takes a copy of `waker`.
  void store(const coro::waker& waker);

 private:
  coro::waker waker_;
};

/// A void leaf that leaves a copy of its waker in a `wake_slot` each time it is found pending,
/// besides waking the task itself as every leaf does.
class stored_waker_leaf : public countdown {
 public:
  using output_type = void;

  stored_waker_leaf(const char* name, int pendings, wake_slot& slot)
      : countdown(name, pendings), slot_(slot) {}

  coro::poll<void> poll(coro::context& cx) {
    if (!still_pending(cx)) return coro::ready();
    slot_.store(cx.waker());
    return coro::pending;
  }

 private:
  wake_slot& slot_;
};

}  // namespace oracle

#endif
