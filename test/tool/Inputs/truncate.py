"""Cuts sources short at many places and expands each: truncate.py TOOL FOLDER SOURCE... -- FLAGS.

The tool must exit with 0 or 1, and leave an output file exactly when it exits with 0.
"""

import pathlib
import subprocess
import sys

CUTS = 12

tool, folder = sys.argv[1], pathlib.Path(sys.argv[2])
dashes = sys.argv.index("--")
folder.mkdir(parents=True, exist_ok=True)
for source in sys.argv[3:dashes]:
    text = pathlib.Path(source).read_bytes()
    for cut in range(1, CUTS):
        piece = folder / "cut.cpp"
        output = folder / "out.cpp"
        output.unlink(missing_ok=True)
        piece.write_bytes(text[: len(text) * cut // CUTS])
        run = subprocess.run(
            [tool, piece, "-o", output, *sys.argv[dashes:]], capture_output=True, timeout=60
        )
        if run.returncode not in (0, 1) or output.exists() != (run.returncode == 0):
            sys.exit(f"{source} cut to {cut}/{CUTS}: exit status {run.returncode}\n{run.stderr.decode()}")
