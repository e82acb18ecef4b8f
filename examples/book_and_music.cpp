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

CORO_ASYNC coro::future<Book> get_book() { co_return Book{"Rust"}; }

CORO_ASYNC coro::future<Music> get_music() { co_return Music{"Nice"}; }

// Waits for both at once.
CORO_ASYNC coro::future<std::tuple<Book, Music>> get_book_and_music() {
  auto book_fut = get_book();
  auto music_fut = get_music();
  co_return co_await coro::join(std::move(book_fut), std::move(music_fut));
}

int main() {
  auto [book, music] = coro::block_on(get_book_and_music());
  std::printf("book: %s, music: %s\n", book.title, music.title);
}
