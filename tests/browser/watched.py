"""A watched phone for tests: a real Chromium with a profile of its own, every foreign host mapped to loopback, killed
without warning, and every byte of its profile searched. Nothing here reaches beyond loopback."""

import base64
import contextlib
import os
import re
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import threading
import time
import urllib.parse
import zlib
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

from tests.conftest import CHROMIUM_ARGS, chromium_path
from youthapp.paths import STATIC

HOST = "lantern.test"
"""A host name of its own, so that it can be searched for."""
AWAY = "en.wikipedia.org"
ARGUMENTS = [*CHROMIUM_ARGS, "--ignore-certificate-errors", "--disable-dev-shm-usage"]
COMMIT = 11
"""Seconds after which Chromium has written its history (it does so every 10)."""


class World:
    """Every other host there is: one TLS socket on loopback that shows a dull page, or, while `hangs`, takes the call
    and never answers."""

    def __init__(self, folder: Path, host: str = "127.0.0.1") -> None:
        """Begin to answer at an address of this machine."""
        certificate, key = folder / "world.pem", folder / "world.key"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=world", "-keyout",
            str(key), "-out", str(certificate)],
            check=True, capture_output=True,
        )  # fmt: skip
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate, key)
        self.hangs = False
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        """(host, request line, headers) of each request."""
        self._held: list[socket.socket] = []
        self._socket = socket.create_server((host, 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                call, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(call, self.asked), daemon=True).start()

    def forget(self) -> None:
        """Start a new list of what is asked. Who called before is written to the old one, however late it speaks."""
        self.asked = []

    def _answer(self, call: socket.socket, asked: list[tuple[str, str, dict[str, str]]]) -> None:
        if self.hangs:
            self._held.append(call)
            return
        with contextlib.suppress(OSError), self._context.wrap_socket(call, server_side=True) as line:
            told = b""
            while b"\r\n\r\n" not in told:
                more = line.recv(4096)
                if not more:
                    return
                told += more
            first, *rest = told.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (header.partition(":") for header in rest)}
            asked.append((headers.get("host", ""), first, headers))
            body = b"<!doctype html><title>Dull</title><h1>Dull</h1><p>Nothing to see."
            line.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                % (len(body), body)
            )

    def let_go(self) -> None:
        """Hang up on who waits, and answer again from now on."""
        self.hangs = False
        while self._held:
            self._held.pop().close()

    def close(self) -> None:
        self._socket.close()
        self.let_go()


class Watched:
    """One browser with its own profile. `private` opens it in a private window."""

    def __init__(
        self,
        playwright: Playwright,
        profile: Path,
        address: str,
        world: World,
        *,
        private: bool = False,
        restore: bool = False,
    ) -> None:
        self.profile = profile
        self.origin = f"http://{HOST}:{urllib.parse.urlsplit(address).port}"
        port_file = profile / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        rules = f"MAP {HOST} 127.0.0.1, MAP * 127.0.0.1:{world.port}, EXCLUDE 127.0.0.1"
        command = [
            chromium_path(), "--headless=new", *ARGUMENTS, f"--user-data-dir={profile}", "--remote-debugging-port=0",
            f"--host-resolver-rules={rules}",
            f"--unsafely-treat-insecure-origin-as-secure={self.origin}",
        ]  # fmt: skip
        command += ["--incognito"] if private else []
        command += ["--restore-last-session"] if restore else ["about:blank"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        for _ in range(300):
            if port_file.exists() and port_file.read_text().count("\n"):
                break
            time.sleep(0.1)
        self.browser: Browser = playwright.chromium.connect_over_cdp(
            "http://127.0.0.1:" + port_file.read_text().split("\n")[0]
        )
        self.context = self.browser.contexts[0]

    @property
    def page(self) -> Page:
        return self.context.pages[0]

    def kill(self) -> None:
        """As when the battery is pulled: no file is tidied."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


def history(profile: Path) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the rows of our host (address, title) in the browser's history file, and the addresses that its list would
    show."""
    copy = profile.parent / f"{profile.name}-history"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for file in (profile / "Default").glob("History*"):
        if file.is_file():
            shutil.copy(file, copy / file.name)
    if not (copy / "History").exists():
        return [], []
    with contextlib.closing(sqlite3.connect(copy / "History")) as book:
        rows = [tuple(row) for row in book.execute("select url, title from urls where url like ?", (f"%{HOST}%",))]
        # The list shows ends of redirect chains only, and no frames and made-up keyword visits (Chromium,
        # VisitDatabase::GetVisibleVisitsInRange).
        listed = book.execute(
            "select urls.url from visits join urls on urls.id = visits.url where urls.url like ? and (transition & "
            "0x20000000) != 0 and (transition & 0xff) not in (3, 4, 10)",
            (f"%{HOST}%",),
        )
        return rows, [row[0] for row in listed]


def forms(marker: str) -> list[bytes]:
    """Return the ways in which a marker may stand in a file."""
    plain = marker.encode()
    found = [
        plain,
        marker.encode("utf-16-le"),
        plain.hex().encode(),
        urllib.parse.quote(marker).encode(),
        urllib.parse.quote_plus(marker).encode(),
    ]
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + plain)
        # Without the ends, which depend on the neighbours.
        found.append(coded[(0, 2, 3)[offset] : len(coded) - 4])
    return [form for form in dict.fromkeys(found) if len(form) >= 4]


def _unpacked(data: bytes) -> list[bytes]:
    told = []
    for match in re.finditer(rb"\x1f\x8b\x08", data):
        with contextlib.suppress(zlib.error, EOFError, OSError):
            told.append(zlib.decompressobj(31).decompress(data[match.start() :], 4_000_000))
    for match in re.finditer(rb"\x78[\x01\x9c\xda]", data):
        with contextlib.suppress(zlib.error):
            told.append(zlib.decompressobj().decompress(data[match.start() :], 4_000_000))
    return told


def cached_scripts(profile: Path) -> set[str]:
    """Return the addresses, without the host and the release, of our scripts in the browser's code cache."""
    files = (path.read_bytes() for path in (profile / "Default" / "Code Cache").rglob("*") if path.is_file())
    return {
        name.decode()
        for data in files
        for name in re.findall(HOST.encode() + rb":\d+/(?:static/[0-9a-f]{12}/)?([\w./-]+)", data)
    }


def script_markers() -> list[str]:
    """Return what would tell which part of the app was opened: the names of our scripts, and of the data that they
    fetch."""
    names = [path.relative_to(STATIC / "js").as_posix() for path in (STATIC / "js").rglob("*.js")]
    sections = [name for name in names if "/" in name]
    assert len(sections) > 10
    return sorted({*sections, "deferred.js", "index-en.json", "words-en.json"})


def search(folder: Path, markers: list[str]) -> dict[str, list[str]]:
    """Return marker -> files of the folder that hold it, in any form, packed or not. Names of files count."""
    found: dict[str, list[str]] = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        try:
            data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        except OSError:
            continue
        texts = [name.encode(), data, *(_unpacked(data) if data else [])]
        for marker in markers:
            if any(form in text for form in forms(marker) for text in texts):
                found.setdefault(marker, []).append(name)
    return found
