// Non-blocking I/O: no call waits; one that can't be done yet says so and is made again, and again.
//
//     io_nonblocking PORT < FILE
#include "common.h"

// Whether a direction's next call won't block. On the socket none does. Standard input and output
// may be shared with other processes, which O_NONBLOCK would take by surprise: they are asked
// instead.
bool wont_block(const direction& each, int server) {
  if (each.fd() == server) return true;
  pollfd asked{each.fd(), each.event(), 0};
  return ::poll(&asked, 1, 0) > 0;
}

int main(int count, char** arguments) {
  const int server = connect_to_server(count, arguments);
  add_flags(server, O_NONBLOCK);
  direction out(STDIN_FILENO, server), back(server, STDOUT_FILENO);
  while (!back.ended) {
    if (!out.ended && wont_block(out, server) && !out.move()) end_sending(server);
    if (wont_block(back, server)) back.move();
  }
  require_all_sent(out.ended);
}
