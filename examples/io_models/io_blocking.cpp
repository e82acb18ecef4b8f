// Blocking I/O: a call waits until it is done, so each direction needs a thread that can wait.
//
//     io_blocking PORT < FILE
#include <atomic>
#include <thread>

#include "common.h"

int main(int count, char** arguments) {
  const int server = connect_to_server(count, arguments);
  std::atomic<bool> all_sent = false;
  std::thread sending([&] {
    copy(STDIN_FILENO, server);
    all_sent = true;
    end_sending(server);
  });
  copy(server, STDOUT_FILENO);
  require_all_sent(all_sent);
  sending.join();
}
