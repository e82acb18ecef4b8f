/// \file
/// The trace: what a program of test/run did, one line on standard output for each event.
/// Nothing here is thread-safe: these programs have one thread.
#ifndef CORO_TEST_RUN_HARNESS_TRACE_H
#define CORO_TEST_RUN_HARNESS_TRACE_H

#include <type_traits>
#include <utility>

namespace oracle {

/// One line of the trace, built piece by piece and printed when it goes out of scope.
class line {
 public:
  line() = default;
  line(const line&) = delete;
  line& operator=(const line&) = delete;
  ~line();

  line& operator<<(const char* text);
  line& operator<<(char character);
  line& operator<<(bool value);
  line& operator<<(long long value);

  template <class Integer>
    requires std::is_integral_v<Integer>
  line& operator<<(Integer value) {
    return *this << static_cast<long long>(value);
  }

 private:
  static constexpr unsigned capacity = 240;
  char text_[capacity + 1] = {};
  unsigned length_ = 0;
};

/// Reports that the program broke a rule that no program may break (a leak, an object destroyed
/// twice). The program then exits with status 1.
void error(const char* message, const char* subject = "", int id = 0);

/// What a traced operation throws when the harness picked it to fail.
struct injected {
  int operation;
};

/// Counts one traced operation, and throws `injected` if the harness picked this one to fail.
/// `what` and `subject` are printed with it then.
void count_operation(const char* what, const char* subject);

/// A traced operation called `name`.
inline void op(const char* name) {
  line() << "op " << name;
  count_operation("op", name);
}

/// A traced operation called `name`, which returns `value`.
template <class T>
T op(const char* name, T value) {
  line() << "op " << name << ": " << value;
  count_operation("op", name);
  return value;
}

/// Every object that the harness watches, under a number of its own: who is alive, and where.
namespace registry {

/// Registers the object at `address` and returns its number, counted from 1 in every run.
int enter(const void* address, const char* name);

/// Object number `id`, which must be alive and stand at `address`, is destroyed.
void leave(const void* address, const char* name, int id);

/// Object number `id` of `from` now stands at `to`.
void relocate(const void* from, const void* to, const char* name, int id);

/// Reports an error unless object number `id` is alive and stands at `address`.
void expect_alive(const void* address, const char* name, int id);

}  // namespace registry

}  // namespace oracle

#endif
