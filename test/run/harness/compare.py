"""What the oracle looks at: the expansion's text, and the traces of two builds."""

import difflib
import re

from builds import Failed

CONTEXT_LINES = 8
LINES_SHOWN = 60

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
# An overloaded `operator co_await` belongs to an awaitable, not to a coroutine.
KEYWORD = re.compile(r"(?<!operator )\bco_(?:await|return|yield)\b")


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
        raise Failed(f"{name} does not do what native does, first {difference(native, lowered, name)}")
    lowered.require_success(f"{name} fails")


def difference(native, lowered, name):
    """Where the traces first differ, and how, from a few lines before to some lines after."""
    at = first_difference(native.lines, lowered.lines)
    window = slice(max(0, at - CONTEXT_LINES), at + LINES_SHOWN)
    diff = difflib.unified_diff(
        native.lines[window], lowered.lines[window], fromfile="native", tofile=name, n=CONTEXT_LINES
    )
    return f"in '{section_of(native.lines, at)}'\n{''.join(diff)}{lowered.errors}"
