#include "drive.h"

#include <exception>

#include "trace_internal.h"

namespace oracle {

namespace {

constexpr int unlimited_polls = 1'000;
constexpr int most_runs = 3'000;

int wakes = 0;
int waker_copies = 0;

constexpr coro::waker::vtable counting_vtable{
    .clone =
        [](void* data) noexcept {
          ++waker_copies;
          return data;
        },
    .wake =
        [](void*) noexcept {
          ++wakes;
          --waker_copies;
        },
    .wake_by_ref = [](void*) noexcept { ++wakes; },
    .drop = [](void*) noexcept { --waker_copies; },
};

/// Runs once and reports what is left alive.
outcome run_checked(outcome (*run)(int polls), int polls, int picked) {
  counting_waker();
  const int copies_before = waker_copies;
  wakes = 0;
  begin_run(picked);
  const outcome how = run(polls);
  if (live_objects() != 0) error("objects left alive:", "count", live_objects());
  if (waker_copies != copies_before) {
    error("wakers left alive:", "count", waker_copies - copies_before);
  }
  return how;
}

void run_whole(outcome (*run)(int polls)) {
  line() << "== whole";
  if (run_checked(run, unlimited_polls, 0) == outcome::dropped) {
    error("still pending after polls:", "count", unlimited_polls);
  }
}

void run_dropped_early(outcome (*run)(int polls)) {
  for (int polls = 0; polls < most_runs; ++polls) {
    line() << "== dropped after " << polls << " polls";
    if (run_checked(run, polls, 0) == outcome::finished) return;
  }
  error("too many polls:", "count", most_runs);
}

void run_with_failures(outcome (*run)(int polls)) {
  for (int picked = 1; picked < most_runs; ++picked) {
    line() << "== operation " << picked << " throws";
    run_checked(run, unlimited_polls, picked);
    if (!picked_operation_threw()) return;
  }
  error("too many operations:", "count", most_runs);
}

}  // namespace

const coro::waker& counting_waker() {
  static const coro::waker waker(nullptr, &counting_vtable);
  return waker;
}

void print_pending() {
  line() << "pending, woken " << wakes << " times";
  wakes = 0;
}

void print_exception(const char* where) {
  line out;
  out << where << " threw ";
  try {
    throw;
  } catch (const injected& exception) {
    out << "at operation " << exception.operation;
  } catch (const failure& exception) {
    out << "failure " << exception.name();
  } catch (int exception) {
    out << exception;
  } catch (const std::exception& exception) {
    out << exception.what();
  } catch (...) {
    out << "something";
  }
}

int drive(outcome (*run)(int polls)) {
  run_whole(run);
  run_dropped_early(run);
  run_with_failures(run);
  return any_error_reported() ? 1 : 0;
}

}  // namespace oracle
