"""Sources of test/run with a few tokens changed, each in a namespace of its own so that many are one file."""

import random
import re

TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_]\w*|\d[\w.']*"""
    r"""|<=>|->\*?|\+\+|--|<<=?|>>=|&&|\|\||::|\.\.\.|[-+*/%&|^=!<>]=|\S""",
    re.DOTALL,
)
WORDS = """co_await co_return co_yield const auto static & && * ! - ( ) { } [ ] , ; : :: ? . -> ... = += == < > if for while do switch
case default break continue goto try catch throw return new delete int bool char void this decltype sizeof constexpr template typename
using struct class enum union CORO_ASYNC 0 1 "" nullptr true [[maybe_unused]] [[likely]] inline volatile mutable noexcept""".split()
OPERATORS = "+ - * / % & | && || == != < > <= , = += -= << ?".split()
# A source with these is not one function beside another.
UNFIT = re.compile(r"^\s*#\s*(?!include\b)|R\"|\bmain\s*\(|__LINE__|RUN:.*--native-coroutines", re.MULTILINE)
INCLUDE = re.compile(r"^#include .*$", re.MULTILINE)


class Source:
    """The text of a test between its includes and its main."""

    def __init__(self, path):
        self.name = path.stem
        self.whole = path.read_text()
        self.includes = INCLUDE.findall(self.whole)
        body = INCLUDE.sub("", self.whole)
        body = re.sub(r"^ORACLE_MAIN\(.*?\)\s*\Z", "", body, flags=re.MULTILINE | re.DOTALL)
        self.tokens = [token for token in TOKEN.findall(body) if not token.startswith(("//", "/*"))]

    @property
    def is_fit(self):
        return not UNFIT.search(self.whole) and "oracle.h" in self.whole and len(self.tokens) < 2500


def statements(tokens):
    """Ranges of tokens from behind one `;`, `{` or `}` to the next `;`, parentheses balanced."""
    first, depth, found = 0, 0, []
    for at, token in enumerate(tokens):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(token, 0)
        if token in "{}" or (token == ";" and depth <= 0):
            if token == ";" and at > first:
                found.append((first, at + 1))
            first, depth = at + 1, 0
    return found


def mutate(tokens, choose):
    """Changes the tokens in one place."""
    at = choose.randrange(len(tokens))
    kind = choose.choice(
        ["delete", "double", "swap", "word", "replace", "operator", "operator", "name", "name", "name", "statement", "statement",
         "statement", "move", "move", "await", "await", "unwait", "number", "cut", "wrap"]
    )
    if kind == "delete":
        del tokens[at]
    elif kind == "double":
        tokens.insert(at, tokens[at])
    elif kind == "swap" and at:
        tokens[at - 1], tokens[at] = tokens[at], tokens[at - 1]
    elif kind == "word":
        tokens.insert(at, choose.choice(WORDS))
    elif kind == "replace":
        tokens[at] = choose.choice(tokens)
    elif kind == "number":
        change_one(tokens, choose, r"\d+$", [str(choose.randrange(9)), "-1", "co_await leaf(\"new\", 1, 2)"])
    elif kind == "operator":
        change_one(tokens, choose, r"(?:[-+*/%]|&&|\|\||[=!<>]=|[<>,=]|\+=)$", OPERATORS)
    elif kind == "name":
        change_one(tokens, choose, r"[A-Za-z_]\w*$", [token for token in tokens if re.match(r"[A-Za-z_]", token)])
    elif kind == "await":
        calls = [i for i in range(1, len(tokens) - 1) if tokens[i + 1] in "({" and re.match(r"[A-Za-z_]", tokens[i])]
        if calls:
            tokens.insert(choose.choice(calls), "co_await")
    elif kind == "unwait":
        awaits = [i for i, token in enumerate(tokens) if token == "co_await"]
        if awaits:
            del tokens[choose.choice(awaits)]
    elif kind == "cut":
        del tokens[at : at + choose.randrange(1, 12)]
    elif kind == "wrap":
        change_one(tokens, choose, r"[A-Za-z_]\w*$", ["({}, {})", "({})", "(*&{})", "({} ? {} : {})"], in_place=True)
    elif kind in ("statement", "move"):
        ranges = statements(tokens)
        if not ranges:
            return
        first, end = choose.choice(ranges)
        taken = tokens[first:end]
        if kind == "move" or choose.random() < 0.5:
            to = choose.choice(ranges)[choose.randrange(2)]
            if kind == "move":
                del tokens[first:end]
                to = min(to, len(tokens))
            if choose.random() < 0.3:
                taken = choose.choice([["if", "(", "true", ")"], ["{"], ["for", "(", ";", ";", ")"], ["try", "{"]]) + taken
                if taken[0] == "{" or taken[0] == "try":
                    taken += ["}"] + (["catch", "(", "...", ")", "{", "}"] if taken[0] == "try" else [])
            tokens[to:to] = taken
        else:
            del tokens[first:end]


def change_one(tokens, choose, pattern, others, in_place=False):
    found = [i for i, token in enumerate(tokens) if re.match(pattern, token)]
    if found and others:
        at = choose.choice(found)
        other = choose.choice(others)
        tokens[at] = other.replace("{}", tokens[at]) if in_place else other


def is_balanced(tokens):
    opened = []
    for token in tokens:
        if token in ("(", "[", "{"):
            opened.append(token)
        elif token in (")", "]", "}") and (not opened or opened.pop() + token not in ("()", "[]", "{}")):
            return False
    return not opened


class Mutant:
    """A source that was changed; `tokens` may be no program any more."""

    def __init__(self, source, seed):
        choose = random.Random(seed)
        self.name = f"program_{seed}"
        self.strict = False
        self.tokens = list(source.tokens)
        self.truncated = choose.random() < 0.04
        if self.truncated:
            del self.tokens[choose.randrange(len(self.tokens)) :]
        else:
            for _ in range(choose.choice([1, 1, 1, 2, 3])):
                mutate(self.tokens, choose)
        self.is_balanced = is_balanced(self.tokens)

    def text(self):
        lines = re.sub(r"([;{}]) ", r"\1\n", " ".join(self.tokens))
        return f"namespace {self.name} {{\n{lines}\n}}  // namespace {self.name}\n"


def file_of(source, mutants):
    includes = "\n".join(["#include <coro/coro.h>", '#include "programs.h"', *source.includes])
    return includes + "\n" + "".join(each.text() for each in mutants)
