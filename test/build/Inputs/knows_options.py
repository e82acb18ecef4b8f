"""knows_options.py OPTIONS FILE...: every option of the list, one a line, is in each file."""

import pathlib
import re
import sys

options = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").split()
assert len(options) > 10, options
for name in sys.argv[2:]:
    text = pathlib.Path(name).read_text(encoding="utf-8").replace("\\-", "-")
    missing = [option for option in options if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", text)]
    assert not missing, f"{name} does not know {missing}"
