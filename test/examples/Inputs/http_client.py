"""http_client.py CHECK PORT PID FOLDER: what curl can't say to an http_server that serves FOLDER and has this PID.

CHECK is `requests`, `slow` (for a server of little patience) or `crowd` (for one that serves two clients).
The limits of time only keep a test from hanging.
"""

import os
import resource
import select
import socket
import sys

LIMIT = 100  # seconds
HOST = "Host: localhost\r\n"


class NoAnswer(Exception):
    """The connection ended instead."""


class Answer:
    """A status, fields by their lower-case names, and a body."""

    def __init__(self, reader, is_head):
        line = reader.readline().decode()
        if line == "":
            raise NoAnswer
        assert line.startswith("HTTP/1.1 "), f"no answer but {line!r}"
        self.status = int(line[9:12])
        self.fields = {}
        while (line := reader.readline().decode().rstrip("\r\n")) != "":
            name, value = line.split(": ", 1)
            self.fields[name.lower()] = value
        has_body = not is_head and self.status != 100
        self.body = reader.read(int(self.fields["content-length"])) if has_body else b""


class Client:
    def __init__(self, receive_buffer=None):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(LIMIT)
        self.socket.connect(("127.0.0.1", port))
        self.reader = self.socket.makefile("rb")

    def send(self, text):
        self.socket.sendall(text.encode("latin-1"))
        return self

    def answer(self, is_head=False):
        return Answer(self.reader, is_head)

    def has_ended(self):
        return self.reader.read() == b""

    def close(self):
        self.reader.close()
        self.socket.close()


def get(target, fields=HOST, version="1.1", method="GET"):
    return f"{method} {target} HTTP/{version}\r\n{fields}\r\n"


def ask(text, is_head=False):
    return Client().send(text).answer(is_head)


def expect(what, found, expected):
    assert found == expected, f"{what}: {found!r} instead of {expected!r}"


def refuse(what, text, status):
    """The request is refused, and the connection ends so that the answer can be read."""
    client = Client().send(text)
    answer = client.answer()
    expect(what, (answer.status, answer.fields.get("connection")), (status, "close"))
    assert client.has_ended(), what


def check_statuses():
    for target, status in [
        ("/index.html", 200),
        ("/index.html?query", 200),
        ("/a%20b", 200),
        ("http://localhost/index.html", 200),
        ("/none", 404),
        ("/index.html/", 404),
        ("/" + "x" * 300, 404),
        ("/circle", 404),
        ("/%zz", 400),
        ("/%", 400),
        ("/a%00b", 400),
        ("index.html", 400),
        ("/fifo", 403),
        ("/closed", 200 if os.geteuid() == 0 else 403),
        ("/inside", 200),
        ("/outside", 403),
        ("/outside_relative", 403),
        ("/outside_folder/secret", 403),
        ("/../secret", 403),
        ("/%2e%2e/secret", 403),
        ("/sub/../index.html", 200),
    ]:
        expect(target, ask(get(target)).status, status)


def check_head():
    client = Client().send(get("/none", method="HEAD") + get("/index.html", method="HEAD") + get("/index.html"))
    expect("HEAD of what is missing", client.answer(is_head=True).status, 404)
    head, whole = client.answer(is_head=True), client.answer()
    expect("the next answers", (head.status, whole.status), (200, 200))
    expect("the length in HEAD", head.fields["content-length"], str(len(whole.body)))


def check_folders():
    answer = ask(get("/sub?query"))
    expect("GET of a folder", (answer.status, answer.fields["location"]), (301, "./sub/?query"))
    expect("a name that looks like a host's", ask(get("//sub")).fields["location"], "./sub/")
    expect("a folder without an index", ask(get("/sub/")).status, 404)
    expect("the folder itself", ask(get("/")).body, b"<h1>it works</h1>\n")


