#!/usr/bin/env python3
"""Every diagnostic the tool can give has a test: diagnostics_covered.py ROOT.

Reads lib/Diagnostics/Diagnostics.def and the files of test/diag. A test names what it shows in its header,

    // DIAG: async_wrong_return

and quotes the message: at least QUOTED characters of it in a row, wherever it checks the output. Exits with
1 when a diagnostic has no such test, or a test names a diagnostic that does not exist.
"""

import pathlib
import re
import sys

DEFINITION = re.compile(r'^DIAG\(\s*(\w+)\s*,\s*\w+\s*,\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)', re.MULTILINE)
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
NAMED = re.compile(r"^(?://|#)\s*DIAG:\s*(\w+)\s*$", re.MULTILINE)
ARGUMENT = re.compile(r"%(?:\w+\{[^}]*\})?\d")
QUOTED = 16


def definitions(text):
    """Name -> message of every DIAG line."""
    return {name: "".join(STRING.findall(strings)) for name, strings in DEFINITION.findall(text)}


def quotes(text, message):
    """Does `text` hold enough of the message, apart from its arguments?"""
    parts = [part.replace("\\", "") for part in ARGUMENT.split(message)]
    length = min(QUOTED, max(map(len, parts)))
    windows = (part[start : start + length] for part in parts for start in range(len(part) - length + 1))
    return any(window in text for window in windows)


def check(root):
    """What is wrong, one line each; and how many diagnostics there are."""
    messages = definitions((root / "lib/Diagnostics/Diagnostics.def").read_text(encoding="utf-8"))
    found = []
    covered = set()
    for file in sorted(path for path in (root / "test/diag").rglob("*") if path.is_file()):
        text = file.read_text(encoding="utf-8")
        place = file.relative_to(root).as_posix()
        for name in NAMED.findall(text):
            if name not in messages:
                found.append(f"{place}: there is no diagnostic {name}")
            elif not quotes(text, messages[name]):
                found.append(f"{place}: names {name} but does not check its message")
            else:
                covered.add(name)
    found += [f"{name}: no test in test/diag says `// DIAG: {name}`" for name in sorted(messages.keys() - covered)]
    return found, len(messages)


def main(root):
    found, count = check(pathlib.Path(root))
    for line in found:
        print(line)
    print(f"{count} diagnostics, {len(found)} problems")
    return 1 if found or not count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
