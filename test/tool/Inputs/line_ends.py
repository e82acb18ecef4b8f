"""Files whose lines end in \\r\\n: line_ends.py make FILE prints one, line_ends.py check FILE fails for a mixture."""

import pathlib
import sys

content = pathlib.Path(sys.argv[2]).read_bytes()
if sys.argv[1] == "make":
    sys.stdout.buffer.write(content.replace(b"\n", b"\r\n"))
elif content.count(b"\n") != content.count(b"\r\n") or content.count(b"\r") != content.count(b"\r\n"):
    sys.exit("a mixture of line ends")
elif b"\r\n" not in content:
    sys.exit("no \\r\\n")
