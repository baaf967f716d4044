"""Sends hostile requests to a live server and says what was wrong with an answer."""

import re
import socket
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from tests.hostile.requests import MARKER, Hostile

MOST_SECONDS = 180
"""An answer that takes longer is a hang. Not a measure of speed: the first reader of a book waits until it is packed,
some seconds of a processor, and at low priority on a busy machine half a minute was not enough."""

MOST_BYTES = 8 * 1024 * 1024
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3}) ?")


@dataclass
class Report:
    """What came of many requests. statuses: 0 is a connection that was closed without an answer."""

    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0
    faults: list[str] = field(default_factory=list)

    def sentence(self) -> str:
        """Return the figures in one line."""
        told = ", ".join(f"{status or 'closed'} {count}" for status, count in sorted(self.statuses.items()))
        return (
            f"{sum(self.statuses.values())} requests: {told}; slowest {self.slowest:.2f} s; {len(self.faults)} faults"
        )


def exchange(port: int, data: bytes, seconds: float = MOST_SECONDS) -> bytes:
    """Send bytes on a connection of its own and return all that came until it was closed. Raises TimeoutError when
    nothing comes for so long."""
    got = bytearray()
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as line:
        try:
            line.sendall(data)
            while len(got) < MOST_BYTES and (more := line.recv(65536)):
                got += more
        except (ConnectionResetError, BrokenPipeError):
            pass  # refused before all of it was sent: what came until then counts
    return bytes(got)


def faults_of(request: Hostile, answer: bytes) -> list[str]:
    """Return what an answer does that none may: fail, set a cookie, repeat what was asked."""
    found = []
    head, _, body = answer.partition(b"\r\n\r\n")
    status = _STATUS.match(answer)
    code = int(status[1]) if status else 0
    # With several senders at once a form may find no free thread: 503 with a time to come back is meant for that.
    if code >= 500 and not (code == 503 and b"retry-after:" in head.lower()):
        found.append(f"status {code}")
    if answer and not status:
        found.append("no HTTP answer")
    if b"set-cookie" in head.lower():
        found.append("a cookie")
    # A redirect repeats the path that it leads to; the card maker's form repeats what was typed, for its own sender.
    is_form = b"/cards" in unquote_to_bytes(request.path).lower() and request.method == "POST"
    if not is_form and not 300 <= code < 400 and MARKER.encode() in answer:
        found.append("what was asked is repeated")
    if 300 <= code < 400 and (b"evil.example" in head or f"//{MARKER}".encode() in head):
        found.append("a redirect to another site")
    if b"Traceback" in body or b"werkzeug" in body.lower():
        found.append("a traceback")
    return found


def send_all(port: int, requests: Iterable[Hostile], report: Report | None = None) -> Report:
    """Send one request after the other, each on its own connection."""
    report = report or Report()
    for request in requests:
        began = time.monotonic()
        try:
            answer = exchange(port, request.wire())
        except TimeoutError:
            report.faults.append(f"hangs: {request}"[:600])
            continue
        report.slowest = max(report.slowest, time.monotonic() - began)
        status = _STATUS.match(answer)
        report.statuses[int(status[1]) if status else 0] += 1
        report.faults += [f"{fault}: {request}"[:600] for fault in faults_of(request, answer)]
    return report
