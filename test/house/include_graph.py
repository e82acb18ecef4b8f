#!/usr/bin/env python3
"""Keeps the dependencies of the house one-way: include_graph.py ROOT reads every #include below ROOT.

    tool -> lib/Expand -> lib/{Source,Lower,Plan,Emit,Splice} -> lib/{IR,Diagnostics}
    examples -> the runtime's public headers;  runtime: net, file -> time -> executor -> reactor -> task; sync -> task

ROOMS says what each room may include, RUNTIME_LAYERS and RUNTIME_HEADERS the same for the layers of the
runtime; anything else is reported with its place, and the exit status is 1. A new room, and a new header of
the runtime, is a new name there.
"""

import dataclasses
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SOURCE_SUFFIXES = {".h", ".cpp", ".def", ".inc"}

# Where a name in an #include may be found, besides the folder of the file that includes it.
INCLUDE_FOLDERS = ("lib", "runtime/include", "")

# Clang's headers that are not about the AST: what any stage may use to speak of places, text and errors.
CLANG_WITHOUT_AST = ("clang/Basic/", "clang/Format/", "clang/Rewrite/", "clang/Tooling/Core/", "clang/Lex/")


@dataclasses.dataclass(frozen=True)
class Room:
    """What the files of one folder (or one pair of files) may include besides their own room."""

    rooms: tuple = ()
    llvm: bool = True
    clang: str = "no"  # "no", "basic" (CLANG_WITHOUT_AST) or "ast"


# A file belongs to the longest of these that starts its path.
ROOMS = {
    "tool/": Room(rooms=("tool/Depfile.", "lib/ClangCompat.", "lib/Expand.", "lib/Layout/", "lib/Diagnostics/"), clang="ast"),
    # The launcher starts fast because it knows no LLVM.
    "tool/Depfile.": Room(llvm=False),
    "tool/launcher/": Room(rooms=("tool/Depfile.",), llvm=False),
    "lib/Expand.": Room(
        rooms=(
            *("lib/Source/", "lib/Lower/", "lib/Plan/", "lib/Emit/", "lib/Splice.", "lib/Lines.", "lib/MemberTypes."),
            *("lib/Layout/", "lib/IR/", "lib/Diagnostics/"),
        ),
        clang="ast",
    ),
    "lib/MemberTypes.": Room(rooms=("lib/Source/", "lib/Diagnostics/"), clang="ast"),
    "lib/Layout/": Room(rooms=("lib/Source/", "lib/IR/"), clang="ast"),
    "lib/ClangCompat.": Room(clang="ast"),
    "lib/Source/": Room(rooms=("lib/ClangCompat.", "lib/IR/", "lib/Diagnostics/"), clang="ast"),
    # Lower reads the user's tokens and text through Source.
    "lib/Lower/": Room(rooms=("lib/ClangCompat.", "lib/Source/", "lib/IR/", "lib/Diagnostics/"), clang="ast"),
    "lib/Plan/": Room(rooms=("lib/IR/", "lib/Diagnostics/"), clang="basic"),
    "lib/Emit/": Room(rooms=("lib/IR/", "lib/Diagnostics/"), clang="basic"),
    "lib/Splice.": Room(rooms=("lib/Lines.", "lib/IR/", "lib/Diagnostics/"), clang="basic"),
    "lib/Lines.": Room(rooms=("lib/IR/",)),
    "lib/IR/": Room(),
    "lib/Diagnostics/": Room(clang="basic"),
    # Examples are users: what is internal to the runtime is out of their reach.
    "examples/": Room(rooms=("runtime/include/coro/",), llvm=False),
}

# The layers of the runtime, the lowest first: the headers of each, in runtime/include/coro. Its sources are
# in runtime/src/LAYER/. `detail/` holds what is not for users.
RUNTIME_HEADERS = {
    "task": """
        async atomic awaitable awaited buffer context detached_exception erased fail future generator in_turn join join_all join_handle
        lazy lowered lowered_templates maybe_done poll poll_fn pollable polled_object promise select spin_lock task task_heap thread_state
        try_join try_join_all waiter_list waker child_wakers outputs
    """,
    "sync": "channel event mutex oneshot semaphore waiter",
    "reactor": """
        attachment clock io_readiness io_source io_uses io_waiters io_word parker reactor runtime_options
        system_calls timers
    """,
    "executor": """
        block_on blocking coro driver executor executor_core local_scheduler spawn task_group
        thread_pool_executor
    """,
    "time": "interval sleep timeout",
    "net": "descriptor endpoint net pipe resolve signal_set socket stream tcp udp unix",
    "file": "file",
}

