"""The check before a start: every page is printed once, in every language, so that a wrong record cannot take a page
down unseen."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from html import unescape

from flask import Flask, Response, got_request_exception
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import Client

from .library.library import Library
from .web.errors import raised_at

_LINK = re.compile(r'href="(/[^"#?]*)"')
_OF_EACH = 4
"""Pages with a part in their address that no record names (``/en/cards/link/…``) are printed this many times for each
kind of page."""


@dataclass(frozen=True)
class Failure:
    """A page that did not print."""

    address: str
    record: str
    """Kind and id of the page's record, empty for a page that is none."""
    what: str

    def __str__(self) -> str:
        return f"{self.address}{f' ({self.record})' if self.record else ''}: {self.what}"


def pages(app: Flask) -> Iterator[tuple[str, str]]:
    """Yield (address, "kind/id" of its record or nothing) of every page that must print: sections and records, in every
    language."""
    site = app.url_map.bind("localhost")
    library: Library = app.extensions["library"]
    languages = list(app.extensions["translators"])
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        # The saved book: seconds of packing what is printed here anyway.
        made_of_pages = rule.endpoint in ("offline.whole", "offline.core")
        if "GET" in (rule.methods or ()) and rule.arguments <= {"lang", "release"} and not made_of_pages:
            for language in languages if "lang" in rule.arguments else languages[:1]:
                values = {"lang": language, "release": app.config["RELEASE"]}
                yield site.build(rule.endpoint, {name: values[name] for name in rule.arguments}), ""
    for record in library.records.values():
        if library.shown(record):
            for language in languages:
                yield (
                    site.build("permalinks.record", {"lang": language, "code": record.code}),
                    f"{library.kinds[record.id]}/{record.id}",
                )


def failures(app: Flask) -> tuple[int, list[Failure]]:
    """Print every page once, and some of each kind that pages link to. Return how many were printed and what failed."""
    found: list[Failure] = []
    raised: list[BaseException] = []
    seen: set[str] = set()
    of_endpoint: Counter[str] = Counter()
    # Past the page cache, which would compress each page for its readers; nobody reads these.
    client = Client(partial(Flask.wsgi_app, app), Response)

    def keep(sender: Flask, exception: BaseException, **_: object) -> None:
        raised.append(exception)

    with got_request_exception.connected_to(keep, app):
        waiting = list(pages(app))[::-1]
        while waiting:
            address, record = waiting.pop()
            if address in seen:
                continue
            seen.add(address)
            raised.clear()
            answer = client.get(address)
            if answer.status_code != 200 and not 300 <= answer.status_code < 400:
                found.append(Failure(address, record, f"answered {answer.status_code}{_why(raised)}"))
            elif answer.mimetype == "text/html":
                links = {unescape(link) for link in _LINK.findall(answer.get_data(as_text=True))} - seen
                waiting += [(link, "") for link in sorted(links) if _wanted(app, link, of_endpoint)]
    return len(seen), found


def _wanted(app: Flask, address: str, of_endpoint: Counter[str]) -> bool:
    """Whether a link is to be followed: one to a page that nothing else prints, as long as few of its kind were."""
    try:
        rule, values = app.url_map.bind("localhost").match(address, return_rule=True)
    except RequestRedirect:
        return False
    except HTTPException:
        return True  # a link that leads nowhere: its 404 is a failure
    endpoint = str(rule.endpoint)
    if endpoint in ("permalinks.record", "static_files.file") or set(values) <= {"lang", "release"}:
        return endpoint != "static_files.file"
    of_endpoint[endpoint] += 1
    return of_endpoint[endpoint] <= _OF_EACH


def _why(raised: list[BaseException]) -> str:
    """Return the error behind a 500: its type, words, file and line."""
    if not raised:
        return "."
    error = raised[-1]
    return f": {type(error).__name__}: {error} in {raised_at(error)}."
