/// \file
/// What the parts of the harness tell one another about the current run; programs don't see it.
#ifndef CORO_TEST_RUN_HARNESS_TRACE_INTERNAL_H
#define CORO_TEST_RUN_HARNESS_TRACE_INTERNAL_H

namespace oracle {

/// Forgets the run before, and makes traced operation number `picked` of the next one throw; none
/// if 0.
void begin_run(int picked);

/// Whether the current run came to the operation that was picked.
bool picked_operation_threw();

/// How many registered objects are alive.
int live_objects();

/// Whether any run so far has reported an error, since they were forgotten.
bool any_error_reported();
void forget_errors();

/// How many traced operations the current run has come to.
int operations_of_run();

/// Has `take` called for each line of the trace, which is printed else.
void send_lines_to(void (*take)(const char* text));

/// The line that tells of a destruction, and how many exceptions are on their way meanwhile.
void print_end_of_life(const char* name, int id, bool moved_from);

}  // namespace oracle

#endif
