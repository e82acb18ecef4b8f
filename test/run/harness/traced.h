/// \file
/// Objects that tell the trace about every construction, copy, move, assignment and destruction.
#ifndef CORO_TEST_RUN_HARNESS_TRACED_H
#define CORO_TEST_RUN_HARNESS_TRACED_H

#include "trace.h"

namespace oracle {

/// A copyable, movable object without a default constructor. It is known by a name and a number
/// that no other object of the run has. All but its destruction are traced operations, which may be
/// made to throw.
class traced {
 public:
  traced(const char* name, int value = 0);
  traced(const traced& other);
  traced(traced&& other);
  traced& operator=(const traced& other);
  traced& operator=(traced&& other);
  ~traced();

  /// Adds to the value.
  traced& operator+=(int amount);

  /// Whether the value is not zero.
  explicit operator bool() const;

  const char* name() const { return name_; }

  /// The value, of an object that must be alive.
  int value() const;

  /// Tells that the object is looked at, and returns its value.
  int use() const;

  friend line& operator<<(line& out, const traced& object);

 private:
  int enter(const char* event) const;

  const char* name_;
  int value_;
  bool moved_from_ = false;
  int id_;
};

/// A traced object that can be moved, not copied.
struct move_only : traced {
  using traced::traced;
  move_only(move_only&&) = default;
  move_only& operator=(move_only&&) = default;
};

/// A traced object that can be neither moved nor copied.
struct immovable : traced {
  using traced::traced;
  immovable(immovable&&) = delete;
  immovable& operator=(immovable&&) = delete;
};

/// A traced object that can also be made without arguments, as the elements of an array are.
struct defaulted : traced {
  using traced::traced;
  defaulted() : traced("defaulted") {}
};

/// A traced object that is only made explicitly.
struct explicit_only : traced {
  explicit explicit_only(const char* name, int value = 0) : traced(name, value) {}
};

/// The exception that programs throw themselves. It tells of its life too, and never throws
/// `injected`: an exception whose copying throws ends the program.
class failure {
 public:
  explicit failure(const char* name);
  failure(const failure& other);
  failure& operator=(const failure&) = delete;
  ~failure();

  const char* name() const { return name_; }

 private:
  const char* name_;
  int id_;
};

/// A kind of `failure`.
struct special_failure : failure {
  using failure::failure;
};

/// A traced object whose construction always fails, after its first traced operation.
struct failing : traced {
  explicit failing(const char* name) : traced(name) { throw failure(name); }
};

}  // namespace oracle

#endif
