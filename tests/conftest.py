"""What every test may ask for: the app, a client, a live server, and a phone (a real Chromium with a phone's
screen)."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from youthapp import create_app, export
from youthapp.export.site import Site
from youthapp.library import toml_file
from youthapp.paths import CONTENT
from youthapp.settings import Settings
from youthapp.web import page_cache

ROOT = Path(__file__).parent.parent

# Apps inside the tests compress at brotli's quickest: what is compared is the bytes inside. The production server,
# which the tests of sizes
# ask, compresses at its best.
page_cache.BROTLI_QUALITY = 1

expect.set_options(timeout=30_000)  # two browsers share two cores here; no test is about time

CHROMIUM_ARGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""Without the networking flags Chromium itself calls its maker's hosts; as root it needs --no-sandbox."""

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 640},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


def pytest_xdist_auto_num_workers() -> int:
    """Return how many tests `-n auto` runs at once: one more than there are cores, since some wait for a browser to write
    its history, for a server to start or to stop."""
    return (os.cpu_count() or 1) + 1


def chromium_path() -> str:
    """Return the Chromium to drive: CHROMIUM, else the system's."""
    found = os.environ.get("CHROMIUM") or next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if not found:
        pytest.fail("No Chromium on this machine: `bash tests/browser/install.sh` installs it or says what to install.")
    return found


def headless_path() -> str:
    """Return the Chromium for tests of pages: CHROMIUM, else the system's without windows, else the whole one.

    chromium-headless-shell is the same engine (Blink, V8, network) without toolbars, history and profiles on disk. A page in
    a context of its own costs it a quarter of the processor time. What the whole browser writes, and installing, is tested
    in the whole one (``chromium_path``).
    """
    return (not os.environ.get("CHROMIUM") and shutil.which("chromium-headless-shell")) or chromium_path()


@dataclass
class Server:
    """The production server on loopback."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        """Return all that the server wrote to its output, without the line that says where it is."""
        lines = self.log.read_text("utf-8", "replace").splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith("Porchlight is on http://127.0.0.1:"))


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve_command(port: int, workers: int, log_level: str, app: str = "") -> list[str]:
    """Return the command that serves on a port as `make run` does. app: "module:name" of another app than ours."""
    return [
        *(sys.executable, "-m", "youthapp", "serve", "--port", str(port), "--workers", str(workers)),
        *("--log-level", log_level),
        *(("--app", app) if app else ()),
    ]


def start_server(
    log: Path, *, workers: int = 1, environment: dict[str, str] | None = None, log_level: str = "warning", app: str = ""
) -> Server:
    """Start the production server as `make run` does, and wait until it answers.

    app: "module:name" of another app than ours.
    """
    port = free_port()
    command = serve_command(port, workers, log_level, app)
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=log.open("wb"), stderr=subprocess.STDOUT, env={**os.environ, **(environment or {})}
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=1):
                return Server(url, process, log)
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    process.kill()
    raise RuntimeError("the server did not start:\n" + log.read_text("utf-8", "replace"))


@pytest.fixture(scope="session", autouse=True)
def content_is_parsed_once() -> Iterator[None]:
    """Parse a file of youthapp/content once for all apps of a session, until it is written to: it takes half of the
    start of each of some hundred apps. Files elsewhere are parsed each time."""
    fresh, parsed = toml_file.read, dict[tuple[Path, str, int], toml_file.TomlFile]()

    def read(path: Path, name: str) -> toml_file.TomlFile:
        if not path.is_relative_to(CONTENT) or not path.is_file():
            return fresh(path, name)
        key = (path, name, path.stat().st_mtime_ns)
        if key not in parsed:
            parsed[key] = fresh(path, name)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(toml_file, "read", read)
        yield


@pytest.fixture(scope="session", autouse=True)
def templates_are_compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compile a template once for all apps of a session. What is kept names the file and a hash of what is in it."""
    kept = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": kept})
        yield


@pytest.fixture(scope="session")
def app() -> Iterator[Flask]:
    """The app as anybody starts it. What books, exports and tests take of its pages is made once: never change it."""
    made = create_app(Settings())
    with made.extensions["page_cache"].remembering():
        yield made


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def exported_site(app: Flask) -> Site:
    """The whole export. It takes long: the tests that want it are in one xdist group, "export", and it is made once."""
    return export.site(app)


@pytest.fixture(scope="session")
def exported_folder(exported_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export as files, compressed at brotli's quickest."""
    folder = tmp_path_factory.mktemp("export") / "site"
    export.write(exported_site, folder)
    return folder


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The live app; with TEST_EXPORT=1 its export behind a plain nginx, which must serve a phone as well."""
    if os.environ.get("TEST_EXPORT"):
        from tests import hosts

        folder = tmp_path_factory.mktemp("export") / "site"
        export.write(export.site(create_app(Settings())), folder)
        running = hosts.serve(folder, tmp_path_factory.mktemp("nginx"))
    else:
        running = start_server(tmp_path_factory.mktemp("server") / "log")
    yield running
    running.process.terminate()
    running.process.wait(60)


@pytest.fixture(scope="session")
def playwright_here() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright_here: Playwright) -> Iterator[Browser]:
    browser = playwright_here.chromium.launch(executable_path=headless_path(), args=list(CHROMIUM_ARGS))
    yield browser
    browser.close()


@pytest.fixture
def phone(chromium: Browser, server: Server) -> Iterator[Page]:
    """A page on a phone's screen whose relative addresses are the live server's."""
    context = chromium.new_context(**PHONE, base_url=server.url)
    yield context.new_page()
    context.close()
