"""Writes a source of a size that nobody types: nesting.py FORM NUMBER."""

import sys

AWAIT = "n = co_await leaf();"

BODIES = {
    "blocks": lambda number: "{" * number + AWAIT + "}" * number,
    "ifs": lambda number: "if (n) {" * number + AWAIT + "}" * number,
    "elses": lambda number: " else ".join(f"if (n == {i}) {{ {AWAIT} }}" for i in range(number)),
    "sum": lambda number: "n = co_await leaf()" + " + 1" * number + ";",
    "statements": lambda number: (AWAIT + "\n") * number,
}


def function(name, body):
    return f"CORO_ASYNC coro::future<int> {name}(int n) {{ {body} co_return n; }}\n"


def main(form, number):
    print("#include <coro/coro.h>\ncoro::future<int> leaf();")
    if form == "functions":
        print("".join(function(f"waits_{i}", AWAIT) for i in range(number)))
    else:
        print(function("waits", BODIES[form](number)))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
