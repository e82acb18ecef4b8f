// The client of the echo benchmark: sends 64 bytes on each of N connections,
// waits for all the answers, and so on R times. All connections are ready at
// once, so that a server sees them together.
//
//     bench_echo_load PORT CONNECTIONS ROUNDS
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

int main(int count, char **arguments) {
  if (count != 4)
    return std::fprintf(stderr,
                        "usage: bench_echo_load PORT CONNECTIONS ROUNDS\n"),
           2;
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
    for (int each : connections)
      if (send(each, request, sizeof request, 0) != sizeof request)
        return std::perror("send"), 1;
    for (int each : connections)
      if (recv(each, answer, sizeof answer, MSG_WAITALL) != sizeof answer)
        return std::perror("recv"), 1;
  }
  for (int each : connections)
    close(each);
}
