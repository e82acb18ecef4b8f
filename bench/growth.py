#!/usr/bin/env python3
"""How the tool's time and memory grow with its input.

    bench/growth.py [BUILD_FOLDER [FORM...]]

For each form of input (test/tool/Inputs/nesting.py makes them) and each size: seconds of processor time
of coro-expand and of clang++-19 -fsyntax-only, what the tool adds for each item over the size before, and
its peak of memory. Where time is linear, that is the same for all sizes.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "test" / "tool" / "Inputs"))
import nesting  # noqa: E402

WIDE = (500, 2000, 8000)
SIZES = {
    "functions": WIDE,
    "statements": WIDE,
    "locals": WIDE,
    "objects": WIDE,
    "block_after_block": WIDE,
    "elses": (500, 1000, 2000),
    "sum": WIDE,
    "awaits_in_sum": (500, 1000, 2000),
    "join": (125, 250, 500),
    "blocks": (50, 100, 200),
    "objects_in_blocks": (50, 100, 200),
}
# Deeper than compilers go by themselves.
FLAGS = ["-std=c++20", "-w", "-fbracket-depth=100000", "-ftemplate-depth=100000", f"-I{ROOT}/runtime/include"]


def measure(command):
    """Processor seconds and peak kilobytes of a command; its standard error only where it fails."""
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen([str(part) for part in command], stderr=errors, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        if status != 0:
            errors.seek(0)
            return None, errors.read(300)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def row(tool, form, number, folder, before):
    path = folder / f"{form}_{number}.cpp"
    path.write_text(nesting.source(form, number))
    seconds, kilobytes = measure([tool, path, "-o", folder / "out.cpp", "--", *FLAGS])
    if seconds is None:
        print(f"| {form} | {number:,} | fails: {(kilobytes or 'killed').splitlines()[0]} |")
        return None
    clang, _ = measure(["clang++-19", "-fsyntax-only", *FLAGS, path])
    each = f"{(seconds - before[1]) / (number - before[0]) * 1e6:,.0f}" if before else ""
    print(f"| {form} | {number:,} | {seconds:.2f} | {clang:.2f} | {each} | {kilobytes // 1024} |", flush=True)
    return number, seconds


def main(build=ROOT / "build", *forms):
    tool = pathlib.Path(build) / "bin" / "coro-expand"
    print("| input | of them | coro-expand s | clang -fsyntax-only s | µs for each more | peak MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for form in forms or SIZES:
            before = None
            for number in SIZES[form]:
                before = row(tool, form, number, pathlib.Path(folder), before)


if __name__ == "__main__":
    main(*sys.argv[1:])
