#!/usr/bin/env python3
"""What futures of some shapes take: the sizes of lowered futures, and what the same calls allocate natively.

    bench/frames/run.py [BUILD_FOLDER]

bench/frames/shapes.cpp has the shapes, and shapes.rs the same for Rust, whose futures allocate nothing either; its column is
there where rustc is. A lowered future allocates nothing, so that its size is all it takes;
natively all frames that are alive at once are counted, at their peak. The last column is what lives in the root
future across its fullest suspension, as --layout has it: what is more than that is padding, or no longer needed.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
FLAGS = ["-std=c++20", "-w", f"-I{ROOT}/runtime/include"]

SHAPES = [
    *("s01", "s02", "s03", "s04", "s07", "s07_named", "s08", "s09", "s12", "s12b", "s13", "s14"),
    *("strings", "mixed", "chain_8"),
]


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def lowered(tool):
    report = json.loads(run(tool, FOLDER / "shapes.cpp", "--layout=json", "--", *FLAGS))
    return {future["function"]: (future["size"], fullest(future)) for future in report["futures"]}


def fullest(future):
    return max((suspension["bytes"] for suspension in future["suspensions"]), default=future["size"])


def native(compiler, build, folder):
    program = folder / "native"
    # Else clang may find that a frame can be a part of its caller.
    options = ["-O2", "-fno-inline"]
    run(compiler, *FLAGS, *options, FOLDER / "peak.cpp", build / "lib" / "libcoro.a", "-pthread", "-o", program)
    return dict(line.split() for line in run(program).splitlines())


def rust(folder):
    """Sizes of futures by shape; none where there is no rustc."""
    if not shutil.which("rustc"):
        return {}
    run("rustc", "-O", "--edition", "2021", "-A", "warnings", FOLDER / "shapes.rs", "-o", folder / "rust")
    return dict(line.split() for line in run(folder / "rust").splitlines())


def main(build=ROOT / "build"):
    build = pathlib.Path(build)
    sizes = lowered(build / "bin" / "coro-expand")
    with tempfile.TemporaryDirectory() as folder:
        others = [native(compiler, build, pathlib.Path(folder)) for compiler in ("clang++-19", "g++")]
        others.append(rust(pathlib.Path(folder)))
    print("| shape | lowered | native clang | native g++ | rustc | alive |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for shape in SHAPES:
        size, alive = sizes[shape]
        columns = [f"{int(other[shape]):,}" if other else "" for other in others]
        print(f"| {shape} | {size:,} | {' | '.join(columns)} | {alive:,} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
