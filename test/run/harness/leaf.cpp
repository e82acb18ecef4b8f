#include "leaf.h"

#include <exception>

namespace oracle {

namespace {

constexpr int moved_from = 0;

int enter(const countdown* leaf, const char* name) {
  line() << "leaf " << name;
  count_operation("leaf", name);
  return registry::enter(leaf, name);
}

}  // namespace

countdown::countdown(const char* name, int pendings)
    : name_(name), pendings_(pendings), left_(pendings), id_(enter(this, name)) {}

countdown::countdown(countdown&& other) noexcept
    : name_(other.name_), pendings_(other.pendings_), left_(other.left_), id_(other.id_) {
  registry::relocate(&other, this, name_, id_);
  other.id_ = moved_from;
}

countdown::~countdown() {
  if (id_ == moved_from) return;
  line out;
  out << "drop leaf " << name_;
  if (int unwinding = std::uncaught_exceptions()) out << " (unwinding " << unwinding << ')';
  registry::leave(this, name_, id_);
}

bool countdown::still_pending(coro::context& cx) {
  registry::expect_alive(this, name_, id_);
  line() << "poll leaf " << name_ << ": " << left_ << " to go";
  count_operation("poll leaf", name_);
  if (left_ == 0) {
    left_ = pendings_;
    return false;
  }
  --left_;
  cx.waker().wake_by_ref();
  return true;
}

wake_slot::wake_slot() : waker_(coro::waker::noop()) {}
wake_slot::~wake_slot() = default;

void wake_slot::wake() {
  op("wake");
  waker_.wake_by_ref();
}

void wake_slot::store(const coro::waker& waker) { waker_ = waker; }

}  // namespace oracle
