#!/usr/bin/env python3
"""What futures of some shapes take: the sizes of lowered futures, and what the same calls allocate natively.

    bench/frames/run.py [BUILD_FOLDER]

bench/frames/shapes.cpp has the shapes. A lowered future allocates nothing, so that its size is all it takes;
natively all frames that are alive at once are counted, at their peak. BOUNDS says what each shape has to take at
least: what lives across its fullest suspension, and one byte for where it stands in each future.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
FLAGS = ["-std=c++20", "-w", f"-I{ROOT}/runtime/include"]

BOUNDS = {
    "s01": 2,
    "s02": 1026,
    "s03": 1030,
    "s04": 520,
    "s07": 521,
    "s07_named": 521,
    "s08": 2081,
    "s09": 517,
    "s12": 8,
    "s12b": 520,
    "s13": 272,
    "s14": 72,
    "strings": 48,
    "mixed": 12,
    "chain_8": 80,
}


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def lowered(tool):
    report = json.loads(run(tool, FOLDER / "shapes.cpp", "--layout=json", "--", *FLAGS))
    return {future["function"]: future["size"] for future in report["futures"]}


def native(compiler, build, folder):
    program = folder / "native"
    run(compiler, *FLAGS, "-O2", FOLDER / "peak.cpp", build / "lib" / "libcoro.a", "-pthread", "-o", program)
    return dict(line.split() for line in run(program).splitlines())


def main(build=ROOT / "build"):
    build = pathlib.Path(build)
    sizes = lowered(build / "bin" / "coro-expand")
    with tempfile.TemporaryDirectory() as folder:
        peaks = [native(compiler, build, pathlib.Path(folder)) for compiler in ("clang++-19", "g++")]
    print("| shape | lowered | native clang | native g++ | at least |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for shape, bound in BOUNDS.items():
        print(f"| {shape} | {sizes[shape]} | {peaks[0][shape]} | {peaks[1][shape]} | {bound} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
