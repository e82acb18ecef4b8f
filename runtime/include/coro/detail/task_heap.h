// task_heap: where the tasks of one executor are allocated.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/spin_lock.h>

#include <cstddef>
#include <cstdint>
#include <mutex>

namespace coro::detail {

class scheduler;
class task;

/// Slots of a few sizes in aligned chunks (after Bonwick's slab allocator, 1994). A chunk's header
/// says which executor it belongs to, so that a task needs no pointer to its executor, no links to
/// its siblings and no bytes of an allocator. A task that is too large for that has a block of
/// malloc's to itself, with a header in front of it. Either takes less than a tenth of the task's
/// size and 64 bytes more than the task. Thread-safe.
class task_heap {
 public:
  constexpr explicit task_heap(scheduler& owner) noexcept : owner_(owner) {}
  task_heap(const task_heap&) = delete;
  /// Every slot has been freed by then.
  ~task_heap();

  /// Whether a task of this size and alignment has a block to itself.
  static constexpr bool is_large(std::size_t size, std::size_t alignment) noexcept {
    return size > largest_shared || alignment > chunk_alignment;
  }

  /// Room for a task of this size and alignment. Retains the owner when it is the first. Throws
  /// std::bad_alloc.
  void* allocate(std::size_t size, std::size_t alignment);
  /// Gives the room of a task back. Releases the owner, and with it perhaps this heap, when it was
  /// the last.
  static void free(void* task, bool is_large) noexcept;

  /// The executor of a task.
  static scheduler& owner_of(const task* task, bool is_large) noexcept {
    return (is_large ? block_of(task)->heap : chunk_of(task)->heap).owner_;
  }

  /// Whether no task is left, done or not.
  bool is_empty() noexcept {
    std::lock_guard lock(guard_);
    return live_ == 0;
  }
  /// All tasks that are not done, retained and linked by their `next`, which no queue may use by
  /// then.
  task* retain_unfinished() noexcept;

 private:
  static constexpr std::size_t chunk_size = std::size_t{16} << 10;
  static constexpr std::size_t granule = 16;
  /// Eight of them fill a chunk; of larger ones too much would be left over.
  static constexpr std::size_t largest_shared = 2032;
  static constexpr std::size_t chunk_alignment = 64;
  static constexpr std::size_t classes = largest_shared / granule + 1;

  struct slot {
    std::uint64_t state;  ///< That of a task. No task that is not allocated has a reference.
    slot* next_free;
  };

  /// At the start of chunk_size-aligned memory; the slots follow.
  struct alignas(chunk_alignment) chunk {
    task_heap& heap;
    std::uint32_t size_class;
    std::uint32_t slot_size;
    std::uint32_t first_offset;
    std::uint32_t capacity;
    std::uint32_t begun;  ///< Slots that have ever been in use, from the front.
    std::uint32_t used;
    slot* free;
    chunk* previous;
    chunk* next;

    slot* at(std::size_t index) noexcept {
      return reinterpret_cast<slot*>(reinterpret_cast<char*>(this) + first_offset +
                                     index * slot_size);
    }
    bool is_full() const noexcept { return !free && begun == capacity; }
  };

  /// In front of a large task.
  struct alignas(granule) block {
    task_heap& heap;
    block* previous;
    block* next;
    void* memory;  ///< Where malloc's memory begins.

    void* task() noexcept { return this + 1; }
  };

  static block* block_of(const void* task) noexcept {
    return reinterpret_cast<block*>(reinterpret_cast<std::uintptr_t>(task)) - 1;
  }
  static chunk* chunk_of(const void* task) noexcept {
    return reinterpret_cast<chunk*>(reinterpret_cast<std::uintptr_t>(task) & ~(chunk_size - 1));
  }

  void* allocate_slot(std::size_t size, std::size_t alignment);
  void* allocate_block(std::size_t size, std::size_t alignment);
  void free_slot(void* task) noexcept;
  void free_block(block* freed) noexcept;
  chunk* new_chunk(std::uint32_t size_class, std::size_t size, std::size_t alignment);
  void link_front(chunk* chunk) noexcept;
  void link_back(chunk* chunk) noexcept;
  void unlink(chunk* chunk) noexcept;

  scheduler& owner_;
  spin_lock guard_;
  std::size_t live_ = 0;
  /// The chunks of each class; those with room stand before the full ones.
  chunk* first_[classes] = {};
  chunk* last_[classes] = {};
  block* blocks_ = nullptr;
};

}  // namespace coro::detail
