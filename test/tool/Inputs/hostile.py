"""Expands sources cut short, or with tokens taken out: hostile.py TOOL FOLDER SOURCE... -- FLAGS.

The tool must exit with 0, or with 1 and an error, and leave an output file exactly when it exits with 0.
What is taken out depends on the source alone, so that a failure can be repeated.
"""

import pathlib
import random
import re
import subprocess
import sys

CUTS = 8
DELETIONS = 4
TOKEN = re.compile(rb'"[^"\n]*"|//[^\n]*|\w+|\s+|::|[^\w\s]')


def cuts(text):
    """`text` cut short at places far apart."""
    for cut in range(CUTS):
        yield f"cut {cut} of {CUTS}", text[: len(text) * cut // CUTS]


def deletions(text):
    """`text` without one token, the includes kept."""
    tokens = TOKEN.findall(text)
    start = max(place for place, token in enumerate(tokens) if token == b"include") + 6
    written = [place for place in range(start, len(tokens)) if not tokens[place].isspace()]
    for place in random.Random(len(text)).sample(written, DELETIONS):
        what = f"without token {place}, {tokens[place].decode(errors='replace')}"
        yield what, b"".join(tokens[:place] + tokens[place + 1 :])


def expand(tool, source, output, flags):
    """What is wrong with how the tool took `source`; nothing when nothing is."""
    output.unlink(missing_ok=True)
    run = subprocess.run([tool, source, "-o", output, *flags], capture_output=True, timeout=60)
    errors = run.stderr.decode(errors="replace")
    if run.returncode not in (0, 1):
        return f"exit status {run.returncode}\n{errors}"
    if run.returncode == 1 and "error:" not in errors:
        return "exit status 1 without an error"
    if output.exists() != (run.returncode == 0):
        return f"exit status {run.returncode}, but the output file " + (
            "is there" if output.exists() else "is missing"
        )
    return None


def main(tool, folder, *rest):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    dashes = rest.index("--")
    for original in map(pathlib.Path, rest[:dashes]):
        text = original.read_bytes()
        for what, broken in [*cuts(text), *deletions(text)]:
            source = folder / "broken.cpp"
            source.write_bytes(broken)
            problem = expand(tool, source, folder / "out.cpp", rest[dashes:])
            if problem:
                return f"{original} {what}: {problem}"
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
