// Multiplexed I/O by select: one call waits for all descriptors, then others move what is ready.
//
//     io_select PORT < FILE
#include <sys/select.h>

#include "common.h"

struct descriptors {
  descriptors() {
    FD_ZERO(&readable);
    FD_ZERO(&writable);
  }
  fd_set& of(const direction& each) { return each.writes() ? writable : readable; }
  void add(const direction& each) {
    if (!each.ended) FD_SET(each.fd(), &of(each));
  }
  bool has(const direction& each) { return !each.ended && FD_ISSET(each.fd(), &of(each)); }

  fd_set readable, writable;
};

int main(int count, char** arguments) {
  const int server = connect_to_server(count, arguments);
  if (server >= FD_SETSIZE) fail("select", "takes no descriptor above 1023");
  add_flags(server, O_NONBLOCK);
  direction out(STDIN_FILENO, server), back(server, STDOUT_FILENO);
  while (!back.ended) {
    descriptors ready;
    ready.add(out);
    ready.add(back);
    if (::select(server + 1, &ready.readable, &ready.writable, nullptr, nullptr) < 0)
      fail("select");
    const bool out_ready = ready.has(out), back_ready = ready.has(back);
    if (out_ready && !out.move()) end_sending(server);
    if (back_ready) back.move();
  }
  require_all_sent(out.ended);
}
