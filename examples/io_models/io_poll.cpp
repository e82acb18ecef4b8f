// Multiplexed I/O by poll: one call waits for all descriptors, then others move what is ready.
//
//     io_poll PORT < FILE
#include "common.h"

int main(int count, char** arguments) {
  const int server = connect_to_server(count, arguments);
  add_flags(server, O_NONBLOCK);  // Where there is room for some bytes, more of them may block.
  direction out(STDIN_FILENO, server), back(server, STDOUT_FILENO);
  while (!back.ended) {
    // poll passes over the -1 of a direction that has ended.
    pollfd waits[] = {{out.fd(), out.event(), 0}, {back.fd(), back.event(), 0}};
    if (::poll(waits, 2, -1) < 0) fail("poll");
    if (waits[0].revents && !out.move()) end_sending(server);
    if (waits[1].revents) back.move();
  }
  require_all_sent(out.ended);
}
