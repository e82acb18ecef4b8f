// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/atomic.h>
#include <coro/detail/child_wakers.h>

#include <memory>

namespace coro::detail {

/// A child's waker points at this.
///
///     not queued --wake--> queued --next--> not queued
///
/// The flag makes sure that a node is in the list once: the thread that sets it links the node.
struct child_wake_node {
  child_wake_queue* queue = nullptr;
  child_wake_node* next = nullptr;
  atomic<bool> queued{true};
};

/// The nodes of all children, and those of them that were woken, first to last. Counted by the
/// parent and by each waker.
class child_wake_queue {
 public:
  explicit child_wake_queue(std::size_t children) : nodes_(new child_wake_node[children]) {
    for (std::size_t i = 0; i < children; ++i) {
      nodes_[i].queue = this;
      push(nodes_[i]);
    }
  }

  void retain() noexcept { count_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept {
    if (count_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
  }

  child_wake_node& node(std::size_t child) noexcept { return nodes_[child]; }
  std::size_t number_of(const child_wake_node& node) const noexcept { return &node - &nodes_[0]; }

  void wake(child_wake_node& node) noexcept {
    // The poll after a wake-up sees all that the waking thread wrote before, also when the node was
    // queued already: both ends exchange.
    if (node.queued.exchange(true, std::memory_order_acq_rel)) return;
    waker woken = waker::noop();
    {
      lock_guard lock(guard_);
      push(node);
      std::swap(woken, parent_);
    }
    std::move(woken).wake();
  }

  child_wake_node* take_all() noexcept {
    lock_guard lock(guard_);
    last_ = &first_;
    return std::exchange(first_, nullptr);
  }

  void wait(context& cx) {
    waker kept(cx.waker());
    {
      lock_guard lock(guard_);
      if (!first_) {
        std::swap(parent_, kept);
        return;
      }
    }
    std::move(kept).wake();
  }

  void forget_parent() noexcept {
    waker dropped = waker::noop();
    lock_guard lock(guard_);
    std::swap(parent_, dropped);
  }

 private:
  void push(child_wake_node& node) noexcept {
    node.next = nullptr;
    *last_ = &node;
    last_ = &node.next;
  }

  atomic<std::size_t> count_{1};
  mutex guard_;  ///< Of the list and the parent.
  child_wake_node* first_ = nullptr;
  child_wake_node** last_ = &first_;
  waker parent_ = waker::noop();
  std::unique_ptr<child_wake_node[]> nodes_;
};

namespace {

child_wake_node& of(void* data) { return *static_cast<child_wake_node*>(data); }

constexpr waker::vtable child_vtable{
    [](void* data) noexcept {
      of(data).queue->retain();
      return data;
    },
    [](void* data) noexcept {
      of(data).queue->wake(of(data));
      of(data).queue->release();
    },
    [](void* data) noexcept { of(data).queue->wake(of(data)); },
    [](void* data) noexcept { of(data).queue->release(); },
};

}  // namespace

child_wakers::child_wakers(std::size_t children) : queue_(new child_wake_queue(children)) {}

child_wakers::~child_wakers() {
  if (!queue_) return;
  queue_->forget_parent();
  queue_->release();
}

void child_wakers::take_woken() noexcept { woken_ = queue_->take_all(); }

bool child_wakers::next(std::size_t& child) noexcept {
  child_wake_node* node = woken_;
  if (!node) return false;
  child = queue_->number_of(*node);
  woken_ = node->next;
  node->queued.exchange(false, std::memory_order_acq_rel);
  return true;
}

waker child_wakers::waker_of(std::size_t child) const noexcept {
  queue_->retain();
  return waker(&queue_->node(child), &child_vtable);
}

void child_wakers::wait(context& parent) { queue_->wait(parent); }

}  // namespace coro::detail
