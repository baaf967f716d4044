"""The app with pages that fail in the ways that a log may tell of: what tests/test_server.py starts in the real
server."""

import os
import time
from pathlib import Path
from typing import Any

from youthapp import create_app
from youthapp.web.page_cache import PageCache

app = create_app()


@app.get("/en/marker-message")
def message() -> str:
    raise OSError(36, "File name too long", "/en/marker-of-a-file")


@app.get("/en/marker-local")
def local() -> str:
    marker = {"marker": "of a local value"}
    return marker["marker of a key"]


@app.get("/en/held")
def held() -> str:
    """Says that it has begun, and answers when it may: by files in the folder TEST_HELD."""
    folder = Path(os.environ["TEST_HELD"])
    (folder / "begun").touch()
    while not (folder / "go").exists():
        time.sleep(0.02)
    return "whole"


@app.post("/en/marker-form")
def form() -> str:
    raise RuntimeError("marker of a form")


class Broken(PageCache):
    """Fails outside of Flask for one path."""

    def render(self, path: str) -> Any:
        if path == "/en/marker-outside":
            raise ValueError(f"marker {path}")
        return super().render(path)


app.extensions["page_cache"].__class__ = Broken


@app.get("/en/marker-outside")
def outside() -> str:
    return ""
