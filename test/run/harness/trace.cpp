#include "trace.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

#include "trace_internal.h"

namespace oracle {

namespace {

constexpr int most_objects = 20'000;
constexpr int most_operations = 20'000;

/// What has happened so far in the current run.
struct run_state {
  const void* alive[most_objects + 1];
  int objects;
  int live_objects;
  int operations;
  int picked;
  bool fired;
};

run_state current;
bool any_error = false;

void print_line(const char* text) {
  std::puts(text);
  std::fflush(stdout);
}

void (*take_line)(const char* text) = print_line;

/// A program that never comes to an end was not lowered right: it is stopped.
[[noreturn]] void stop_runaway(const char* what) {
  line{} << "ERROR: too many " << what;
  std::fflush(stdout);
  std::_Exit(1);
}

bool stands_at(const void* address, int id) {
  return id >= 1 && id <= current.objects && current.alive[id] == address;
}

}  // namespace

line::~line() { take_line(text_); }

line& line::operator<<(const char* text) {
  unsigned size = std::min<std::size_t>(std::strlen(text), capacity - length_);
  std::memcpy(text_ + length_, text, size);
  length_ += size;
  return *this;
}

line& line::operator<<(char character) {
  const char text[] = {character, '\0'};
  return *this << text;
}

line& line::operator<<(bool value) { return *this << (value ? "true" : "false"); }

line& line::operator<<(long long value) {
  char text[24];
  std::snprintf(text, sizeof text, "%lld", value);
  return *this << text;
}

void error(const char* message, const char* subject, int id) {
  any_error = true;
  line() << "ERROR: " << message << ' ' << subject << '#' << id;
}

void count_operation(const char* what, const char* subject) {
  if (++current.operations > most_operations) stop_runaway("operations");
  if (current.operations != current.picked) return;
  current.fired = true;
  line() << "  throws: " << what << ' ' << subject;
  throw injected{current.operations};
}

int registry::enter(const void* address, const char*) {
  if (++current.objects > most_objects) stop_runaway("objects");
  ++current.live_objects;
  current.alive[current.objects] = address;
  return current.objects;
}

void registry::leave(const void* address, const char* name, int id) {
  if (!stands_at(address, id)) {
    error("destroyed though not alive:", name, id);
    return;
  }
  --current.live_objects;
  current.alive[id] = nullptr;
}

void registry::relocate(const void* from, const void* to, const char* name, int id) {
  expect_alive(from, name, id);
  if (id >= 1 && id <= current.objects) current.alive[id] = to;
}

void registry::expect_alive(const void* address, const char* name, int id) {
  if (!stands_at(address, id)) error("used though not alive:", name, id);
}

void begin_run(int picked) {
  std::memset(&current, 0, sizeof current);
  current.picked = picked;
}

bool picked_operation_threw() { return current.fired; }

int live_objects() { return current.live_objects; }

bool any_error_reported() { return any_error; }

void forget_errors() { any_error = false; }

int operations_of_run() { return current.operations; }

void send_lines_to(void (*take)(const char* text)) { take_line = take; }

void print_end_of_life(const char* name, int id, bool moved_from) {
  line out;
  out << "destroy " << name << '#' << id;
  if (moved_from) out << " (moved-from)";
  if (int unwinding = std::uncaught_exceptions()) out << " (unwinding " << unwinding << ')';
}

}  // namespace oracle
