"""Checks many programs at once: natively against lowered by two compilers, program by program.

All programs of a batch are one file, with a precompiled header, and one process runs them. What a compiler or the tool says is
blamed on the program whose lines it names; the others go on without it.
"""

import concurrent.futures
import dataclasses
import hashlib
import os
import pathlib
import re
import subprocess
import sys
import threading

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parent.parent
RUN_DIR = ROOT / "test" / "run"
HARNESS = FOLDER / "harness"
sys.path.insert(0, str(RUN_DIR / "harness"))

import builds
import compare
import generate

TOOL_SECONDS = 300
RUN_SECONDS = 600
# What the text of a random program has warnings of, natively too.
OWN_WARNINGS = [
    "-Wall", "-Wextra", "-Werror", "-Wno-unused", "-Wno-self-assign", "-Wno-self-assign-overloaded",
    "-Wno-missing-field-initializers", "-Wno-parentheses", "-Wno-unused-value", "-Wno-sequence-point",
    "-Wno-dangling-else", "-Wno-implicit-fallthrough", "-Wno-vexing-parse", "-Wno-dangling-field", "-Wno-tautological-compare", "-Wno-int-in-bool-context",
]


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What is wrong with a program. Of two with the same `kind`, the same is wrong, as far as that can be told."""

    kind: str
    message: str

    @property
    def is_fault(self):
        return not self.kind.startswith(("refused", "unfit"))


def known_errors():
    """Patterns of the errors that the tool gives itself, by name."""
    text = (ROOT / "lib" / "Diagnostics" / "Diagnostics.def").read_text()
    found = []
    for name, message in re.findall(r'^DIAG\((\w+), Error, "(.*)"\)$', text, re.MULTILINE):
        pattern = "".join(".*" if re.match(r"%\d", part) else re.escape(part) for part in re.split(r"(%\d)", message))
        found.append((name, re.compile(pattern)))
    return found


ERRORS = known_errors()
MESSAGE = re.compile(r"^(?P<file>[^\s:]+):(?P<line>\d+):\d+: (?P<severity>internal compiler error|fatal error|error|note|warning|  .*?): ?(?P<text>.*)$")
PLACE = re.compile(r"(?P<file>[^\s:]+):(?P<line>\d+)[:,]")


def normalised(message):
    """A message without the names of this program."""
    message = re.sub(r"['‘][^'’]*['’]", "'..'", message)
    return re.sub(r"program_\w+|\d+", "#", message)[:160]


class Build:
    def __init__(self, name, compiler, flags, warnings):
        self.name = name
        self.flags = ["-std=c++20", "-pthread", "-O0", *flags, "-isystem", str(builds.include_dir()), f"-I{RUN_DIR}", f"-I{HARNESS}"]
        self.compiler = compiler
        self.warnings = warnings
        self.lock = threading.Lock()

    def shared(self, folder):
        """The folder with the precompiled header and the compiled harness."""
        with self.lock:
            sources = [*sorted((RUN_DIR / "harness").glob("*")), *sorted(HARNESS.glob("*")), RUN_DIR / "oracle.h"]
            sources += sorted(builds.include_dir().rglob("*.h"))
            key = hashlib.sha256("\n".join([self.compiler, *self.flags, *self.warnings]).encode())
            for source in sources:
                if source.is_file():
                    key.update(source.read_bytes())
            made = folder / "shared" / f"{self.name.replace(' ', '_').replace('+', 'x')}.{key.hexdigest()[:16]}"
            if not (made / "harness.o").exists():
                self.make_shared(made)
            return made

    def make_shared(self, made):
        made.mkdir(parents=True, exist_ok=True)
        header = ["-x", "c++-header", HARNESS / "programs.h", "-o", made / "programs.h.gch"]
        builds.run_tool([self.compiler, *self.flags, *self.warnings, *header], "the precompiled header")
        (made / "programs.h").write_text('#error "the precompiled header was not used"\n')
        objects = []
        for source in [*sorted((RUN_DIR / "harness").glob("*.cpp")), HARNESS / "programs.cpp"]:
            objects.append(made / f"{source.stem}.o")
            builds.run_tool([self.compiler, *self.flags, "-O1", "-c", source, "-o", objects[-1]], "the harness")
        builds.run_tool([self.compiler, "-r", "-nostdlib", *objects, "-o", made / "harness.o"], "the harness")

    def compile(self, source, binary, folder):
        """What the compiler says when it fails."""
        shared = self.shared(folder)
        header = shared / ("programs.h.gch" if "clang" in self.compiler else "programs.h")
        use = ["-include-pch" if "clang" in self.compiler else "-include", header]
        command = [self.compiler, *self.flags, *self.warnings, *use, source, shared / "harness.o"]
        command += [os.environ.get("LIBCORO", builds.build_dir() / "lib" / "libcoro.a"), "-o", binary]
        command += ["-fmax-errors=0" if self.compiler == "g++" else "-ferror-limit=0"]
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, errors="backslashreplace")
        return done.stderr if done.returncode else ""


NATIVE = Build("native", "clang++-19", [], ["-w"])
GXX = Build("g++", "g++", [], OWN_WARNINGS + ["-Wno-subobject-linkage"])
# By clang, nothing is left of a frame object behind its end (coro/lowered.h).
CLANG = Build("clang", "clang++-19", ["-DCORO_SCRIBBLE"], OWN_WARNINGS)
SANITIZED = Build(
    "clang sanitized",
    "clang++-19",
    ["-g1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-DCORO_SCRIBBLE"],
    ["-w"],
)


class Lines:
    """Which program each line of a file belongs to."""

    def __init__(self, path):
        self.owner = []
        current = None
        for line in path.read_text().splitlines():
            opened = re.match(r"namespace (program_\w+) \{", line)
            if opened:
                current = opened.group(1)
            self.owner.append(current)
            if line.startswith("}  // namespace program_"):
                current = None
        self.name = path.name

    def at(self, file, line):
        if pathlib.Path(file).name != self.name or not 0 < int(line) <= len(self.owner):
            return None
        return self.owner[int(line) - 1]


def blame(output, lines):
    """The programs that errors are about, each with its first message."""
    said = output.splitlines()
    found = {}
    for index, line in enumerate(said):
        match = MESSAGE.match(line)
        if not match or "error" not in match["severity"]:
            continue
        owner = lines.at(match["file"], match["line"])
        around = said[max(0, index - 25) : index][::-1] + said[index + 1 : index + 25]
        for other in [] if owner else around:
            place = PLACE.search(other)
            owner = owner or (place and lines.at(place["file"], place["line"]))
        if owner and owner not in found:
            found[owner] = match["text"]
    return found


def without(text, names):
    """The text of a file without the namespaces of some programs."""
    kept, current = [], None
    for line in text.splitlines(keepends=True):
        opened = re.match(r"namespace (program_\w+) \{", line)
        if opened:
            current = opened.group(1)
        row = re.match(r'    \{"(program_\w+)"', line)
        if current not in names and not (row and row.group(1) in names):
            kept.append(line)
        if line.startswith("}  // namespace program_"):
            current = None
    return "".join(kept)


@dataclasses.dataclass
class Ran:
    """What a run of a program gave."""

    runs: int = 0
    errors: bool = False
    digest: str = ""
    crash: str = ""


def run_programs(binary, names):
    results = {}
    names = list(names)
    while names:
        try:
            done = subprocess.run([binary, *names], capture_output=True, text=True, timeout=RUN_SECONDS, errors="replace")
            output, errors, status = done.stdout, done.stderr, done.returncode
        except subprocess.TimeoutExpired as expired:
            output, errors, status = (expired.stdout or b"").decode(), "", "no end"
        for line in output.splitlines():
            fields = line.split()
            if len(fields) == 4 and fields[0] in names:
                results[fields[0]] = Ran(int(fields[1]), fields[2] == "error", fields[3])
        names = [name for name in names if name not in results]
        if names:
            results[names.pop(0)] = Ran(crash=f"exit status {status}\n{errors[:3000]}")
    return results


class Batch:
    """Checks programs, which have a name, a text and say whether they are strict."""

    all_marked = True  # Every coroutine, so that none is left in an expansion.

    def __init__(self, folder, sanitize=False):
        self.folder = folder
        self.others = [SANITIZED] if sanitize else [CLANG, GXX]
        self.runs = 0
        self.verdicts = {}
        self.work = folder / f"batch_{os.getpid()}"
        self.work.mkdir(parents=True, exist_ok=True)

    def check(self, programs):
        """A verdict for each program with which something is wrong."""
        left = self.expanded(list(programs))
        if left and not self.built(left):  # Nobody could be blamed.
            if len(left) == 1:
                self.verdicts[left[0].name] = Verdict(normalised(self.message), self.message)
                return self.verdicts
            half = len(left) // 2
            self.check(left[:half])
            self.check(left[half:])
            return self.verdicts
        self.compare([each for each in left if each.name not in self.verdicts])
        return self.verdicts

    def expanded(self, left):
        """Those of the programs that the tool lowers, which are in the expansion."""
        source, expansion = self.work / "programs.cpp", self.work / "lowered.cpp"
        while left:
            source.write_text(generate.file_of([(each.name, each.text()) for each in left]))
            said = self.expand(source, expansion)
            if not said:
                return left
            found = blame(said, Lines(source))
            self.verdicts.update({name: self.refusal(text) for name, text in found.items()})
            fewer = [each for each in left if each.name not in found]
            if len(fewer) == len(left):
                if len(left) == 1:
                    self.verdicts[left[0].name] = Verdict(normalised(said), said[-6000:])
                    return []
                half = len(left) // 2
                fewer = self.expanded(left[:half]) + self.expanded(left[half:])
            left = fewer
        return left

    def built(self, programs):
        """Compiles the source and the expansion. False when what a compiler says is about no program."""
        names = {each.name for each in programs}
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            return all(list(pool.map(lambda build: self.compiled(build, names), [NATIVE, *self.others])))

    def compiled(self, build, names):
        """Compiles what one build takes, without the programs that are in its way."""
        path = self.work / f"{build.name.replace(' ', '_')}.cpp"
        path.write_text((self.work / ("programs.cpp" if build is NATIVE else "lowered.cpp")).read_text())
        while True:
            said = build.compile(path, self.binary(build), self.folder)
            if not said:
                return True
            found = blame(said, Lines(path))
            if not found:
                self.message = said[:6000]
                return False
            kind = "unfit" if build is NATIVE else f"does not compile: {build.name}:"
            for name, text in found.items():
                self.verdicts.setdefault(name, Verdict(f"{kind} {normalised(text)}", text))
            names = names - found.keys()
            if not names:
                return True
            path.write_text(without(path.read_text(), found))

    def binary(self, build):
        return self.work / build.name.replace(" ", "_")

    def expand(self, source, expansion):
        tool = os.environ.get("COROEXPAND", builds.build_dir() / "bin" / "coro-expand")
        flags = ["-std=c++20", "-pthread", f"-I{builds.include_dir()}", f"-I{RUN_DIR}", f"-I{HARNESS}", "-ferror-limit=0"]
        command = [str(part) for part in [tool, source, "-o", expansion, "--check-order", "--", *flags]]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=TOOL_SECONDS, errors="replace")
        except subprocess.TimeoutExpired:
            return "the tool does not end"
        if done.returncode == 0:
            if self.all_marked:
                compare.require_no_coroutine_keywords(expansion)
            return ""
        said = done.stdout + done.stderr
        if done.returncode == 1:
            return said
        crash = re.search(r"(?:Assertion|UNREACHABLE|runtime error).*", said)
        what = normalised(crash.group()) if crash else f"exit status {done.returncode}"
        where = re.search(r"^\d+\.\s+(\S+): lowering", said, re.MULTILINE)
        return f"{where.group(1) + ': error: ' if where else ''}the tool crashes: {what}\n"

    def refusal(self, text):
        for name, pattern in ERRORS:
            if text.startswith("the tool crashes"):
                return Verdict(text, text)
            if pattern.match(text):
                return Verdict(("tool " if name == "internal_error" else "refused ") + name, text)
        return Verdict(f"unfit {normalised(text)}", text)

    def compare(self, programs):
        names = [each.name for each in programs]
        if not names:
            return
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda each: run_programs(self.binary(each), names), [NATIVE, *self.others]))
        for each in programs:
            native = results[0][each.name]
            if native.crash or native.errors or not native.runs:
                self.verdicts[each.name] = Verdict("unfit to run", native.crash or "errors natively")
                continue
            self.runs += native.runs
            for build, ran in zip(self.others, results[1:]):
                result = ran[each.name]
                same = (native.runs, native.digest) == (result.runs, result.digest)
                if result.crash or result.errors or not (same or (build is GXX and not each.strict)):
                    how = "ends badly" if result.crash else "reports errors" if result.errors else "differs"
                    self.verdicts[each.name] = Verdict(f"{how}: {build.name}", result.crash)
                    break

    def difference(self, program):
        """How the traces of a program differ, which is built for that alone."""
        if not self.expanded([program]) or not self.built([program]):
            return ""
        traces = []
        for build in [NATIVE, *self.others]:
            done = subprocess.run([self.binary(build), "--trace", program.name], capture_output=True, text=True, errors="replace")
            traces.append(builds.Trace(done.stdout.splitlines(keepends=True)[:200000], done.stderr[-3000:], done.returncode))
        for build, trace in zip(self.others, traces[1:]):
            if traces[0].lines != trace.lines and (build is not GXX or program.strict):
                return compare.difference(traces[0], trace, build.name)
        return ""
