"""What Lighthouse says of a first visit: its four scores beside its own paints, on its phone and on a worse one
(simulated).

It is not installed with the project. `npm install lighthouse@13.5.0` anywhere (Node 22 or later), then
LIGHTHOUSE=that/node_modules/lighthouse/cli/index.js.
"""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.conftest import CHROMIUM_ARGS, chromium_path, start_server
from youthapp import create_app

PROFILES = {
    "slow 4G": (),
    "low end": ("--throttling.rttMs=400", "--throttling.throughputKbps=400", "--throttling.cpuSlowdownMultiplier=6"),
}
_SCORES = ("performance", "accessibility", "best-practices", "seo")
_LONGEST = 170
_TRIES = 3
"""Lighthouse loses a trace now and then."""


def rows() -> list[str]:
    command = _command()
    if not command:
        return ["Lighthouse is not here: see the head of tests/bench_lighthouse.py."]
    library = create_app().extensions["library"]
    pages = {
        "home": "",
        "a guide": library.get("want-to-die").code,
        "a line": library.get("lifeline-988").code,
        "talk": "talk",
        "plan": "plan",
        "ask": "ask",
    }
    told = [
        f"{'':8} {'':9} {'KB':>5} {'requests':>8}   {'FCP':>5} {'LCP':>5} {'TBT ms':>6} {'CLS':>5}   scores: "
        f"{', '.join(_SCORES)}"
    ]
    with tempfile.TemporaryDirectory() as place:
        server = start_server(Path(place) / "log")
        try:
            for language in ("en", "es"):
                for name, rest in pages.items():
                    for profile, options in PROFILES.items():
                        told.append(
                            f"{language} {name:8} {profile:7} "
                            f"{_row(command, f'{server.url}/{language}/{rest}', options, Path(place))}"
                        )
        finally:
            server.process.terminate()
            server.process.wait(60)
    return told


def _command() -> list[str]:
    script = os.environ.get("LIGHTHOUSE", "")
    if script:
        return ["node", script]
    found = shutil.which("lighthouse")
    return [found] if found else []


def _row(command: list[str], url: str, options: tuple[str, ...], place: Path) -> str:
    report = place / "report.json"
    flags = " ".join(["--headless=new", "--disable-dev-shm-usage", *CHROMIUM_ARGS])
    run = [
        *command,
        url,
        "--quiet",
        "--form-factor=mobile",
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(_SCORES)}",
        *options,
        f"--chrome-flags={flags}",
    ]
    for _ in range(_TRIES):
        done = subprocess.run(
            run, timeout=_LONGEST, capture_output=True, env={**os.environ, "CHROME_PATH": chromium_path()}
        )
        if done.returncode == 0:
            break
    else:
        return f"Lighthouse did not manage in {_TRIES} tries"
    told: dict[str, Any] = json.loads(report.read_text("utf-8"))
    audits, requests = told["audits"], told["audits"]["network-requests"]["details"]["items"]
    size = sum(request.get("transferSize", 0) for request in requests)
    times = {
        key: audits[name]["numericValue"]
        for key, name in (
            ("fcp", "first-contentful-paint"),
            ("lcp", "largest-contentful-paint"),
            ("tbt", "total-blocking-time"),
        )
    }
    scores = "/".join(f"{100 * told['categories'][name]['score']:.0f}" for name in _SCORES)
    moved = audits["cumulative-layout-shift"]["numericValue"]
    return (
        f"{size / 1024:5.1f} {len(requests):8}   {times['fcp'] / 1000:5.2f} {times['lcp'] / 1000:5.2f} "
        f"{times['tbt']:6.0f} {moved:5.3f}   {scores}"
    )
