"""The lit suite of every test that is a file: test/{expand,diag,run,plan,link,build,gdb,tool,examples,reactors,house}.

One test alone: scripts/check test/run/NAME.cpp, or build/bin/coro-lit -v test/run/NAME.cpp.
The GoogleTest binaries are a suite of their own, test/runtime/lit.cfg.py.

A `RUN:` line may use, besides lit's own:

    %coro-expand        the tool, for `%coro-expand FILE -- %coro-flags`
    %coro-cxx           the launcher, for `%coro-cxx %gxx FLAGS`
    %coro-flags         what any compiler needs to build a user's file: -std=c++20 and the headers
    %coro-include       the folder of the runtime's headers
    %libcoro            the runtime library
    %clang, %gxx        clang++ 19, whose native build is the oracle; g++
    %gdb                gdb, without settings, for a script; REQUIRES: gdb
    %golden FILE        compares standard input with FILE (test/expand/golden.py); scripts/update-goldens
                        rewrites FILE instead, once the program runs as its native twin
    %oracle FILE        builds FILE natively and lowered, runs both and compares (test/run/oracle)
    %python, %lit       the Python that runs lit, and lit itself
    %root, %build       the tops of the source tree and of the build tree
    %examples           the examples

and FileCheck, not and count, which are LLVM's.
"""

import glob
import os
import shutil

import lit.formats


def in_source(*parts):
    return os.path.join(config.source_dir, *parts)


def in_build(*parts):
    return os.path.join(config.build_dir, *parts)


config.name = "coro"
config.test_format = lit.formats.ShTest(execute_external=False)
config.test_source_root = in_source("test")
config.test_exec_root = in_build("test")
config.suffixes = [".cpp", ".test"]

# Not tests: what tests read or link.
golden_files = glob.glob(in_source("test", "**", "*.expected.cpp"), recursive=True)
config.excludes = {"Inputs", "harness", *map(os.path.basename, golden_files)}

config.environment["PATH"] = os.pathsep.join([config.llvm_tools_dir, os.environ["PATH"]])
config.environment["CORO_BUILD_DIR"] = config.build_dir
# A tool that was built in another way, if the environment names one: test/{expand,diag,run} try that.
config.coro_expand = os.environ.get("COROEXPAND", in_build("bin", "coro-expand"))
config.environment["COROEXPAND"] = config.coro_expand
libcoro = os.environ.get("LIBCORO", in_build("lib", "libcoro.a"))
config.environment["LIBCORO"] = libcoro
# Output is compared as text: messages come in English, colourless, whatever the user's settings are.
config.environment["LC_ALL"] = "C.UTF-8"
config.environment["TERM"] = "dumb"

if os.path.exists(in_build("bin", "runtime_tests_tsan")):
    config.available_features.add("tsan")

for program in ("clang-14", "dpkg-deb", "lldb-19", "meson", "zsh"):
    if shutil.which(program):
        config.available_features.add(program)
gdb = shutil.which("gdb")
if gdb:
    config.available_features.add("gdb")

include_dir = in_source("runtime", "include")
golden = [config.python, in_source("test", "expand", "golden.py"), "--program=%s"]
if lit_config.params.get("update_goldens"):
    golden += ["--update-when", in_source("test", "run", "oracle")]

config.substitutions += [
    ("%coro-expand", config.coro_expand),
    ("%coro-cxx", in_build("bin", "coro-c++")),
    ("%coro-flags", f"-std=c++20 -I{include_dir}"),
    ("%coro-include", include_dir),
    ("%libcoro", libcoro),
    ("%clang", os.path.join(config.llvm_tools_dir, "clang++")),
    ("%gxx", "g++"),
    ("%gdb", f"{gdb} -nx -batch"),
    ("%golden", " ".join(golden)),
    ("%oracle", in_source("test", "run", "oracle")),
    ("%python", config.python),
    ("%lit", config.lit),
    ("%root", config.source_dir),
    ("%build", config.build_dir),
    ("%examples", in_source("examples")),
]
