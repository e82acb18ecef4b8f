#!/usr/bin/env python3
"""Compares what coro-expand printed with a golden file, or rewrites the golden file.

Used by tests as `%golden` (test/lit.cfg.py):

    // RUN: %coro-expand %s -- %coro-flags | %golden %S/NAME.expected.cpp

With --update-when COMMAND, as scripts/update-goldens passes it, a golden that differs is rewritten, but
only after `COMMAND PROGRAM` has shown that the program still does what its native twin does.
A test whose input is not the test file itself names the program: `%golden --program=%examples/NAME.cpp FILE`.
"""

import argparse
import difflib
import pathlib
import subprocess
import sys


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("golden", type=pathlib.Path)
    parser.add_argument("--program", required=True, help="the source file whose expansion this is")
    parser.add_argument("--update-when", metavar="COMMAND", help="rewrite if `COMMAND PROGRAM` succeeds")
    return parser.parse_args()


def as_lines(content):
    return content.decode("utf-8", errors="backslashreplace").splitlines(keepends=True)


def show_difference(expected, actual, golden):
    lines = difflib.unified_diff(
        as_lines(expected),
        as_lines(actual),
        fromfile=str(golden),
        tofile="coro-expand's output",
    )
    for line in lines:
        sys.stderr.write(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n")


def behaves_as_natively(command, program):
    result = subprocess.run([command, program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if result.returncode != 0:
        print(result.stdout, file=sys.stderr)
    return result.returncode == 0


def update(arguments, actual):
    if not behaves_as_natively(arguments.update_when, arguments.program):
        sys.exit(f"refused: {arguments.program} does not run as its native twin; {arguments.golden} stays")
    arguments.golden.write_bytes(actual)
    print(f"updated {arguments.golden}", file=sys.stderr)


def main():
    arguments = parse_arguments()
    actual = sys.stdin.buffer.read()
    if not actual:
        sys.exit("coro-expand printed nothing")
    expected = arguments.golden.read_bytes() if arguments.golden.exists() else b""
    if actual == expected:
        return
    if arguments.update_when:
        update(arguments, actual)
    else:
        show_difference(expected, actual, arguments.golden)
        sys.exit("the expansion changed; if that is right, run scripts/update-goldens")


if __name__ == "__main__":
    main()
