#include "programs.h"

#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstring>

#include "harness/trace_internal.h"

namespace fuzz {

namespace {

constexpr int unlimited_polls = 400;
constexpr int most_drops = 60;
constexpr int most_failures = 160;
constexpr unsigned seconds_for_a_program = 20;

std::uint64_t digest = 0;
bool printing = false;

void digest_line(const char* text) {
  if (printing) std::puts(text);
  for (; *text; ++text) digest = (digest ^ static_cast<unsigned char>(*text)) * 1099511628211u;
}

oracle::outcome run_once(const program& each, int polls, int picked) {
  oracle::counting_waker();
  oracle::begin_run(picked);
  oracle::outcome how = oracle::outcome::finished;
  try {
    how = each.run(polls);
  } catch (...) {
    oracle::print_exception("the setup");
  }
  if (oracle::live_objects() != 0)
    oracle::error("objects left alive:", "count", oracle::live_objects());
  return how;
}

/// Every run of a program; long ones are dropped and made to throw at every second, third, ..
/// place.
int run_all(const program& each) {
  int runs = 1;
  oracle::line() << "== whole";
  if (run_once(each, unlimited_polls, 0) == oracle::outcome::dropped) return 0;
  const int operations = oracle::operations_of_run();
  for (int polls = 0; polls < most_drops; ++polls, ++runs) {
    oracle::line() << "== dropped after " << polls << " polls";
    if (run_once(each, polls, 0) == oracle::outcome::finished) break;
  }
  const int stride = 1 + operations / most_failures;
  for (int picked = 1; picked <= operations; picked += stride, ++runs) {
    oracle::line() << "== operation " << picked << " throws";
    run_once(each, unlimited_polls, picked);
  }
  return runs;
}

void report(const program& each) {
  digest = 14695981039346656037u;
  oracle::forget_errors();
  alarm(seconds_for_a_program);
  const int runs = run_all(each);
  std::printf("%s %d %s %016llx\n", each.name, runs, oracle::any_error_reported() ? "error" : "ok",
              static_cast<unsigned long long>(digest));
  std::fflush(stdout);
}

}  // namespace

int main(const program* first, const program* last, int count, char** arguments) {
  oracle::send_lines_to(digest_line);
  for (int i = 1; i < count; ++i) {
    if (std::strcmp(arguments[i], "--trace") == 0) {
      printing = true;
      std::setvbuf(stdout, nullptr, _IOLBF, 1 << 16);
      continue;
    }
    for (const program* each = first; each != last; ++each) {
      if (std::strcmp(each->name, arguments[i]) == 0) report(*each);
    }
  }
  return 0;
}

}  // namespace fuzz
