#!/usr/bin/env python3
"""A golden is compared to the byte, and rewritten only when its program behaves.

Alone: python3 test/house/golden_test.py
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

GOLDEN = pathlib.Path(__file__).parents[1] / "expand" / "golden.py"


class Golden(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.golden = pathlib.Path(folder.name) / "name.expected.cpp"
        self.golden.write_bytes(b"int x;\n")

    def run_on(self, output, *options):
        command = [sys.executable, GOLDEN, "--program=name.cpp", *options, self.golden]
        run = subprocess.run(command, input=output, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return run.returncode, run.stdout.decode()

    def test_accepts_the_same_text(self):
        self.assertEqual(self.run_on(b"int x;\n"), (0, ""))

    def test_shows_a_difference(self):
        status, shown = self.run_on(b"int y;\n")
        self.assertEqual(status, 1)
        self.assertIn("-int x;\n+int y;\n", shown)

    def test_line_ends_and_the_last_newline_count(self):
        for output in (b"int x;\r\n", b"int x;"):
            self.assertEqual(self.run_on(output)[0], 1, output)

    def test_nothing_printed_is_never_right(self):
        self.golden.write_bytes(b"")
        self.assertEqual(self.run_on(b"")[0], 1)
        self.assertEqual(self.run_on(b"", "--update-when=true")[0], 1)

    def test_updates_when_the_program_behaves(self):
        self.assertEqual(self.run_on(b"int y;\n", "--update-when=true")[0], 0)
        self.assertEqual(self.golden.read_bytes(), b"int y;\n")

    def test_creates_a_golden_that_is_not_there_yet(self):
        self.golden.unlink()
        self.assertEqual(self.run_on(b"int y;\n", "--update-when=true")[0], 0)
        self.assertEqual(self.golden.read_bytes(), b"int y;\n")

    def test_refuses_when_the_program_misbehaves(self):
        status, shown = self.run_on(b"int y;\n", "--update-when=false")
        self.assertEqual(status, 1)
        self.assertIn("refused: name.cpp", shown)
        self.assertEqual(self.golden.read_bytes(), b"int x;\n")


if __name__ == "__main__":
    unittest.main()
