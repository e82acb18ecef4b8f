"""extract.py FILE NAME: prints the program of a Markdown file whose first line is a comment with its name."""

import re
import sys

text = open(sys.argv[1]).read()
programs = re.findall(r"^```cpp\n(// " + re.escape(sys.argv[2]) + r"\b.*?)^```$", text, re.MULTILINE | re.DOTALL)
if len(programs) != 1:
    sys.exit(f"extract.py: {sys.argv[1]} has {len(programs)} programs called {sys.argv[2]}")
sys.stdout.write(programs[0])
