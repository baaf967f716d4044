"""How long pages are on a phone, and how far down the first button stands: ``python -m tests.bench length``.

A screen is what a hand sees of a page on a phone of 360 by 640 without the bar (and a page ends where ``#page`` ends:
the footer is left out). Folded parts count as the reader meets them, folded. Fonts are those of this machine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from flask import Flask
from playwright.sync_api import Page, sync_playwright

from tests.conftest import CHROMIUM_ARGS, PHONE, chromium_path
from tests.i18n.made_up import served
from youthapp import create_app
from youthapp.i18n.languages import LANGUAGES

KINDS = {"guides": ("now",), "cards": ("tips", "rights")}

JOURNEYS = {
    "condom broke": "condom-broke", "they say I owe": "say-i-owe", "friend won't wake": "took-too-much",
    "no bed": "no-place-tonight", "want to die": "want-to-die", "pictures": "picture-shared", "went back": "went-back",
    "work tonight": "work-tonight", "has my ID": "has-my-papers", "trans health": "talk-lgbtq",
    "pregnant": "might-be-pregnant", "police": "police-stopped-me", "a line": "lifeline-988",
    "a reason": "talk-used", "forced": "forced", "neck": "hurt-or-neck",
    "text, chat, call": "/talk", "something happened": "/now",
}  # fmt: skip
"""Eighteen ways that readers come: name -> id of a record, or the rest of an address."""

MEASURE = """() => {
  const main = document.getElementById('page');
  const seen = innerHeight - document.querySelector('.bar').getBoundingClientRect().height;
  const useful = 'a.go, a[href^="tel:"], a[href^="sms:"], main a[rel], a.tile, a.round';
  const shown = [...main.querySelectorAll(useful)].filter(a => a.getClientRects().length);
  const bottoms = shown.map(a => a.getBoundingClientRect().bottom + scrollY);
  return {
    screens: (main.getBoundingClientRect().bottom + scrollY) / seen,
    words: main.innerText.split(/\\s+/).length,
    button: bottoms.length ? Math.min(...bottoms) : 1e9,
    seen,
  };
}"""


@dataclass(frozen=True)
class Length:
    """A page as a hand meets it. ``button`` is where the first button ends, in CSS pixels from the top of the page."""

    screens: float
    words: int
    button: float
    seen: float

    @property
    def at_once(self) -> bool:
        """Whether a whole button stands on the first screen."""
        return self.button <= self.seen


def lengths(page: Page, paths: list[str]) -> list[Length]:
    """Return the length of each page at the paths."""
    found = []
    for path in paths:
        page.goto(path)
        found.append(Length(**page.evaluate(MEASURE)))
    return found


def paths(app: Flask, kinds: tuple[str, ...], tag: str) -> list[str]:
    """Return the addresses of the records of some kinds in a language."""
    library = app.extensions["library"]
    return [f"/{tag}/{record.code}" for kind in kinds for record in library.of_kind(kind) if library.shown(record)]


def journey(app: Flask, tag: str, where: str) -> str:
    """Return the address of a way that readers come."""
    return f"/{tag}{where}" if where.startswith("/") else f"/{tag}/{app.extensions['library'].get(where).code}"


def rows() -> list[str]:
    """Return median screens and words of guides and cards, how many show a button at once, and the journeys."""
    app = create_app()
    with served(app) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(CHROMIUM_ARGS))
        page = browser.new_context(**PHONE, base_url=address).new_page()
        told = [row for language in LANGUAGES for row in _rows(app, page, language.tag)]
        browser.close()
    return told


def _rows(app: Flask, page: Page, tag: str) -> Iterator[str]:
    for name, kinds in KINDS.items():
        found = lengths(page, paths(app, kinds, tag))
        yield (
            f"{tag} {name}: {len(found)} pages, median {median(length.screens for length in found):.1f} "
            f"screens, {median(length.words for length in found):.0f} words; "
            f"a button at once on {sum(length.at_once for length in found)}"
        )
    first = lengths(page, [journey(app, tag, where) for where in JOURNEYS.values()])
    told = ", ".join(f"{name} {length.button:.0f}" for name, length in zip(JOURNEYS, first, strict=True))
    yield f"{tag} journeys: a button at once on {sum(one.at_once for one in first)} of {len(first)} ({told})"
