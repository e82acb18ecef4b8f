"""The lit suite of the GoogleTest binaries: every build/bin/*_tests.

One test alone: build/bin/runtime_tests --gtest_filter=NAME
"""

import glob
import os

import lit.formats

SUFFIX = "_tests"

if not glob.glob(os.path.join(config.bin_dir, "*" + SUFFIX)):
    lit_config.fatal(f"no GoogleTest binaries (*{SUFFIX}) in {config.bin_dir}: build first")

config.name = "coro-runtime"
config.test_format = lit.formats.GoogleTest(".", SUFFIX)
config.test_source_root = config.bin_dir
config.test_exec_root = config.bin_dir
