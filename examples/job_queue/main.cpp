// A queue of jobs, workers, and a pool of connections. The clock is one that jumps, so that hours
// pass at once.
#include <coro/clock.h>
#include <coro/spawn.h>

#include <cstdio>
#include <functional>
#include <future>
#include <string>

#include "queue.h"
#include "tasks.h"

namespace {

using namespace std::chrono_literals;

long since(coro::time_point start) {
  return static_cast<long>((coro::now() - start) / std::chrono::milliseconds(1));
}

/// Waits for a future and prints what came out of it.
template <class Future>
CORO_ASYNC coro::future<void> report(const char* what, Future future) {
  const coro::time_point start = coro::now();
  try {
    if constexpr (std::is_void_v<coro::output_of<Future>>) {
      co_await std::move(future);
      std::printf("%s: done", what);
    } else {
      const auto output = co_await std::move(future);
      std::printf("%s: %d", what, output);
    }
  } catch (const std::system_error& thrown) {
    std::printf("%s: %s", what, thrown.code() == std::errc::timed_out ? "too late" : "no answer");
  } catch (const std::future_error&) {
    std::printf("%s: no result", what);
  } catch (const std::exception& thrown) {
    std::printf("%s: %s", what, thrown.what());
  }
  std::printf(" after %ld ms\n", since(start));
}

CORO_ASYNC coro::future<int> count_keys(tasks::pool& from) {
  int keys = 0;
  for (const char* key : {"tea", "milk", "sugar"}) {
    try {
      co_await from.with(&store::connection::read, std::string(key));
      ++keys;
    } catch (const std::out_of_range&) {
    }
  }
  co_return keys;
}

template <class Queue>
CORO_ASYNC coro::future<void> submit_jobs(Queue& queue, store::database& data) {
  co_await report("tea", queue.submit(tasks::put("tea", 3)));
  co_await report("milk", queue.submit(tasks::put("milk", 4)));
  co_await report("tea", queue.submit(tasks::get("tea")));
  co_await report("sugar", queue.submit(tasks::get("sugar")));
  co_await report("tea and milk", queue.submit(tasks::add("tea", "milk")));
  const auto [tea, milk, both] =
      co_await queue.submit_all(tasks::get("tea"), tasks::get("milk"), tasks::add("milk", "tea"));
  std::printf("at once: %d %d %d\n", tea, milk, both);
  co_await report("keys", queue.submit(tasks::call{&count_keys}));

  data.fail(1);
  co_await report("broken", queue.submit(tasks::get("tea")));
  co_await report("in time", jobs::within(50ms, queue.submit(tasks::get("milk")), -1));
  co_await report("too late", jobs::within(5ms, queue.submit(tasks::get("milk")), -1));
  queue.close();
}

CORO_ASYNC coro::future<void> run_queue() {
  store::database data;
  tasks::pool pool(2, tasks::patient_connect{data});
  jobs::job_queue<tasks::pool, tasks::put, tasks::get, tasks::add,
                  tasks::call<coro::future<int> (*)(tasks::pool&)>>
      queue(pool, 4);
  int done = 0;
  co_await coro::join(queue.work(3,
                                 [&done](int, const std::string& name) {
                                   ++done;
                                   std::printf("  [%s]\n", name.c_str());
                                 }),
                      submit_jobs(queue, data));
  std::printf("%d jobs, %d connections, %zu free\n", done, pool.made(), pool.free());
}

CORO_ASYNC coro::future<void> run_pool() {
  store::database data;
  const std::function connect = [&data] CORO_ASYNC() -> coro::future<store::connection> {
    co_return co_await data.connect();
  };
  jobs::connection_pool pool(1, connect);
  auto first = co_await pool.acquire();
  co_await report("second", [&pool] CORO_ASYNC() -> coro::future<int> {
    const auto with = co_await pool.acquire(20ms);
    co_return with->number();
  }());
  co_await first->write("n", 20);
  {
    const auto dropped = std::move(first);
  }
  auto twice = [] CORO_ASYNC(int n) -> coro::future<int> { co_return 2 * n; };
  auto plus = [&pool] CORO_ASYNC(int n) -> coro::future<int> {
    co_return n +
        co_await pool.with([](auto& with, const char* key) { return with.read(key); }, "n");
  };
  co_await report("chain", jobs::chain(1, twice, plus, twice));
  int sum = 0;
  const std::vector<int> numbers{1, 2, 3};
  for (int each : co_await jobs::transform(numbers, plus)) sum += each;
  std::printf("transformed: %d\n", sum);
  int tries = 0;
  auto at_last = [&tries] CORO_ASYNC(int enough) -> coro::future<void> {
    co_await coro::yield_now();
    if (++tries < enough) throw std::runtime_error("try " + std::to_string(tries));
  };
  co_await report("retry 3", jobs::retry(3, 10ms, at_last, 3));
  co_await report("retry 2", jobs::retry(2, 10ms, at_last, 9));
}

}  // namespace

int main() {
  for (auto run : {&run_queue, &run_pool}) {
    coro::manual_clock clock;
    coro::block_on({.clock = &clock}, run());
  }
}
