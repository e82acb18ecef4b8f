// The client of the echo benchmark: sends 64 bytes on each of N connections,
// waits for all the answers, and so on R times. A server whose process is given
// is stopped, as soon as it waits, while requests are sent: so that it always
// sees all of them at once.
//
//     bench_echo_load PORT CONNECTIONS ROUNDS [PROCESS]
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

static void wait_for_state(pid_t process, char expected) {
  for (char state = 0; state != expected; usleep(100)) {
    std::ifstream status("/proc/" + std::to_string(process) + "/stat");
    // "NUMBER (NAME) STATE ..."
    status.ignore(std::numeric_limits<std::streamsize>::max(), ')');
    if (!(status >> state))
      std::perror("the server is gone"), std::exit(1);
  }
}

static void stop(pid_t process) {
  wait_for_state(process, 'S');
  kill(process, SIGSTOP);
  wait_for_state(process, 'T');
}

int main(int count, char **arguments) {
  if (count != 4 && count != 5)
    return std::fprintf(stderr, "usage: bench_echo_load PORT CONNECTIONS "
                                "ROUNDS [PROCESS]\n"),
           2;
  const pid_t server = count > 4 ? std::atoi(arguments[4]) : 0;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<in_port_t>(std::atoi(arguments[1])));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::vector<int> connections(
      static_cast<std::size_t>(std::atoi(arguments[2])));
  for (int &each : connections) {
    each = socket(AF_INET, SOCK_STREAM, 0);
    const int on = 1;
    setsockopt(each, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(each, reinterpret_cast<sockaddr *>(&address), sizeof address) <
        0)
      return std::perror("connect"), 1;
  }
  char request[64] = "request";
  char answer[64];
  for (int round = std::atoi(arguments[3]); round > 0; --round) {
    if (server)
      stop(server);
    for (int each : connections)
      if (send(each, request, sizeof request, 0) != sizeof request)
        return std::perror("send"), 1;
    if (server)
      kill(server, SIGCONT);
    for (int each : connections)
      if (recv(each, answer, sizeof answer, MSG_WAITALL) != sizeof answer)
        return std::perror("recv"), 1;
  }
  for (int each : connections)
    close(each);
}
