"""Says what each of the files is: file_kind.py FILE..."""

import os
import stat
import sys

for path in sys.argv[1:]:
    mode = os.lstat(path).st_mode
    if stat.S_ISLNK(mode):
        print("link to", os.readlink(path))
    else:
        print("file" if stat.S_ISREG(mode) else "other", oct(stat.S_IMODE(mode))[2:])
