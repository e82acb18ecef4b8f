"""Makes a failing program smaller as long as it fails in the same way."""

import batch
import tree

TRIED_AT_ONCE = 40
MOST_ROUNDS = 60


class Variant:
    """A program with another tree."""

    def __init__(self, program, body, name):
        self.program, self.body, self.name = program, body, name
        self.strict = program.strict

    def text(self):
        return self.program.text(self.body).replace(self.program.name, self.name)


def spread(found, count):
    """The first of a list, and others evenly out of the rest."""
    if len(found) <= count:
        return found
    first = found[: count // 2]
    rest = found[count // 2 :]
    step = len(rest) / (count - len(first))
    return first + [rest[int(index * step)] for index in range(count - len(first))]


def reduced(program, kind, folder, sanitize=False, say=lambda text: None):
    """The smallest variant of a program found that fails with the same kind of verdict."""
    best = Variant(program, program.tree, program.name)
    failed_before = set()
    for round_number in range(MOST_ROUNDS):
        candidates = []
        for _, change in tree.edits(best.body):
            body = tree.edited(best.body, change, program.known)
            text = body.text()
            if text not in failed_before and body.size() < best.body.size():
                candidates.append((body, text))
        if not candidates:
            break
        chosen = spread(candidates, TRIED_AT_ONCE)
        variants = [Variant(program, body, f"{program.name}_{index}") for index, (body, _) in enumerate(chosen)]
        verdicts = batch.Batch(folder, sanitize).check(variants)
        failed_before.update(text for _, text in chosen)
        same = [each for each in variants if each.name in verdicts and verdicts[each.name].kind == kind]
        if same:
            best = min(same, key=lambda each: each.body.size())
        elif len(chosen) == len(candidates):
            break
        say(f"round {round_number}: {best.body.size()} nodes, {len(same)} of {len(chosen)} fail in the same way")
    return Variant(program, best.body, program.name)
