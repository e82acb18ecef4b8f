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

struct get_book_future {
  using output_type = Book;

  coro::poll<output_type> poll(coro::context&) {
    state.resume();
    return coro::ready(Book{"Rust"});
  }

 private:
  coro::frame_state state;
};

get_book_future get_book() { return get_book_future(); }

struct get_music_future {
  using output_type = Music;

  coro::poll<output_type> poll(coro::context&) {
    state.resume();
    return coro::ready(Music{"Nice"});
  }

 private:
  coro::frame_state state;
};

get_music_future get_music() { return get_music_future(); }

// Waits for both at once.
struct get_book_and_music_future {
  using output_type = std::tuple<Book, Music>;

  get_book_and_music_future() {}
  get_book_and_music_future(get_book_and_music_future&& other) : state(std::move(other.state)) {}
  ~get_book_and_music_future() { unwind_to(0); }

  coro::poll<output_type> poll(coro::context& cx) {
    coro::unwind_guard on_exit{state, [this] { unwind_to(0); }};
    if (state.resume() == 1) goto resume_1;

    ::new (coro::place(book_fut)) get_book_future(get_book());
    ::new (coro::place(music_fut)) get_music_future(get_music());
    ::new (coro::place(slot)) coro::maybe_done<get_book_future>{{std::move(book_fut)}};
    live = 1;
    ::new (coro::place(slot_2)) coro::maybe_done<get_music_future>{{std::move(music_fut)}};
    live = 2;
  resume_1: {
    bool all_done = true;
    all_done &= slot.poll(cx);
    all_done &= slot_2.poll(cx);
    if (!all_done) return state.suspend(1);
  }
    return coro::ready(coro::take_outputs(slot, slot_2));
  }

 private:
  // Destroys the live objects of the frame, newest first, until those up to `level` are left.
  void unwind_to(int level) {
    while (live > level) {
      switch (live) {
      case 2:
        live = 1;
        coro::destroy(slot_2);
        break;
      case 1:
        live = 0;
        coro::destroy(slot);
        break;
      }
    }
  }

  coro::frame_state state;
  unsigned char live = 0;
  union { get_book_future book_fut; };
  union { get_music_future music_fut; };
  union { coro::maybe_done<get_book_future> slot; };
  union { coro::maybe_done<get_music_future> slot_2; };
};

get_book_and_music_future get_book_and_music() { return get_book_and_music_future(); }

int main() {
  auto [book, music] = coro::block_on(get_book_and_music());
  std::printf("book: %s, music: %s\n", book.title, music.title);
}
