"""Commands for gdb about programs that coro-c++ has built with -g, running or in a core file.

    coro tasks      every task, and what it waits for: each async function with the line of its await
    coro frame N    selects frame N of that list, and prints its variables; $frame is the frame
    coro locals     the variables of the async function that the program stands in; gdb knows them as this->name
    coro next       like next, but goes on behind an await that suspends

What it reads: coro::traced (coro/lowered.h) in the structs of lowered functions says what they wait for; this_thread and
task_heap (coro/detail) say which tasks there are.

Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
"""

import gdb

FRAMES = []  # What `coro tasks` has listed last.


# ---- what a value is -------------------------------------------------------------------------------------------------


def plain(value):
    """What a reference refers to, and its type without typedefs and const."""
    if value.type.code in (gdb.TYPE_CODE_REF, gdb.TYPE_CODE_RVALUE_REF):
        value = value.referenced_value()
    return value, value.type.strip_typedefs().unqualified()


def is_instance(kind, template):
    return kind.code == gdb.TYPE_CODE_STRUCT and (kind.name or kind.tag or "").startswith(template + "<")


def members(value):
    """The named members of a struct with their values, those in anonymous unions too."""
    for field in value.type.strip_typedefs().fields():
        if not hasattr(field, "bitpos") or field.is_base_class:
            continue
        if field.name:
            yield field.name, value[field]
        else:
            yield from members(value[field])


class State:
    """The coro::traced member of a lowered function's struct."""

    def __init__(self, value, kind):
        _, states, lines, awaited = (kind.template_argument(i) for i in range(4))
        number = kind.template_argument(0).strip_typedefs().template_argument(0)
        self.at = int(value.cast(kind.template_argument(0))["at_"])
        self.ended = (1 << 8 * number.sizeof) - 1
        self.names = {f.enumval: f.name for f in states.strip_typedefs().fields()}
        self.lines = {f.name.split("::")[-1]: f.enumval for f in lines.strip_typedefs().fields()}
        self.awaited = [f.name.split("::")[-1] for f in awaited.strip_typedefs().fields() if f.enumval == self.at]

    @property
    def line(self):
        return self.lines.get(self.names.get(self.at, "").split("::")[-1])

    @property
    def members(self):
        return [name[: name.rindex("_")] for name in self.awaited]


def state_of(value):
    """None where the value is no lowered function's struct."""
    if value.type.strip_typedefs().code != gdb.TYPE_CODE_STRUCT:
        return None
    for _, member in members(value):
        kind = member.type.strip_typedefs()
        if is_instance(kind, "coro::traced"):
            return State(member, kind)
    return None


def local_type(function, name):
    """The type that a reference or pointer of the name has in the function at an address."""
    block = gdb.block_for_pc(int(function))
    while block and not block.function:
        block = block.superblock
    for symbol in block or ():
        if symbol.name == name:
            return symbol.type.target()
    return None


def boxed(future):
    """What is in a coro::future: a value, or the name of a native coroutine."""
    if not int(future["object_"]):
        return "nothing"
    output = future.type.strip_typedefs().template_argument(0)
    kind = gdb.lookup_type(f"coro::detail::polled_kind<{output}>")
    poll = gdb.Value(int(future["kind_"]) & ~1).cast(kind.pointer())["poll"]
    inside = local_type(poll, "self")
    if inside:
        return future["object_"].cast(inside.pointer()).dereference()
    resume = future["object_"].cast(gdb.lookup_type("long").pointer()).dereference()
    block = gdb.block_for_pc(int(resume))
    return str(block.function) if block and block.function else "a coroutine"


# ---- chains of awaits ------------------------------------------------------------------------------------------------


def unwrapped(value):
    """Through boxes, references and what templates keep."""
    for _ in range(16):
        if isinstance(value, str):
            return value
        value, kind = plain(value)
        if kind.code == gdb.TYPE_CODE_PTR:
            value = value.dereference()
        elif is_instance(kind, "coro::future"):
            value = boxed(value)
        elif is_instance(kind, "coro::join_slot"):
            value = value["held"]["future"] if kind.template_argument(0).code != gdb.TYPE_CODE_REF else value["future"]
        elif is_instance(kind, "coro::detail::held_object"):
            value = value["object"]
        else:
            return value
    return value


def name_of(value):
    name = value.type.strip_typedefs().name or "(no name)"
    return name.removesuffix("_future") if state_of(value) else name


