"""A kit for a stick: one zip with the whole site for a server, and its pages once more, to be opened from files without
one.

Browsers allow a page from a file little: no address from the root, no module script, no stored data that another page
sees. So the pages in ``pages/`` have relative links and no script. They can be read; what needs a script (asking, the
plan, keeping) they cannot do, and say so.
"""

import html
import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from flask import Flask, g
from flask_babel import format_date
from flask_babel import gettext as _

from ..i18n.languages import Language
from .crawl import files
from .site import Leaf, Site

PAGES, SITE, START = "pages", "site", "START-HERE"

_POLICY = "default-src 'none'; style-src 'unsafe-inline' file:; img-src file:; form-action https:; base-uri 'none'"
"""What a page from a file may load: its styles and pictures from the stick, and nothing from anywhere else."""

_SCRIPT = re.compile(r"<script\b[^>]*></script>\n?|<link rel=\"(?:manifest|modulepreload|preload)\"[^>]*>\n?")
_FORGET = re.compile(r'<form method="post" action="[^"]*"')
_ADDRESS = re.compile(r'(?<= )(href|src|action)="(/[^"#]*)(#[^"]*)?"')
_MAIN = re.compile(r"(<main\b[^>]*>)")


def write(app: Flask, site: Site, target: Path) -> int:
    """Write the kit and return how many pages can be opened from it. The same site gives the same bytes.

    Raises FileExistsError when there is something at the target.
    """
    if target.exists():
        raise FileExistsError(f"There is something at {target} already. Name a new file.")
    pages = dict(_pages(app, site))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
        for name, body in {
            **_start(app, site),
            **pages,
            **{f"{SITE}/{name}": body for name, body in files(site)},
        }.items():
            _put(out, name, body, site.day)
    return sum(name.endswith(".html") for name in pages)


def _put(out: zipfile.ZipFile, name: str, body: bytes, day: date) -> None:
    entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.external_attr = 0o644 << 16
    # What is compressed already is stored as it is.
    entry.compress_type = zipfile.ZIP_STORED if name.endswith((".br", ".gz", ".png")) else zipfile.ZIP_DEFLATED
    out.writestr(entry, body)


