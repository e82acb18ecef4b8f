// Every interleaving of what tasks have in common: events, semaphores, channels and the like, used
// by several threads, dropped while they wait, and destroyed as soon as that is allowed.
#include <coro/channel.h>
#include <coro/event.h>
#include <coro/join_all.h>
#include <coro/mutex.h>
#include <coro/oneshot.h>
#include <coro/semaphore.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <vector>

#include "expect_none_failed.h"
#include "explore.h"

namespace {

/// Whoever waits, as a task would. Its waker may be called when it waits no more.
class waits {
 public:
  template <class F>
  auto operator()(F&& future) {
    coro::waker waker(this, &vtable);
    coro::context cx(waker);
    for (;;) {
      const int seen = wakes_.peek();
      auto output = future.poll(cx);
      if (output.is_ready()) return output.take();
      explore::wait_until([this, seen] { return wakes_.peek() != seen; });
    }
  }
  /// Once, and then the future is dropped.
  template <class F>
  auto poll_once(F future) {
    coro::waker waker(this, &vtable);
    coro::context cx(waker);
    return future.poll(cx);
  }

 private:
  explore::atomic<int> wakes_;

  static void wake(void* self) { static_cast<waits*>(self)->wakes_.fetch_add(1); }
  static constexpr coro::waker::vtable vtable{[](void* self) { return self; }, &wake, &wake,
                                              [](void*) {}};
};

/// A value that counts those that live.
struct counted {
  explicit counted(int& alive) : alive(&alive) { ++alive; }
  counted(counted&& other) noexcept : alive(other.alive) { ++*alive; }
  ~counted() { --*alive; }
  int* alive;
};

struct world {
  std::array<waits, 3> wait;
  std::optional<coro::event> event{std::in_place};
  std::optional<coro::semaphore> semaphore{std::in_place, 0};
  std::optional<coro::mutex> mutex{std::in_place};
  explore::atomic<int> users{2};
  int inside = 0;
  int alive = 0;
  int passed = 0;

