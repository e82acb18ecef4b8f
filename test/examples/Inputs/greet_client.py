"""greet_client.py SERVER: a server that listens on the port PORT of the environment says hello, more than once."""

import os
import socket
import subprocess
import sys

with socket.socket() as reserved:
    # Bound, not listening: nobody else is given this port, and a server that reuses addresses may take it.
    reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reserved.bind(("127.0.0.1", 0))
    address = reserved.getsockname()
    with subprocess.Popen(sys.argv[1:], env={**os.environ, "PORT": str(address[1])}) as server:
        try:
            for _ in range(3):
                while True:
                    assert server.poll() is None, server.returncode
                    try:
                        client = socket.create_connection(address)
                        break
                    except ConnectionRefusedError:
                        pass  # It doesn't listen yet.
                with client:
                    heard = client.makefile("rb").read()
                    assert heard == b"hello\n", heard
        finally:
            server.kill()
print("hello")
