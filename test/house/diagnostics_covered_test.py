#!/usr/bin/env python3
"""Shows that diagnostics_covered.py can fail.

Alone: python3 test/house/diagnostics_covered_test.py
"""

import pathlib
import tempfile
import unittest

import diagnostics_covered

DEFINITIONS = """
#ifndef DIAG
#define DIAG(Name, Severity, Text)
#endif
DIAG(wrong_return, Error, "CORO_ASYNC function %0 returns %1; it has to return coro::future")
DIAG(in_macro, Error,
     "the definition of %0 "
     "comes out of a macro")
"""
WRONG_RETURN = "// DIAG: wrong_return\n// CHECK: error: CORO_ASYNC function 'f' returns 'int'; it has to return\n"
IN_MACRO = "// DIAG: in_macro\n// CHECK: error: the definition of 'f' comes out of a macro\n"


class DiagnosticsCovered(unittest.TestCase):
    def problems(self, tests, definitions=DEFINITIONS):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "lib/Diagnostics").mkdir(parents=True)
            (root / "lib/Diagnostics/Diagnostics.def").write_text(definitions, encoding="utf-8")
            (root / "test/diag").mkdir(parents=True)
            for name, text in tests.items():
                (root / "test/diag" / name).write_text(text, encoding="utf-8")
            self.status = diagnostics_covered.main(root)
            return diagnostics_covered.check(root)[0]

    def test_accepts_a_test_for_each(self):
        self.assertEqual(self.problems({"a.cpp": WRONG_RETURN, "b.cpp": IN_MACRO}), [])
        self.assertEqual(self.status, 0)

    def test_reports_a_diagnostic_without_a_test(self):
        self.assertEqual(
            self.problems({"a.cpp": WRONG_RETURN}), ["in_macro: no test in test/diag says `// DIAG: in_macro`"]
        )
        self.assertEqual(self.status, 1)

    def test_reports_a_test_that_does_not_check_the_message(self):
        problems = self.problems({"a.cpp": WRONG_RETURN, "b.cpp": "// DIAG: in_macro\n// CHECK: error:\n"})
        self.assertIn("test/diag/b.cpp: names in_macro but does not check its message", problems)

    def test_reports_a_test_of_nothing(self):
        problems = self.problems({"a.cpp": WRONG_RETURN, "b.cpp": IN_MACRO, "c.cpp": "// DIAG: no_such\n"})
        self.assertEqual(problems, ["test/diag/c.cpp: there is no diagnostic no_such"])

    def test_fails_where_there_are_no_diagnostics(self):
        self.problems({}, definitions="")
        self.assertEqual(self.status, 1)


if __name__ == "__main__":
    unittest.main()
