"""The production server: it starts as `make run` starts it, loses nobody when it is told to restart, and writes down
nothing about a reader."""

import contextlib
import http.client
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT, Server, start_server
from youthapp import serve
from youthapp.web.request_limits import FORMS_AT_ONCE, THREADS

pytestmark = pytest.mark.xdist_group("server")


def read(url: str, path: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url + path, headers=headers), timeout=20) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.read()
        return error.code


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is true; fail when it is not within some time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def workers_of(server: Server) -> set[int]:
    """Return the process ids of the workers."""
    found: set[int] = set()
    for task in Path(f"/proc/{server.process.pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread that ended since it was listed
            found.update(map(int, (task / "children").read_text().split()))
    return found


def port_of(server: Server) -> int:
    return urlsplit(server.url).port or 0


def stop(server: Server) -> int:
    server.process.terminate()
    return server.process.wait(60)


linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@linux
def test_two_workers_change_over_and_stop_without_a_failed_request(tmp_path: Path) -> None:
    """Each request has its own connection, and none is asked again: that is what a browser that opens the site does."""
    server = start_server(tmp_path / "log", workers=2)
    first = workers_of(server)
    failed: list[str] = []
    done = threading.Event()
    served = [0]

    def reader() -> None:
        while not done.is_set():
            try:
                if read(server.url, "/en/talk") != 200:
                    failed.append("not 200")
                served[0] += 1
            except OSError as error:
                failed.append(repr(error))

    readers = [threading.Thread(target=reader) for _ in range(4)]
    for thread in readers:
        thread.start()
    try:
        until(lambda: bool(served[0] or failed))
        os.kill(server.process.pid, signal.SIGHUP)  # new workers come, old ones finish what they have
        until(lambda: len(workers_of(server)) == 2 and not workers_of(server) & first)
        before = served[0]
        until(lambda: served[0] > before or bool(failed))
    finally:
        done.set()
        for thread in readers:
            thread.join()
    assert not failed, failed[:5]
    assert server.process.poll() is None
    assert stop(server) == 0


@linux
def test_workers_accept_from_one_socket(tmp_path: Path) -> None:
    """With a socket each, the kernel resets what waits in a worker's queue when that worker goes."""
    server = start_server(tmp_path / "log", workers=2)
    listening = [
        line
        for line in Path("/proc/net/tcp").read_text().splitlines()
        if f":{port_of(server):04X} 00000000:0000 0A" in line
    ]
    assert stop(server) == 0
    assert len(listening) == 1


@linux
def test_a_connection_waits_for_a_worker_that_takes_it(tmp_path: Path) -> None:
    """A worker that hangs holds nobody's connection: whoever comes is served as soon as another one is there."""
    server = start_server(tmp_path / "log", workers=1)
    (hung,) = workers_of(server)
    os.kill(hung, signal.SIGSTOP)
    threads = Path(f"/proc/{hung}/task")
    until(lambda: all(") T " in (thread / "stat").read_text() for thread in threads.iterdir()))
    callers = [http.client.HTTPConnection("127.0.0.1", port_of(server), timeout=60) for _ in range(5)]
    try:
        for caller in callers:
            caller.request("GET", "/en/talk")
        os.kill(server.process.pid, signal.SIGHUP)
        assert [caller.getresponse().status for caller in callers] == [200] * 5
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(hung, signal.SIGCONT)
        for caller in callers:
            caller.close()
    assert stop(server) == 0


def test_a_reader_whose_page_is_being_made_gets_it_when_the_server_stops(tmp_path: Path) -> None:
    """A worker was killed 10 s after the order to stop: on a busy machine, who waited for a first book saw an error."""
    environment = {"TEST_HELD": str(tmp_path)}
    server = start_server(tmp_path / "log", app="tests.broken:app", log_level="info", environment=environment)
    answers: list[int] = []
    reader = threading.Thread(target=lambda: answers.append(read(server.url, "/en/held")))
    reader.start()
    until((tmp_path / "begun").exists)
    server.process.terminate()
    until(lambda: "Shutting down" in server.said())
    (tmp_path / "go").touch()
    reader.join()
    assert answers == [200]
    assert server.process.wait(60) == 0
    assert "Killing" not in server.said()
    assert serve.STOP_SECONDS >= 30


@linux
def test_workers_that_are_killed_just_after_their_start_do_not_end_the_server(tmp_path: Path) -> None:
    """Granian took the second death for a crash loop and left, so that every reader was refused until somebody started
    it again: found by the soak, where a worker was killed just after a change-over."""
    server = start_server(tmp_path / "log", workers=2)
    gone: set[int] = set()
    for _ in range(3):
        gone.add(min(workers_of(server)))
        os.kill(max(gone & workers_of(server)), signal.SIGKILL)
        until(lambda: server.process.poll() is not None or len(workers_of(server) - gone) == 2)
        assert server.process.poll() is None, server.said()
    assert read(server.url, "/en/talk") == 200
    assert stop(server) == 0


def test_workers_that_die_again_and_again_end_the_server() -> None:
    respawned = serve.Respawned()
    said = []
    for _ in range(serve.MOST_QUICK_DEATHS + 1):
        respawned[0] = time.monotonic()
        said.append(respawned.get(0, 0) == respawned[0])
    assert said == [False] * serve.MOST_QUICK_DEATHS + [True]
    respawned[1] = time.monotonic() - 60
    assert respawned.get(1, 0) == respawned[1], "one that lived for a while"


ACCEPTS_NO_MORE = """
import socket, sys
from youthapp.serve import stop_accepting
ours = socket.socket(fileno=int(sys.argv[1]))
ours.setblocking(False)
stop_accepting()
print("stopped", flush=True)
sys.stdin.readline()
try:
    ours.accept()
    print("accepted")
except BlockingIOError:
    print("left to others")
"""


def test_a_worker_that_stops_accepting_leaves_the_queue_to_others() -> None:
    with socket.create_server(("127.0.0.1", 0)) as ours:
        worker = subprocess.Popen(
            [sys.executable, "-c", ACCEPTS_NO_MORE, str(ours.fileno())],
            pass_fds=[ours.fileno()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert worker.stdout
        assert worker.stdout.readline() == "stopped\n"
        with socket.create_connection(ours.getsockname(), timeout=10):
            assert worker.communicate("now\n", timeout=60)[0] == "left to others\n"
            ours.settimeout(10)
            ours.accept()[0].close()


def test_slow_bodies_leave_readers_their_pages(tmp_path: Path) -> None:
    """Five senders that never finish their form stopped the site; now the ones that would take a worker's last thread
    are refused at once."""
    server = start_server(tmp_path / "log", workers=1)
    head = (
        b"POST /en/cards/sheet HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nContent-Type: "
        b"application/x-www-form-urlencoded\r\nContent-Length: 900\r\n\r\nnote="
    )
    senders = [socket.create_connection(("127.0.0.1", port_of(server)), timeout=60) for _ in range(THREADS + 2)]
    try:
        for sender in senders:
            sender.sendall(head)
        refused = 0
        for sender in senders:
            sender.settimeout(0.05)
        deadline = time.monotonic() + 60
        waiting = set(senders)
        while refused < len(senders) - FORMS_AT_ONCE:
            assert time.monotonic() < deadline
            for sender in list(waiting):
                try:
                    answer = sender.recv(4096)
                except TimeoutError:
                    continue
                assert answer.startswith(b"HTTP/1.1 503 "), answer[:40]
                waiting.remove(sender)
                refused += 1
        assert len(waiting) == FORMS_AT_ONCE
        for path in ("/en/talk", "/es/", "/en/zzz", "/healthz"):
            assert read(server.url, path) in (200, 404)
    finally:
        for sender in senders:
            sender.close()
    assert stop(server) == 0
    assert server.said() == ""


@linux
def test_senders_who_never_finish_their_headers_leave_readers_their_pages(tmp_path: Path) -> None:
    """1,100 of them filled Granian's own limit of connections, and every reader waited until they were thrown out."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 4096:
        pytest.skip("this machine does not let a process open so many connections")
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096 if hard == resource.RLIM_INFINITY else hard, hard))
    server = start_server(tmp_path / "log", workers=1)
    senders: list[socket.socket] = []
    try:
        for _ in range(1100):
            senders.append(socket.create_connection(("127.0.0.1", port_of(server)), timeout=60))
            senders[-1].sendall(b"GET /en/ HTTP/1.1\r\nHost: localhost\r\n")
        assert read(server.url, "/en/talk") == 200
        senders[-1].setblocking(False)
        with pytest.raises(BlockingIOError):  # still open: the reader did not have to wait for its end
            senders[-1].recv(1)
    finally:
        for sender in senders:
            sender.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert stop(server) == 0


def test_the_log_holds_nothing_about_a_reader(tmp_path: Path) -> None:
    server = start_server(tmp_path / "log", workers=2, log_level="info")
    for path in (
        "/",
        "/en/",
        "/es/talk",
        "/en/now",
        "/en/zzz",
        "/secret-path-marker",
        "/en/talk?secret-query-marker=1",
        "/en/%ff",
        "/static/zzz/x",
    ):
        read(
            server.url,
            path,
            **{
                "User-Agent": "secret-agent-marker",
                "Accept-Language": "es",
                "X-Forwarded-For": "203.0.113.77",
                "Referer": "http://secret-referer-marker.example/",
            },
        )
    stop(server)
    said = server.said()
    for word in ("secret-", "203.0.113.77", "/en/", "/es/", "GET ", "Mozilla", "urllib"):
        assert word not in said, said
    # The server's own address may stand there once, as what it listens on; never a reader's port.
    assert said.count("127.0.0.1") <= 2, said


def test_a_failure_is_logged_as_type_and_line_and_nothing_else(tmp_path: Path) -> None:
    """Through the whole stack: views that fail, what fails outside of Flask, names and hosts that break Python's own
    functions."""
    server = start_server(tmp_path / "log", app="tests.broken:app")
    answers = [
        read(server.url, path, Cookie="marker=1")
        for path in ("/en/marker-message", "/en/marker-local", "/en/marker-outside")
    ]
    answers += [
        read(server.url, path, Host=host)
        for path in ("/en/talk", "/en/zzz")
        for host in ("marker" * 40, "marker..example", "marker example")
    ]
    answers.append(read(server.url, "/static/" + "marker" * 50 + "/x.js"))
    release = re.search(r"/static/([0-9a-f]{12})/", urllib.request.urlopen(server.url + "/en/").read().decode())
    assert release
    answers.append(read(server.url, f"/static/{release[1]}/" + "marker" * 50 + ".js"))
    with pytest.raises(urllib.error.HTTPError) as form:
        urllib.request.urlopen(
            urllib.request.Request(server.url + "/en/marker-form", data=b"", headers={"Origin": server.url})
        )
    assert answers == [500] * 3 + [400] * 6 + [404] * 2
    assert form.value.code == 500
    assert "data-exit" in form.value.read().decode()
    assert stop(server) == 0
    # A slow machine makes the server say that a worker did not stop in time; that names no reader.
    lines = [line for line in server.said().splitlines() if not line.startswith("[WARNING] Killing worker-")]
    assert [line.partition(" at ")[0] for line in lines] == [
        f"error 500: {kind}" for kind in ("OSError", "KeyError", "ValueError", "RuntimeError")
    ]
    assert all(re.fullmatch(r"error 500: \w+ at broken\.py:\d+", line) for line in lines), lines


def test_a_wrong_setting_keeps_it_from_starting_and_says_why(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="PORCHLIGHT_EXIT_EN"):
        start_server(tmp_path / "log", environment={"PORCHLIGHT_EXIT_EN": "nonsense"})


def _refused(*options: str) -> str:
    """Return what `porchlight serve` says when it does not start. Fails when it starts, or says more."""
    command = [sys.executable, "-m", "youthapp", "serve", *options]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1, ended.stderr
    return ended.stderr


def test_a_port_that_another_program_has_is_refused() -> None:
    # As Granian's own socket: one that lets others share its port, which would split the readers between two releases.
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert f"127.0.0.1, port {port}: Another program is on this port" in _refused("--port", port)


def test_an_address_that_is_none_of_this_machine_is_refused() -> None:
    assert '--host is "localhost". Write the number of an address' in _refused("--host", "localhost")
    assert "203.0.113.7, port 8123: This machine cannot listen there" in _refused(
        "--host", "203.0.113.7", "--port", "8123"
    )
