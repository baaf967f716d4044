"""A long load with everything that happens to a copy in a year: `python -m tests.soak 15` (minutes).

Two copies with the same settings, dated a day apart, behind nothing. Readers, offline refreshes, card makers and PDFs
come mixed, at 70 % of what the same senders reached in a first ten seconds. Every 30 seconds a worker is killed
(SIGKILL), and twice the release changes (another name in the settings file, then SIGHUP). Each request has its own
connection and is made once more when the connection fails, as a browser does. Ends with 1 when a page failed after
that, when memory grew by more than half after the first change, or when a log has a line about a request.
"""

import http.client
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from tests.conftest import Server, start_server
from tests.hostile.__main__ import memory
from tests.outreach.test_pages import GOOD
from tests.test_server import workers_of

SENDERS = 8
SHARE = 0.7
FORM = "&".join(f"{name}={value.replace(' ', '+')}" for name, value in GOOD.items() if name != "note")
PAGES = ("/en/", "/es/", "/en/now", "/es/talk", "/en/read", "/en/rights", "/en/plan", "/es/ask", "/en/phone")
DEATH_SECONDS = 30
SAFE_IN_LOG = ("Unexpected exit from worker", "Respawning", "Killing worker", "SIGHUP", "Killing old worker")
"""What Granian says of a worker that was killed: about no reader."""


class Load:
    """Senders against two copies, and what came of it."""

    def __init__(self, ports: list[int]) -> None:
        self.ports = ports
        self.pause = 0.0
        self.took: list[float] = []
        self.kinds: Counter[str] = Counter()
        self.retried = 0
        self.failed: list[str] = []
        self.stop = threading.Event()
        self._lock = threading.Lock()

    def ask(self, chance: random.Random) -> tuple[str, str, str, str]:
        """Return (kind, method, path, body) of the next request: mostly pages."""
        kind = chance.choices(("page", "refresh", "book", "maker", "pdf"), (900, 60, 2, 30, 6))[0]
        if kind == "page":
            return kind, "GET", chance.choice(PAGES), ""
        if kind in ("refresh", "book"):
            return kind, "GET", "/release" if kind == "refresh" else "/en/book", ""
        return kind, "POST", f"/en/cards/{'sheet' if kind == 'maker' else 'pdf'}", FORM

    def send(self, port: int, method: str, path: str, body: str) -> int:
        """Make one request on a connection of its own, and return the status."""
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Accept-Encoding": "br", "Connection": "close", "Sec-Fetch-Site": "same-origin"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, body=body or None, headers=headers)
            answer = line.getresponse()
            answer.read()
            return answer.status
        finally:
            line.close()

    def run(self, seed: int) -> None:
        """Send until told to stop."""
        chance = random.Random(seed)
        while not self.stop.is_set():
            kind, method, path, body = self.ask(chance)
            began, told = time.monotonic(), ""
            for attempt in range(2):
                try:
                    status = self.send(chance.choice(self.ports), method, path, body)
                    # One PDF at a time a worker: the next is told when to come.
                    told = "" if status == 200 or (status == 503 and body) else f"{path}: {status}"
                    break
                except (OSError, http.client.HTTPException) as error:
                    told = f"{path}: {error!r}"
                    self.retried += attempt == 0
            with self._lock:
                self.kinds[kind] += 1
                self.took.append(time.monotonic() - began)
                if told:
                    self.failed.append(told)
            self.stop.wait(self.pause * chance.uniform(0.5, 1.5))


def settle(file: Path, name: str) -> None:
    """Write the settings of both copies."""
    file.write_text(f'name = "{name}"\n', "utf-8")


def kill_one(server: Server, chance: random.Random) -> None:
    """Kill a worker as the kernel does when memory is short."""
    with suppress(ProcessLookupError, IndexError):
        os.kill(chance.choice(sorted(workers_of(server))), signal.SIGKILL)


def soak(servers: list[Server], file: Path, minutes: float) -> list[str]:
    """Load two copies, and return what was wrong."""
    load, chance = Load([urlsplit(server.url).port or 0 for server in servers]), random.Random(1)
    senders = [threading.Thread(target=load.run, args=(seed,)) for seed in range(SENDERS)]
    for sender in senders:
        sender.start()
    time.sleep(10)
    ceiling = len(load.took) / 10
    load.pause = SENDERS / (SHARE * ceiling) - SENDERS / ceiling
    load.took.clear()
    began, deaths, changes, memories = time.monotonic(), 0, 0, [sum(map(memory, servers))]
    while (passed := time.monotonic() - began) < minutes * 60:
        time.sleep(1)
        if passed > (deaths + 1) * DEATH_SECONDS:
            kill_one(servers[deaths % 2], chance)
            deaths += 1
        # Between two deaths: a worker that dies within five seconds of its start ends the server (Granian takes it for
        # a crash loop), and systemd starts it again.
        if (
            changes < 2
            and passed > (changes + 1) * minutes * 20 + DEATH_SECONDS / 2
            and 10 < passed % DEATH_SECONDS < 20
        ):
            changes += 1
            settle(file, f"Porch {changes}")
            for server in servers:
                os.kill(server.process.pid, signal.SIGHUP)
        if int(passed) % 15 == 0:
            with suppress(OSError):
                memories.append(sum(map(memory, servers)))
    load.stop.set()
    for sender in senders:
        sender.join()
    took = sorted(load.took)
    rate = len(took) / (time.monotonic() - began)
    half, most = took[len(took) // 2] * 1000, took[len(took) * 99 // 100] * 1000
    print(f"{minutes:g} minutes, ceiling {ceiling:.0f} a second, load {rate:.0f}: {len(took)} requests")
    print(", ".join(f"{kind} {count}" for kind, count in load.kinds.most_common()))
    print(
        f"{deaths} workers killed, {changes} releases; {load.retried} asked again, {len(load.failed)} failed after it"
    )
    print(f"half within {half:.0f} ms, 99 of 100 within {most:.0f} ms, longest {took[-1]:.1f} s")
    print("memory of both copies in MB:", " ".join(f"{size:.0f}" for size in memories))
    middle = len(memories) // 3
    grown = memories[-1] > 1.5 * max(memories[: middle + 1])
    return [*load.failed[:20], *(["memory grew"] if grown else [])]


def main(arguments: list[str]) -> int:
    """Run for so many minutes. Returns how the program ends."""
    if len(arguments) != 1 or not arguments[0].replace(".", "", 1).isdigit():
        print(__doc__)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "settings.toml"
        settle(file, "Porch")
        days = ("2026-11-27", "2026-11-28")
        servers = [
            start_server(
                Path(folder) / f"log{number}", workers=2,
                environment={"PORCHLIGHT_FILE": str(file), "PORCHLIGHT_TODAY": day},
            )
            for number, day in enumerate(days)
        ]  # fmt: skip
        try:
            wrong = soak(servers, file, float(arguments[0]))
        finally:
            for server in servers:
                server.process.terminate()
            for server in servers:
                server.process.wait(30)
        lines = [line for server in servers for line in server.said().splitlines()]
        wrong += [f"log: {line}" for line in lines if line.strip() and not any(safe in line for safe in SAFE_IN_LOG)][
            :20
        ]
    print("\n".join(wrong) or "No page failed, no line about a request.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
