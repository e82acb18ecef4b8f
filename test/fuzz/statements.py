"""The statements of random programs, and the scopes that their names live in."""

from expressions import Expressions
from tree import Declaration, Node


class Scope:
    """Names of a block; `outer` are those around it. Those of a `head` may not be declared anew in its body."""

    def __init__(self, outer=None, head=False):
        self.outer = outer
        self.head = head
        self.names = {}

    def visible(self):
        found = dict(self.outer.visible()) if self.outer else {}
        found.update(self.names)
        return found


class Statements(Expressions):
    """Makes statements. `self.scope` is where the next one stands."""

    def __init__(self):
        self.count = 0
        self.loops = 0
        self.leaving = True  # co_return may stand here.
        self.targets = []  # Labels behind the block that the statement is in.
        self.scope = Scope()

    # Names.

    def label(self, word):
        self.count += 1
        return f'"{word}{self.count}"'

    def fresh(self, word):
        self.count += 1
        return f"{word}{self.count}"

    def kinds(self, *kinds):
        return [each for each in self.scope.visible().values() if each.kind in kinds]

    def variable(self, sort, effects=True):
        known = self.kinds("int") if sort == "W" else self.kinds("int", "fixed int")
        if not effects:
            known = [each for each in known if each.fixed]
        if not known:
            return Node(sort, ["1"])
        chosen = self.random.choice(known)
        return Node(sort, [None], use=chosen)

    def object_name(self, sort):
        known = self.kinds("object")
        chosen = self.random.choice(known)
        if self.random.random() < 0.7:  # Rather one that was declared late.
            chosen = known[-1 - self.random.randrange(min(3, len(known)))]
        return Node(sort, [None], use=chosen)

    def declare(self, word, kind, made_from=(), fixed=False):
        """A new name, or now and then one of a block around, which is hidden then."""
        name = self.fresh(word)
        around = self.scope.outer
        outer = around.visible() if around else {}
        used = {each.use.name for tree in made_from for each in tree.walk() if each.use}
        hidden = [
            each for each in outer
            if each not in self.scope.names and each not in used and each not in self.protected
            and not (around.head and each in around.names)
        ]
        if hidden and self.random.random() < 0.25:
            name = self.random.choice(hidden)
        declared = Declaration(name, kind, fixed)
        self.scope.names[name] = declared
        return declared

    # Building.

    def fill(self, form, *given, declares=(), depth=2, waits=True):
        """A statement: a form whose `^` are the nodes given, one after the other."""
        given = list(given)
        pieces = form.split("^")
        parts = []
        for index, piece in enumerate(pieces):
            parts += self.from_form("statement", piece, depth, waits).parts
            if index < len(pieces) - 1:
                part = given.pop(0)
                parts.append(Node("name", [None], use=part) if isinstance(part, Declaration) else part)
        return Node("statement", parts, declares)

    def block(self, depth, most=3, tail=None, more=0):
        """Statements of a scope of their own; the form `tail` behind them, and then up to `more`."""
        outer, self.scope = self.scope, Scope(self.scope)
        statements = [self.statement(depth) for _ in range(1 + self.random.randrange(most))]
        if tail:
            statements.append(self.fill(tail, depth=2))
        statements += [self.statement(0) for _ in range(more and 1 + self.random.randrange(more))]
        self.scope = outer
        return Node("block", statements)

    # Statements.

    def statement(self, depth):
        self.budget -= 1
        simple = [
            self.number, self.number, self.object, self.object, self.reference, self.list_of_references,
            self.array, self.objects, self.bindings, self.local_type, self.constant, self.local_static,
            self.other_object, self.future, self.alias, self.taken, self.expression_statement, self.expression_statement,
            self.expression_statement, self.assignment,
        ]
        if self.budget < 0:
            return self.fill("sink($N);\n", depth=1)
        if depth > 0 and self.random.random() < 0.55:
            compound = [
                self.branch, self.branch, self.condition, self.loop, self.loop, self.range_loop, self.switch,
                self.attempt, self.attempt, self.inner, self.retry, self.forward, self.device,
            ]
            return self.random.choice(compound)(depth)
        if self.random.random() < 0.15:
            return self.leave()
        return self.random.choice(simple)()

    def expression_statement(self):
        form = self.random.choice([
            "sink($N);\n", "$V;\n", "(void)$N;\n", "sum += $N;\n", "(op(@first), $V);\n", "void($B);\n",
        ])
        return self.fill(form, depth=3)

    def assignment(self):
        form = self.random.choice([
            "sum = 1 + $N;\n" if self.strict else "sum = sum + $N;\n", "$L = $N;\n", "$L += $N;\n", "$W = $W = $N;\n",
            "array[static_cast<unsigned>($N) % 3u] = $N;\n", "sum -= $N, sum += $N;\n", "changed += $N;\n", "changed = $M;\n",
        ])
        return self.fill(form, depth=3)

    def number(self):
        init = self.expression("N", 3)
        form = self.random.choice(["int ^ = ^;\n", "auto ^ = ^;\n", "int ^(^);\n", "int ^{^};\n"])
        name = self.declare("v", "int", [init])
        return self.fill(form + "(void)^;\n", name, init, name, declares=[name])

    def object(self):
        init = self.expression("M", 3)
        name = self.declare("o", "object", [init])
        form = self.random.choice(["traced ^ = ^;\n", "auto ^ = ^;\n", "const traced ^(^);\n"])
        return self.fill(form, name, init, declares=[name])

    def other_object(self):
        sort, form = self.random.choice([
            ("U", "move_only ^ = ^;\n"), ("I", "immovable ^ = ^;\n"), ("N", 'wide ^("wide", ^);\n'),
            ("N", 'immovable ^("pinned", ^);\n'), ("U", "auto ^ = ^;\n"),
        ])
        init = self.expression(sort, 3)
        name = self.declare("x", "object", [init])
        return self.fill(form, name, init, declares=[name])

    def reference(self):
        init = self.random.choice([lambda: self.expression("M", 3), lambda: self.object_name("O")])()
        name = self.declare("r", "object", [init])
        form = self.random.choice(["const traced& ^ = ^;\n", "const auto& ^ = ^;\n", "auto&& ^ = ^;\n"])
        return self.fill(form + "(void)^;\n", name, init, name, declares=[name])

    def list_of_references(self):
        known = lambda: self.object_name("O")
        passed = lambda: self.fill("pass(^)", known())
        made = lambda: self.expression("M", 2)
        # g++ 12 loses a temporary whose life is extended when what comes behind it throws.
        first, second = self.random.choice([(made, known), (passed, made), (known, passed)])
        first, second = first(), second()
        name = self.declare("w", "refs", [first, second])
        form = self.random.choice(["refs ^{^, ^};\n", "refs ^ = {^, ^};\n", "const refs& ^ = refs{^, ^};\n"])
        uses = f"sum += look({name.name}.a);\nsum += {name.name}.b.use();\n"
        return self.fill(form + uses, name, first, second, declares=[name])

    def array(self):
        inits = [self.expression("N", 2) for _ in range(3)]
        name = self.declare("a", "array", inits)
        rest = self.fill("bump(^[1]), sink(^[2]);\n", name, name)
        return self.fill("int ^[3] = {^, ^, ^};\n^", name, *inits, rest, declares=[name])

    def objects(self):
        # Where the second throws, clang ends the temporaries of the first before the first (docs/semantics.md).
        inits = [self.simple("M", 0, False), self.expression("M", 2, waits=False)]
        name = self.declare("ts", "objects", inits)
        form = self.random.choice(["traced ^[2] = {^, ^};\n", "std::array<traced, 2> ^{^, ^};\n"])
        return self.fill(form + "sum += both(^[0], ^[1]);\n", name, *inits, name, name, declares=[name])

    def bindings(self):
        init, kind = self.random.choice([
            (lambda: self.fill("co_await splitting($N)", depth=2), "int"),
            (lambda: self.expression("T", 2), "int"),
            (lambda: self.fill("co_await coro::join(child(~N, ~O), leaf<int>(@l, #3, $N))", depth=2), "int"),
            (lambda: self.fill("co_await coro::join(leaf<int>(@l, #3, $N), failing($N), leaf<int>(@m, 1, $N))", depth=2), "three"),
        ])
        init = init()
        form = self.random.choice(["auto [^, ^] = ^;\n", "auto&& [^, ^] = ^;\n"])
        first = self.declare("p", "fixed int", [init])
        second = self.declare("q", "fixed int", [init])
        if kind == "three":
            third = self.declare("s", "fixed int", [init])
            return self.fill(
                "auto [^, ^, ^] = ^;\nsum += ^ + ^ + ^;\n", first, second, third, init, first, second, third,
                declares=[first, second, third],
            )
        return self.fill(form + "sum += ^ - ^;\n", first, second, init, first, second, declares=[first, second])

    def local_type(self):
        kind = self.fresh("point")
        init = self.expression("N", 2)
        name = self.declare("at", "point", [init])
        member = self.random.choice(["sum", "n", "x", "limit"])
        return self.fill(
            f"struct {kind} {{ int {member}; traced self; int both() const {{ return self.use() + {member}; }} }};\n"
            f"{kind} ^{{^, traced(@point, 2)}};\n" + "sink($N);\nsum += ^.both();\n",
            name, init, name, declares=[name],
        )

    def constant(self):
        """A constant that hides one of the file, in types and in values."""
        form = self.random.choice(["constexpr int ^ = ^;\n", "const int ^ = ^;\n"])
        value = Node("constant", [str(3 + self.random.randrange(4))])
        name = Declaration("limit", "fixed int", fixed=True)
        if "limit" in self.scope.names:
            name.name = self.fresh("limit")
        self.scope.names[name.name] = name
        holds = self.declare("sized", "sized")
        rest = self.random.choice(["sized<^> ^;\n", "std::array<int, ^> ^{};\n"])
        return self.fill(
            form + rest + "sink($N);\nsum += static_cast<int>(^.size());\n",
            name, value, name, holds, holds, declares=[name, holds],
        )

    def local_static(self):
        name = self.declare("calls", "static")
        if self.random.random() < 0.5:
            return self.fill("static int ^ = 1;\nsum += ^ = (^ * 3 + $N) & 63;\n", name, name, name, declares=[name])
        return self.fill(
            "static std::array<int, 2> ^{1, 2};\nfor (int& inside : ^) sink(inside);\nsink($N);\nsum += ^[1];\n",
            name, name, name, declares=[name],
        )

    def future(self):
        """A future that is awaited later, where it lies."""
        made, form = self.random.choice([
            (lambda: self.fill("child(^, ^)", self.expression("N", 2), self.object_name("O")), "sum += co_await ^;\n"),
            (lambda: self.fill("failing($N)", depth=2), "sum += co_await std::move(^);\n"),
            (lambda: self.fill("leaf<int>(@later, #3, $N)", depth=2), "sum += co_await ^;\n"),
            (lambda: self.fill("at_once($N)", depth=2), "sum += std::get<1>(co_await coro::join(leaf<int>(@l, 1, $N), ^));\n"),
        ])
        init = made()
        name = self.declare("later", "future", [init])
        return self.fill("auto ^ = ^;\nsink($N);\n" + form, name, init, name, declares=[name])

    def taken(self):
        """A list that an awaited call takes, perhaps; or one from before, of which that may have been so."""
        takes = self.random.choice([
            "sum += co_await sum_of(std::move(^));\n", "sum += co_await handed_on(std::move(^));\n",
            "if ($B) sum += co_await sum_of(std::move(^));\n", "sum += $B ? co_await sum_of(std::move(^)) : 1;\n",
            "sum += std::get<0>(co_await coro::join(sum_of(std::move(^)), leaf<int>(@l, #3, $N)));\n",
            "for (int round = 0; round < 2; ++round) sum += co_await sum_of(std::move(^));\n",
        ])
        known = self.kinds("list")
        if known and self.random.random() < 0.4:
            return self.fill(takes, self.random.choice(known))
        between = self.random.choice(["", "sink($N);\n", "sum += static_cast<int>(^.size());\n", "^.pop_back();\n"])
        init = self.fill("objects_of($N)", depth=2)
        name = self.declare("all", "list", [init])
        if self.random.random() < 0.2:
            takes = ""
        uses = [name] * (between + takes).count("^")
        return self.fill("auto ^ = ^;\n" + between + takes, name, init, *uses, declares=[name])

    def alias(self):
        kind = self.fresh("kind")
        init = self.expression("M", 2)
        name = self.declare("of", "object", [init])
        return self.fill(f"using {kind} = traced;\n{kind} ^ = ^;\n", name, init, declares=[name])

    def branch(self, depth):
        form = self.random.choice(["if ($B) ", "if (yes($N)) ", "if (co_await leaf<int>(@leaf, 1, $N)) "])
        head = self.fill(form, depth=2)
        body = self.block(depth - 1)
        if self.random.random() < 0.5:
            return self.fill("^{\n^}\n", head, body)
        return self.fill("^{\n^} else {\n^}\n", head, body, self.block(depth - 1))

    def condition(self, depth):
        """With a declaration in its head, which holds in both arms."""
        outer, self.scope = self.scope, Scope(self.scope, head=True)
        init = self.expression("N", 2)
        form, sort = self.random.choice([
            ("if (int ^ = ^) ", "N"), ("if (int ^ = ^; yes($N)) ", "N"), ("if (auto ^ = ^; ^.use() & 1) ", "M"),
            ("if (traced ^ = ^) ", "M"), ("while (int ^ = ^) ", "N"), ("if (const traced& ^ = ^; yes($N)) ", "M"),
        ])
        if sort == "M":
            init = self.expression("M", 2)
        name = self.declare("c", "object" if sort == "M" else "int", [init])
        nodes = [name, init] + [name] * (form.count("^") - 2)
        head = self.fill(form, *nodes, declares=[name])
        loop = form.startswith("while")
        self.loops += loop
        body = self.block(depth - 1)
        self.loops -= loop
        if loop:
            body.parts.append(Node("statement", ["break;\n"]))
        result = self.fill("^{\n^}\n", head, body)
        if not loop and self.random.random() < 0.4:
            result = self.fill("^{\n^} else {\n^}\n", head, body, self.block(depth - 1))
        self.scope = outer
        return result

    def loop(self, depth):
        outer, self.scope = self.scope, Scope(self.scope, head=True)
        head, tail = self.random.choice([
            ("for (int ^ = 0; ^ < 2; ++^) {\n", "}\n"),
            ("for (int ^ = 0; ^ + int($B) < 2; ^ += 1 + int($B)) {\n", "}\n"),
            ("for (int ^ = 0; ; ) {\nif (++^, ^ > 2 - int($B)) break;\n", "}\n"),
            ("int ^ = 0;\nwhile (++^, ^ < 2 + int($B)) {\n", "}\n"),
            ("int ^ = 0;\ndo {\n", "} while (++^, ^ < 1 + int($B));\n"),
            ("for (int ^ = 0; bool go = ++^ < 3 && $B; ) {\nsink(go);\n", "}\n"),
            ("{\nint ^ = 0;\nfor (auto&& item : objects($N)) {\n^ += item.use();\n", "}\n}\n"),
            ("{\nint ^ = 0;\nauto items = streaming($N);\nwhile (auto item = co_await items.next()) {\n^ = *item;\n", "}\n}\n"),
        ])
        own = head.startswith("int")
        name = Declaration(self.fresh("i"), "fixed int")
        self.scope.names[name.name] = name
        opened = self.fill(head, *[name] * head.count("^"), declares=[name])
        body = self.loop_body(depth)
        closed = self.fill(tail, *[name] * tail.count("^"))
        self.scope = outer
        whole = self.fill("^^^", opened, body, closed)
        return self.fill("{\n^}\n", whole) if own else whole

    def loop_body(self, depth):
        self.loops += 1
        tail = f"if ($B) {self.random.choice(['break', 'continue'])};\n"
        if self.random.random() < 0.5:
            body = self.block(depth - 1, tail=tail, more=2)
        else:
            body = self.block(depth - 1)
        self.loops -= 1
        return body

    def range_loop(self, depth):
        range_form = self.random.choice([
            "{$N, $N}", "array", "items(~N, ~N)", "co_await listing($N)", "std::array<int, 2>{$N, $N}",
            "std::vector<int>{$N, $N}", "items{$N, $N}", "counting(~N, changed)",
        ])
        over = self.fill(range_form, depth=2)
        outer, self.scope = self.scope, Scope(self.scope, head=True)
        start = self.random.choice([None, None, self.fill("auto start = $N; ", depth=2)])
        name = self.declare("each", "int", [over, start] if start else [over])
        kind = self.random.choice(["int", "auto"] + (["int&", "auto&"] if range_form == "array" else []))
        start = start or Node("nothing", [])
        head = self.fill(f"for (^{kind} ^ : ^) {{\n(void)^;\n", start, name, over, name, declares=[name])
        body = self.loop_body(depth)
        self.scope = outer
        return self.fill("^^}\n", head, body)

    def switch(self, depth):
        head = self.fill(self.random.choice([
            "switch (sink($N) & 3) {\n", "switch (co_await leaf<int>(@leaf, 1, $N) & 3) {\n", "switch (sink($N); sink($N) & 3) {\n",
        ]), depth=2)
        parts = [head]
        labels = ["case 0:", "case 1:", "case 2:", "default:"]
        self.random.shuffle(labels)
        labels = labels[: 2 + self.random.randrange(3)]
        for index, label in enumerate(labels):
            last = index == len(labels) - 1
            body = self.block(depth - 1, 2)
            ends = "break;\n" if last or self.random.random() < 0.6 else "[[fallthrough]];\n"
            if self.random.random() < 0.3 and ends == "break;\n":
                ends = "if ($B) break;\nsink($N);\nbreak;\n"
            parts.append(self.fill(f"{label} {{\n^}}\n{ends}", body, depth=2))
        parts.append(self.fill("}\n"))
        return Node("statement", parts)

    def device(self, depth):
        """Cases inside a loop."""
        name = self.fresh("rounds")
        first, second, third = (self.block(depth - 1, 2) for _ in range(3))
        form = self.random.choice([
            f"int {name} = 0;\nswitch (sink($N) & 3) {{\ncase 0:\ndo {{\n{{\n^}}\n[[fallthrough]];\ncase 1: {{\n^}}\n"
            f"[[fallthrough]];\ndefault: {{\n^}}\n}} while (++{name} < 2);\n}}\n",
            f"int {name} = 0;\nswitch (sink($N) & 1) {{\nfor (; {name} < 2; ++{name}) {{\ncase 0: {{\n^}}\nif ($B) continue;\n"
            f"[[fallthrough]];\ncase 1: {{\n^}}\n}}\n{{\n^}}\n}}\n",
            f"int {name} = 0;\nswitch (sink($N) & 3) {{\ncase 0: if ($B) {{\n^}} else {{\ncase 1: {{\n^}}\n}}\nbreak;\n"
            f"default: {{\n^}}\n}}\nsink({name});\n",
        ])
        return self.fill("{\n" + form + "}\n", first, second, third)

    def attempt(self, depth):
        targets, self.targets = self.targets, self.targets if self.random.random() < 0.7 else []
        body = self.block(depth - 1, tail=self.random.choice([None, "if ($B) throw failure(@failure);\n"]))
        self.targets = targets
        ways = ["", "", "sum += sink(1);\n", "if ($B) throw;\n", "array[1] += sink($N);\n"]
        if self.loops:
            ways += ["break;\n", "if ($B) continue;\n"]
        if self.leaving:
            ways += ["if ($B) co_return $N;\n"]
        catches = self.random.choice([
            ["catch (const failure& f) {\nop(f.name());\n"],
            ["catch (const special_failure&) {\nop(@special);\n", "catch (const failure&) {\nop(@other);\n"],
            ["catch (...) {\nop(@all);\n"],
            ["catch (const oracle::injected&) {\nop(@injected);\n"],
        ])
        parts = [self.fill("try {\n^}\n", body)]
        for each in catches:
            # Nothing may wait in a handler.
            way = self.fill(self.random.choice(ways), depth=2, waits=False)
            parts.append(self.fill(f"{each}^}}\n", way))
        return Node("statement", parts)

    def inner(self, depth):
        return self.fill("{\n^}\n", self.block(depth - 1))

    def retry(self, depth):
        """Back to the beginning, out of what has been declared since."""
        label, tries = self.fresh("again"), self.fresh("tries")
        body = self.block(depth - 1, tail=f"if (++{tries} < 2 && $B) goto {label};\n", more=2)
        return self.fill(f"{{\nint {tries} = 0;\n{label}: {{\n^}}\n}}\n", body)

    def forward(self, depth):
        """Out of nested blocks, to what stands behind them."""
        label = self.fresh("behind")
        self.targets.append(label)
        body = self.block(depth - 1, tail=f"if ($B) goto {label};\n", more=2)
        self.targets.pop()
        return self.fill(f"{{\n{{\n^}}\n{label}:\nsink($N);\n}}\n", body)

    def leave(self):
        forms = ["if ($B) throw failure(@failure);\n", "if (thrown_if($N)) op(@not);\n"]
        if self.leaving:
            forms += ["if ($B && yes($N)) co_return $N;\n", "if ($B) co_return co_await leaf<int>(@last, 1, $N);\n"]
        if self.loops:
            forms += ["if ($B) break;\n", "if ($B) continue;\n"]
        if self.targets:
            forms += [f"if ($B) goto {self.random.choice(self.targets)};\n"] * 2
        return self.fill(self.random.choice(forms), depth=2)

    def async_lambda(self, depth):
        """An async block, called where it stands, with what is around captured."""
        around = self.scope, self.loops, self.targets, self.protected
        argument = self.expression("N", depth - 1)
        self.scope, self.loops, self.targets = Scope(self.scope, head=True), 0, []
        given = Declaration(self.fresh("given"), "int")
        self.scope.names[given.name] = given
        capture = self.random.choice(["&", "&", "&, also = sink(2)", '&, beside = traced("captured", 3)'])
        body = self.block(0, 2, tail="co_return $N + co_await at_once(1);\n")
        self.scope, self.loops, self.targets, self.protected = around
        made = self.fill(
            f"co_await [{capture}] CORO_ASYNC(int ^) -> coro::future<int> {{\n^}}(^)",
            given, body, argument, declares=[given],
        )
        return Node("N", made.parts, made.declares)