def check_split_requests():
    """The server has read what comes before the cut when it has answered the first request."""
    upgrade = get("/index.html", HOST + "Connection: Upgrade\r\nUpgrade: websocket\r\n")
    for cut in range(1, len(upgrade)):
        client = Client().send(upgrade + upgrade[:cut])
        expect("Upgrade", client.answer().status, 200)
        expect(f"Upgrade, cut at {cut}", client.send(upgrade[cut:]).answer().status, 200)
        client.close()


def check_keep_alive():
    client = Client().send(get("/index.html", "Connection: keep-alive\r\n", "1.0"))
    expect("HTTP/1.0 with keep-alive", client.answer().fields.get("connection"), "keep-alive")
    client.send(get("/index.html", "", "1.0"))
    expect("HTTP/1.0", client.answer().fields.get("connection"), "close")
    assert client.has_ended()
    client = Client().send("\r\n" + get("/index.html") + "\r\n\r\n" + get("/index.html", HOST + "Connection: close\r\n"))
    expect("HTTP/1.1", client.answer().fields.get("connection"), None)
    expect("close", client.answer().fields.get("connection"), "close")
    assert client.has_ended()


def check_bodies():
    expectation = HOST + "Expect: 100-continue\r\n"
    client = Client().send(get("/index.html", expectation + "Content-Length: 5\r\n"))
    expect("an expectation", client.answer().status, 100)
    expect("after it", client.send("12345").answer().status, 200)
    client.send(get("/index.html", expectation + "Transfer-Encoding: chunked\r\n"))
    expect("the next expectation", client.answer().status, 100)
    client.send("5;a=b\r\n12345\r\n0\r\nTrailer: 1\r\n\r\n" + get("/none"))
    expect("chunks", (client.answer().status, client.answer().status), (200, 404))
    refuse("POST that waits", get("/", expectation + "Content-Length: 5\r\n", method="POST"), 405)
    expect("its fields", ask(get("/", method="POST")).fields["allow"], "GET, HEAD")


def check_limits():
    many = "".join(f"Field-{i}: {'x' * 50}\r\n" for i in range(2000))
    refuse("a long line", get("/" + "x" * 100_000), 431)
    refuse("many fields", get("/", HOST + many), 431)
    refuse("a long body", get("/", HOST + "Content-Length: 10000000\r\n") + "x" * 2_000_000, 413)
    refuse("a long body to come", get("/", HOST + "Content-Length: 10000000\r\nExpect: 100-continue\r\n"), 413)
    chunked = get("/", HOST + "Transfer-Encoding: chunked\r\n")
    refuse("long chunks", chunked + "ffff\r\n" + "x" * 0xFFFF + "\r\n" + "800000\r\n" + "x" * 2_000_000, 413)
    refuse("what isn't body in chunks", chunked + ("1;" + "x" * 5000 + "\r\nx\r\n") * 400, 413)
    refuse("a chunk's line", chunked + "1;" + "x" * 10_000, 431)


def check_malformed():
    chunked = "Transfer-Encoding: chunked\r\n"
    for what, text, status in [
        ("nonsense", "nonsense\r\n\r\n", 400),
        ("HTTP/2", get("/", version="2.0"), 400),
        ("no host", get("/", ""), 400),
        ("two hosts", get("/", HOST + HOST), 400),
        ("a space before the colon", get("/", HOST + "Transfer-Encoding : chunked\r\n") + "0\r\n\r\n", 400),
        ("a length and chunks", get("/", HOST + "Content-Length: 5\r\n" + chunked) + "0\r\n\r\n", 400),
        ("two lengths", get("/", HOST + "Content-Length: 5\r\nContent-Length: 6\r\n") + "123456", 400),
        ("a signed length", get("/", HOST + "Content-Length: +5\r\n") + "12345", 400),
        ("no number", get("/", HOST + chunked) + "x\r\n", 400),
        ("chunks in HTTP/1.0", get("/", HOST + chunked, "1.0") + "0\r\n\r\n", 400),
        ("another coding", get("/", HOST + "Transfer-Encoding: gzip\r\n"), 501),
        ("a coding before it", get("/", HOST + "Transfer-Encoding: gzip\r\n" + chunked) + "0\r\n\r\n", 501),
    ]:
        refuse(what, text, status)


