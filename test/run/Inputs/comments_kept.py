#!/usr/bin/env python3
"""Every comment of a source is in its expansion: comments_kept.py SOURCE < EXPANSION.

A comment is known by a number: `c1`, `c2`, ... Each must stand in the expansion, once, and in a comment. Prints those
that do not, and exits with 1 when there are any, or when the source has none.
"""

import collections
import pathlib
import re
import sys

COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
NUMBER = re.compile(r"\bc\d+\b")


def numbers(text):
    return collections.Counter(number for comment in COMMENT.findall(text) for number in NUMBER.findall(comment))


def main(source):
    written = numbers(pathlib.Path(source).read_text(encoding="utf-8"))
    kept = numbers(sys.stdin.read())
    wrong = [number for number, count in written.items() if kept[number] != count]
    for number in wrong:
        print(f"{number}: {written[number]} times in the source, {kept[number]} times in the expansion")
    return 1 if wrong or not written else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
