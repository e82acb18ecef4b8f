"""io_models_dialogue.py PORT CLIENT...: each line is sent when the one before has come back through the client.

The pipes are also this process's, so their flags have to stay as they are.
"""

import fcntl
import os
import subprocess
import sys


def flags(fds):
    return [fcntl.fcntl(fd, fcntl.F_GETFL) for fd in fds]


def talk(client, port):
    stdin, to_client = os.pipe()
    from_client, stdout = os.pipe()
    ends = (stdin, to_client, from_client, stdout)
    before = flags(ends)
    running = subprocess.Popen([client, port], stdin=stdin, stdout=stdout)
    with open(from_client, "rb") as lines:
        for i in range(50):
            line = b"%d green bottles\n" % (50 - i)
            os.write(to_client, line)
            assert lines.readline() == line
        assert flags(ends) == before
        os.close(to_client)
        assert running.wait(60) == 0
        os.close(stdout)
        assert lines.read() == b""
    os.close(stdin)


for client in sys.argv[2:]:
    talk(client, sys.argv[1])
    print("every line came back through", os.path.basename(client))
