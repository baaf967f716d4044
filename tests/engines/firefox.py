"""A Firefox with a profile of its own, spoken to over Marionette, the browser's own remote control; nothing but this
machine can be reached."""

import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.conftest import free_port

PROGRAMS = ("firefox-esr", "firefox")
SESSION_FILE = 17
"""Seconds after which Firefox has written its session file (it does so every 15)."""

# A proxy that is not there for every host but this machine: what Firefox itself asks its maker's hosts ends here too.
SETTINGS = {
    "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": 9,
    "network.proxy.no_proxies_on": "127.0.0.1, localhost", "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.startup.homepage": "about:blank", "browser.startup.page": 0, "browser.newtabpage.enabled": False,
    "app.update.disabledForTesting": True,
}  # fmt: skip


def missing() -> str:
    """Return what to install when this engine cannot be driven here, else nothing."""
    return (
        ""
        if any(shutil.which(name) for name in PROGRAMS)
        else "Firefox is not on this machine (Debian: apt-get install firefox-esr)."
    )


class Firefox:
    """One start of the browser on a profile."""

    name = "Firefox"

    def __init__(self, profile: Path, *, private: bool = False) -> None:
        self.profile, port = profile, free_port()
        profile.mkdir(parents=True, exist_ok=True)
        settings = SETTINGS | {"marionette.port": port, "browser.privatebrowsing.autostart": private}
        (profile / "user.js").write_text(
            "".join(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items()),
            "utf-8",
        )
        program = next(path for name in PROGRAMS if (path := shutil.which(name)))
        home = profile.parent / f"{profile.name}-home"
        home.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            [program, "--marionette", "--headless", "--no-remote", "-profile", str(profile)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            env={**os.environ, "HOME": str(home)},
        )  # fmt: skip
        for _ in range(300):
            with contextlib.suppress(OSError):
                self.line = socket.create_connection(("127.0.0.1", port), timeout=60)
                break
            time.sleep(0.1)
        self.count = 0
        self._read()
        told = self._ask("WebDriver:NewSession", {"acceptInsecureCerts": True})
        self.version = told["capabilities"]["browserVersion"]
        self._ask("WebDriver:SetTimeouts", {"script": 60_000, "pageLoad": 30_000})

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self.line.recv(1)
        left, data = int(length[:-1]), b""
        while len(data) < left:
            data += self.line.recv(left - len(data))
        return json.loads(data)

    def _ask(self, command: str, what: dict[str, Any]) -> Any:
        self.count += 1
        said = json.dumps([0, self.count, command, what]).encode()
        self.line.sendall(b"%d:%s" % (len(said), said))
        _kind, _number, error, answer = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return answer

    def go(self, address: str) -> None:
        """Open an address, as typed into the address bar."""
        self._ask("WebDriver:Navigate", {"url": address})

    def run(self, script: str) -> Any:
        """Run the body of an async function in the page, and return what it returns."""
        wrapped = (
            f"const done = arguments[arguments.length - 1]; (async () => {{ {script} }})().then((value) => "
            f"done([value]), (error) => done({{ trouble: String(error) }}));"
        )
        told = self._ask("WebDriver:ExecuteAsyncScript", {"script": wrapped, "args": []})["value"]
        if not isinstance(told, list):
            raise RuntimeError(told["trouble"] if told else "the page went away while it was asked")
        return told[0]

    def back_list(self) -> list[str] | None:
        """Not told by this engine's remote control: Back is pressed instead."""
        return None

    def kept_files(self) -> list[str]:
        """Return the files that hold what a site keeps: values, Blobs, caches."""
        return sorted(
            path.name
            for kind in ("idb", "cache/morgue")
            for path in self.profile.glob(f"storage/*/http*127.0.0.1*/{kind}/**/*")
            if path.is_file()
        )

    def kill(self) -> None:
        """As when the battery is pulled."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def history(self, ours: str) -> list[tuple[str, str]]:
        """Return (address, title) of our visits that the history list shows."""
        copy = self.profile.parent / f"{self.profile.name}-places"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        for file in self.profile.glob("places.sqlite*"):
            shutil.copy(file, copy / file.name)
        with contextlib.closing(sqlite3.connect(copy / "places.sqlite")) as book:
            rows = book.execute(
                "select url, coalesce(title, '') from moz_places where url like ? and hidden = 0 and visit_count > 0",
                (f"%{ours}%",),
            ).fetchall()
        return [(str(address), str(title)) for address, title in rows]
