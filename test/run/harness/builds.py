"""How the programs of test/run are expanded, compiled and run.

Compile time is most of the oracle's time, so each build keeps a precompiled header and the compiled
harness in the work folder, under a name made from all that they depend on. Calls may run side by side.
"""

import contextlib
import dataclasses
import fcntl
import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile

HARNESS_DIR = pathlib.Path(__file__).resolve().parent
RUN_DIR = HARNESS_DIR.parent
ROOT_DIR = RUN_DIR.parent.parent
RUN_TIMEOUT_SECONDS = 120


class Failed(Exception):
    """The check failed; the message says why."""


def build_dir():
    return pathlib.Path(os.environ.get("CORO_BUILD_DIR", ROOT_DIR / "build"))


def include_dir():
    return pathlib.Path(os.environ.get("CORO_INCLUDE", ROOT_DIR / "runtime" / "include"))


def default_work_dir():
    if build_dir().is_dir():
        return build_dir() / "oracle"
    return pathlib.Path(tempfile.gettempdir()) / f"coro-oracle-{os.getuid()}"


def run_tool(command, what):
    """Runs a compiler or the tool; its output is shown when it fails."""
    command = [str(part) for part in command]
    try:
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="backslashreplace",
        )
    except OSError as error:
        raise Failed(f"{what}: {error}")
    if done.returncode != 0:
        raise Failed(f"{what} failed\n{' '.join(command)}\n{done.stdout}")
    return done.stdout


@dataclasses.dataclass(frozen=True)
class Trace:
    """What a program did."""

    lines: list
    errors: str
    status: int

    def require_success(self, complaint):
        if self.status == 0:
            return
        reported = "".join(line for line in self.lines if line.startswith("ERROR"))
        raise Failed(f"{complaint}: exit status {self.status}\n{reported}{self.errors}")


def run_program(binary):
    try:
        done = subprocess.run(
            [binary],
            capture_output=True,
            encoding="utf-8",
            errors="backslashreplace",
            timeout=RUN_TIMEOUT_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise Failed(f"{binary.name} did not end within {RUN_TIMEOUT_SECONDS} s")
    return Trace(done.stdout.splitlines(keepends=True), done.stderr, done.returncode)


class Build:
    """One compiler with its flags."""

    def __init__(self, name, compiler, flags, work_dir, strict=()):
        """`strict` are warnings that an expansion may have only where the program has them."""
        self.name = name
        self.strict = strict
        self.file_name = name.replace(" ", "-").replace("+", "x")
        self.compiler = compiler
        self.command = [compiler, "-std=c++20", "-pthread", "-Wall", "-Wextra", "-Werror", *flags]
        # What is checked for warnings is the program, not the headers.
        self.command += ["-isystem", str(include_dir()), "-isystem", str(RUN_DIR)]
        self.libcoro = os.environ.get("LIBCORO", build_dir() / "lib" / "libcoro.a")
        self.work_dir = work_dir

    def trace(self, program, source, folder):
        """Builds `source`, the program or its expansion, in `folder` and runs it."""
        binary = folder / self.file_name
        command = [*self.command, f"-I{program.resolve().parent}"]
        linked = [source, self.libcoro, "-o", binary]
        if uses_harness(program):
            shared = self.shared_parts()
            command += self.precompiled_header_flags(shared)
            linked.insert(1, shared / "harness.o")
        try:
            run_tool([*command, *self.strict, *linked], f"the {self.name} build")
        except Failed:
            if not self.own_text_warns(command, program):
                raise
            run_tool([*command, *linked], f"the {self.name} build")
        trace = run_program(binary)
        binary.with_suffix(".trace").write_text("".join(trace.lines))
        return trace

    def own_text_warns(self, command, program):
        """Whether the program itself, not only its expansion, has a warning of `strict`."""
        if not self.strict:
            return False
        try:
            run_tool([*command, *self.strict, "-fsyntax-only", program], "")
        except Failed:
            return True
        return False

    def precompiled_header_flags(self, shared):
        if "clang" in pathlib.Path(self.compiler).name:
            return ["-include-pch", shared / "oracle.h.gch"]
        return ["-include", shared / "oracle.h"]

    def shared_parts(self):
        """The folder with the precompiled header and harness.o, made if it is not there yet."""
        folder = self.work_dir / f"{self.file_name}.{self.key()}"
        with locked(self.work_dir / "lock"):
            if not folder.is_dir():
                self.make_shared_parts(folder)
        return folder

    def key(self):
        """Names all that the shared parts depend on."""
        parts = [*map(str, self.command), run_tool([self.compiler, "--version"], self.compiler)]
        for top in (include_dir(), RUN_DIR):
            for path in sorted(top.rglob("*")):
                if path.suffix == ".h" or path.parent == HARNESS_DIR:
                    status = path.stat()
                    parts.append(f"{path} {status.st_mtime_ns} {status.st_size}")
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def make_shared_parts(self, folder):
        for outdated in self.work_dir.glob(f"{self.file_name}.*"):
            shutil.rmtree(outdated)
        unfinished = pathlib.Path(tempfile.mkdtemp(dir=self.work_dir))
        try:
            self.precompile_header(unfinished)
            self.compile_harness(unfinished)
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)

    def precompile_header(self, folder):
        header = ["-x", "c++-header", RUN_DIR / "oracle.h", "-o", folder / "oracle.h.gch"]
        run_tool([*self.command, *header], "the precompiled header")
        # g++ looks for a precompiled header beside the header that it is told to include.
        (folder / "oracle.h").write_text('#error "the precompiled header was not used"\n')

    def compile_harness(self, folder):
        objects = []
        for source in sorted(HARNESS_DIR.glob("*.cpp")):
            objects.append(folder / f"{source.stem}.o")
            run_tool([*self.command, "-c", source, "-o", objects[-1]], "the harness")
        linked = ["-r", "-nostdlib", *objects, "-o", folder / "harness.o"]
        run_tool([self.compiler, *linked], "the harness")


def uses_harness(program):
    """Whether it is a program of test/run, not one with a main of its own, as the examples are."""
    return '#include "oracle.h"' in program.read_text(encoding="utf-8", errors="replace")


@contextlib.contextmanager
def locked(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Tools:
    """The builds that are compared, and the tool."""

    def __init__(self, work_dir):
        clang = os.environ.get("CLANG", "clang++-19")
        gxx = os.environ.get("GXX", "g++")
        # With CORO_SCRIBBLE (coro/lowered.h), what uses a frame object behind its end reads garbage.
        sanitize = ["-g1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-DCORO_SCRIBBLE"]
        self.clang_native = Build("native", clang, [], work_dir)
        strict = ["-Wshadow", "-Wconversion"]
        self.gxx_lowered = Build("lowered g++", gxx, [], work_dir, strict)
        self.clang_sanitized = Build("lowered clang++", clang, sanitize, work_dir)

    def expand(self, program, output):
        tool = os.environ.get("COROEXPAND", build_dir() / "bin" / "coro-expand")
        flags = ["-std=c++20", "-pthread", f"-I{include_dir()}", f"-I{RUN_DIR}"]
        run_tool([tool, program, "-o", output, "--check-order", "--check-types", "--", *flags], "coro-expand")
        return output
