"""Runs the tool on input that it must refuse, and prints its errors: refused.py TOOL FILE... -- FLAGS.

The exit status must be 1, standard output empty, and the file named by -o must keep its bytes and its time.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

KEPT = b"what was there before\n"


def main(command):
    """What is wrong, in words; nothing when nothing is."""
    dashes = command.index("--")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        output = folder / "out.cpp"
        output.write_bytes(KEPT)
        os.utime(output, ns=(0, 0))
        run = subprocess.run(
            [*command[:dashes], "-o", output, *command[dashes:]], stdout=subprocess.PIPE, timeout=60
        )
        problems = []
        if run.returncode != 1:
            problems.append(f"exit status {run.returncode}, not 1")
        if run.stdout:
            problems.append("something on standard output")
        if output.read_bytes() != KEPT or output.stat().st_mtime_ns != 0:
            problems.append("-o changed the file")
        if list(folder.iterdir()) != [output]:
            problems.append("-o left another file behind")
    return "; ".join(problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) or 0)
