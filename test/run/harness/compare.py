"""What the oracle looks at: the expansion's text, and the traces of two builds."""

import difflib
import re

from builds import Failed

CONTEXT_LINES = 8
MOST_LINES_SHOWN = 120

# Comments, literals and preprocessor directives, where a keyword is no coroutine.
NOT_CODE = re.compile(
    r"""
      //[^\n]* | /\*.*?\*/
    | R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"
    | "(?:[^"\\\n]|\\.)*"
    | (?<![0-9A-Fa-f])'(?:[^'\\\n]|\\.)*'
    | ^[ \t]*\#(?:[^\n\\]|\\.)*
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
KEYWORD = re.compile(r"\bco_(?:await|return|yield)\b")


def require_no_coroutine_keywords(expansion):
    """Nothing of a coroutine may be left in the expansion."""
    text = expansion.read_text()
    code = NOT_CODE.sub(lambda match: "\n" * match.group().count("\n") or " ", text)
    left = KEYWORD.search(code)
    if left:
        number = code.count("\n", 0, left.start()) + 1
        line = text.splitlines()[number - 1].strip()
        raise Failed(f"{left.group()} is left in line {number} of the expansion: {line}")


def section_of(lines, index):
    """The line that says which run the line at `index` belongs to."""
    for line in reversed(lines[: index + 1]):
        if line.startswith("== "):
            return line.strip()
    return "before the first run"


def first_difference(left, right):
    for index, (a, b) in enumerate(zip(left, right)):
        if a != b:
            return index
    return min(len(left), len(right))


def require_same(native, lowered, name):
    """The traces, and the exit status, must be the same."""
    if native.lines != lowered.lines:
        at = first_difference(native.lines, lowered.lines)
        diff = list(
            difflib.unified_diff(
                native.lines, lowered.lines, fromfile="native", tofile=name, n=CONTEXT_LINES
            )
        )
        shown = "".join(diff[:MOST_LINES_SHOWN])
        if len(diff) > MOST_LINES_SHOWN:
            shown += f"... {len(diff) - MOST_LINES_SHOWN} more lines\n"
        where = section_of(native.lines, at)
        raise Failed(f"{name} does not do what native does, first in '{where}'\n{shown}{lowered.errors}")
    lowered.require_success(f"{name} fails")
