"""scripts/figures notices what it has to: figures_test.py ROOT."""

import importlib.machinery
import importlib.util
import pathlib
import sys
import unittest

ROOT = pathlib.Path(sys.argv.pop())
loader = importlib.machinery.SourceFileLoader("figures", str(ROOT / "scripts" / "figures"))
figures = importlib.util.module_from_spec(importlib.util.spec_from_loader("figures", loader))
loader.exec_module(figures)


class Figures(unittest.TestCase):
    def test_a_size_has_to_be_the_same(self):
        self.assertEqual(list(figures.compare({"size": 40}, {"size": 40}, 0)), [])
        self.assertEqual(list(figures.compare({"size": 40}, {"size": 41}, 0)), ["'size' is 41; docs/figures.md says 40"])

    def test_instructions_may_differ_by_so_much(self):
        self.assertEqual(list(figures.compare({"n": 1000}, {"n": 1020}, 0.02)), [])
        self.assertEqual(len(list(figures.compare({"n": 1000}, {"n": 1021}, 0.02))), 1)
        self.assertEqual(len(list(figures.compare({"n": 1000}, {"n": 979}, 0.02))), 1)

    def test_a_figure_has_to_be_written(self):
        self.assertEqual(list(figures.compare({}, {"n": 1}, 0)), ["'n' is 1, and not in docs/figures.md"])

    def test_what_is_written_is_read(self):
        def group():
            """A group."""

        written = {"small, of one": 1, "large": 12345, "broken": 22.5}
        self.assertEqual(figures.read(figures.section(group, written)), written)

    def test_a_quote_is_replaced(self):
        begin, end = figures.MARKS
        self.assertEqual(figures.quote(f"a\n{begin}old\n{end}b\n", "new\n"), f"a\n{begin}new\n{end}b\n")


unittest.main()
