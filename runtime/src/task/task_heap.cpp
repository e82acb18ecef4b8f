// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/task.h>
#include <coro/detail/task_heap.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <new>
#include <utility>

#if defined(__SANITIZE_ADDRESS__)
#define CORO_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CORO_ASAN 1
#endif
#endif

#ifdef CORO_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#endif

namespace coro::detail {

namespace {

constexpr std::size_t round_up(std::size_t size, std::size_t to) {
  return (size + to - 1) / to * to;
}

}  // namespace

task_heap::~task_heap() {
  for (chunk* first : first_)
    while (first) std::free(std::exchange(first, first->next));
}

task_heap::chunk* task_heap::new_chunk(std::uint32_t size_class, std::size_t size,
                                       std::size_t alignment) {
  const std::size_t first = std::max(sizeof(chunk), alignment);
  // A little less than its alignment, so that chunks stand side by side in malloc's memory.
  const std::size_t bytes = chunk_size - 2 * sizeof(void*);
  void* memory = nullptr;
  if (posix_memalign(&memory, chunk_size, bytes) != 0) throw std::bad_alloc();
  auto* made = ::new (memory) chunk{
      .heap = *this,
      .size_class = size_class,
      .slot_size = static_cast<std::uint32_t>(size),
      .first_offset = static_cast<std::uint32_t>(first),
      .capacity = static_cast<std::uint32_t>((bytes - first) / size),
      .begun = 0,
      .used = 0,
      .free = nullptr,
      .previous = nullptr,
      .next = nullptr,
  };
  ASAN_POISON_MEMORY_REGION(made + 1, bytes - sizeof(chunk));
  return made;
}

void* task_heap::allocate(std::size_t size, std::size_t alignment) {
  return is_large(size, alignment) ? allocate_block(size, alignment)
                                   : allocate_slot(size, alignment);
}

void task_heap::free(void* task, bool is_large) noexcept {
  if (is_large)
    block_of(task)->heap.free_block(block_of(task));
  else
    chunk_of(task)->heap.free_slot(task);
}

void* task_heap::allocate_slot(std::size_t size, std::size_t alignment) {
  // A size that is a multiple of its alignment keeps every slot aligned.
  size = round_up(size, std::max(granule, alignment));
  const auto size_class = static_cast<std::uint32_t>(size / granule);
  bool is_first;
  slot* found;
  {
    std::lock_guard lock(guard_);
    chunk* room = first_[size_class];
    if (!room || room->is_full()) link_front(room = new_chunk(size_class, size, alignment));
    found = room->free;
    if (found) {
      room->free = found->next_free;
    } else {
      found = room->at(room->begun++);
    }
    ++room->used;
    if (room->is_full()) {
      unlink(room);
      link_back(room);
    }
    is_first = live_++ == 0;
  }
  ASAN_UNPOISON_MEMORY_REGION(found, size);
  if (is_first) owner_.retain();
  return found;
}

void task_heap::free_slot(void* task) noexcept {
  chunk* home = chunk_of(task);
  bool is_last;
  {
    std::lock_guard lock(guard_);
    const bool was_full = home->is_full();
    home->free = ::new (task) slot{0, home->free};
    ASAN_POISON_MEMORY_REGION(home->free + 1, home->slot_size - sizeof(slot));
    if (was_full) {
      unlink(home);
      link_front(home);
    }
    // The last chunk of a class stays, for the next task.
    if (--home->used == 0 && (home->next || home->previous)) {
      unlink(home);
      ASAN_UNPOISON_MEMORY_REGION(home->at(0), home->capacity * home->slot_size);
      std::free(home);
    }
    is_last = --live_ == 0;
  }
  if (is_last) owner_.release();
}

void* task_heap::allocate_block(std::size_t size, std::size_t alignment) {
  // The header ends where the task begins.
  const std::size_t offset = round_up(sizeof(block), alignment);
  void* memory = nullptr;
  if (alignment <= granule)
    memory = std::malloc(offset + size);
  else if (posix_memalign(&memory, alignment, offset + size) != 0)
    memory = nullptr;
  if (!memory) throw std::bad_alloc();
  auto* made = ::new (static_cast<char*>(memory) + offset - sizeof(block))
      block{.heap = *this, .previous = nullptr, .next = nullptr, .memory = memory};
  // Until the task has been built in it, no task is there that could be cancelled.
  ::new (made->task()) slot{0, nullptr};
  bool is_first;
  {
    std::lock_guard lock(guard_);
    made->next = blocks_;
    if (blocks_) blocks_->previous = made;
    blocks_ = made;
    is_first = live_++ == 0;
  }
  if (is_first) owner_.retain();
  return made->task();
}

void task_heap::free_block(block* freed) noexcept {
  bool is_last;
  {
    std::lock_guard lock(guard_);
    (freed->previous ? freed->previous->next : blocks_) = freed->next;
    if (freed->next) freed->next->previous = freed->previous;
    is_last = --live_ == 0;
  }
  std::free(freed->memory);
  if (is_last) owner_.release();
}

task* task_heap::retain_unfinished() noexcept {
  task* found = nullptr;
  const auto retain = [&](void* place) {
    auto* candidate = static_cast<task*>(place);
    if (!candidate->try_retain_unfinished()) return;
    candidate->next = found;
    found = candidate;
  };
  std::lock_guard lock(guard_);
  for (chunk* each : first_)
    for (; each; each = each->next)
      for (std::uint32_t i = 0; i < each->begun; ++i) retain(each->at(i));
  for (block* each = blocks_; each; each = each->next) retain(each->task());
  return found;
}

void task_heap::link_front(chunk* chunk) noexcept {
  auto*& first = first_[chunk->size_class];
  chunk->previous = nullptr;
  chunk->next = first;
  (first ? first->previous : last_[chunk->size_class]) = chunk;
  first = chunk;
}

void task_heap::link_back(chunk* chunk) noexcept {
  auto*& last = last_[chunk->size_class];
  chunk->next = nullptr;
  chunk->previous = last;
  (last ? last->next : first_[chunk->size_class]) = chunk;
  last = chunk;
}

void task_heap::unlink(chunk* chunk) noexcept {
  (chunk->previous ? chunk->previous->next : first_[chunk->size_class]) = chunk->next;
  (chunk->next ? chunk->next->previous : last_[chunk->size_class]) = chunk->previous;
}

}  // namespace coro::detail
