"""The expressions of random programs: what each sort may be, as text with places for others.

In a form, `$N` is a place for a number (a letter for each sort, below); `~N` is one whose order among the other `~` of
the form is left open by the standard; `!` behind it says that nothing may be awaited there, because what is passed by value
before an await is moved once more when lowered (docs/semantics.md). `@word` is a string of its own, `#3` a number below 3.
What begins with OPEN has an open order in itself, and is left out of strict programs.

    N  number          B  bool              V  void            O  what a const traced& binds to
    M  prvalue traced  U  prvalue move_only I  prvalue immovable
    L  int that can be changed              S  std::string     T  pair_of
    R  a variable that is a number          W  one that can be assigned to
"""

import re

from tree import Node, SIMPLEST

FORMS = {
    "N": [
        (2, "#9"),
        (4, "$R"),
        (1, "(~N + ~N)"),
        (1, "(~N - ~N)"),
        (1, "($N * #3)"),
        (1, "-$N"),
        (1, "($B ? $N : $N)"),
        (1, "int($B)"),
        (1, "static_cast<int>($N)"),
        (1, "(sink($N), $N)"),
        (1, "sink($N)"),
        (1, "two(~N, ~N)"),
        (1, "mix(~N, ~O, ~N)"),
        (1, "both(~O, ~O)"),
        (1, "look($O)"),
        (1, "$O.use()"),
        (1, "consume(~N, ~M!)"),
        (1, "bump($L)"),
        (1, "set(~L, ~N)"),
        (1, "chain($N).add($N).with($O).get()"),
        (1, "chain($N)[$N]"),
        (1, "chain($N)(~N, ~N)"),
        (1, "chain($N)->use()"),
        (1, "OPEN(number(~N) + number(~N)).v()"),
        (1, "(number($N) << $N)"),
        (1, "total(pair_of{$N, $N})"),
        (1, "total({.a = $N, .b = $N})"),
        (1, "total(pair_of($N, $N))"),
        (1, "$T.a"),
        (1, "holder{$M!}.o.use()"),
        (1, "holder{.o = $M!, .n = #9}.n"),
        (1, "total_of({$N, $N, $N})"),
        (0.1, "uses_of({traced(@t, #3), $M!})"),
        (1, "array[static_cast<unsigned>($N) % 3u]"),
        (0.2, "defaulted_argument(~N)"),
        (1, "thrown_if($N)"),
        (1, "length($S)"),
        (1, "view_length($S)"),
        (1, "fold(~N, ~N)"),
        (1, "scaled<2>($N)"),
        (1, "[&](int x) { return x + $R; }($N)"),
        (1, "[x = $N] { return x + 1; }()"),
        (0.5, "[t = $M!] { return t.use(); }()"),
        (1, "(cell(array, $N) = $N)"),
        (1, "(cell(array, $N) += $N)"),
        (1, "(array[static_cast<unsigned>($N) % 3u] += $N)"),
        (1, "*new (&storage) int($N)"),
        (1, "*std::make_unique<int>($N)"),
        (1, "std::unique_ptr<traced>(new traced(@n, $N))->use()"),
        (0.5, "int(sizeof(two($N!, $N!)))"),
        (0.5, "int(noexcept(sink($N!)))"),
        (0.5, "(yes($N) ? throw failure(@failure) : $N)"),
    ],
    "N await": [
        (6, "co_await leaf<int>(@leaf, #2, $N)"),
        (2, "co_await child(~N, ~O)"),
        (2, "co_await taking(~M, ~N!)"),
        (0.5, "co_await with_default($N)"),
        (1, "co_await chain($N).add($N).with($O).wait()"),
        (1, "co_await generic(~N, ~O)"),
        (1, "co_await worker{$N}.step($N)"),
        (1, "co_await worker{$N}.steps($N)"),
        (1, "co_await failing($N)"),
        (1, "co_await at_once($N)"),
        (1, "(co_await owning($N))->use()"),
        (1, "(co_await holding($N)).o.use()"),
        (1, "(co_await splitting($N)).first"),
        (1, "(co_await listing($N))[0]"),
        (1, "co_await ready_awaiter{$N}"),
        (1, "co_await via_operator($N)"),
        (1, "co_await pinned_number(@pinned, #2, $N)"),
        (1, "std::get<0>(co_await coro::join(child(~N, ~O), leaf<int>(@joined, #3, $N)))"),
        (0.05, "int((co_await coro::select(leaf<int>(@left, #3, $N), child(~N, ~O))).index())"),
        (1, "ASYNC LAMBDA"),
        (0.3, "({ traced own(@own, $N); co_await leaf<int>(@block, #2, own.use()); })"),
        (0.3, "({ int block = $N; block + int($B); })"),
    ],
    "B": [
        (5, "yes($N)"),
        (1, "(yes($N) && $B)"),
        (1, "(yes($N) || $B)"),
        (1, "!$B"),
        (1, "(~N < ~N)"),
        (1, "static_cast<bool>($O)"),
        (1, "(sink($N), $B)"),
        (1, "($B ? $B : $B)"),
    ],
    "B await": [(2, "co_await leaf<bool>(@leaf, #2, $B)")],
    "V": [
        (2, "op(@op)"),
        (1, "(void)$N"),
        (1, "($B ? op(@op) : (void)$N)"),
        (1, "delete new traced(@n, $N)"),
        (1, "void(look($O))"),
        (0.5, "(yes($N) ? throw special_failure(@failure) : op(@op))"),
    ],
    "V await": [
        (2, "co_await void_leaf(@void, #2)"),
        (1, "($B ? co_await void_leaf(@void, 1) : op(@op))"),
        (1, "co_await loud_leaf(@loud, #2)"),
        (1, "co_await pinned_leaf(@pinned, #2)"),
    ],
    "O": [
        (4, "OBJECT"),
        (2, "$M"),
        (1, "pass($O)"),
        (1, "($B ? pass($O) : pass($O))"),
        (1, "($B ? OBJECT : OBJECT)"),
        (1, "either(~B!, ~O, ~O)"),
        (1, "(op(@comma), OBJECT)"),
        (1, "$I"),
        (1, "$U"),
        (1, "wide(@wide, $N)"),
        (1, "holder{$M!}.o"),
        (1, "(*std::make_unique<traced>(@unique, $N))"),
        (1, "std::as_const(OBJECT)"),
        (1, "number($N).self"),
    ],
    "O await": [
        (1, "(co_await refer($O))"),
        (1, "(co_await holding($N)).o"),
        (1, "(*co_await owning($N))"),
    ],
    "M": [
        (4, "traced(@t, $N)"),
        (1, "copy_of($O)"),
        (1, "traced{OBJECT}"),
        (1, "($B ? $M : $M)"),
        (1, "(sink($N), $M)"),
        (0.5, "traced{@braced, $N}"),
    ],
    "M await": [(2, "co_await traced_leaf(@traced, #2, $N)"), (1, "co_await making($N)")],
    "U": [(2, "move_only(@u, $N)")],
    "U await": [(1, "co_await move_only_leaf(@u, #2, $N)")],
    "I": [(1, "immovable(@i, $N)"), (0.3, "($B ? immovable(@i, $N) : immovable(@i, $N))")],
    "S": [(1, "std::string(@s)"), (2, "text_of($N)"), (1, "(text_of($N) + @s)"), (1, "@s")],
    "T": [(1, "pair_of{$N, $N}"), (1, "pair_of{.b = $N}"), (1, "($B ? pair_of{$N, 1} : pair_of{2, $N})")],
    "L": [
        (4, "$W"),
        (1, "cell(array, $N)"),
        (1, "array[static_cast<unsigned>($N) % 3u]"),
        (1, "($B ? $W : $W)"),
        (1, "(op(@comma), $W)"),
        (0.5, "*std::addressof($W)"),
    ],
}
PLACE = re.compile(r"([$~])([NBVOMUILSTRW])(!?)|@(\w+)|#(\d)|(OBJECT)|(ASYNC LAMBDA)")


