// A folder whose files a server shows, and none beside them.
#pragma once

#include <coro/blocking.h>
#include <coro/file.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

/// What a path named: a regular file, a folder, or an error (an errno).
struct found {
  coro::file file = {};
  std::uint64_t size = 0;
  bool is_folder = false;
  int error = 0;
};

class served_folder {
 public:
  /// Throws std::system_error when it can't be opened, or the kernel has no openat2 (before 5.6).
  explicit served_folder(const std::string& path) {
    const int fd = ::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) throw std::system_error(errno, std::generic_category(), path);
    folder_ = std::make_shared<const coro::file>(fd);
    if (const int error = open_beneath(fd, ".").error)
      throw std::system_error(error, std::generic_category(), "openat2 " + path);
  }

  /// Opens a file by its path from the folder, on the blocking pool.
  coro::blocking_handle<found> find(std::string path) const {
    // The function may still run when its handle and this are gone.
    return coro::spawn_blocking([folder = folder_, path = std::move(path)] {
      return open_beneath(folder->native_handle(), path);
    });
  }

 private:
  /// The kernel refuses, with EXDEV, whatever leads out: "..", symbolic links, a folder that is
  /// renamed meanwhile. A comparison of paths before the open could be deceived by the last one.
  static found open_beneath(int folder, const std::string& path) {
    open_how how{};
    // Opening a FIFO would otherwise wait for its writer.
    how.flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    how.resolve = RESOLVE_BENEATH;
    const auto fd = syscall(SYS_openat2, folder, path.c_str(), &how, sizeof how);
    if (fd < 0) return {.error = errno};
    coro::file file(static_cast<int>(fd));
    struct stat about{};
    if (fstat(file.native_handle(), &about) < 0) return {.error = errno};
    if (S_ISDIR(about.st_mode)) return {.is_folder = true};
    if (!S_ISREG(about.st_mode)) return {.error = EACCES};
    return {.file = std::move(file), .size = static_cast<std::uint64_t>(about.st_size)};
  }

  std::shared_ptr<const coro::file> folder_;
};
