#!/usr/bin/env python3
"""What a lowered build costs: processor time of `coro-c++ COMPILER ..` over that of the compiler alone.

    bench/lowered_builds.py [BUILD_FOLDER [REPEATS]]

For the files of examples and of test/build, by both compilers, at -O0 and -O2: lowering and compiling against the native
compile, in one run, the least of REPEATS each; the lowering's own share; and a file without a mark, which the launcher
only looks through. The tool has to be an optimised one.
"""

import os
import pathlib
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ("examples/chat_server", "examples/http_router", "examples/job_queue", "test/build/Inputs/cmake")
FLAGS = ["-std=c++20", "-w", f"-I{ROOT}/runtime/include", f"-I{ROOT}/test/build/Inputs/cmake/include"]


def seconds(command, repeats):
    """The least processor time of a command and its children; none where it fails."""
    times = []
    for _ in range(repeats):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        if subprocess.run(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False).returncode:
            return None
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def main(build=str(ROOT / "build"), repeats="3"):
    tools = pathlib.Path(build) / "bin"
    files = [file for folder in FOLDERS for file in sorted((ROOT / folder).glob("*.cpp"))]
    os.environ["CCACHE_DISABLE"] = "1"
    print(f"{'compiler':<12}{'level':<7}{'native s':>9}{'lowered s':>10}{'ratio':>7}{'tool':>7}{'worst file':>12}")
    with tempfile.TemporaryDirectory() as folder:
        out = f"{folder}/out.o"
        for compiler in ("g++", "clang++-19"):
            for level in ("-O0", "-O2"):
                totals, worst = [0.0, 0.0, 0.0], (0.0, "")
                for file in files:
                    compile_only = [compiler, level, *FLAGS, "-c", str(file), "-o", out]
                    lower = [f"{tools}/coro-expand", str(file), "-o", f"{folder}/out.cpp", "--lines"]
                    lower += ["--only-if-lowered", f"--compiler={compiler}", "--", *FLAGS]
                    times = [seconds(c, int(repeats)) for c in (compile_only, [f"{tools}/coro-c++", *compile_only], lower)]
                    if None in times:
                        print(f"{file.name} does not build with {compiler}", file=sys.stderr)
                        continue
                    totals = [a + b for a, b in zip(totals, times)]
                    worst = max(worst, (times[1] / times[0], file.name))
                native, lowered, tool = totals
                shares = f"{lowered / native:>7.2f}{tool / native:>7.2f}"
                print(f"{compiler:<12}{level:<7}{native:>9.2f}{lowered:>10.2f}{shares}  {worst[0]:.2f} {worst[1]}")
        plain = ["g++", "-O0", *FLAGS, "-c", str(ROOT / "test/build/Inputs/app/plain.cpp"), "-o", out]
        ratio = seconds([f"{tools}/coro-c++", *plain], 9) / seconds(plain, 9)
        print(f"no mark: {ratio:.2f}")


main(*sys.argv[1:])
