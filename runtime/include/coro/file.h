// file: reading and writing files without blocking the thread that awaits it.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/blocking.h>
#include <coro/buffer.h>
#include <fcntl.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace coro {

class file;

namespace detail {

/// Shared by the operations of a file: the descriptor, which is closed when this is destroyed.
class file_state;

/// The outcome of a system call.
struct file_outcome {
  std::uint64_t value = 0;             ///< Bytes read or written, or a size.
  int error = 0;                       ///< An errno.
  std::unique_ptr<std::byte[]> bytes;  ///< That were read.
};

/// An operation of a file: queued when first polled.
class file_operation {
 public:
  file_operation(std::shared_ptr<file_state> file, std::error_code* error) noexcept
      : file_(std::move(file)), error_(error) {}

 protected:
  bool is_first_poll() const noexcept;
  /// Reports an error under this name.
  coro::poll<file_outcome> outcome(context& cx, const char* name);

  std::shared_ptr<file_state> file_;  ///< Moved on when the operation is queued.
  std::error_code* error_;
  blocking_handle<file_outcome> call_;
};

/// A sync that waits until writes have ended.
struct sync_wait {
  std::uint64_t last_write = 0;  ///< The last one that counts.
  std::size_t left = 0;          ///< How many of them have not ended.
  coro::waker waker{nullptr, &noop_vtable};
};

/// A transfer repeated until all is done, nothing is left to read, or it fails.
template <class Part, class Buffer>
class file_transfer_all {
 public:
  using output_type = std::size_t;

  file_transfer_all(std::shared_ptr<file_state> file, Buffer buffer, std::uint64_t offset,
                    std::error_code* error) noexcept
      : file_(std::move(file)), buffer_(buffer), offset_(offset), error_(error) {}

  coro::poll<std::size_t> poll(context& cx) {
    for (;;) {
      if (!part_) part_.emplace(file_, buffer_, offset_ + done_, error_);
      const auto count = part_->poll(cx);
      if (count.is_pending()) return pending;
      part_.reset();
      done_ += *count;
      buffer_.remove_prefix(*count);
      if (*count > 0 && !buffer_.empty()) continue;
      file_.reset();
      return ready(done_);
    }
  }

 private:
  std::shared_ptr<file_state> file_;
  Buffer buffer_;
  std::uint64_t offset_;
  std::size_t done_ = 0;
  std::error_code* error_;
  std::optional<Part> part_;
};

}  // namespace detail

/// The future of file::open.
class [[nodiscard]] file_open_future {
 public:
  using output_type = file;

  file_open_future(std::string path, int flags, mode_t mode, std::error_code* error) noexcept
      : path_(std::move(path)), flags_(flags), mode_(mode), error_(error) {}
  coro::poll<file> poll(context& cx);

 private:
  std::string path_;
  int flags_;
  mode_t mode_;
  std::error_code* error_;
  bool polled_ = false;
  blocking_handle<std::pair<file, int>> call_;
};

/// The future of file::read_at.
class [[nodiscard]] file_read_future : detail::file_operation {
 public:
  using output_type = std::size_t;

  file_read_future(std::shared_ptr<detail::file_state> file, mutable_buffer to,
                   std::uint64_t offset, std::error_code* error) noexcept
      : file_operation(std::move(file), error), to_(to), offset_(offset) {}
  coro::poll<std::size_t> poll(context& cx);

 private:
  mutable_buffer to_;
  std::uint64_t offset_;
};

/// The future of file::write_at.
class [[nodiscard]] file_write_future : detail::file_operation {
 public:
  using output_type = std::size_t;

  file_write_future(std::shared_ptr<detail::file_state> file, const_buffer from,
                    std::uint64_t offset, std::error_code* error) noexcept
      : file_operation(std::move(file), error), from_(from), offset_(offset) {}
  coro::poll<std::size_t> poll(context& cx);

 private:
  const_buffer from_;
  std::uint64_t offset_;
};

/// The future of file::sync.
class [[nodiscard]] file_sync_future : detail::file_operation {
 public:
  using output_type = void;

  using file_operation::file_operation;
  file_sync_future(file_sync_future&& other) noexcept;
  ~file_sync_future();
  coro::poll<void> poll(context& cx);

 private:
  bool is_waiting_ = false;
  detail::sync_wait wait_;
};

/// The future of file::size.
class [[nodiscard]] file_size_future : detail::file_operation {
 public:
  using output_type = std::uint64_t;

  using file_operation::file_operation;
  coro::poll<std::uint64_t> poll(context& cx);
};

/// The future of file::read_all_at.
using file_read_all_future = detail::file_transfer_all<file_read_future, mutable_buffer>;
/// The future of file::write_all_at.
using file_write_all_future = detail::file_transfer_all<file_write_future, const_buffer>;