# What each layer may include besides itself.
RUNTIME_LAYERS = {
    "task": (),
    "sync": ("task",),
    "reactor": ("task",),
    "executor": ("task", "reactor"),
    "time": ("task", "reactor", "executor"),
    "net": ("task", "reactor", "executor", "time"),
    "file": ("task", "reactor", "executor"),
}
ROOMS |= {
    f"runtime/{layer}": Room(rooms=tuple(f"runtime/{each}" for each in below), llvm=False)
    for layer, below in RUNTIME_LAYERS.items()
}
LAYER_OF_HEADER = {header: layer for layer, names in RUNTIME_HEADERS.items() for header in names.split()}
PUBLIC_HEADERS = "runtime/include/coro/"

CHECKED_FOLDERS = ("tool", "lib", "runtime", "examples")


def layer_of(path):
    """The layer of the runtime that a file below runtime/ belongs to, or None."""
    if path.startswith(PUBLIC_HEADERS):
        return LAYER_OF_HEADER.get(pathlib.PurePath(path).stem)
    layer = path.removeprefix("runtime/src/").split("/")[0]
    return layer if layer in RUNTIME_LAYERS else None


def room_of(path):
    if path.startswith("runtime/"):
        layer = layer_of(path)
        return layer and f"runtime/{layer}"
    rooms = [room for room in ROOMS if path.startswith(room)]
    return max(rooms, key=len) if rooms else None


def resolve(root, including, name):
    """The path of an included file in the source tree, or None when it is not one of ours."""
    folders = [including.parent, *(root / folder for folder in INCLUDE_FOLDERS)]
    for folder in folders:
        candidate = (folder / name).resolve()
        if candidate.is_file() and candidate.is_relative_to(root):
            return candidate.relative_to(root).as_posix()
    return None


def library_violation(rules, name):
    """Why `rules` forbid a header of LLVM or Clang, or None."""
    if name.startswith(("llvm/", "llvm-c/")):
        return None if rules.llvm else "LLVM is not for this room"
    if not name.startswith(("clang/", "clang-c/")) or rules.clang == "ast":
        return None
    if rules.clang == "no":
        return "Clang is not for this room"
    return None if name.startswith(CLANG_WITHOUT_AST) else "Clang's AST is for lib/Source, lib/Lower and tool"


def violation(root, room, including, quote, name):
    """Why the file `including`, which is in `room`, may not include `name`, or None."""
    if room is None:
        return "no room in ROOMS covers this file"
    included = resolve(root, including, name)
    if included is None:
        generated = resolve(root, including, name + ".in") is not None
        if quote == '"' and not generated and not name.startswith(("llvm/", "clang/")):
            return "no such file in the source tree"
        return library_violation(ROOMS[room], name)
    if included.startswith(PUBLIC_HEADERS) and PUBLIC_HEADERS in ROOMS[room].rooms:
        return "it is internal to the runtime" if "/detail/" in included else None
    target = room_of(included)
    if target == room or target in ROOMS[room].rooms:
        return None
    return f"{room} may not include {target or included}"


def includes(file):
    """Every #include of a file: line number, opening quote, name."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1], match[2]


def source_files(root):
    for folder in CHECKED_FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if file.suffix in SOURCE_SUFFIXES:
                yield file


def check(root):
    """All violations below root, as `path:line: #include NAME: reason`; and how many files were read."""
    found = []
    count = 0
    for file in source_files(root):
        count += 1
        path = file.relative_to(root).as_posix()
        for number, quote, name in includes(file):
            reason = violation(root, room_of(path), file, quote, name)
            if reason:
                found.append(f"{path}:{number}: #include {name}: {reason}")
    return found, count


def main(root):
    found, count = check(pathlib.Path(root).resolve())
    for line in found:
        print(line)
    print(f"{count} files read, {len(found)} violations")
    return 1 if found or not count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
