"""stalled_client.py PORT: while a client that has sent one byte stalls, others get their echoes."""

import socket
import sys

address = ("127.0.0.1", int(sys.argv[1]))
with socket.create_connection(address) as stalled:
    stalled.sendall(b"?")
    assert stalled.recv(1) == b"?"
    for i in range(50):
        with socket.create_connection(address) as client:
            text = f"number {i}".encode() * 100
            client.sendall(text)
            client.shutdown(socket.SHUT_WR)
            echoed = b"".join(iter(lambda: client.recv(4096), b""))
            assert echoed == text, echoed
    stalled.sendall(b"!")
    assert stalled.recv(1) == b"!"
print("nobody was delayed")
