"""What a PDF costs, and what readers notice while PDFs are asked for. Ratios from one run on one machine: absolute
figures move with it.

python -m tests.bench_outreach
"""

import http.client
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.conftest import start_server
from youthapp.outreach import layout, render
from youthapp.outreach.formats import FORMATS, MOST_PAGES

ORDER = layout.Order(
    "HTTPS://PORCHLIGHT.EXAMPLE/QHG",
    "porchlight.example/QHG",
    ("Thought you could use this.",),
    notes=("Sam, Tue 3-6 pm",),
    issued="2026-11",
)
FORM = urlencode({"page": "home", "format": "micro", "note": "Sam, Tue 3-6 pm", "pages": MOST_PAGES})
SECONDS = 4.0


def milliseconds(work: Callable[[], object], times: int = 15) -> float:
    """Return the median of how long a piece of work takes."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def readers(address: str, seconds: float = SECONDS) -> float:
    """Return pages a second for one reader who asks again and again."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    count, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        connection.request("GET", "/en/talk", headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
        count += 1
    connection.close()
    return count / seconds


def makers(address: str, stop: threading.Event, told: dict[int, int]) -> None:
    """Ask for the largest PDF again and again until told to stop; count the answers by status."""
    parts = urlsplit(address)
    while not stop.is_set():
        connection = http.client.HTTPConnection(
            parts.hostname or "", parts.port
        )  # a new one each time: who is told to wait is not read to the end
        connection.request(
            "POST",
            "/en/cards/pdf",
            body=FORM,
            headers={"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"},
        )
        answer = connection.getresponse()
        answer.read()
        told[answer.status] = told.get(answer.status, 0) + 1
        connection.close()


def rows() -> list[str]:
    """Return the lines that `make bench` prints."""
    one, most = [layout.sheet(ORDER)], [layout.sheet(replace(ORDER, format=FORMATS["micro"]))]
    single, whole = milliseconds(lambda: render.pdf(one, 1)), milliseconds(lambda: render.pdf(most, MOST_PAGES))
    picture = milliseconds(lambda: render.png(layout.one_card(replace(ORDER, format=FORMATS["screen"]))), 5)
    found = [
        f"PDF, one sheet of ten cards:        {single:6.1f} ms, {len(render.pdf(one, 1)) / 1000:.1f} kB",
        f"PDF, {MOST_PAGES} sheets of 32 cards (most):   {whole:6.1f} ms, {whole / single:.1f} times one sheet, "
        f"{len(render.pdf(most, MOST_PAGES)) / 1000:.1f} kB",
        f"picture for a phone (PNG):          {picture:6.1f} ms, {picture / single:.1f} times one sheet",
    ]
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(Path(folder) / "log", workers=1)
        try:
            readers(server.url, 1.0)
            alone = readers(server.url)
            for callers in (1, 4):
                stop = threading.Event()
                told: list[dict[int, int]] = [{} for _ in range(callers)]
                threads = [threading.Thread(target=makers, args=(server.url, stop, each)) for each in told]
                for thread in threads:
                    thread.start()
                beside = readers(server.url)
                stop.set()
                for thread in threads:
                    thread.join()
                made, busy = (sum(each.get(status, 0) for each in told) for status in (200, 503))
                found.append(
                    f"a reader while {callers} ask for the largest PDF without a pause: {beside / alone:.2f} of the "
                    f"rate alone ({made} made, {busy} told to wait, one worker)"
                )
        finally:
            server.process.terminate()
            server.process.wait(60)
    return found


if __name__ == "__main__":
    print("\n".join(rows()))
