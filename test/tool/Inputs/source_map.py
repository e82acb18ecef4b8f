"""Checks a source map: source_map.py SOURCE EXPANSION MAP NAME...

The map has a line for each NAME, in order: its function in the source, its struct and factory in the expansion. What is
in no entry is the same in both.
"""

import pathlib
import re
import sys

LINE = re.compile(r"(\d+):(\d+)-(\d+):(\d+) -> (\d+):(\d+)-(\d+):(\d+)")


def offset(text, line, column):
    starts = [0] + [at + 1 for at, character in enumerate(text) if character == "\n"]
    return starts[line - 1] + column - 1


def main(source, expansion, map_file, *names):
    source = pathlib.Path(source).read_text(encoding="utf-8")
    expansion = pathlib.Path(expansion).read_text(encoding="utf-8")
    lines = pathlib.Path(map_file).read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(names), lines
    outside_source, outside_expansion = [], []
    source_end = expansion_end = 0
    for line, name in zip(lines, names):
        numbers = list(map(int, LINE.fullmatch(line).groups()))
        begin, end = offset(source, *numbers[0:2]), offset(source, *numbers[2:4])
        new_begin, new_end = offset(expansion, *numbers[4:6]), offset(expansion, *numbers[6:8])
        written, made = source[begin:end], expansion[new_begin:new_end]
        assert f" {name}(" in written and written.endswith("}"), written
        assert f"struct {name}_future {{" in made and made.rstrip().endswith("}"), made
        outside_source.append(source[source_end:begin])
        outside_expansion.append(expansion[expansion_end:new_begin])
        source_end, expansion_end = end, new_end
    outside_source.append(source[source_end:])
    outside_expansion.append(expansion[expansion_end:])
    assert outside_source == outside_expansion, (outside_source, outside_expansion)


main(*sys.argv[1:])
