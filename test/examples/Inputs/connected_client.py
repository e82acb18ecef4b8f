"""connected_client.py SERVER...: Ctrl-C ends a server, with status 0, while clients are connected."""

import re
import signal
import socket
import subprocess
import sys

with subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, text=True) as server:
    port = re.search(r":(\d+)$", server.stdout.readline().strip())[1]
    clients = [socket.create_connection(("127.0.0.1", int(port))) for _ in range(3)]
    clients[0].sendall(b"some of what")
    server.send_signal(signal.SIGINT)
    try:
        ended = server.wait(120)
    finally:
        server.kill()
    assert ended == 0, ended
print("stopped")
