// Signal-driven I/O: the program sends as if nothing came back; a signal interrupts it when
// something does, and the handler receives.
//
//     io_signal_driven PORT < FILE
#include "common.h"

int server;
volatile std::sig_atomic_t all_sent = 0, server_ended = 0;

// One signal may stand for much that came, so all of it is taken. What comes after the last recv
// makes the next signal.
void receive(int) {
  const int interrupted = errno;
  char bytes[buffer_size];
  ssize_t size;
  while ((size = ::recv(server, bytes, sizeof bytes, MSG_DONTWAIT)) > 0)
    write_all(STDOUT_FILENO, bytes, static_cast<std::size_t>(size));
  if (size < 0 && errno != EAGAIN) fail("recv");
  if (size == 0) {
    require_all_sent(all_sent);
    server_ended = 1;
  }
  errno = interrupted;
}

int main(int count, char** arguments) {
  server = connect_to_server(count, arguments);
  sigset_t sigio, before;
  sigemptyset(&sigio);
  sigaddset(&sigio, SIGIO);
  struct sigaction on_sigio{};
  on_sigio.sa_handler = receive;
  on_sigio.sa_flags = SA_RESTART;
  if (::sigaction(SIGIO, &on_sigio, nullptr) < 0 || ::fcntl(server, F_SETOWN, ::getpid()) < 0)
    fail("fcntl");
  ::sigprocmask(SIG_UNBLOCK, &sigio, nullptr);
  add_flags(server, O_ASYNC);
  ::raise(SIGIO);  // For what came before there were signals.

  copy(STDIN_FILENO, server);
  all_sent = 1;
  end_sending(server);

  // Blocked until sigsuspend waits, a signal can't come between the question and the wait.
  ::sigprocmask(SIG_BLOCK, &sigio, &before);
  while (!server_ended) ::sigsuspend(&before);
}
