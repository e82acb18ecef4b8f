"""Expands files whose bytes are unusual and checks what is kept: unchanged.py TOOL FOLDER PLAIN -- FLAGS.

Each file is expanded twice: as it is, when every byte has to stay; and with an async function between its
two halves, when every byte of the halves has to.
"""

import pathlib
import subprocess
import sys

INCLUDE = b"#include <coro/coro.h>\n"
FUNCTION = b"CORO_ASYNC coro::future<int> one() { co_return 1; }"

# What surrounds a function: before it and behind it.
SURROUNDINGS = {
    "empty": (b"", b""),
    "no line end": (b"int x;\n", b" int y;"),
    "comment at the end": (b"", b"  // no line end"),
    "CRLF": (b"int x;\r\n\r\n", b"\r\n\r\nint y;\r\n"),
    "CR": (b"int x;\r", b"\rint y;\r"),
    "byte order mark": (b"\xef\xbb\xbfint x;\n", b"\nint y;\n"),
    "not UTF-8": (b"// caf\xe9 \xff\xfe\nint x;\n", b" // \x80\nint y;\n"),
    "NUL in a comment": (b"/* \x00 */ int x;\n", b"\n/* \x00 */\n"),
    "tabs and blanks": (b"\t int x ;  \n \t", b"  \t\n\n\n \x0c\n"),
    "long line": (b"// " + b"x" * 1_000_000 + b"\n\n", b"\n// " + b"y" * 1_000_000),
    "line splices": (b"#define M 1 \\\n  + 2\n", b"\nint x \\\n = M;\n"),
    "beside others": (b"int x; ", b" int y;\n"),
}


def expand(tool, file, flags):
    return subprocess.run([tool, file, *flags], check=True, stdout=subprocess.PIPE, timeout=60).stdout


def main(tool, folder, plain, *flags):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "source.cpp"
    for name, (before, after) in {**SURROUNDINGS, "plain": (pathlib.Path(plain).read_bytes(), b"")}.items():
        source.write_bytes(before + after)
        if expand(tool, source, flags) != before + after:
            return f"{name}: changed, without an async function"
        # A byte order mark stands first in a file.
        mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
        before = mark + INCLUDE + before[len(mark) :]
        source.write_bytes(before + FUNCTION + after)
        lowered = expand(tool, source, flags)
        if not lowered.startswith(before + b"namespace {"):
            return f"{name}: changed before the function"
        if not lowered.endswith(b"one_future one() { return one_future(); }" + after):
            return f"{name}: changed behind the function"
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
