"""Chrome 69 in a window of its own, as QtWebEngine 5.12 ships it: the oldest engine in which every script of ours must
work.

``make engines`` installs it into a folder of its own, since its Qt is older than any that other tools here use.
"""

import os
import subprocess
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.engines.window import Window

PYTHON = ROOT / ".venv-engines" / "bin" / "python"
SESSION_FILE = 8
"""Seconds until this engine has written its session down."""

ONE_ADDRESS = False
"""htmx needs Chrome 84: here a link replaces the page, so the address changes, but the visit is still one entry of the
history."""

_INDEXES = ("index", "the-real-index", "index.txt")
"""Files of the cache's own bookkeeping."""

_WINDOW = Path(__file__).with_name("chrome69_window.py")


def missing() -> str:
    """Return what to install when this engine cannot be driven here, else an empty text."""
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-c", "import PyQt5.QtWebEngineWidgets"], capture_output=True).returncode == 0
    ):
        return ""
    return "Chrome 69 is not installed here: `make engines` installs it."


class Chrome69(Window):
    """One start of the engine on a profile."""

    name = "Chrome 69 (QtWebEngine)"

    def __init__(self, profile: Path, *, private: bool = False) -> None:
        profile.mkdir(parents=True, exist_ok=True)
        environment = {
            "QT_QPA_PLATFORM": "offscreen", "QTWEBENGINE_DISABLE_SANDBOX": "1", "HOME": str(profile),
            "XDG_RUNTIME_DIR": str(profile),
        }  # fmt: skip
        super().__init__(
            [str(PYTHON), str(_WINDOW), "" if private else str(profile)], profile, {**os.environ, **environment}
        )

    def kept_files(self) -> list[str]:
        """Return the files that hold what a site keeps: Blobs of its database, cache entries, the worker's script.

        The database's own log stays behind empty of words, under the site's address, as this engine has always left it;
        ``search`` reads it like every other byte.
        """
        places = ("IndexedDB/*.blob", "Service Worker/CacheStorage", "Service Worker/ScriptCache")
        found = [
            path for place in places for path in (self.profile / "storage").glob(f"{place}/**/*") if path.is_file()
        ]
        return sorted(path.relative_to(self.profile).as_posix() for path in found if path.name not in _INDEXES)

    def history(self, ours: str) -> Any:
        """Return nothing: the engine colours visited links and keeps no list of visits; a browser made with it does."""
        return None
