"""Pictures of pages, to look at: `python -m tests.pictures [part of a name …]` (or `make pictures ARGS="es dark"`).

Writes PNGs and a contact sheet, index.html, into ``pictures/``, which git ignores. A name says what is on a picture:
<language>-<page>-<look>, such as "es-talk-dark"; a picture is taken when every part that is given is in its name.
All are of one phone, 360 by 640, but "narrow" (320 by 568), "landscape" and "keyboard" (what a keyboard leaves), and
whole pages but these two, "screen" (what a hand sees first) and "heldup" (a right shown to another person). "ar-xb" is
a made-up language from right to left.
"""

import html
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import CHROMIUM_ARGS, PHONE, ROOT, chromium_path
from tests.i18n import made_up
from youthapp import create_app
from youthapp.i18n.languages import LANGUAGES
from youthapp.library.library import Library

FOLDER = ROOT / "pictures"

PAGES = {
    "home": "", "now": "now", "read": "read", "rights": "rights", "need": "need", "talk": "talk",
    "talk-all": "talk/all", "plan": "plan",
    "backup": "plan/backup", "meeting": "meeting", "ask": "ask", "calm": "calm",
    "about": "about", "phone": "phone", "forget": "forget",
    "pocket": "pocket", "install": "install", "cards": "cards", "maker": "cards/maker", "say": "cards/say",
    "sheet": "cards/form", "train": "cards/train", "booklets": "cards/booklet",
    "lost": "zzz",
}  # fmt: skip
"""Name -> the rest of the address."""

RECORDS = {
    "guide": "want-to-die", "drawn": "not-breathing", "drawn-wound": "bleeding", "drawn-burn": "burned",
    "drawn-motel": "in-a-motel", "drawn-car": "in-a-car", "drawn-spray": "naloxone", "drawn-folded": "condom-how",
    "drawn-inside": "condom-inside", "drawn-dam": "oral-basics", "drawn-strip": "fake-pills",
    "drawn-visit": "clinic-alone", "drawn-place": "location-sharing", "drawn-calm": "grounding",
    "drawn-text": "emergency-911",
    "clocks": "condom-broke", "tip": "condom-how", "right": "right-team-who",
    "reason": "talk-die", "line": "lifeline-988",
    "line-hours": "trans-lifeline", "a-need": "need-sleep", "shelf": "shelf-body", "moment": "start-tonight",
    "step": "plan-people",
}  # fmt: skip
"""Name -> the id of a record."""


@dataclass(frozen=True, eq=False)
class Look:
    """How a page is looked at."""

    name: str
    context: dict[str, Any] = field(default_factory=dict)
    css: str = ""
    whole: bool = True
    act: str = ""
    """A script to run on the page, as a hand would: "() => …"."""
    signal: bool = True


TYPED = "() => document.querySelector('[data-ask], main input[type=text], main textarea')?.focus()"
"""With a field in focus: what a hand sees above the keyboard."""

LOOKS = (
    Look("screen", whole=False),
    Look("plain"),
    Look("dark", {"color_scheme": "dark"}),
    Look("narrow", {"viewport": {"width": 320, "height": 568}}),
    Look("large", css="html{font-size:225%!important}"),
    Look("noscript", {"java_script_enabled": False}),
    Look("landscape", {"viewport": {"width": 640, "height": 360}}, whole=False),
    Look("keyboard", {"viewport": {"width": 360, "height": 350}}, whole=False, act=TYPED),
    Look("nosignal", signal=False),
    Look("unfolded", act="() => document.querySelectorAll('[data-drawing] > summary').forEach((one) => one.click())"),
    Look("heldup", whole=False, act="() => document.querySelector('[data-show-big] > summary')?.click()"),
)


def addresses(library: Library, tags: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (language and name, address) of every page that is photographed, in these languages."""
    for tag in tags:
        yield from ((f"{tag}-{name}", f"/{tag}/{rest}") for name, rest in PAGES.items())
        yield from ((f"{tag}-{name}", f"/{tag}/{library.get(key).code}") for name, key in RECORDS.items())


def wanted(name: str, parts: list[str]) -> bool:
    """Whether a picture's name has all parts that were asked for."""
    return all(part in name for part in parts)


def names(library: Library, tags: Iterable[str], parts: list[str]) -> dict[Look, list[tuple[str, str]]]:
    """Return look -> [(name, address)] of the pictures in these languages whose names have all parts."""
    pages = list(addresses(library, tags))
    found = {
        look: [(f"{name}-{look.name}", path) for name, path in pages if wanted(f"{name}-{look.name}", parts)]
        for look in LOOKS
    }
    return {look: chosen for look, chosen in found.items() if chosen}


def take(app: Flask, chosen: dict[Look, list[tuple[str, str]]], folder: Path) -> list[str]:
    """Take pictures of an app, and return their names."""
    folder.mkdir(exist_ok=True)
    with made_up.served(app) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(CHROMIUM_ARGS))
        taken = [
            name for look, pages in chosen.items() for name in _photographed(browser, address, look, pages, folder)
        ]
        browser.close()
    return taken


def _photographed(browser: Browser, address: str, look: Look, chosen: list[tuple[str, str]], folder: Path) -> list[str]:
    context = browser.new_context(**{**PHONE, **look.context}, base_url=address, bypass_csp=True)
    page = context.new_page()
    size = page.viewport_size
    assert size is not None
    for name, path in chosen:
        page.goto(path, wait_until="networkidle")
        if look.css:
            page.add_style_tag(content=look.css)
        if look.act:
            page.evaluate(look.act)
        context.set_offline(not look.signal)
        if look.whole:
            # A tall screen, not Playwright's full page: that would draw the bar where a short screen has its end.
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": size["width"], "height": max(height, size["height"])})
        page.screenshot(path=folder / f"{name}.png", animations="disabled")
        page.set_viewport_size(size)
        context.set_offline(False)
    context.close()
    return [name for name, _path in chosen]


def contact_sheet(folder: Path, names: list[str]) -> None:
    """Write index.html: the pictures side by side, each under its name."""
    figure = (
        '<figure><a href="{0}.png"><img loading="lazy" src="{0}.png" alt=""></a><figcaption>{0}</figcaption></figure>\n'
    )
    figures = "".join(figure.format(html.escape(name)) for name in names)
    style = (
        "body{font:14px sans-serif;display:flex;flex-wrap:wrap;gap:12px}figure{margin:0;"
        "width:240px}img{width:100%;border:1px solid #999}"
    )
    (folder / "index.html").write_text(
        f"<!DOCTYPE html><title>Pictures</title><style>{style}</style>\n{figures}", "utf-8"
    )


def main(parts: list[str]) -> None:
    """Take the pictures in our languages and in the made-up ones, and say where they are."""
    library = Library.load()
    taken = []
    if chosen := names(library, [language.tag for language in LANGUAGES], parts):
        taken += take(create_app(), chosen, FOLDER)
    if chosen := names(library, made_up.RULES, parts):
        with tempfile.TemporaryDirectory() as catalogues:
            taken += take(made_up.app_with_both(Path(catalogues)), chosen, FOLDER)
    if not taken:
        raise SystemExit(
            f"No picture has {' and '.join(parts)} in its name. A name is <language>-<page>-<look>, such as "
            f"es-talk-dark."
        )
    contact_sheet(FOLDER, sorted(path.stem for path in FOLDER.glob("*.png")))
    print(f"{len(taken)} pictures in {FOLDER.name}/; look at {FOLDER.name}/index.html")


if __name__ == "__main__":
    main(sys.argv[1:])
