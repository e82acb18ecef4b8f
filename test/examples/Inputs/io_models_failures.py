"""io_models_failures.py CLIENT...: what clients say, and their status, when something fails."""

import contextlib
import os
import re
import socket
import subprocess
import sys


@contextlib.contextmanager
def failing(client, *arguments, stdout=subprocess.DEVNULL, status=1, message):
    """A client that waits for input. What the block does has to end it, with the status and the message."""
    pipes = {"stdin": subprocess.PIPE, "stdout": stdout, "stderr": subprocess.PIPE}
    with subprocess.Popen([client, *map(str, arguments)], bufsize=0, **pipes) as running:
        yield running
        said = running.stderr.read().decode()
        assert running.wait(60) == status, (client, running.returncode, said)
    name = os.path.basename(client).removesuffix("_native")
    assert re.fullmatch(message.replace("NAME", name), said), (client, said)


def bound():
    made = socket.socket()
    made.bind(("127.0.0.1", 0))
    return made, made.getsockname()[1]


def fail_in_every_way(client):
    wrong_usage = {"status": 2, "message": r"usage: NAME PORT\n"}
    with failing(client, **wrong_usage), failing(client, 1, 2, **wrong_usage):
        pass

    server, port = bound()
    with failing(client, port, message=r"NAME: connect( to 127.0.0.1:\d+)?: Connection refused\n"):
        pass

    server.listen()
    with failing(client, port, message=r"NAME: read: the server ended early\n") as running:
        connection, _ = server.accept()
        running.stdin.write(b"a line\n")
        assert connection.recv(7, socket.MSG_WAITALL) == b"a line\n"
        connection.close()

    nobody, stdout = os.pipe()
    os.close(nobody)
    with failing(client, port, stdout=stdout, message=r"NAME: write: Broken pipe\n"):
        connection, _ = server.accept()
        connection.sendall(b"?")
    connection.close()
    os.close(stdout)
    server.close()


for client in sys.argv[1:]:
    fail_in_every_way(client)
    print("every failure was reported by", os.path.basename(client))