class Expressions:
    """Makes expressions. Those who derive from it say what names there are, and what numbers come out."""

    def expression(self, sort, depth, waits=True, effects=True):
        """One without `effects` reads what nobody changes. One that `waits` may await something."""
        self.budget -= 1
        if sort in "RW":
            return self.variable(sort, effects)
        if not effects:
            return self.plain(sort)
        if depth <= 0 or self.budget < 0:
            return self.simple(sort, depth, waits)
        forms = FORMS[sort]
        awaiting = FORMS.get(sort + " await", [])
        if waits and awaiting and self.random.random() < 0.3:
            forms = awaiting
        weights = [weight for weight, _ in forms]
        form = self.random.choices([text for _, text in forms], weights)[0]
        if form.startswith("OPEN"):
            if self.strict:
                return self.simple(sort, depth, waits)
            form = form[4:]
        return self.from_form(sort, form, depth, waits)

    def simple(self, sort, depth, waits):
        if sort == "N":
            return self.variable("R") if self.random.random() < 0.6 else self.from_form("N", "#9", 0, False)
        if sort == "B":
            return Node("B", ["yes(", self.simple("N", depth, waits), ")"])
        if sort == "O":
            return self.from_form("O", "OBJECT", 0, False)
        if sort == "L":
            return self.variable("W")
        forms = {
            "M": "traced(@t, $R)",
            "V": "op(@op)",
            "U": "move_only(@u, $R)",
            "I": "immovable(@i, $R)",
            "S": "std::string(@s)",
            "T": "pair_of{$R, 1}",
        }
        return self.from_form(sort, forms[sort], 0, False)

    def plain(self, sort):
        """Nobody can tell when it is evaluated."""
        if sort == "N":
            return Node("N", [str(self.random.randrange(9))])
        if sort == "O":
            return self.object_name("O")
        if sort == "L":
            return self.variable("W")
        return Node(sort, [SIMPLEST[sort]])

    def from_form(self, sort, form, depth, waits=True):
        if self.kind == "template":  # A call that only an instantiation finds moves what is passed by value once more.
            form = form.replace("taking(~M, ~N!)", "child(~N!, ~O)")
        places = list(PLACE.finditer(form))
        roles = self.roles([place for place in places if place.group(1) == "~"], waits)
        parts, end = [], 0
        for place in places:
            parts.append(form[end : place.start()])
            end = place.end()
            order, letter, no_wait, word, below, named, asynchronous = place.groups()
            if word:
                parts.append(self.label(word))
            elif below:
                parts.append(str(self.random.randrange(int(below))))
            elif named:
                parts.append(self.object_name("O"))
            elif asynchronous:
                return self.async_lambda(depth)
            else:
                role = roles.pop(0) if order == "~" else "free"
                wait = waits and not no_wait
                if role == "wait" and wait and letter == "N":
                    parts.append(self.from_form("N", "co_await leaf<int>(@last, 1, $N)", depth - 1))
                else:
                    effects = role != "plain" or letter not in "NOL"
                    parts.append(self.expression(letter, depth - 1, wait, effects))
        parts.append(form[end:])
        return Node(sort, [part for part in parts if part != ""])

    def roles(self, places, waits):
        """What each of the operands may do, whose order is open.

        Where all compilers have to agree, all but one are plain; or one waits, and those before it may do anything.
        """
        if not self.strict or not places:
            return ["free"] * len(places)
        if len(places) == 1:  # The other is a default argument.
            return ["plain"]
        only = self.random.randrange(len(places))
        letters = [place.group(2) for place in places]
        heavy = [at for at, letter in enumerate(letters) if letter not in "NOL"]
        if waits and letters[only] == "N" and not heavy and self.random.random() < 0.5:
            return ["free"] * only + ["wait"] + ["plain"] * (len(places) - only - 1)
        if heavy:
            only = heavy[0]
        return ["free" if at == only else "plain" for at in range(len(places))]
