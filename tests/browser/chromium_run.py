"""A Chromium whose profile stays, that can be killed like a phone whose battery dies, and whose files can be
searched."""

import base64
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from types import TracebackType

from playwright.sync_api import Browser, Page, Playwright

from tests.conftest import CHROMIUM_ARGS, chromium_path

PHONE_ARGS = (
    "--headless=new",
    "--window-size=360,640",
    "--remote-debugging-port=0",
    "--no-default-browser-check",
    "--disable-breakpad",
    "--password-store=basic",
)


class Run:
    """One start of the browser on a profile. Leaving the block ends it kindly; kill() ends it at once."""

    def __init__(self, playwright: Playwright, profile: Path, *, restore: bool = False) -> None:
        self.profile = profile
        port = profile / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        more = ("--restore-last-session",) if restore else ()
        self.process = subprocess.Popen(
            [chromium_path(), *CHROMIUM_ARGS, *PHONE_ARGS, *more, f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(200):
            if port.exists() and port.read_text().count("\n"):
                break
            time.sleep(0.05)
        self.browser: Browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port.read_text().split()[0]}")
        self.context = self.browser.contexts[0]
        self.context.set_default_timeout(10_000)

    def page(self) -> Page:
        return self.context.new_page()

    def kill(self) -> None:
        """End every process of this browser at once, as a dead battery does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        """End it as a reader does."""
        if self.process.poll() is None:
            self.browser.new_browser_cdp_session().send("Browser.close")
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def __enter__(self) -> "Run":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.kill()


def encodings(marker: str) -> dict[str, re.Pattern[bytes]]:
    """Return patterns that find a marker however it may be written down: text in four widths, base64 at each offset,
    hex, percent, reversed."""
    raw = marker.encode()
    found = {
        "utf-8": raw, "utf-16-le": marker.encode("utf-16-le"), "utf-16-be": marker.encode("utf-16-be"),
        "utf-32-le": marker.encode("utf-32-le"),
        "hex": raw.hex().encode(), "percent": "".join(f"%{byte:02x}" for byte in raw).encode(), "reversed": raw[::-1],
    }  # fmt: skip
    for width, text in (("utf-8", raw), ("utf-16-le", marker.encode("utf-16-le"))):
        for offset in range(3):
            # Letters at both ends depend on the neighbours: what is between stands in every base64 of a text that holds
            # the marker.
            coded = base64.b64encode(b"\0" * offset + text).rstrip(b"=")
            found[f"base64 {width} +{offset}"] = coded[(offset * 8 + 5) // 6 : -1]
    return {name: re.compile(re.escape(value), re.IGNORECASE) for name, value in found.items()}


def traces(profile: Path, *markers: str) -> list[str]:
    """Return "file: encoding" for every place in a profile's files and their names that holds one of the markers."""
    patterns = {f"{marker} {name}": pattern for marker in markers for name, pattern in encodings(marker).items()}
    found = []
    for path in profile.rglob("*"):
        if not path.is_file() or path.is_symlink():
            continue
        try:
            data = path.read_bytes() + b"\0" + str(path.relative_to(profile)).encode()
        except OSError:
            continue
        found += [f"{path.relative_to(profile)}: {name}" for name, pattern in patterns.items() if pattern.search(data)]
    return found


def fresh(profile: Path) -> Path:
    """Return an empty profile folder."""
    shutil.rmtree(profile, ignore_errors=True)
    profile.mkdir(parents=True)
    return profile
