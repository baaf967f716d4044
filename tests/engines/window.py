"""An engine alone in a window, told what to do in lines of JSON through a pipe: what chrome69.py and qtwebkit.py have
in common."""

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any


class Window:
    """One start of an engine whose window program reads ``{"go": address}``, ``{"run": script}`` and answers
    ``{"value": …}``."""

    name = ""

    def __init__(self, command: list[str], profile: Path, environment: dict[str, str]) -> None:
        self.profile = profile
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
            env=environment,
        )
        self.version = self.ask({"version": True})

    def ask(self, what: dict[str, Any]) -> Any:
        """Return what the window answers. Raises RuntimeError when it says what went wrong, or is gone."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or '{"trouble": "the window is gone"}')
        if "trouble" in answer:
            raise RuntimeError(f"{what}: {answer['trouble']}")
        return answer["value"]

    def go(self, address: str) -> None:
        """Open an address, as typed into the address bar."""
        self.ask({"go": address})

    def run(self, script: str) -> Any:
        """Run the body of a function in the page, and return what it returns."""
        return self.ask({"run": script})

    def picture(self, file: Path) -> None:
        """Write what the window shows to a PNG file."""
        self.ask({"picture": str(file)})

    def back_list(self) -> list[str] | None:
        """Return the addresses that the window's own Back leads to."""
        found: list[str] = self.ask({"back_list": True})
        return found

    def kill(self) -> None:
        """End it as when the battery is pulled."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
