"""A WebKit with a profile of its own: the engine alone in a window (webkit_window.py), since its own test browser keeps
nothing while it is driven."""

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

WINDOW = Path(__file__).with_name("webkit_window.py")
PYTHON = "/usr/bin/python3"
"""Debian's own: the binding of the engine is one of its packages."""
SESSION_FILE = 8


def missing() -> str:
    """Return what to install when this engine cannot be driven here, else nothing."""
    if (
        shutil.which("xvfb-run")
        and subprocess.run([PYTHON, str(WINDOW), "--there"], capture_output=True).returncode == 0
    ):
        return ""
    return "WebKitGTK is not on this machine (Debian: apt-get install python3-gi gir1.2-webkit2-4.1 xvfb)."


class WebKit:
    """One start of the engine on a profile."""

    name = "WebKitGTK"

    def __init__(self, profile: Path, *, private: bool = False) -> None:
        self.profile = profile
        profile.mkdir(parents=True, exist_ok=True)
        homes = {f"XDG_{kind}_HOME": str(profile / kind.lower()) for kind in ("DATA", "CACHE", "CONFIG")}
        self.process = subprocess.Popen(
            ["xvfb-run", "-a", PYTHON, str(WINDOW), "" if private else str(profile)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True, text=True,
            env={**os.environ, **homes, "HOME": str(profile), "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1", "MESA_SHADER_CACHE_DISABLE": "true"},
        )  # fmt: skip
        self.version = self._ask({"version": True})

    def _ask(self, what: dict[str, Any]) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline() or '{"trouble": "the window is gone"}')
        if "trouble" in told:
            raise RuntimeError(f"{what}: {told['trouble']}")
        return told["value"]

    def go(self, address: str) -> None:
        """Open an address, as typed into the address bar."""
        self._ask({"go": address})

    def run(self, script: str) -> Any:
        """Run the body of an async function in the page, and return what it returns."""
        return self._ask({"run": script})

    def back_list(self) -> list[str] | None:
        """Return the addresses that the window's own Back leads to."""
        found: list[str] = self._ask({"back_list": True})
        return found

    def kept_files(self) -> list[str]:
        """Return the files that hold what a site keeps: values, Blobs, caches, workers. The engine's own random salt
        names no site."""
        return sorted(
            path.relative_to(self.profile).as_posix()
            for path in (self.profile / "sites").rglob("*")
            if path.is_file() and path.name != "salt"
        )

    def kill(self) -> None:
        """As when the battery is pulled."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def history(self, ours: str) -> None:
        """The engine itself keeps no list of visits; a browser made with it does."""
        return None
