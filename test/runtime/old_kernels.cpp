// What a kernel, or the container around it, refuses.
#include <coro/net.h>
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdlib>

namespace {

/// From now on a system call of this process fails.
void refuse(unsigned number, unsigned error) {
  sock_filter steps[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  sock_fprog program{static_cast<unsigned short>(std::size(steps)), steps};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
      prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
    std::exit(77);
}

coro::future<void> talk() {
  auto [one, other] = coro::unix_stream::pair();
  char byte[1];
  auto write_later = [](coro::unix_stream& to) -> coro::future<void> {
    co_await coro::sleep_for(std::chrono::microseconds(100));
    co_await to.write_all("x");
  };
  auto [size, written] = co_await coro::join(one.read_some(byte), write_later(other));
  if (size != 1) std::exit(1);
  (void)written;
}

TEST(old_kernels_death, epoll_pwait2_is_refused) {
  for (unsigned error : {ENOSYS, EPERM})
    EXPECT_EXIT(
        {
          refuse(SYS_epoll_pwait2, error);
          coro::block_on({.reactor = {coro::reactor_kind::epoll}}, talk());
          std::exit(0);
        },
        testing::ExitedWithCode(0), "");
}

}  // namespace
