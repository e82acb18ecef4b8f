"""chat_client.py PORT: three members of a chat room, of whom one never reads."""

import socket
import sys

address = ("127.0.0.1", int(sys.argv[1]))


class Member:
    def __init__(self):
        self.socket = socket.create_connection(address)
        self.file = self.socket.makefile("rw", newline="\n")

    def say(self, text):
        self.file.write(text + "\n")
        self.file.flush()

    def hears(self, text):
        heard = self.file.readline().rstrip("\n")
        assert heard == text, f"{heard!r} instead of {text!r}"


first = Member()
second = Member()
first.hears("2: hello")
second.say("hello first")
first.hears("2: hello first")
deaf = Member()
first.hears("3: hello")
second.hears("3: hello")
# More than the deaf one's channel and socket buffers hold; the others get every line.
for i in range(2000):
    first.say(f"{i} " + "x" * 2000)
    second.hears(f"1: {i} " + "x" * 2000)
second.socket.shutdown(socket.SHUT_RDWR)
first.hears("2: bye")
print("everybody was heard")
