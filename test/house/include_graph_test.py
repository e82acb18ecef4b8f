#!/usr/bin/env python3
"""Shows that include_graph.py can fail: each rule of the house, kept and broken, in a house of a few files.

Alone: python3 test/house/include_graph_test.py
"""

import pathlib
import tempfile
import unittest

import include_graph

# Files that others include, one a room.
HEADERS = (
    "lib/Expand.h",
    "lib/Source/Find.h",
    "lib/Lower/Builder.h",
    "lib/Plan/FramePlan.h",
    "lib/Emit/Emitter.h",
    "lib/IR/IR.h",
    "lib/Diagnostics/Diagnostics.h",
    "runtime/include/coro/coro.h",
    "runtime/include/coro/sleep.h",
    "runtime/include/coro/detail/io_source.h",
    "runtime/include/coro/detail/task.h",
)

KEPT = (
    ("tool/CoroExpand.cpp", '"Expand.h"'),
    ("tool/CoroExpand.cpp", '"clang/Tooling/CommonOptionsParser.h"'),
    ("lib/Expand.cpp", '"Emit/Emitter.h"'),
    ("lib/Source/Find.cpp", '"clang/AST/DeclCXX.h"'),
    ("lib/Source/Find.cpp", '"Find.h"'),
    ("lib/Lower/If.cpp", '"Source/Find.h"'),
    ("lib/Plan/Names.cpp", '"IR/IR.h"'),
    ("lib/Emit/Text.cpp", '"clang/Format/Format.h"'),
    ("lib/IR/IR.cpp", '"llvm/ADT/StringRef.h"'),
    ("lib/IR/IR.cpp", "<vector>"),
    ("runtime/src/executor/block_on.cpp", "<coro/coro.h>"),
    ("runtime/src/reactor/reactor.cpp", "<coro/detail/task.h>"),
    ("runtime/include/coro/tcp.h", "<coro/sleep.h>"),
    ("examples/echo_server.cpp", "<coro/sleep.h>"),
)

BROKEN = (
    ("tool/CoroExpand.cpp", '"Emit/Emitter.h"'),
    ("tool/CoroExpand.cpp", '"coro/coro.h"'),
    ("lib/Source/Find.cpp", '"Lower/Builder.h"'),
    ("lib/Source/Find.cpp", '"Expand.h"'),
    ("lib/Lower/If.cpp", '"Plan/FramePlan.h"'),
    ("lib/Lower/If.cpp", '"../Emit/Emitter.h"'),
    ("lib/Plan/Names.cpp", '"Source/Find.h"'),
    ("lib/Plan/Names.cpp", '"clang/AST/Decl.h"'),
    ("lib/Emit/Text.cpp", '"Plan/FramePlan.h"'),
    ("lib/Emit/Text.cpp", "<clang/Tooling/Syntax/Tokens.h>"),
    ("lib/IR/IR.cpp", '"clang/Basic/SourceLocation.h"'),
    ("lib/IR/IR.cpp", '"Plan/FramePlan.h"'),
    ("lib/Diagnostics/Diagnostics.cpp", '"Source/Find.h"'),
    ("lib/Lower/If.cpp", "<coro/coro.h>"),
    ("lib/Lower/If.cpp", '"Missing.h"'),
    ("lib/Cellar/Wine.cpp", "<vector>"),
    ("runtime/src/task/task.cpp", '"llvm/ADT/StringRef.h"'),
    ("runtime/src/task/task.cpp", "<clang/AST/Decl.h>"),
    ("runtime/src/task/task.cpp", '"../../../lib/IR/IR.h"'),
    ("runtime/src/task/task.cpp", "<coro/detail/io_source.h>"),
    ("runtime/src/reactor/reactor.cpp", "<coro/sleep.h>"),
    ("runtime/include/coro/event.h", "<coro/detail/io_source.h>"),
    ("runtime/include/coro/no_layer.h", "<vector>"),
    ("runtime/src/cellar/wine.cpp", "<vector>"),
    ("examples/echo_server.cpp", "<coro/detail/task.h>"),
)


class IncludeGraph(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name).resolve()
        for header in HEADERS:
            self.write(header, "")

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def violations_of(self, path, included):
        self.write(path, f"// comment\n#include {included}\n")
        found, _ = include_graph.check(self.root)
        (self.root / path).unlink()
        return found

    def test_accepts_what_the_house_allows(self):
        for path, included in KEPT:
            with self.subTest(path=path, included=included):
                self.assertEqual(self.violations_of(path, included), [])

    def test_reports_what_it_forbids_with_its_place(self):
        for path, included in BROKEN:
            with self.subTest(path=path, included=included):
                found = self.violations_of(path, included)
                self.assertEqual(len(found), 1, found)
                self.assertTrue(found[0].startswith(f"{path}:2: #include {included[1:-1]}: "), found)

    def test_fails_where_there_is_nothing_to_read(self):
        with tempfile.TemporaryDirectory() as empty:
            self.assertEqual(include_graph.main(empty), 1)


if __name__ == "__main__":
    unittest.main()
