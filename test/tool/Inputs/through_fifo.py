"""Makes a FIFO, runs a command and prints what it wrote there: through_fifo.py FIFO COMMAND..."""

import os
import stat
import subprocess
import sys

fifo, command = sys.argv[1], sys.argv[2:]
os.mkfifo(fifo)
# Opened for reading and writing, the FIFO waits for nobody.
end = os.open(fifo, os.O_RDWR | os.O_NONBLOCK)
status = subprocess.run(command).returncode
if status != 0:
    sys.exit(f"exit status {status}")
if not stat.S_ISFIFO(os.lstat(fifo).st_mode):
    sys.exit("the FIFO has been replaced")
try:
    while text := os.read(end, 4096):
        sys.stdout.buffer.write(text)
        sys.stdout.flush()
except BlockingIOError:
    pass
