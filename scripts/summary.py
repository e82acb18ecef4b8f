#!/usr/bin/env python3
"""Prints the one line that sums up a test run: summary.py RESULTS.json, where lit --output wrote them.

Exits with 1 when a test failed or when none ran. No file means that lit gave up before any test.
"""

import collections
import json
import os
import sys

# lit's result codes; EXCLUDED is a test that a filter left out, which did not take part.
PASSED = {"PASS", "XFAIL", "FLAKYPASS"}
SKIPPED = {"SKIPPED", "UNSUPPORTED"}
LEFT_OUT = {"EXCLUDED"}


def kind_of(code):
    if code in PASSED:
        return "passed"
    if code in SKIPPED:
        return "skipped"
    return "failed"


def result_codes(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        return [test["code"] for test in json.load(file)["tests"]]


def main(path):
    count = collections.Counter(kind_of(code) for code in result_codes(path) if code not in LEFT_OUT)
    skipped = f", {count['skipped']} skipped" if count["skipped"] else ""
    print(f"{count['passed']} passed, {count['failed']} failed{skipped}")
    return 1 if count["failed"] or not count["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
