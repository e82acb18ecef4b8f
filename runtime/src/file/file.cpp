// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/file.h>
#include <coro/system_calls.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace coro {

namespace detail {

class file_state {
 public:
  file_state(int fd, blocking_pool& pool) noexcept : fd(fd), pool(pool) {}
  file_state(const file_state&) = delete;
  // The system has taken the descriptor back, whatever close returns.
  ~file_state() { sys().close(fd); }

  /// Gives the write a number.
  std::uint64_t write_queued() noexcept {
    lock_guard lock(guard_);
    ++writes_;
    return ++last_write_;
  }

  void write_ended(std::uint64_t number) noexcept {
    {
      lock_guard lock(guard_);
      --writes_;
      for (sync_wait* each : waits_)
        if (number <= each->last_write) --each->left;
    }
    while (wake_a_sync()) {
    }
  }

  /// True when the sync has no write to wait for; otherwise the waker will be woken when it hasn't.
  bool begin(sync_wait& wait, const coro::waker& waker) {
    coro::waker added(waker);
    lock_guard lock(guard_);
    if (!writes_) return true;
    waits_.push_back(&wait);
    wait.last_write = last_write_;
    wait.left = writes_;
    std::swap(wait.waker, added);
    return false;
  }
  bool has_ended(sync_wait& wait, const coro::waker& waker) {
    coro::waker latest(waker);
    lock_guard lock(guard_);
    if (!wait.left) {
      std::erase(waits_, &wait);  // Unless the thread that wakes it was faster.
      return true;
    }
    std::swap(wait.waker, latest);
    return false;
  }
  void remove(sync_wait& wait) noexcept {
    lock_guard lock(guard_);
    std::erase(waits_, &wait);
  }

  const int fd;
  blocking_pool& pool;

 private:
  /// Takes a sync out whose writes have ended. The sync may be gone as soon as the lock is
  /// released.
  bool wake_a_sync() noexcept {
    coro::waker woken(nullptr, &noop_vtable);
    {
      lock_guard lock(guard_);
      const auto found =
          std::find_if(waits_.begin(), waits_.end(), [](sync_wait* each) { return !each->left; });
      if (found == waits_.end()) return false;
      std::swap((*found)->waker, woken);
      waits_.erase(found);
    }
    std::move(woken).wake();
    return true;
  }

  mutex guard_;
  std::uint64_t last_write_ = 0;
  std::size_t writes_ = 0;  ///< Queued or running.
  std::vector<sync_wait*> waits_;
};

namespace {

/// Repeats a system call while it is interrupted.
template <class Call>
auto uninterrupted(Call call) {
  for (;;) {
    const auto result = call();
    if (result >= 0 || errno != EINTR) return result;
  }
}

template <class Call>
file_outcome outcome_of(Call call) {
  const auto result = uninterrupted(call);
  if (result < 0) return {.error = errno, .bytes = nullptr};
  return {.value = static_cast<std::uint64_t>(result), .bytes = nullptr};
}

/// Stores an error in its place, or throws it where there is none.
void report(int error, const std::string& name, std::error_code* to) {
  const std::error_code code(error, std::system_category());
  if (to)
    *to = code;
  else if (error)
    throw std::system_error(code, name);
}

/// A write that a sync has to wait for, for as long as this lives.
class pending_write {
 public:
  explicit pending_write(std::shared_ptr<file_state> file) noexcept
      : file_(std::move(file)), number_(file_->write_queued()) {}
  pending_write(pending_write&&) noexcept = default;
  ~pending_write() {
    if (file_) file_->write_ended(number_);
  }
  int fd() const noexcept { return file_->fd; }

 private:
  std::shared_ptr<file_state> file_;
  std::uint64_t number_;
};

}  // namespace

bool file_operation::is_first_poll() const noexcept {
  if (call_) return false;
  check(file_ != nullptr, "a future of a file was polled that is finished or was moved away");
  return true;
}

coro::poll<file_outcome> file_operation::outcome(context& cx, const char* name) {
  auto outcome = call_.poll(cx);
  if (outcome.is_ready()) report(outcome->error, name, error_);
  return outcome;
}

}  // namespace detail

using detail::file_outcome;

