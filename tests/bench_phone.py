"""What a phone pays: bytes, requests, first and largest paint, blocked time, movement; and 20 pages opened with no
network.

Chromium with a phone's screen and a slowed network and processor (applied, not simulated). Slow 4G: 150 ms, 1.6 Mbit/s,
processor 4 times slower. Low end: 400 ms, 400 kbit/s, 6 times slower. Times in seconds, one cold load each.
"""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.conftest import CHROMIUM_ARGS, PHONE, chromium_path, start_server
from youthapp import create_app

PROFILES = {"slow 4G": (150, 1_600_000 / 8, 4), "low end": (400, 400_000 / 8, 6)}

_WATCH = """window.seen = {lcp: 0, cls: 0, tbt: 0};
new PerformanceObserver((list) => list.getEntries().forEach((e) => { seen.lcp = e.startTime; })).observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach((e) => { seen.cls += e.value; })).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach((e) => { seen.tbt += Math.max(0, e.duration - 50); })).observe({type: "longtask", buffered: true});"""
_SEEN = """() => ({
  ...seen,
  fcp: (performance.getEntriesByName("first-contentful-paint")[0] || { startTime: 0 }).startTime,
})"""


def rows() -> list[str]:
    library = create_app().extensions["library"]
    pages = {"home": "", "a guide": library.get("want-to-die").code, "talk": "talk", "plan": "plan", "ask": "ask"}
    told = [f"{'':8} {'':9} {'KB':>5} {'requests':>8}   {'FCP':>5} {'LCP':>5} {'TBT ms':>6} {'CLS':>5}"]
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        server = start_server(Path(place) / "log")
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(CHROMIUM_ARGS))
        try:
            for language in ("en", "es"):
                for name, rest in pages.items():
                    for profile, (wait, rate, slower) in PROFILES.items():
                        size, count, seen = _load(browser, f"{server.url}/{language}/{rest}", wait, rate, slower)
                        told.append(
                            f"{language} {name:8} {profile:7} {size / 1024:5.1f} {count:8}   "
                            f"{seen['fcp'] / 1000:5.2f} {seen['lcp'] / 1000:5.2f} {seen['tbt']:6.0f} "
                            f"{seen['cls']:5.3f}"
                        )
            told.append(
                _offline(browser, server.url, [f"/en/{record.code}" for record in library.of_kind("tips")[:20]])
            )
        finally:
            browser.close()
            server.process.terminate()
            server.process.wait(60)
    return told


def _load(browser: Any, url: str, wait: float, rate: float, slower: float) -> tuple[float, int, dict[str, float]]:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.add_init_script(_WATCH)
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": wait, "downloadThroughput": rate, "uploadThroughput": rate},
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(url, wait_until="networkidle")
    seen = page.evaluate(_SEEN)
    context.close()
    return sum(sizes), len(sizes), seen


def _offline(browser: Any, url: str, paths: list[str]) -> str:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.goto(f"{url}/en/")
    page.locator("button[data-keep-book]").click()
    page.wait_for_selector("[data-book-kept]", timeout=60_000)
    context.set_offline(True)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    times = []
    for path in paths:
        page.goto(url + path)
        page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
        times.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
    context.close()
    times.sort()
    return (
        f"offline, processor 6 times slower, {len(times)} pages from tap to first paint: p50 "
        f"{times[len(times) // 2]:.0f} ms, p95 {times[int(len(times) * 0.95)]:.0f} ms, slowest {times[-1]:.0f} ms"
    )
