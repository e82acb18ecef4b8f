// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/block_on.h>

#include <atomic>

namespace coro::detail {

/// Shared by a thread in block_on and the wakers it gave out. The first one is part of the program
/// and never freed, so that the common case allocates nothing; it is in use while its count is not
/// 0.
class parker {
 public:
  constexpr explicit parker(bool is_static) : is_static_(is_static) {}

  static parker* acquire() {
    static constinit parker first(true);
    int unused = 0;
    if (first.count_.compare_exchange_strong(unused, 1, std::memory_order_acquire)) {
      first.woken_.store(false, std::memory_order_relaxed);
      return &first;
    }
    auto* another = new parker(false);
    another->retain();
    return another;
  }

  void retain() noexcept { count_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept {
    if (count_.fetch_sub(1, std::memory_order_acq_rel) == 1 && !is_static_) delete this;
  }

  void park() noexcept {
    while (!woken_.exchange(false, std::memory_order_acquire))
      woken_.wait(false, std::memory_order_relaxed);
  }
  void unpark() noexcept {
    if (!woken_.exchange(true, std::memory_order_release)) woken_.notify_one();
  }

 private:
  std::atomic<int> count_{0};
  std::atomic<bool> woken_{false};
  const bool is_static_;
};

namespace {

parker* of(void* data) { return static_cast<parker*>(data); }

constexpr waker::vtable parker_vtable{
    [](void* data) noexcept {
      of(data)->retain();
      return data;
    },
    [](void* data) noexcept {
      of(data)->unpark();
      of(data)->release();
    },
    [](void* data) noexcept { of(data)->unpark(); },
    [](void* data) noexcept { of(data)->release(); },
};

}  // namespace

parked_thread::parked_thread() : parker_(parker::acquire()), waker_(parker_, &parker_vtable) {}

// The count that acquire took is the waker's, which gives it back.
parked_thread::~parked_thread() = default;

void parked_thread::park() noexcept { parker_->park(); }

}  // namespace coro::detail
