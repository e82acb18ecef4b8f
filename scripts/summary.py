#!/usr/bin/env python3
"""Prints the one line that sums up a test run: summary.py RESULTS, where lit was run with
--output RESULTS.json and --xunit-xml-output RESULTS.xml.

It takes both: the first leaves out skipped GoogleTest tests, the second calls an unexpected pass a pass.
Exits with 1 when a test failed or when none passed. No files mean that lit gave up before any test.
"""

import collections
import json
import pathlib
import sys
import xml.etree.ElementTree

PASSED = {"PASS", "XFAIL", "FLAKYPASS"}
SKIPPED = {"UNSUPPORTED"}

# How lit says in XML that a filter left the test out: it took no part in the run.
LEFT_OUT = "Test not selected"


def count_ran(path):
    """How many tests passed and failed."""
    with open(path, encoding="utf-8") as file:
        codes = [test["code"] for test in json.load(file)["tests"]]
    return collections.Counter(code in PASSED for code in codes if code not in SKIPPED)


def count_skipped(path):
    messages = (skipped.get("message", "") for skipped in xml.etree.ElementTree.parse(path).iter("skipped"))
    return sum(not message.startswith(LEFT_OUT) for message in messages)


def main(results):
    json_file, xml_file = pathlib.Path(results + ".json"), pathlib.Path(results + ".xml")
    ran = count_ran(json_file) if json_file.exists() else collections.Counter()
    skipped = count_skipped(xml_file) if xml_file.exists() else 0
    passed, failed = ran[True], ran[False]
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
