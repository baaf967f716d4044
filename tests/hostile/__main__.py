"""What no test in the suite has the time for.

    python -m tests.hostile crawl 100000 [seed]   so many hostile requests, from four senders at once
    python -m tests.hostile idle 10000            so many open connections that say nothing or half a header
    python -m tests.hostile slow 60               60 seconds of senders who drip headers and bodies, readers beside them

Each starts the production server on loopback, tells figures, and ends with 1 when a promise did not hold.
"""

import resource
import socket
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from tests.conftest import Server, start_server
from tests.hostile.requests import hostile
from tests.hostile.send import Report, exchange, send_all
from youthapp import create_app
from youthapp.settings import Settings

SENDERS = 4
PAGE = b"GET /en/talk HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br\r\nConnection: close\r\n\r\n"
FORM_HEAD = (
    b"POST /en/cards/sheet HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n\r\nnote="
)


def memory(server: Server) -> float:
    """Return the resident memory of the server and its workers in MB (Linux)."""
    pids = [server.process.pid]
    for task in Path(f"/proc/{server.process.pid}/task").iterdir():
        pids += map(int, (task / "children").read_text().split())
    pages = (int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return sum(pages) * resource.getpagesize() / 1e6


def read(port: int) -> float:
    """Read a page as a reader does, and return how many seconds it took. Raises OSError when it did not come."""
    began = time.monotonic()
    if not exchange(port, PAGE).startswith(b"HTTP/1.1 200 "):
        raise OSError("no page")
    return time.monotonic() - began


def crawl(server: Server, port: int, wanted: int, seed: int = 1) -> list[str]:
    """Send hostile requests. Returns the faults."""
    app = create_app(Settings())
    reports = [Report() for _ in range(SENDERS)]
    first = memory(server)
    with ThreadPoolExecutor(SENDERS) as senders:
        work = [
            senders.submit(send_all, port, islice(hostile(app, seed + at), wanted // SENDERS), report)
            for at, report in enumerate(reports)
        ]
        for done in work:
            done.result()
    whole = Report(sum((report.statuses for report in reports), Counter()), max(r.slowest for r in reports))
    whole.faults = [fault for report in reports for fault in report.faults]
    print(f"{whole.sentence()}; memory {first:.0f} -> {memory(server):.0f} MB; a page after it: {read(port):.2f} s")
    return whole.faults


def idle(server: Server, port: int, wanted: int, _seed: int = 0) -> list[str]:
    """Hold connections open, half of them silent, half with half a header, and read pages meanwhile."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < wanted + 500:
        return [f"this machine lets a process open {hard} files: ask for fewer"]
    lines, faults, waits = [], [], []
    for number in range(wanted):
        try:
            line = socket.create_connection(("127.0.0.1", port), timeout=30)
            if number % 2:
                line.sendall(b"GET /en/ HTTP/1.1\r\nHost: localhost\r\n")
            lines.append(line)
        except OSError as error:
            faults.append(f"connection {number}: {error!r}")
            break
        if number % 1000 == 999:
            try:
                waits.append(read(port))
            except OSError as error:
                faults.append(f"no page beside {number + 1} connections: {error!r}")
    print(f"{len(lines)} connections opened; a page beside them: " + ", ".join(f"{wait:.2f}" for wait in waits) + " s")
    for line in lines:
        line.close()
    print(f"a page after them: {read(port):.2f} s; memory {memory(server):.0f} MB")
    return faults


def slow(server: Server, port: int, seconds: int, _seed: int = 0) -> list[str]:
    """Drip headers and bodies from 40 senders, and read a page in between."""
    end, faults, waits = time.monotonic() + seconds, [], []
    senders: list[tuple[socket.socket, bytes]] = []
    dropped = 0
    while time.monotonic() < end:
        while len(senders) < 40:
            kind = FORM_HEAD if len(senders) % 2 else b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX: "
            line = socket.create_connection(("127.0.0.1", port), timeout=30)
            line.sendall(kind)
            senders.append((line, kind))
        still = []
        for line, kind in senders:
            try:
                line.sendall(b"a")
                still.append((line, kind))
            except OSError:
                dropped += 1
                line.close()
        senders = still
        try:
            waits.append(read(port))
        except OSError as error:
            faults.append(f"no page beside slow senders: {error!r}")
        time.sleep(0.2)
    for line, _ in senders:
        line.close()
    waits.sort()
    print(
        f"{len(waits)} pages beside 40 slow senders: half within {waits[len(waits) // 2]:.3f} s, "
        f"longest {waits[-1]:.2f} s; {dropped} senders hung up on; memory {memory(server):.0f} MB"
    )
    return faults


def main(arguments: list[str]) -> int:
    """Run what is named. Returns how the program ends."""
    runs = {"crawl": crawl, "idle": idle, "slow": slow}
    if len(arguments) not in (2, 3) or arguments[0] not in runs or not all(map(str.isdigit, arguments[1:])):
        print(__doc__)
        return 2
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(Path(folder) / "log", workers=2)
        try:
            faults = runs[arguments[0]](server, urlsplit(server.url).port or 0, *map(int, arguments[1:]))
            if server.said():
                faults.append(f"the log: {server.said()[:500]}")
        finally:
            server.process.terminate()
            server.process.wait(30)
    print("\n".join(faults[:20]) or "No 5xx, no hang, no byte in the log.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
