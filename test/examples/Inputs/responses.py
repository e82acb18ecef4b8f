"""responses.py: a server that answers each request with the response that its target names, and closes."""

import signal
import socket
import sys

HEAD = b"HTTP/1.1 200 OK\r\n"
RESPONSES = {
    "/length": HEAD + b"Content-Length: 10\r\n\r\n0123456789",
    "/chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n6;a=b\r\n456789\r\n0\r\nTrailer: c\r\n\r\n",
    "/end": HEAD + b"\r\n0123456789",
    "/cut": HEAD + b"Content-Length: 10\r\n\r\n01234",
    "/cut_chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n",
    "/cut_head": HEAD + b"Content-Length: 10\r\n",
    "/nonsense": b"nonsense\r\n\r\n",
    "/nothing": b"",
    "/missing": b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
}

signal.signal(signal.SIGINT, lambda *_: sys.exit())
with socket.create_server(("127.0.0.1", 0)) as listener:
    print(f"listening on 127.0.0.1:{listener.getsockname()[1]}", flush=True)
    while True:
        client, _ = listener.accept()
        with client, client.makefile("rb") as reader:
            target = reader.readline().decode().split()[1]
            while reader.readline() not in (b"\r\n", b""):
                pass
            client.sendall(RESPONSES[target])
