#!/usr/bin/env python3
"""Every shell script of the project passes `bash -n`: shell_scripts.py ROOT."""

import pathlib
import subprocess
import sys

FOLDERS = (".ci", "scripts", "test", "cmake", "bench")


def is_shell_script(path):
    if not path.is_file():
        return False
    with open(path, "rb") as file:
        first_line = file.readline()
    return path.suffix == ".sh" or (first_line.startswith(b"#!") and first_line.rstrip().endswith((b"sh", b"bash")))


def main(root):
    paths = (path for folder in FOLDERS for path in sorted((pathlib.Path(root) / folder).rglob("*")))
    scripts = [path for path in paths if is_shell_script(path)]
    broken = [path for path in scripts if subprocess.run(["bash", "-n", path]).returncode != 0]
    print(f"{len(scripts)} scripts read, {len(broken)} broken")
    return 1 if broken or not scripts else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
