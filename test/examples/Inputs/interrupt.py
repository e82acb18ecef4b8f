"""interrupt.py STATUS COMMAND...: Ctrl-C ends a client that waits for something, with this status.

The command is given an input that goes on. {fifo} in it is a file that nobody else opens, {port} the port of a
server that accepts connections and says nothing; where it is used, the client is connected before the signal comes.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

LIMIT = 120  # seconds; only keeps a test from hanging


def blocks_signal(pid, number):
    with open(f"/proc/{pid}/status") as status:
        for line in status:
            if line.startswith("SigBlk:"):
                return int(line.split()[1], 16) >> (number - 1) & 1
    return False


expected = int(sys.argv[1])
with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as silent:
    fifo = os.path.join(folder, "fifo")
    os.mkfifo(fifo)
    port = str(silent.getsockname()[1])
    command = [part.replace("{fifo}", fifo).replace("{port}", port) for part in sys.argv[2:]]
    client = subprocess.Popen(command, stdin=subprocess.PIPE)
    try:
        if command != sys.argv[2:] and port in command:
            client.stdin.write(b"a line\n")
            client.stdin.flush()
            connection, _ = silent.accept()
        # It handles the signal from when it blocks it.
        end = time.monotonic() + LIMIT
        while not blocks_signal(client.pid, signal.SIGINT):
            assert client.poll() is None and time.monotonic() < end, client.returncode
        client.send_signal(signal.SIGINT)
        ended = client.wait(LIMIT)
        assert ended == expected, ended
    finally:
        client.kill()
print("stopped")
