// The C++ twin of the async Rust book's `join!` example: two futures, polled
// side by side until both are done.
//
//   coro-expand examples/book_and_music.cpp     shows what it really is

#include <coro/coro.h>

#include <cstdio>
#include <tuple>
#include <utility>

struct Book {
  const char* title;
};

struct Music {
  const char* title;
};

namespace {

struct get_book_future {
  using output_type = Book;

  coro::poll<output_type> poll(coro::context&) {
    state.run_once();
    return coro::ready(Book{"Rust"});
  }

 private:
  coro::frame_state state;
};

}  // namespace

get_book_future get_book() { return get_book_future(); }

namespace {

struct get_music_future {
  using output_type = Music;

  coro::poll<output_type> poll(coro::context&) {
    state.run_once();
    return coro::ready(Music{"Nice"});
  }

 private:
  coro::frame_state state;
};

}  // namespace

get_music_future get_music() { return get_music_future(); }

namespace {

struct get_book_and_music_future {
  using output_type = std::tuple<Book, Music>;

  get_book_and_music_future() {}
  get_book_and_music_future(get_book_and_music_future&& other) noexcept
      : state(std::move(other.state)) {}
  ~get_book_and_music_future() {
    if (state.is_at(awaiting_join)) unwind(2);
  }

  coro::poll<output_type> poll(coro::context& cx) {
    int live = 0;  // the newest live object: its case in unwind
    coro::unwind_guard on_exit{state, [&] { unwind(live); }};
    if (state.resumes_at(awaiting_join)) {
      live = 2;
      goto awaiting_join;
    }

    slots = {};
    ::new (coro::place(book_fut)) coro::join_slot<get_book_future>{{get_book()}};
    live = 1;
    ::new (coro::place(music_fut)) coro::join_slot<get_music_future>{{get_music()}};
    live = 2;
    state = awaiting_join;
  awaiting_join:
    bool all_done = slots.poll<0>(book_fut, cx);
    all_done &= slots.poll<1>(music_fut, cx);
    if (!all_done) return on_exit.suspend();
    return coro::ready(slots.take_outputs(book_fut, music_fut));
  }

 private:
  enum { awaiting_join = 1 };
  coro::frame_state state;
  void unwind(int live) {
    switch (live) {
      case 2: slots.destroy<1>(music_fut); [[fallthrough]];
      case 1: slots.destroy<0>(book_fut); break;
    }
  }

  coro::slot_states<2> slots;
  union { coro::join_slot<get_book_future> book_fut; };
  union { coro::join_slot<get_music_future> music_fut; };
};

}  // namespace

// Waits for both at once.
get_book_and_music_future get_book_and_music() { return get_book_and_music_future(); }

int main() {
  auto [book, music] = coro::block_on(get_book_and_music());
  std::printf("book: %s, music: %s\n", book.title, music.title);
}
