#!/usr/bin/env python3
"""Keeps the public headers documented: documented_members.py ROOT reads runtime/include/coro/*.h.

Each class, function, type and public data member there has a `///` comment before it, or a `///<` behind it.
An overload shares the comment of its first, a specialisation those of its template. None is needed by what
every future has (output_type, poll), by copies, moves and destruction, by the constructor of a class NAME_future,
which the function NAME calls, and by names that a using-declaration takes from a base. What is private, or in
namespace detail, is for the authors of the runtime. Undocumented members are printed; the exit status is 1 then.
"""

import pathlib
import re
import sys

PROTOCOL = {"output_type", "poll"}
LITERAL = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'')
CLASS = re.compile(r"\s*(?:template\s*<>)?(?:\s*requires\b.*?\))?\s*\b(class|struct|union)\b\s*([\w:]*)\s*(.?)", re.S)


def tokens(text):
    """Comments that document ('///', '///<'), the punctuation of scopes ('{', '}', ';', ':') and the text between."""
    text = re.sub(r"^[ \t]*#(?:.*\\\n)*.*$", "", text, flags=re.M)
    text = LITERAL.sub('""', text)
    line = 1
    for token in re.split(r"(//[^\n]*|[{};])", text):
        yield line, token
        line += token.count("\n")


def without_brackets(text, opening, closing):
    """The text without what stands in brackets, nested ones too."""
    depth, kept = 0, []
    for character in text:
        depth -= character == closing and depth > 0
        if depth == 0:
            kept.append(character)
        depth += character == opening
    return "".join(kept)


def declared_name(declaration):
    """The name that a declaration without its body declares; None where it declares none of its own."""
    text = re.sub(r"\[\[.*?\]\]", " ", declaration, flags=re.S)
    text = without_brackets(text.replace("operator()", "operator call").replace("->", "  "), "<", ">")
    text = without_brackets(text.replace("<>", " "), "(", ")")
    text = re.sub(r"\brequires\b[^(]*?\(\)|\brequires\b.*$", " ", text, flags=re.S) if "template" in text else text
    if re.match(r"\s*(?:friend|static_assert|using namespace|extern template)\b", text):
        return None
    if operator := re.search(r"\boperator\s*([^\s()]+)", text):
        return "operator" + operator[1]
    if alias := re.match(r"\s*(?:template\s*)?using\s+(\w+)\s*=", text):
        return alias[1]
    if re.match(r"\s*using\b", text):
        return None
    if scope := re.search(r"\b(?:class|struct|union|enum(?:\s+class)?|concept)\s+(\w+)", text):
        return scope[1]
    text = re.sub(r"\b(?:requires|noexcept)\b\s*(?:\(\))?", " ", text)
    call = re.search(r"(~?\w+)\s*\(\)", text)
    if call:
        before = text[: call.start()].rstrip()
        return None if before.endswith("::") else call[1]
    names = re.findall(r"\w+", re.sub(r"=.*|\[.*|:(?!:).*", "", text, flags=re.S))
    return names[-1] if names else None


class Header:
    """Reads one header and collects what is undocumented."""

    def __init__(self, text):
        self.missing = []
        self.documented = set()  # (scope, name)
        self.scopes = []  # (name, is public there, whether it holds members)
        self.read(text)

    def scope(self):
        return "::".join(name for name, _, _ in self.scopes if name)

    def is_public(self):
        return all(public and holds for _, public, holds in self.scopes)

    def read(self, text):
        declaration, start, has_comment = "", 0, False
        for line, token in tokens(text):
            if token.startswith("//"):
                if token.startswith("///<"):
                    self.comment_behind(line)
                elif token.startswith("///") and not declaration.strip():
                    has_comment = True
            elif token not in ("{", "}", ";"):
                if not declaration.strip():
                    token = self.note_access(token)
                    start = line + token[: len(token) - len(token.lstrip())].count("\n")
                declaration += token
            else:
                if token == "{":
                    self.open(declaration, start, has_comment)
                elif token == "}":
                    self.scopes.pop()
                elif declaration.strip():
                    self.declare(declaration, start, has_comment)
                declaration, has_comment = "", False

    def note_access(self, text):
        """Notes `public:` and the like, and leaves their lines blank."""
        while found := re.match(r"\s*(public|private|protected):(?!:)", text):
            name, _, holds = self.scopes[-1]
            self.scopes[-1] = (name, found[1] == "public", holds)
            text = "\n" * text[: found.end()].count("\n") + text[found.end() :]
        return text

    def open(self, declaration, start, has_comment):
        """A brace: a namespace, a class, or anything else, whose insides declare no members."""
        plain = without_brackets(re.sub(r"\[\[.*?\]\]", " ", declaration, flags=re.S), "<", ">")
        if namespace := re.match(r"\s*(?:inline\s+)?namespace\s*([\w:]*)", plain):
            self.scopes.append((namespace[1], namespace[1] != "detail", True))
        elif (kind := CLASS.match(plain)) and not kind[3].startswith("("):
            # Of a specialisation, the template's comments are enough.
            is_specialisation = re.search(rf"\b{kind[2]}\s*<", declaration) is not None
            if not is_specialisation:
                self.declare(declaration, start, has_comment)
            self.scopes.append((kind[2], kind[1] != "class", not is_specialisation))
        else:
            self.declare(declaration, start, has_comment)
            self.scopes.append(("", True, False))

    def comment_behind(self, line):
        """A comment on the line of the declaration that has just ended."""
        if self.missing and self.missing[-1][0] >= line - 1:
            self.documented.add(self.missing.pop()[1:])

    def declare(self, declaration, line, has_comment):
        name = declared_name(declaration) if self.is_public() else None
        if name is None or self.is_implied(declaration, name):
            return
        if has_comment:
            self.documented.add((self.scope(), name))
        else:
            self.missing.append((line, self.scope(), name))

    def is_implied(self, declaration, name):
        of = self.scopes[-1][0].split("::")[-1] if self.scopes else ""
        is_forward = re.match(r"\s*(?:template\s*<.*>\s*)?(?:class|struct)\s+[\w:]+\s*$", declaration, re.S)
        is_copy = name == of and re.search(r"\(\s*(?:const\s+)?" + of + r"\s*&&?\s*\w*\s*\)", declaration)
        makes_future = name == of and name.endswith("_future")
        return name in PROTOCOL or name == "operator=" or name.startswith("~") or is_forward or is_copy or makes_future

    def undocumented(self):
        return [each for each in self.missing if each[1:] not in self.documented]


def main(root):
    folder = pathlib.Path(root) / "runtime" / "include" / "coro"
    found = 0
    for path in sorted(folder.glob("*.h")):
        for line, scope, name in Header(path.read_text()).undocumented():
            print(f"{path.relative_to(root)}:{line}: {scope}::{name} has no comment")
            found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