  /// The last of those who use it destroys it.
  template <class T>
  void leave(std::optional<T>& used) {
    if (users.fetch_sub(1) == 1) used.reset();
  }
};

using part = std::function<void(world&)>;

void explore_world(
    const explore::options& options, const std::vector<part>& threads,
    const part& finally = [](world&) {}) {
  const auto found = explore::all(options, [&] {
    const auto made = std::make_shared<world>();
    explore::scenario scenario;
    for (const part& each : threads) scenario.threads.push_back([made, each] { each(*made); });
    scenario.finally = [made, finally] {
      finally(*made);
      explore::require(made->alive == 0, "a value was not destroyed once");
    };
    return scenario;
  });
  testing_support::expect_none_failed(found);
}

constexpr explore::options bounded{.preemptions = 3};

TEST(event_interleavings, who_goes_through_may_destroy_it) {
  const part set = [](world& in) { in.event->set(); };
  const part wait_and_destroy = [](world& in) {
    in.wait[0](in.event->wait());
    in.event.reset();
  };
  explore_world({}, {set, wait_and_destroy});
}

TEST(event_interleavings, two_wait_and_one_of_them_gives_up) {
  const part set = [](world& in) { in.event->set(); };
  const part wait = [](world& in) { in.wait[0](in.event->wait()); };
  const part give_up = [](world& in) { in.wait[1].poll_once(in.event->wait()); };
  explore_world({}, {set, wait, give_up});
}

TEST(semaphore_interleavings, who_was_let_in_may_destroy_it) {
  const part release = [](world& in) { in.semaphore->release(); };
  const part acquire_and_destroy = [](world& in) {
    in.wait[0](in.semaphore->acquire()).forget();
    in.semaphore.reset();
  };
  explore_world({}, {release, acquire_and_destroy});
}

TEST(semaphore_interleavings, a_permit_is_passed_on_by_who_gives_up) {
  const part release = [](world& in) { in.semaphore->release(); };
  const part acquire = [](world& in) {
    in.wait[0](in.semaphore->acquire()).forget();
    ++in.passed;
  };
  const part give_up = [](world& in) { in.wait[1].poll_once(in.semaphore->acquire()); };
  explore_world({}, {release, acquire, give_up},
                [](world& in) { explore::require(in.passed == 1, "a permit was lost"); });
}

TEST(mutex_interleavings, one_at_a_time) {
  const auto lock = [](std::size_t number) -> part {
    return [number](world& in) {
      auto guard = in.wait[number](in.mutex->lock());
      explore::require(in.inside++ == 0, "two hold a mutex");
      in.users.load();
      --in.inside;
      guard.unlock();
      in.leave(in.mutex);
    };
  };
  explore_world({}, {lock(0), lock(1)});
}

TEST(oneshot_interleavings, send_and_receive) {
  for (bool gives_up : {false, true}) {
    auto ends = std::make_shared<
        std::optional<std::pair<coro::oneshot_sender<counted>, coro::oneshot_receiver<counted>>>>();
    const part send = [ends](world& in) {
      auto sender = std::move((*ends)->first);
      (void)sender.send(in.alive);
    };
    const part receive = [ends, gives_up](world& in) {
      auto receiver = std::move((*ends)->second);
      if (gives_up)
        in.wait[0].poll_once(std::move(receiver));
      else
        explore::require(in.wait[0](receiver).alive == &in.alive, "another value was received");
    };
    const auto found = explore::all([&] {
      const auto made = std::make_shared<world>();
      ends->emplace(coro::oneshot<counted>());
      return explore::scenario{{[=] { send(*made); }, [=] { receive(*made); }}, [=] {
                                 ends->reset();
                                 explore::require(made->alive == 0, "a value was left");
                               }};
    });
    EXPECT_EQ(found.failure, "");
    std::printf("send_and_receive: %zu interleavings\n", found.interleavings);
  }
}

/// Two values through a channel for one, of which so many are received.
void explore_channel(const explore::options& options, int received) {
  const auto found = explore::all(options, [=] {
    struct channel_world : world {
      std::optional<coro::channel_sender<counted>> sender;
      std::optional<coro::channel_receiver<counted>> receiver;
    };
    const auto made = std::make_shared<channel_world>();
    auto [sender, receiver] = coro::channel<counted>(1);
    made->sender.emplace(std::move(sender));
    made->receiver.emplace(std::move(receiver));
    const auto send = [made] {
      for (int i = 0; i < 2; ++i)
        if (!made->wait[0](made->sender->send(counted(made->alive)))) break;
      made->sender.reset();
    };
    const auto receive = [made, received] {
      for (int i = 0; i < received; ++i)
        if (made->wait[1](made->receiver->receive())) ++made->passed;
      made->receiver.reset();
    };
    return explore::scenario{{send, receive}, [made, received] {
                               explore::require(made->passed == std::min(received, 2),
                                                "a value was lost");
                               explore::require(made->alive == 0, "a value was not destroyed once");
                             }};
  });
  testing_support::expect_none_failed(found);
}

TEST(channel_interleavings, all_is_received) { explore_channel(bounded, 3); }
TEST(channel_interleavings, the_receiver_goes_early) {
  explore_channel(bounded, 1);
  explore_channel({}, 0);
}

/// Ready once it was told so.
struct told {
  using output_type = void;
  explore::atomic<int>* is_told;
  std::optional<coro::waker>* waker;

  coro::poll<void> poll(coro::context& cx) {
    waker->emplace(cx.waker());
    if (is_told->load()) return coro::ready();
    return coro::pending;
  }
};

TEST(join_all_interleavings, no_child_is_forgotten) {
  const auto found = explore::all(bounded, [] {
    struct join_world : world {
      std::array<explore::atomic<int>, 2> is_told;
      std::array<std::optional<coro::waker>, 2> wakers;
      std::optional<decltype(coro::join_all(std::vector<told>()))> join;
    };
    const auto made = std::make_shared<join_world>();
    std::vector<told> children;
    for (std::size_t i = 0; i < 2; ++i) children.push_back({&made->is_told[i], &made->wakers[i]});
    made->join.emplace(coro::join_all(std::move(children)));
    coro::context cx(coro::waker::noop());
    explore::require(made->join->poll(cx).is_pending(), "a child was not asked");
    const auto tell = [made](std::size_t child) {
      coro::waker waker = *made->wakers[child];
      made->is_told[child].fetch_add(1);
      std::move(waker).wake();
    };
    return explore::scenario{{[=] {
                                made->wait[0](*made->join);
                                made->join.reset();
                              },
                              [=] { tell(0); }, [=] { tell(1); }}};
  });
  testing_support::expect_none_failed(found);
}

}  // namespace
