"""redis_session.py CLIENT: a session with a real redis-server, which is killed and started again in it."""

import socket
import subprocess
import sys


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(port):
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for line in server.stdout:
        if "Ready to accept" in line:
            return server
    return None


for attempt in range(10):  # Another process may take the port first.
    port = free_port()
    server = start(port)
    if server:
        break
else:
    sys.exit("redis-server doesn't start")

client = subprocess.Popen([sys.argv[1], str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def send(line):
    client.stdin.write(line + "\n")
    client.stdin.flush()


def expect(*lines):
    for line in lines:
        received = client.stdout.readline().rstrip("\n")
        assert received == line, f"{received!r} instead of {line!r}"


try:
    send("SET n 1; INCR n ; INCR n;GET n")
    expect("OK", "2", "3", "3")
    send("RPUSH list a b c ; LRANGE list 0 -1")
    expect("3", "3 elements", "  a", "  b", "  c")
    send("GET nothing")
    expect("(nil)")
    send("LPUSH n x")
    expect("error: WRONGTYPE Operation against a key holding the wrong kind of value")

    server.kill()
    server.wait()
    server = start(port)
    # The client may find out that its connection is gone before this line or because of it.
    send("PING")
    answer = client.stdout.readline()
    assert answer == "PONG\n" or answer.startswith("lost: "), answer
    send("PING ; GET n")
    expect("PONG", "(nil)")
    client.stdin.close()
    assert client.wait(60) == 0
finally:
    client.kill()
    server.kill()
print("the session went well")