coro::poll<file> file_open_future::poll(context& cx) {
  if (!std::exchange(polled_, true)) {
    call_ = spawn_blocking([path = path_, flags = flags_ | O_CLOEXEC, mode = mode_] {
      const file_outcome opened =
          detail::outcome_of([&] { return sys().open(path.c_str(), flags, mode); });
      return std::pair(opened.error ? file() : file(static_cast<int>(opened.value)), opened.error);
    });
  }
  auto opened = call_.poll(cx);
  if (opened.is_pending()) return pending;
  detail::report(opened->second, "open " + path_, error_);
  return ready(std::move(opened->first));
}

coro::poll<std::size_t> file_read_future::poll(context& cx) {
  if (is_first_poll()) {
    const std::size_t size = to_.first(file::max_transfer).size();
    call_ = file_->pool.spawn([file = std::move(file_), size, offset = offset_] {
      auto bytes = std::make_unique_for_overwrite<std::byte[]>(size);
      file_outcome outcome = detail::outcome_of(
          [&] { return sys().pread(file->fd, bytes.get(), size, static_cast<off_t>(offset)); });
      outcome.bytes = std::move(bytes);
      return outcome;
    });
  }
  const auto outcome = this->outcome(cx, "read_at");
  if (outcome.is_pending()) return pending;
  if (outcome->value) std::memcpy(to_.data(), outcome->bytes.get(), outcome->value);
  return ready<std::size_t>(outcome->value);
}

coro::poll<std::size_t> file_write_future::poll(context& cx) {
  if (is_first_poll()) {
    const std::size_t size = from_.first(file::max_transfer).size();
    auto bytes = std::make_unique_for_overwrite<std::byte[]>(size);
    if (size) std::memcpy(bytes.get(), from_.data(), size);
    blocking_pool& pool = file_->pool;
    call_ = pool.spawn([write = detail::pending_write(std::move(file_)), bytes = std::move(bytes),
                        size, offset = offset_] {
      file_outcome outcome = detail::outcome_of(
          [&] { return sys().pwrite(write.fd(), bytes.get(), size, static_cast<off_t>(offset)); });
      // Nothing written and nothing wrong: a caller that repeats the write would do so for ever.
      if (size && !outcome.value && !outcome.error) outcome.error = EIO;
      return outcome;
    });
  }
  const auto outcome = this->outcome(cx, "write_at");
  if (outcome.is_pending()) return pending;
  return ready<std::size_t>(outcome->value);
}

file_sync_future::file_sync_future(file_sync_future&& other) noexcept
    : file_operation((detail::check(!other.is_waiting_ && !other.call_,
                                    "a future was moved after it had been polled"),
                      std::move(other))) {}

file_sync_future::~file_sync_future() {
  if (is_waiting_) file_->remove(wait_);
}

coro::poll<void> file_sync_future::poll(context& cx) {
  if (is_first_poll()) {
    const bool may_begin =
        is_waiting_ ? file_->has_ended(wait_, cx.waker()) : file_->begin(wait_, cx.waker());
    is_waiting_ = !may_begin;
    if (is_waiting_) return pending;
    call_ = file_->pool.spawn([file = std::move(file_)] {
      return detail::outcome_of([&] { return sys().fsync(file->fd); });
    });
  }
  if (outcome(cx, "sync").is_pending()) return pending;
  return ready();
}

coro::poll<std::uint64_t> file_size_future::poll(context& cx) {
  if (is_first_poll()) {
    call_ = file_->pool.spawn([file = std::move(file_)] {
      struct stat status;
      file_outcome outcome = detail::outcome_of([&] { return ::fstat(file->fd, &status); });
      if (!outcome.error) outcome.value = static_cast<std::uint64_t>(status.st_size);
      return outcome;
    });
  }
  const auto outcome = this->outcome(cx, "size");
  if (outcome.is_pending()) return pending;
  return ready(std::uint64_t(outcome->value));
}

file::file(int fd, blocking_pool& pool) : state_(std::make_shared<detail::file_state>(fd, pool)) {}

file::file(file&&) noexcept = default;
file& file::operator=(file&&) noexcept = default;
file::~file() = default;

int file::native_handle() const noexcept { return state_ ? state_->fd : -1; }

}  // namespace coro
