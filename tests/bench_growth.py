"""A library 1, 10 and 100 times as large: start, memory, request rate, the book, and one page on the phone.

The words repeat, so the books of larger libraries look smaller on the wire than other words would be. GROWTH=10 stops
at ten times; the book is bound up to ten times only, the phone filled up to ten times only, to stay within minutes.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import load
from tests.conftest import CHROMIUM_ARGS, chromium_path
from tests.grown import grow

_START = "import time; w = time.perf_counter(); import wsgi; print(time.process_time(), time.perf_counter() - w)"
_BOOK = """
import time, brotli, wsgi
from youthapp.offline import book
from youthapp.web.page_cache import CachedResponse, encode
start = time.process_time()
bound = book.bound(wsgi.app, "en", book.pages(wsgi.app, "en"), whole=True)
took = time.process_time() - start
print(len(bound), len(encode(CachedResponse([("Content-Type", "text/plain")], bound))["br"]), took)
"""
_OPEN = """async ([count, body]) => {
  const cache = await caches.open("bench");
  for (let done = 0; done < count; done += 100) await Promise.all(Array.from({length: 100}, (_, i) => cache.put("/p" + (done + i), new Response(body))));
  const times = [];
  for (let turn = 0; turn < 40; turn += 1) { const start = performance.now(); await (await caches.match("/p" + (turn * 7 % count), {cacheName: "bench"})).text(); times.push(performance.now() - start); }
  await caches.delete("bench");
  return times.sort((a, b) => a - b)[20];
}"""


def rows() -> list[str]:
    told = [
        f"{'':5} {'records':>7} {'set-up s':>8}  {'start CPU s':>11} {'without snapshot':>16} {'MB at start':>11} "
        f"{'MB under load':>13} {'a card req/s':>12} {'book raw KB':>11} {'on the wire KB':>14} {'bound in s':>10} "
        f"{'phone opens ms':>14}"
    ]
    most = int(os.environ.get("GROWTH", "100"))
    for times in (1, 10, 100):
        if times > most:
            continue
        with tempfile.TemporaryDirectory() as place:
            folder = grow(Path(place) / "app", times)
            slow = _python(folder, _START) if times < 100 else ["-"]
            compiled = subprocess.run(
                [
                    sys.executable,
                    "-c",
                    "import time; from youthapp.cli import main; start = time.process_time();\ntry: main(['content', "
                    "'compile'])\nfinally: print(time.process_time() - start)",
                ],
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
            ).stdout.split()
            start = _python(folder, _START)
            rate, before, after = "-", 0.0, 0.0
            if not load.MISSING:
                with load.granian(folder) as (url, pid):
                    before = load.memory_mb(pid)
                    load.wrk(f"{url}/en/4g3", 16)
                    rate, after = f"{load.wrk(f'{url}/en/4g3', 16, 2).rate:,.0f}", load.memory_mb(pid)
            book = _python(folder, _BOOK) if times < 100 else None
            opens = f"{_opens(times):.1f}" if times < 100 else "-"
            raw, wire, took = (
                (f"{int(book[0]) / 1024:,.0f}", f"{int(book[1]) / 1024:,.0f}", f"{float(book[2]):.1f}")
                if book
                else ("-", "-", "-")
            )
            without = "-" if slow == ["-"] else f"{float(slow[0]):.2f}"
            told.append(
                f"{times:4}x {compiled[0]:>7} {float(compiled[-1]):8.1f}  {float(start[0]):11.2f} {without:>16} "
                f"{before:11.0f} {after:13.0f} {rate:>12} {raw:>11} {wire:>14} {took:>10} {opens:>14}"
            )
    return told


def _python(folder: Path, code: str) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.split()


def _opens(times: int) -> float:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(CHROMIUM_ARGS))
        page = browser.new_page()
        page.route("http://127.0.0.1/", lambda route: route.fulfill(body="<!DOCTYPE html>", content_type="text/html"))
        page.goto("http://127.0.0.1/")
        took: float = page.evaluate(_OPEN, [300 * times, "x" * 18_000])
        browser.close()
        return took