def _pages(app: Flask, site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield (name, bytes) of every page with relative links, and of the styles and pictures that they name."""
    by_address = {leaf.address: leaf for leaf in site.leaves}
    for leaf in site.leaves:
        if leaf.copy.content_type.startswith("text/html"):
            yield f"{PAGES}/{leaf.file}", _from_a_file(app, site, leaf, by_address).encode()
        elif leaf.address.startswith("/static/") and leaf.ending in (".css", ".svg", ".png"):
            yield f"{PAGES}/{leaf.file}", leaf.copy.body


def _from_a_file(app: Flask, site: Site, leaf: Leaf, by_address: dict[str, Leaf]) -> str:
    """Return a page as it works without a server."""
    language = leaf.address.split("/")[1] if leaf.address.count("/") > 1 else site.languages[0]
    here = posixpath.dirname(leaf.file)

    def relative(file: str) -> str:
        return posixpath.relpath(file, here or ".")

    def linked(match: re.Match[str]) -> str:
        name, address, anchor = match.groups()
        found = by_address.get(html.unescape(address))
        if found is None:
            below = "/" + address[1:].partition("/")[2]
            path = site.stand_in if below.startswith(site.needs_server) else site.short.get(address.lower(), "/")
            found = by_address[f"/{language}{path}"]
        return f'{name}="{relative(found.file)}{anchor or ""}"'

    text = _SCRIPT.sub("", leaf.copy.body.decode())
    # Nothing is kept here that Forget could take: what its button does at the end is left.
    away = re.search(r'data-exit href="([^"]*)"', text)
    text = _FORGET.sub(f'<form method="get" action="{away.group(1) if away else ""}"', text)
    text = _ADDRESS.sub(linked, text)
    text = text.replace("<head>\n", f'<head>\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n', 1)
    return _MAIN.sub(
        lambda match: f"{match.group()}\n{_note(app, language, relative(f'../{START}.html'))}", text, count=1
    )


def _note(app: Flask, language: str, start: str) -> str:
    """Return the line on top of every page from a file."""
    with _speaking(app, language):
        said = html.escape(_("This page is from a stick. It can be read. Buttons that keep or search do nothing here."))
        return f'<p class="small soft">{said} <a href="{start}#{language}">{html.escape(_("Start here"))}</a></p>'


@contextmanager
def _speaking(app: Flask, tag: str) -> Iterator[None]:
    languages: dict[str, Language] = app.extensions["languages"]
    with app.test_request_context():
        g.language = languages[tag]
        yield


def _start(app: Flask, site: Site) -> dict[str, bytes]:
    """Return START-HERE as a text and as a page, each in every language."""
    told = {}
    for tag in site.languages:
        with _speaking(app, tag):
            told[tag] = list(_told(app, site, tag))
    plain = "\n\n\n".join(
        "\n\n".join(part for heading, lines in parts for part in (heading.upper(), *lines)) for parts in told.values()
    )
    sections = "\n".join(
        f'<section lang="{code}" id="{code}">\n'
        + "\n".join(_section(*part, link=f"{PAGES}/{code}/index.html") for part in parts)
        + "\n</section>"
        for code, parts in told.items()
    )
    page = f"""<!DOCTYPE html>
<html lang="{site.languages[0]}">
<head>
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(app.config["SETTINGS"].name)}</title>
<style>body {{ max-width: 40em; margin: 0 auto; padding: 1em; font: 1.1em/1.5 sans-serif }} a {{ display: inline-block; padding: .7em 0 }}</style>
</head>
<body>
{sections}
</body>
</html>
"""
    return {f"{START}.txt": (plain + "\n").encode("utf-8-sig").replace(b"\n", b"\r\n"), f"{START}.html": page.encode()}


def _section(heading: str, lines: list[str], *, link: str) -> str:
    paragraphs = "\n".join(f"<p>{html.escape(line)}</p>" for line in lines)
    shown = paragraphs.replace(html.escape(link), f'<a href="{link}">{html.escape(link)}</a>')
    return f"<h2>{html.escape(heading)}</h2>\n{shown}"


def _told(app: Flask, site: Site, language: str) -> Iterator[tuple[str, list[str]]]:
    """Yield (heading, paragraphs) of START-HERE in the language that is set."""
    day = format_date(site.day, "long")
    first = f"{PAGES}/{language}/index.html"
    yield (
        _("Start here"),
        [
            _("A copy of %(name)s, made on %(day)s.", name=app.config["SETTINGS"].name, day=day),
            _("To read with no internet, on a computer, open this file in a browser: %(file)s", file=first),
        ],
    )
    yield (
        _("What works from files"),
        [
            _(
                "Every page can be read, in both languages. Links lead from page to page. The square codes can be "
                "scanned."
            ),
            _(
                "Booklets, the meeting sheet, the training pages and what to say can be printed, with the browser’s own "
                "print."
            ),
            _("Exit opens another website. That needs internet. Without it, close the window."),
        ],
    )
    yield (
        _("What does not work from files"),
        [
            _(
                "Browsers do not let pages from files do these things: Ask, My plan, keeping pages, Listen. Cards "
                "cannot be made."
            ),
            _("Phones were not tried. Many open no page from a stick, or one page without its links."),
        ],
    )
    yield from _told_of_keeping()


def _told_of_keeping() -> Iterator[tuple[str, list[str]]]:
    """Yield (heading, paragraphs) of START-HERE about having the copy: who can see it, its age, and serving it."""
    yield (
        _("Who can see it"),
        [
            _(
                "The browser’s history keeps the name of each file that was opened. The names are codes and plain "
                "words, not topics."
            ),
            _("On a computer that others use, open a private window first, and close it after."),
            _("Whoever finds the stick can read all of it."),
        ],
    )
    yield (
        _("It gets old"),
        [
            _(
                "Numbers and laws change. This copy does not. Each page says when its facts were checked; take a new "
                "copy at least every three months."
            ),
        ],
    )
    yield (
        _("The folder “site”"),
        [
            _(
                "It is the whole site for a web server: the files nginx.conf and Caddyfile in it say how. Served that "
                "way, everything works but making cards."
            ),
        ],
    )
