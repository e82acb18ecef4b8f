#!/usr/bin/env python3
"""The measurements: each function runs programs of a build and returns figures by name.

bench/measure.py [BUILD_FOLDER [GROUP...]] prints those of some groups, or of all.
"""

import contextlib
import csv
import pathlib
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
CONNECTIONS = 64


def run(*command):
    command = [str(part) for part in command]
    return subprocess.run(command, check=True, capture_output=True, text=True)


def number(pattern, text):
    return float(re.search(pattern, text)[1].replace(",", ""))


def callgrind(*options):
    return ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *options]


COLLECTED = r"Collected : (\d+)"

# How a program's name ends that this compiler built.
COMPILERS = {"gcc": "", "clang": "_clang"}


def costs(build):
    """Allocations and bytes of one get_book_and_music(), and the size of its future."""
    figures = {}
    for compiler, ending in COMPILERS.items():
        for kind in ("native", "lowered"):
            output = run(build / "bin" / f"bench_costs_{kind}{ending}").stdout
            figures[f"allocations, {kind}, {compiler}"] = number(r"one run: (\d+)", output)
            figures[f"bytes, {kind}, {compiler}"] = number(r"bytes: (\d+)", output)
            figures[f"size, {kind}, {compiler}"] = number(r"get_book_and_music\(\): (\d+)", output)
    return figures


def block_on(build):
    """Instructions of one block_on of get_book_and_music()."""
    runs = 1000
    figures = {}
    for compiler, ending in COMPILERS.items():
        for kind in ("native", "lowered"):
            program = build / "bin" / f"bench_loop_{kind}{ending}"
            output = run(*callgrind("--toggle-collect=run_once"), program, runs).stderr
            figures[f"block_on, {kind}, {compiler}"] = round(number(COLLECTED, output) / runs)
    return figures


@contextlib.contextmanager
def server(*command):
    """Runs a server that says where it listens: its port and its process. Ended by an interrupt."""
    with tempfile.TemporaryFile("w+") as errors:
        command = [str(part) for part in command]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process:
            port = int(number(r":(\d+)$", process.stdout.readline().strip()))
            said = {"port": port, "process": process}
            try:
                yield said
            finally:
                process.send_signal(signal.SIGINT)
                process.wait()
        errors.seek(0)
        said["errors"] = errors.read()


ECHO_SERVERS = ("epoll", "native", "lowered")


def count_echo(build, name, connections, rounds, stops):
    """User-space instructions of an echo server for so many rounds of requests."""
    with server(*callgrind(), build / "bin" / f"bench_echo_{name}", 0) as it:
        stopped = [it["process"].pid] if stops else []
        run(build / "bin" / "bench_echo_load", it["port"], connections, rounds, *stopped)
    return number(COLLECTED, it["errors"])


def echo(build, servers=ECHO_SERVERS, rounds=200):
    """User-space instructions of a 64-byte request over 64 connections: what twice as many rounds cost more."""

    def count(name, rounds):
        return count_echo(build, name, CONNECTIONS, rounds, stops=True)

    return {
        f"echo, {name}": round((count(name, 2 * rounds) - count(name, rounds)) / (rounds * CONNECTIONS), 1)
        for name in servers
    }


def echo_alone(build, servers=ECHO_SERVERS, rounds=1000):
    """The same over one connection, so that the server waits for each request."""

    def count(name, rounds):
        return count_echo(build, name, 1, rounds, stops=False)

    return {
        f"echo alone, {name}": round((count(name, 2 * rounds) - count(name, rounds)) / rounds, 1)
        for name in servers
    }


def system_calls(build, rounds=200):
    """The system calls of the same request, as strace counts them."""

    def count(name, rounds):
        with tempfile.NamedTemporaryFile("r") as calls:
            strace = ["strace", "-f", "-c", "-U", "calls,name", "-o", calls.name]
            with server(*strace, build / "bin" / f"bench_echo_{name}", 0) as it:
                run(build / "bin" / "bench_echo_load", it["port"], CONNECTIONS, rounds)
                # strace passes the signal on to nobody.
                run("pkill", "-INT", "-P", it["process"].pid)
            return number(r"(\d+) total", calls.read())

    return {
        f"system calls, {name}": round((count(name, 2 * rounds) - count(name, rounds)) / (rounds * CONNECTIONS), 2)
        for name in ("epoll", "native", "lowered")
    }


