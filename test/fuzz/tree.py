"""Programs as trees, which can be written as text and be made smaller.

A *node* is text with nodes in it. Its *sort* says what may stand in its place: another node of that sort. A name that a
program declares is a Declaration; nodes that use it refer to that, so that nothing is left of it when it goes.
"""

import re


class Declaration:
    """Something of a program that has a name. What is `fixed` has the same value as long as it lives."""

    def __init__(self, name, kind, fixed=False):
        self.name = name
        self.kind = kind
        self.fixed = fixed


class Node:
    """Text with nodes in it. Blocks hold statements alone."""

    def __init__(self, sort, parts, declares=(), use=None):
        self.sort = sort
        self.parts = parts
        self.declares = list(declares)
        self.use = use

    def text(self):
        if self.use:
            return "".join(self.use.name if part is None else part for part in self.parts)
        return "".join(part if isinstance(part, str) else part.text() for part in self.parts)

    def children(self):
        return [part for part in self.parts if isinstance(part, Node)]

    def walk(self):
        yield self
        for child in self.children():
            yield from child.walk()

    def size(self):
        return sum(1 for _ in self.walk())


# What can stand for a node of a sort, when the node itself is not needed.
SIMPLEST = {
    "N": "1",
    "B": "true",
    "O": "parameter",
    "M": 'traced("t", 1)',
    "U": 'move_only("u", 1)',
    "I": 'immovable("i", 1)',
    "S": 'std::string("s")',
    "T": "pair_of{1, 2}",
    "V": 'op("op")',
    "L": "sum",
    "R": "1",
    "W": "sum",
}
BRACE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]')


def indented(text):
    """The lines of a program, indented by their braces."""
    lines, depth = [], 0
    for line in text.splitlines():
        line = line.strip()
        if not line:
            continue
        closes = re.match(r"}+", line)
        start = depth - (len(closes.group()) if closes else 0)
        lines.append("  " * max(0, start) + line)
        for token in BRACE.findall(line):
            depth += {"{": 1, "}": -1}.get(token, 0)
    return "\n".join(lines) + "\n"


def simplest(sort):
    return Node(sort, [SIMPLEST[sort]])


def copied(node, known):
    """A copy of the tree. `known` maps its declarations to those of the copy."""

    def declaration(of):
        if of not in known:
            known[of] = Declaration(of.name, of.kind, of.fixed)
        return known[of]

    return Node(
        node.sort,
        [copied(part, known) if isinstance(part, Node) else part for part in node.parts],
        [declaration(of) for of in node.declares],
        declaration(node.use) if node.use else None,
    )


def without_lost_names(tree, kept):
    """Replaces the uses of what is declared no longer; `kept` are declared outside the tree."""
    declared = set(kept)
    for node in tree.walk():
        declared.update(node.declares)

    def mend(node):
        for index, part in enumerate(node.parts):
            if not isinstance(part, Node):
                continue
            if part.use and part.use not in declared:
                node.parts[index] = simplest(part.sort)
            else:
                mend(part)

    mend(tree)
    return tree


def edits(tree):
    """Ways to make a tree smaller, those that take away most first: (size after, function of a copy's nodes)."""
    nodes = list(tree.walk())
    whole = len(nodes)
    sizes = [node.size() for node in nodes]
    found = []

    def edit(saves, change):
        found.append((whole - saves, change))

    for at, node in enumerate(nodes):
        if node.sort == "block":
            statements = node.children()
            count = len(statements)
            for step in {count, (count + 1) // 2, 1} - {0}:
                for first in range(0, count, step):
                    saved = sum(each.size() for each in statements[first : first + step])

                    def drop(copies, at=at, first=first, step=step):
                        del copies[at].parts[first : first + step]

                    edit(saved, drop)
            for index, statement in enumerate(statements):
                inner = [each for each in statement.children() if each.sort == "block"]
                if inner:

                    def unwrap(copies, at=at, index=index):
                        outer = copies[at].parts
                        blocks = [each for each in outer[index].children() if each.sort == "block"]
                        outer[index : index + 1] = [part for block in blocks for part in block.parts]

                    edit(statement.size() - sum(each.size() - 1 for each in inner), unwrap)
            continue
        if node.sort not in SIMPLEST or at == 0:
            continue
        if node.text() != SIMPLEST[node.sort]:

            def simplify(copies, at=at):
                copies[at].parts = [SIMPLEST[copies[at].sort]]
                copies[at].use = None
                copies[at].declares = []

            edit(sizes[at] - 1, simplify)
        for inner in node.walk():
            if inner is not node and inner.sort == node.sort and not any(
                each.declares for each in node.walk()
            ):
                within = nodes.index(inner)

                def lift(copies, at=at, within=within):
                    lifted = copies[within]
                    copies[at].parts, copies[at].use = lifted.parts, lifted.use

                edit(sizes[at] - inner.size(), lift)
    return sorted(found, key=lambda each: each[0])


def edited(tree, change, kept):
    """A copy of the tree with one of its `edits` made."""
    copy = copied(tree, {each: each for each in kept})
    change(list(copy.walk()))
    return without_lost_names(copy, kept)
