"""A WebKit of 2016 (QtWebKit 5.212, as Safari 10) in a window of its own: no modules, no grid, no way to run our
scripts but the exit's.

What it shows is what any browser below the scripts' floor gets: whole pages, the exit and the bar in their places.
"""

import os
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.engines.window import Window

PYTHON = "/usr/bin/python3"
"""Debian's own: the binding of the engine is one of its packages."""
SESSION_FILE = 0

_WINDOW = Path(__file__).with_name("qtwebkit_window.py")


def missing() -> str:
    """Return what to install when this engine cannot be driven here, else an empty text."""
    if subprocess.run([PYTHON, "-c", "import PyQt5.QtWebKitWidgets"], capture_output=True).returncode == 0:
        return ""
    return "QtWebKit is not on this machine (Debian: apt-get install python3-pyqt5.qtwebkit)."


class QtWebKit(Window):
    """One start of the engine; it keeps nothing between starts."""

    name = "QtWebKit"

    def __init__(self, profile: Path, *, private: bool = False) -> None:
        profile.mkdir(parents=True, exist_ok=True)
        environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(profile), "XDG_RUNTIME_DIR": str(profile)}
        super().__init__([PYTHON, str(_WINDOW)], profile, {**os.environ, **environment})

    def history(self, ours: str) -> Any:
        """Return nothing: the engine itself keeps no list of visits."""
        return None


LOOK = """
  function box(selector) { var b = document.querySelector(selector).getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; }
  var bar = box('.bar'), exit = box('a.exit'), heading = box('h1');
  var words = document.querySelector('.bar a span').getBoundingClientRect(), picture = document.querySelector('.bar a .icon').getBoundingClientRect();
  var exitIcon = box('a.exit .icon'), letters = document.createRange(); letters.selectNodeContents(document.querySelector('a.exit'));
  return {
    exit: exit[2] >= innerWidth - 20 && exit[3] >= innerHeight - 1 && exit[0] > innerWidth / 2 && exit[3] - exit[1] >= 48,
    bar: bar[0] === 0 && bar[3] >= innerHeight - 1 && bar[2] <= exit[0] + 1 && picture.bottom <= words.top + 2,
    edge: heading[0] >= 12 && heading[2] <= innerWidth - 12,
    sideways: document.documentElement.scrollWidth <= innerWidth,
    whole: document.querySelector('#page').innerText.length > 120 && !!document.querySelector('.foot a'),
    gap: exitIcon[2] + 3
  };"""
"""What a reader of an old phone must find: the exit and the bar in their places, words away from the edge, nothing
sideways, a whole page."""

PAGES = (
    "/en/",
    "/en/now",
    "/en/xrd",
    "/en/talk",
    "/en/plan",
    "/en/ask",
    "/es/",
    "/es/read",
    "/es/need",
    "/es/rights",
    "/es/about",
    "/es/phone",
)


def a_look(start: Any, folder: Path, origin: str, away: str, wait: float, check: Any, _one_address: bool) -> None:
    """Open the main pages, look where things stand, and leave."""
    browser = start(folder / "look")
    print(f"{browser.name} {browser.version}", flush=True)
    for path in PAGES:
        browser.go(origin + path)
        found = browser.run(LOOK)
        check("look", path, [name for name in ("exit", "bar", "edge", "sideways", "whole") if not found[name]], [])
    browser.go(origin + "/en/")
    before = browser.back_list()
    browser.run("setTimeout(function () { document.querySelector('a.exit').click(); }, 50);")
    for _ in range(200):
        time.sleep(0.05)
        if browser.run("return location.href;").startswith(away):
            break
    check("T18", "exit lands on the other site", browser.run("return location.href;").startswith(away), True)
    check("T22", "leaving made no entry: Back leads where it led before", browser.back_list(), before)
    browser.kill()


PARTS = (a_look,)