def private_bytes(process):
    """What the process has in memory that no file backs."""
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    return number(r"RssAnon:\s+(\d+) kB", status) * 1024


def exchange(port):
    """A connection that has sent a request and got its answer."""
    client = socket.create_connection(("127.0.0.1", port))
    client.sendall(b"x" * CONNECTIONS)
    assert len(client.recv(CONNECTIONS, socket.MSG_WAITALL)) == CONNECTIONS
    return client


def memory(build, counts=(1000, 5000)):
    """Bytes a connection of echo servers, when each connection has had one request answered and is silent."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    figures = {}
    for name in ("epoll", "lowered", "native", "asio"):
        for count in counts:
            with server(build / "bin" / f"bench_echo_{name}", 0) as it, contextlib.ExitStack() as clients:
                clients.enter_context(exchange(it["port"]))
                before = private_bytes(it["process"])
                for _ in range(count):
                    clients.enter_context(exchange(it["port"]))
                each = (private_bytes(it["process"]) - before) / count
            figures[f"memory, {name}, {count}"] = round(each)
    return figures


def tasks(build):
    """A million tasks: bytes of each while all are suspended, and milliseconds for all."""
    output = run(build / "bin" / "bench_tasks").stdout
    figures = {}
    for name, line in zip(("runtime", "by hand"), output.splitlines()):
        figures[f"task bytes, {name}"] = number(r"([\d.]+) bytes", line)
        figures[f"task ms, {name}"] = round(number(r"([\d.]+) ms", line))
    return figures


def parts(build):
    """Nanoseconds of parts of the runtime, by Google Benchmark."""
    output = run(build / "bin" / "bench_runtime", "--benchmark_format=csv").stdout
    rates = {row["name"]: row["items_per_second"] for row in csv.DictReader(output.splitlines())}
    named = {"channel ns": "1000 values through a channel of 64", "timer ns": "timers, set and fired/100000"}
    return {name: round(1e9 / float(rates[benchmark])) for name, benchmark in named.items()}


def http(build):
    """Requests a second of http_server, for a file of 12 kB over 64 connections of wrk."""
    figures = {}
    for kind in ("native", "lowered"):
        with server(build / "bin" / f"bench_http_{kind}", 0, ROOT) as it:
            output = run("wrk", "-t1", f"-c{CONNECTIONS}", "-d5", f"http://127.0.0.1:{it['port']}/LICENSE").stdout
        figures[f"http, {kind}"] = round(number(r"Requests/sec: +([\d.]+)", output), -2)
    return figures


def soak(build):
    """Kilobytes and file descriptors after a tenth of 200,000 connections that come and go, and after all."""
    lines = run(build / "bin" / "bench_soak").stdout.splitlines()
    first, last = lines[1].split(), lines[10].split()
    return {
        "soak kB, first": int(first[1]),
        "soak kB, last": int(last[1]),
        "soak descriptors, first": int(first[2]),
        "soak descriptors, last": int(last[2]),
    }


def explored(build):
    """The scenarios of threads of which every interleaving is tried, and the interleavings."""
    output = run(build / "bin" / "explore_tests").stdout
    counts = [int(count.replace(",", "")) for count in re.findall(r"([\d,]+) interleavings", output)]
    return {"scenarios": len(counts), "interleavings": sum(counts)}


GROUPS = (costs, block_on, echo, echo_alone, system_calls, memory, tasks, parts, http, soak, explored)


def main(build="build", *names):
    for group in GROUPS:
        if not names or group.__name__ in names:
            print(f"# {group.__doc__}")
            for name, figure in group(pathlib.Path(build)).items():
                print(f"{name}: {figure:g}")


if __name__ == "__main__":
    main(*sys.argv[1:])
