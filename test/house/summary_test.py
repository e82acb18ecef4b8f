#!/usr/bin/env python3
"""The line that scripts/check ends with is counted from lit's own results.

Alone: python3 test/house/summary_test.py
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

SUMMARY = pathlib.Path(__file__).parents[2] / "scripts" / "summary.py"


class Summary(unittest.TestCase):
    def summary(self, *codes):
        with tempfile.TemporaryDirectory() as folder:
            results = pathlib.Path(folder) / "results.json"
            results.write_text(json.dumps({"tests": [{"code": code} for code in codes]}), encoding="utf-8")
            return self.run_on(results)

    def run_on(self, results):
        run = subprocess.run([sys.executable, SUMMARY, results], stdout=subprocess.PIPE, text=True)
        return run.stdout, run.returncode

    def test_all_passed(self):
        self.assertEqual(self.summary("PASS", "XFAIL"), ("2 passed, 0 failed\n", 0))

    def test_every_way_to_fail_counts(self):
        codes = ("PASS", "FAIL", "TIMEOUT", "UNRESOLVED", "XPASS")
        self.assertEqual(self.summary(*codes), ("1 passed, 4 failed\n", 1))

    def test_skipped_tests_are_said(self):
        self.assertEqual(self.summary("PASS", "SKIPPED", "UNSUPPORTED"), ("1 passed, 0 failed, 2 skipped\n", 0))

    def test_a_filtered_test_does_not_count(self):
        self.assertEqual(self.summary("PASS", "EXCLUDED"), ("1 passed, 0 failed\n", 0))

    def test_no_test_is_a_failure(self):
        self.assertEqual(self.summary("EXCLUDED"), ("0 passed, 0 failed\n", 1))
        self.assertEqual(self.run_on(pathlib.Path("no", "such", "file")), ("0 passed, 0 failed\n", 1))


if __name__ == "__main__":
    unittest.main()
