"""notes_client.py PORT: two clients of the service of docs/runtime.md; a line may come in pieces."""

import socket
import sys


def connect():
    return socket.create_connection(("127.0.0.1", int(sys.argv[1])))


def hears(client, text):
    heard = client.recv(len(text), socket.MSG_WAITALL)
    assert heard == text, f"{heard!r} instead of {text!r}"


first, second = connect(), connect()
first.sendall(b"set milk two ")
second.sendall(b"get milk\nget")
hears(second, b"there is none\n")
first.sendall(b"bottles\nnonsense\n")
hears(first, b"done\nsay get NAME or set NAME TEXT\n")
second.sendall(b" milk\n\n")
hears(second, b"two bottles\n")
hears(second, b"")
print("the notes were kept")
