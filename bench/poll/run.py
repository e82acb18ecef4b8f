#!/usr/bin/env python3
"""What polls of some shapes cost: instructions, lowered, by hand and natively, by both compilers.

    bench/poll/run.py [BUILD_FOLDER]

bench/poll/shapes.cpp has the futures, bench/poll/by_hand.cpp the same as somebody would write them. Each call is made so
often, and twice as often; what that costs more is its own, as callgrind counts it.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
FLAGS = ["-std=c++20", "-w", f"-I{ROOT}/runtime/include", f"-I{FOLDER}"]
CALLS = 100

SHAPES = {
    "wake": "a poll of 64 calls that wait for a leaf",
    "wake_destructor": "the same, an object with a destructor in each frame",
    "ready": "64 calls, made and polled to their end",
    "ready_destructor": "the same, an object with a destructor in each frame",
    "join_2": "a join of 2 leaves that are ready",
    "join_8": "a join of 8",
    "loop": "100 rounds of a loop that waits for a leaf that is ready",
}
COMPILERS = {"g++": "g++", "clang": "clang++-19"}


def run(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)


def instructions(program, shape):
    def counted(calls):
        output = run("valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, shape, calls).stderr
        return int(re.search(r"Collected : (\d+)", output)[1])

    return (counted(2 * CALLS) - counted(CALLS)) / CALLS


def written(source, folder):
    """A copy of the source, with 65 lines for each CHAIN."""
    below = ["leaf", *range(64)]
    lines = lambda match: "\n".join(f"{match[1]}({match[2]}, {n}, {below[n]})" for n in range(65))
    copy = folder / source
    copy.write_text(re.sub(r"^CHAIN\((\w+), (\w+)\)$", lines, (FOLDER / source).read_text(), flags=re.M))
    return copy


def programs(build, folder):
    """The program of each kind and compiler."""
    native, by_hand, lowered = written("shapes.cpp", folder), written("by_hand.cpp", folder), folder / "lowered.cpp"
    run(build / "bin" / "coro-expand", native, "-o", lowered, "--", *FLAGS)
    sources = {"lowered": lowered, "by hand": by_hand, "native": native}
    result = {}
    for kind, source in sources.items():
        for name, compiler in COMPILERS.items():
            program = folder / f"{kind.replace(' ', '_')}_{name}"
            run(compiler, *FLAGS, "-O2", source, build / "lib" / "libcoro.a", "-pthread", "-o", program)
            result[kind, name] = program
    return result


def main(build=ROOT / "build"):
    with tempfile.TemporaryDirectory() as folder:
        built = programs(pathlib.Path(build), pathlib.Path(folder))
        print("| | " + " | ".join(f"{kind}, {compiler}" for kind, compiler in built) + " |")
        print("| --- |" + " ---: |" * len(built))
        for shape in SHAPES:
            counts = [f"{instructions(program, shape):,.0f}" for program in built.values()]
            print(f"| {shape} | " + " | ".join(counts) + " |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
