"""Random programs, each from a seed: well-typed text over what can be lowered.

Each program is one async function in a namespace of its own: a free function, a member, a lambda or a template. A file
holds many, and runs those whose names it is given (harness/programs.h). In a *strict* program, nothing depends on an order
that the standard leaves open, so that g++ has to do what clang does. What docs/semantics.md names as a deviation is left out.
"""

import pathlib
import random


from statements import Scope, Statements
from tree import Declaration, Node, indented

HEAD = pathlib.Path(__file__).resolve().parent / "harness" / "head.cpp"

START = """\
int sum = 0;
int array[3] = {1, 2, 3};
traced changed("changed", 1);
alignas(int) char storage[sizeof(int)];
(void)array, (void)storage, (void)parameter;
"""
RUN = "static oracle::outcome run(int polls) {{ {setup}return oracle::run([&] {{ return {call}; }}, polls); }}\n"


class Program(Statements):
    """The tree of one program; `text` is its namespace."""

    # Names that the text of forms uses, and that nothing may hide.
    protected = frozenset({"sum", "array", "storage", "changed", "parameter"})

    def __init__(self, seed):
        super().__init__()
        self.seed = seed
        self.name = f"program_{seed}"
        self.random = random.Random(seed)
        self.strict = self.random.random() < 0.7
        self.budget = self.random.choice([6, 10, 15, 25, 40])
        self.kind = self.random.choice(["free", "free", "member", "lambda", "template"])
        self.known = [
            Declaration("sum", "int"),
            Declaration("n", "int"),
            Declaration("parameter", "object"),
            Declaration("changed", "object"),
        ]
        if self.kind == "member":
            self.known.append(Declaration("base", "fixed int"))
        if self.kind == "lambda":
            self.known += [Declaration("copied", "fixed int"), Declaration("referred", "int"), Declaration("kept", "object")]
        self.scope.names.update({each.name: each for each in self.known})
        self.scope.head = True
        self.scope = Scope(self.scope)
        self.tree = Node("block", [])
        while self.budget > 0:
            self.tree.parts += [self.statement(2)]
        self.tree.parts += [self.fill("co_return sum + $N;\n", depth=2)]

    def text(self, tree=None):
        body = START + (tree or self.tree).text()
        call = f'program({self.seed % 7}, traced("parameter", {self.seed % 5}))'
        head = "program(int n, traced parameter)"
        setup = ""
        if self.kind == "member":
            setup, call = "owner it{3}; ", f"it.{call}"
            made = f"struct owner {{\nint base;\nCORO_ASYNC coro::future<int> {head} {{\n{body}}}\n}};\n"
        elif self.kind == "lambda":
            made = ""
            setup = (
                "int copied = 4, referred = 5;\nauto program = [copied, &referred, kept = 6] CORO_ASYNC"
                f"(int n, traced parameter) mutable -> coro::future<int> {{\n{body}}};\n"
            ).replace("kept = 6", 'kept = traced("kept", 6)')
        elif self.kind == "template":
            head = head.replace("int n", "T n")
            made = f"template <class T>\nCORO_ASYNC coro::future<int> {head} {{\n{body}}}\n"
        else:
            made = f"CORO_ASYNC coro::future<int> {head} {{\n{body}}}\n"
        run = RUN.format(setup=setup, call=call)
        return f"namespace {self.name} {{\n" + indented(made + run) + f"}}  // namespace {self.name}\n"


def file_of(programs):
    """The text of a file with these programs: pairs of a name and a text."""
    text = HEAD.read_text()
    for name, each in programs:
        text += f"\n{each}"
    text += "\nconst fuzz::program all[] = {\n"
    for name, _ in programs:
        text += f'    {{"{name}", {name}::run}},\n'
    return text + "};\nint main(int count, char** arguments) { return fuzz::main(all, all + std::size(all), count, arguments); }\n"
