#!/usr/bin/env python3
"""The line that scripts/check ends with is counted from lit's own results.

Runs lit on a suite of a few tests, made for the purpose. Alone: scripts/check test/house/summary.test
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

SUMMARY = pathlib.Path(__file__).parents[2] / "scripts" / "summary.py"
LIT = sys.argv.pop(1)

SUITE = """
import lit.formats
config.name = "stand-in"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".test"]
"""
PASSES = "RUN: true\n"
FAILS = "RUN: false\n"
PASSES_UNEXPECTEDLY = "RUN: true\nXFAIL: *\n"
FAILS_AS_EXPECTED = "RUN: false\nXFAIL: *\n"
CANNOT_RUN = "RUN: true\nREQUIRES: no-such-feature\n"
IS_NO_TEST = "nothing to run\n"


class Summary(unittest.TestCase):
    def summary(self, *tests, options=()):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "lit.cfg.py").write_text(SUITE, encoding="utf-8")
            for number, text in enumerate(tests):
                (root / f"{number}.test").write_text(text, encoding="utf-8")
            results = str(root / "results")
            reports = ["--output", results + ".json", "--xunit-xml-output", results + ".xml"]
            command = [sys.executable, LIT, "--quiet", *reports, *options, root]
            subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
            run = subprocess.run([sys.executable, SUMMARY, results], stdout=subprocess.PIPE, text=True, check=False)
            return run.stdout, run.returncode

    def test_all_passed(self):
        self.assertEqual(self.summary(PASSES, FAILS_AS_EXPECTED), ("2 passed, 0 failed\n", 0))

    def test_every_way_to_fail_counts(self):
        tests = (PASSES, FAILS, PASSES_UNEXPECTEDLY, IS_NO_TEST)
        self.assertEqual(self.summary(*tests), ("1 passed, 3 failed\n", 1))

    def test_skipped_tests_are_said(self):
        self.assertEqual(self.summary(PASSES, CANNOT_RUN), ("1 passed, 0 failed, 1 skipped\n", 0))

    def test_a_test_that_a_filter_leaves_out_does_not_count(self):
        summary = self.summary(PASSES, FAILS, options=("--filter", "0.test"))
        self.assertEqual(summary, ("1 passed, 0 failed\n", 0))

    def test_no_test_is_a_failure(self):
        self.assertEqual(self.summary(), ("0 passed, 0 failed\n", 1))
        self.assertEqual(self.summary(CANNOT_RUN), ("0 passed, 0 failed, 1 skipped\n", 1))


if __name__ == "__main__":
    unittest.main()