def file_of(value):
    try:
        _, places = gdb.decode_line(f"'{value.type.strip_typedefs().name}::poll'")
        return gdb.find_pc_line(places[0].pc).symtab.filename.split("/")[-1] + ":"
    except (gdb.error, TypeError, AttributeError, IndexError):
        return "line "


def describe(value, depth, lines):
    """A line for the future and for each that it waits for."""
    value = unwrapped(value)
    if value is None:
        return
    number = len(FRAMES)
    FRAMES.append(value)
    indent = "  " * depth
    if isinstance(value, str):
        lines.append(f"  {number:<3}{indent}{value}")
        return
    state = state_of(value)
    if not state:
        lines.append(f"  {number:<3}{indent}{name_of(value)}")
        return
    if state.at == 0:
        where = "before its first await"
    elif state.at == state.ended:
        where = "finished"
    else:
        where = f"at {file_of(value)}{state.line}"
    lines.append(f"  {number:<3}{indent}{name_of(value)} {where}")
    own = dict(members(value))
    slots, slot, each = None, 0, 1  # Of a join: what it holds comes before them; 0: its future is not done.
    for member in state.members:
        kind = own[member].type.strip_typedefs() if member in own else None
        if not kind:
            continue
        if is_instance(kind, "coro::slot_states"):
            slots, slot = own[member]["bits_"], 0
            each = 1 if kind.sizeof == int(kind.template_argument(0)) else 4  # So many slots have a byte.
        elif is_instance(kind, "coro::join_slot"):
            is_done = int(slots[slot // each]) >> 2 * (slot % each) & 3 != 0
            slot += 1
            if not is_done:
                describe(own[member], depth + 1, lines)
        else:
            describe(own[member], depth + 1, lines)


# ---- where tasks are -------------------------------------------------------------------------------------------------


def each_thread():
    selected, frame = gdb.selected_thread(), None
    try:
        frame = gdb.selected_frame()
    except gdb.error:
        pass
    for thread in sorted(gdb.selected_inferior().threads(), key=lambda t: t.num):
        thread.switch()
        yield thread
    if selected:
        selected.switch()
    if frame and frame.is_valid():
        frame.select()


def blocked_on(thread):
    """The futures that block_on polls on this thread."""
    frame = gdb.newest_frame()
    while frame:
        name = frame.name() or ""
        if "coro::block_on<" in name or "block_onI" in name:
            try:
                yield frame.read_var("future")
            except ValueError:
                pass
        frame = frame.older()


def schedulers_of_thread():
    """Those whose tasks this thread runs."""
    try:
        state = gdb.parse_and_eval("coro::detail::this_thread")
    except gdb.error:
        return
    while True:
        if int(state["core"]):
            yield int(state["core"])
        if not int(state["outer"]):
            return
        state = state["outer"].dereference()


def tasks_of(scheduler):
    """The tasks of one executor that are not done; none where no debug information knows the types."""
    try:
        task = gdb.lookup_type("coro::detail::task").pointer()
        kind = gdb.lookup_type("coro::detail::scheduler").pointer()
    except gdb.error:
        return
    heap = gdb.Value(scheduler).cast(kind).dereference()["heap_"]
    done, reference = 8, 256

    def alive(address):
        word = gdb.Value(address).cast(gdb.lookup_type("unsigned long").pointer()).dereference()
        return int(word) >= reference and not int(word) & done

    firsts = heap["first_"]
    for index in range(firsts.type.range()[1] + 1):
        chunk = firsts[index]
        while int(chunk):
            for slot in range(int(chunk["begun"])):
                address = int(chunk) + int(chunk["first_offset"]) + slot * int(chunk["slot_size"])
                if alive(address):
                    yield gdb.Value(address).cast(task)
            chunk = chunk["next"]
    block = heap["blocks_"]
    while int(block):
        address = int(block + 1)
        if alive(address):
            yield gdb.Value(address).cast(task)
        block = block["next"]


def future_of(task):
    of = local_type(task["vtable_"]["poll"], "self")
    if not of:
        return "(its file has no debug information)"
    return task.cast(of.pointer()).dereference()["future_"]


# ---- commands --------------------------------------------------------------------------------------------------------


class Coro(gdb.Command):
    """Tasks and async functions of a program that coro-c++ has built."""

    def __init__(self):
        super().__init__("coro", gdb.COMMAND_STACK, prefix=True)


class Tasks(gdb.Command):
    """coro tasks: every task, and what it waits for."""

    def __init__(self):
        super().__init__("coro tasks", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        FRAMES.clear()
        lines, blocked, seen = [], [], []
        for thread in each_thread():
            for future in blocked_on(thread):
                future, _ = plain(future)
                if future.address not in blocked:
                    blocked.append(future.address)
                    lines.append(f"block_on of thread {thread.num}")
                    describe(future, 0, lines)
            for scheduler in schedulers_of_thread():
                if scheduler not in seen:
                    seen.append(scheduler)
        for scheduler in seen:
            for task in tasks_of(scheduler):
                lines.append(f"task {int(task):#x}")
                describe(future_of(task), 0, lines)
        print("\n".join(lines) or "no tasks")


class Frame(gdb.Command):
    """coro frame N: selects a frame of `coro tasks`, as $frame, and prints its variables. What has not begun to live, or
    has ended, shows what is left in its place."""

    def __init__(self):
        super().__init__("coro frame", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        if not argument.isdigit() or int(argument) >= len(FRAMES):
            raise gdb.GdbError("coro frame: a number that `coro tasks` has listed")
        value = FRAMES[int(argument)]
        if isinstance(value, str):
            raise gdb.GdbError(f"coro frame: {value} was not lowered")
        gdb.set_convenience_variable("frame", value)
        print_variables(value)


def print_variables(value):
    for name, member in members(value):
        if not is_instance(member.type.strip_typedefs(), "coro::traced") and name != "live":
            print(f"{name} = {member.format_string(max_elements=20, max_depth=3)}")


class Locals(gdb.Command):
    """coro locals: the variables of the async function that the program stands in. What has not begun to live, or has
    ended, shows what is left in its place."""

    def __init__(self):
        super().__init__("coro locals", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        try:
            value = gdb.selected_frame().read_var("this").dereference()
        except ValueError:
            value = None
        if value is None or not state_of(value):
            raise gdb.GdbError("coro locals: the selected frame is no poll of a lowered function")
        print_variables(value)


def guard_of(frame):
    """Where the guard of the poll is that the frame is of; None where the variable is not in scope."""
    try:
        return frame.read_var("on_exit").address
    except (ValueError, gdb.error):
        return None


def is_same(function, other):
    return function is not None and int(function.value().address) == int(other.value().address)


def first_call(function):
    """Where a function without optimisation has stored its arguments, and has not jumped yet: poll makes its guard there."""
    entry = int(function.value().address)
    for each in gdb.selected_inferior().architecture().disassemble(entry, count=100):
        if each["asm"].startswith(("call", "bl ")):
            return each["addr"]
    return gdb.find_pc_line(entry).last + 1


class Next(gdb.Command):
    """coro next: the next line of the async function, also when it suspends before that."""

    def __init__(self):
        super().__init__("coro next", gdb.COMMAND_RUNNING)

    def invoke(self, argument, from_tty):
        frame = gdb.selected_frame()
        function, start = frame.function(), frame.find_sal().line
        try:
            future = frame.read_var("this").dereference()
            state = state_of(future)
        except ValueError:
            state = None
        if not state:
            gdb.execute("next")
            return
        guard = guard_of(frame)
        while True:
            gdb.execute("next", to_string=True)
            here = gdb.selected_frame()
            is_inside = is_same(here.function(), function) and here.read_var("this").dereference().address == future.address
            if is_inside:
                guard = guard or guard_of(here)
                is_suspending = guard and guard.dereference()["suspended_"]
                if not is_suspending and here.find_sal().line not in (start, function.line):
                    break
            elif state_of(future).at == state.ended or not self.resume(function, future):
                break
            else:
                guard = None
        gdb.execute("frame")

    @staticmethod
    def resume(function, future):
        """Runs to the next poll of the future. False where the program stops for something else."""
        back = gdb.Breakpoint(f"*{first_call(function)}", internal=True, temporary=True)
        back.silent = True
        back.condition = f"this == (void*){int(future.address)}"
        gdb.execute("continue", to_string=True)
        stopped_there = not back.is_valid()
        if not stopped_there:
            back.delete()
        return stopped_there


Coro()
Tasks()
Frame()
Locals()
Next()