/// An open file. Its operations block threads of a blocking pool, never the thread that polls them;
/// they run in parallel and in no order, but that sync waits for writes. Offsets and sizes are in
/// bytes. Move-only; const functions are thread-safe, and each future is used by one thread at a
/// time.
///
/// An operation is queued when its future is first polled. Dropping the future cancels an operation
/// that is still queued; one that runs goes on unseen, on memory of its own: the buffer may go with
/// the future. For this the bytes are copied, and a single operation moves max_transfer of them at
/// most.
///
/// The descriptor is closed when the file is closed or destroyed and no future or running operation
/// is left of it, by whichever thread has the last one.
///
/// Errors of system calls are thrown as std::system_error; given an error_code, they are stored
/// there instead when the future ends, success as well, and the output is 0 or a file that isn't
/// open. The error_code has to outlive the future. Interrupted system calls are repeated.
class file {
 public:
  /// Bytes that one read_at or write_at can transfer.
  static constexpr std::size_t max_transfer = std::size_t(1) << 20;

  /// Not open.
  file() noexcept = default;
  /// Takes over a descriptor. The pool, where the operations run, has to outlive them.
  explicit file(int fd, blocking_pool& pool = blocking_pool::shared());
  file(file&&) noexcept;
  file& operator=(file&&) noexcept;
  ~file();

  /// Opens a file as open(2) does, with these flags and O_CLOEXEC. The mode, less the umask, is of
  /// a file that is made.
  static file_open_future open(std::string path, int flags = O_RDONLY, mode_t mode = 0666) {
    return {std::move(path), flags, mode, nullptr};
  }
  static file_open_future open(std::string path, int flags, mode_t mode, std::error_code& error) {
    return {std::move(path), flags, mode, &error};
  }

  /// False before an open, after close(), and of a file that was moved from.
  bool is_open() const noexcept { return state_ != nullptr; }
  /// The descriptor; -1 when not open. It remains the file's.
  int native_handle() const noexcept;
  /// Leaves this not open. Errors of close(2) are not reported: sync first.
  void close() noexcept { state_.reset(); }

  /// Reads into a buffer from an offset on. The output is how many bytes were read: possibly fewer
  /// than the buffer has; 0 at the end of the file.
  file_read_future read_at(mutable_buffer to, std::uint64_t offset) const {
    return {opened(), to, offset, nullptr};
  }
  file_read_future read_at(mutable_buffer to, std::uint64_t offset, std::error_code& error) const {
    return {opened(), to, offset, &error};
  }

  /// Writes a buffer, which is copied when the operation is queued. The output is how many bytes
  /// were written: possibly fewer than the buffer has, but not 0 unless it is empty. A file opened
  /// with O_APPEND is written at its end, whatever the offset.
  file_write_future write_at(const_buffer from, std::uint64_t offset) const {
    return {opened(), from, offset, nullptr};
  }
  file_write_future write_at(const_buffer from, std::uint64_t offset,
                             std::error_code& error) const {
    return {opened(), from, offset, &error};
  }

  /// read_at until the buffer is full or the file ends. The output is how many bytes were read;
  /// given an error_code, also those before the error.
  file_read_all_future read_all_at(mutable_buffer to, std::uint64_t offset) const {
    return {opened(), to, offset, nullptr};
  }
  file_read_all_future read_all_at(mutable_buffer to, std::uint64_t offset,
                                   std::error_code& error) const {
    return {opened(), to, offset, &error};
  }

  /// write_at until all is written. The output is the size of the buffer; given an error_code, the
  /// bytes that were written before the error.
  file_write_all_future write_all_at(const_buffer from, std::uint64_t offset) const {
    return {opened(), from, offset, nullptr};
  }
  file_write_all_future write_all_at(const_buffer from, std::uint64_t offset,
                                     std::error_code& error) const {
    return {opened(), from, offset, &error};
  }

  /// Has the system bring the written bytes to the disk (fsync). It begins when every write_at that
  /// was queued before it has ended, also those whose futures were dropped, whatever came of them;
  /// of a write_all_at, the part that was queued.
  file_sync_future sync() const { return {opened(), nullptr}; }
  file_sync_future sync(std::error_code& error) const { return {opened(), &error}; }

  /// The size of a regular file.
  file_size_future size() const { return {opened(), nullptr}; }
  file_size_future size(std::error_code& error) const { return {opened(), &error}; }

 private:
  const std::shared_ptr<detail::file_state>& opened() const noexcept {
    detail::check(is_open(), "a file was used that is not open");
    return state_;
  }

  std::shared_ptr<detail::file_state> state_;
};

}  // namespace coro
