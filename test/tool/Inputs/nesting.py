"""Writes a source of a size that nobody types: nesting.py FORM NUMBER."""

import sys

AWAIT = "n = co_await leaf();"

FRONT = """#include <coro/coro.h>
coro::future<int> leaf();
coro::future<void> nothing();
struct object { ~object(); };
"""

BODIES = {
    "blocks": lambda number: "{" * number + AWAIT + "}" * number,
    "objects_in_blocks": lambda number: "{ object o; " * number + AWAIT + "}" * number,
    "block_after_block": lambda number: f"{{ object o; int v = co_await leaf(); {AWAIT} n += v; }}\n" * number,
    "ifs": lambda number: "if (n) {" * number + AWAIT + "}" * number,
    "elses": lambda number: " else ".join(f"if (n == {i}) {{ {AWAIT} }}" for i in range(number)),
    "sum": lambda number: "n = co_await leaf()" + " + 1" * number + ";",
    "statements": lambda number: (AWAIT + "\n") * number,
    "awaits_in_sum": lambda number: "n = co_await leaf()" + " + co_await leaf()" * number + ";",
    "locals": lambda number: "".join(f"int v{i} = co_await leaf();\n" for i in range(number)),
    "objects": lambda number: "".join(f"object o{i};\n" for i in range(number)) + AWAIT,
    "join": lambda number: "co_await coro::join(" + ", ".join(["nothing()"] * number) + ");",
}


def function(name, body):
    return f"CORO_ASYNC coro::future<int> {name}(int n) {{ {body} co_return n; }}\n"


def source(form, number):
    if form == "functions":
        return FRONT + "".join(function(f"waits_{i}", AWAIT) for i in range(number))
    return FRONT + function("waits", BODIES[form](number))


if __name__ == "__main__":
    print(source(sys.argv[1], int(sys.argv[2])))