def check_no_descriptors():
    """Comes first: no connection of another check and no file may just be about to be closed."""
    client = Client().send(get("/none"))
    expect("with descriptors", client.answer().status, 404)
    used = {int(name) for name in os.listdir(f"/proc/{pid}/fd")}
    lowest_free = next(number for number in range(len(used) + 1) if number not in used)
    before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (lowest_free, before[1]))
    expect("without descriptors", client.send(get("/index.html")).answer().status, 503)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
    expect("with some again", client.send(get("/index.html")).answer().status, 200)


def send_half_a_request():
    client = Client().send("GET /index.html HT")
    expect("half a request", client.answer().status, 408)


def drip_a_request():
    """Each byte comes soon after the one before, so that only a limit for the whole request ends it."""
    client = Client().send("GET /")
    while not select.select([client.socket], [], [], 0.02)[0]:
        client.send("x")
    expect("a dripping request", client.answer().status, 408)


def has_happened(talk):
    """False when the client itself was so slow that the server saw nothing of it."""
    try:
        talk()
        return True
    except (ConnectionError, NoAnswer):
        return False


def wait_for_reset(client):
    waiting = select.poll()
    waiting.register(client.socket, 0)
    expect("what became of a client that doesn't read", waiting.poll(LIMIT * 1000), [(client.socket.fileno(), select.POLLERR | select.POLLHUP)])


def check_slow():
    reading_nothing = Client(receive_buffer=4096).send(get("/huge"))
    silent = Client()
    for talk in (send_half_a_request, drip_a_request):
        while not has_happened(talk):
            pass
    assert silent.has_ended()
    wait_for_reset(reading_nothing)


def check_crowd():
    first, second = Client(), Client()
    for client in (first, second):
        expect("a client", client.send(get("/index.html")).answer().status, 200)
    third = Client().send(get("/index.html"))
    for _ in range(50):
        expect("the first client", first.send(get("/index.html")).answer().status, 200)
    expect("the third client's answers meanwhile", select.select([third.socket], [], [], 0)[0], [])
    second.close()
    expect("the third client", third.answer().status, 200)


def prepare(folder):
    """What is to be served, and beside it what is not."""
    os.makedirs(os.path.join(folder, "sub"))
    os.makedirs(os.path.join(folder, "..", "outside"))
    for name, text in [
        ("index.html", "<h1>it works</h1>\n"),
        ("a b", "a b"),
        ("closed", "closed"),
        ("../secret", "secret"),
        ("../outside/secret", "secret"),
    ]:
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)
    os.chmod(os.path.join(folder, "closed"), 0)
    os.mkfifo(os.path.join(folder, "fifo"))
    outside = os.path.abspath(os.path.join(folder, ".."))
    for name, target in [
        ("circle", "circle"),
        ("inside", "sub/../index.html"),
        ("outside", os.path.join(outside, "secret")),
        ("outside_relative", "../secret"),
        ("outside_folder", os.path.join(outside, "outside")),
    ]:
        os.symlink(target, os.path.join(folder, name))
    os.truncate(os.open(os.path.join(folder, "huge"), os.O_CREAT | os.O_WRONLY), 1 << 30)


if sys.argv[1] == "prepare":
    prepare(sys.argv[2])
    sys.exit()
port, pid = int(sys.argv[2]), int(sys.argv[3])
if sys.argv[1] == "requests":
    checks = [
        check_no_descriptors,
        check_statuses,
        check_head,
        check_folders,
        check_split_requests,
        check_keep_alive,
        check_bodies,
        check_limits,
        check_malformed,
    ]
else:
    checks = [{"slow": check_slow, "crowd": check_crowd}[sys.argv[1]]]
for check in checks:
    check()
print(f"{sys.argv[1]}: as expected")
