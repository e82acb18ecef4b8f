// What the parts of the runtime cost, by Google Benchmark.
//
//     bench_runtime
#include <coro/channel.h>
#include <coro/coro.h>
#include <coro/join_all.h>
#include <coro/mutex.h>
#include <coro/net.h>
#include <coro/thread_pool_executor.h>

#include <benchmark/benchmark.h>

#include <vector>

namespace {

coro::future<void> yields(std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i)
    co_await coro::yield_now();
}

void spawn_and_join(benchmark::State &state) {
  struct all {
    using output_type = void;
    benchmark::State &state;
    coro::poll<void> poll(coro::context &cx) {
      for (auto _ : state) {
        auto handle = coro::spawn(coro::yield_now());
        benchmark::DoNotOptimize(handle);
        if (state.iterations() < 0)
          cx.waker().wake_by_ref();
      }
      return coro::ready();
    }
  };
  coro::block_on(all{state});
}
BENCHMARK(spawn_and_join)->Name("spawn and detach");

void yield(benchmark::State &state) {
  for (auto _ : state)
    coro::block_on(yields(1000));
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(yield)->Name("1000 yields of one future");

coro::future<void> yield_as_tasks(std::int64_t tasks) {
  std::vector<coro::join_handle<void>> all;
  for (std::int64_t i = 0; i < tasks; ++i)
    all.push_back(coro::spawn(yields(10)));
  for (auto &each : all)
    co_await each;
}

void switches(benchmark::State &state) {
  for (auto _ : state)
    coro::block_on(yield_as_tasks(state.range(0)));
  state.SetItemsProcessed(state.iterations() * state.range(0) * 10);
}
BENCHMARK(switches)->Name("10 yields of each task")->Arg(10)->Arg(1000);

void pool_switches(benchmark::State &state) {
  coro::thread_pool_executor pool(2);
  for (auto _ : state)
    coro::block_on(pool.spawn(yield_as_tasks(state.range(0))));
  state.SetItemsProcessed(state.iterations() * state.range(0) * 10);
}
BENCHMARK(pool_switches)
    ->Name("10 yields of each task, on a pool")
    ->Arg(1000)
    ->UseRealTime();

coro::future<void> send(coro::channel_sender<int> to, std::int64_t count) {
  for (std::int64_t i = 0; i < count; ++i)
    co_await to.send(static_cast<int>(i));
}

coro::future<void> send_and_receive(std::int64_t count) {
  auto [sender, receiver] = coro::channel<int>(64);
  auto sending = coro::spawn(send(std::move(sender), count));
  while (auto next = co_await receiver.receive())
    benchmark::DoNotOptimize(*next);
  co_await sending;
}

void channels(benchmark::State &state) {
  for (auto _ : state)
    coro::block_on(send_and_receive(1000));
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(channels)->Name("1000 values through a channel of 64");

coro::future<void> set_timers(std::int64_t count) {
  std::vector<coro::sleep> timers;
  for (std::int64_t i = 0; i < count; ++i)
    timers.push_back(
        coro::sleep_for(std::chrono::milliseconds(i * 7919 % count)));
  for (auto &each : co_await coro::join_all(std::move(timers)), timers)
    (void)each;
}

void timers(benchmark::State &state) {
  coro::manual_clock clock;
  for (auto _ : state)
    coro::block_on({.clock = &clock}, set_timers(state.range(0)));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(timers)->Name("timers, set and fired")->Arg(1000)->Arg(100000);

} // namespace
