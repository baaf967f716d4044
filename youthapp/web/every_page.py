"""For what takes every page at once (the saved book, the export): a page that is broken is named, and never left
out."""

import contextvars
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask

from .page_cache import CachedResponse, PageCache

V = TypeVar("V", bound=Callable[..., Any])

NEEDS_SERVER = "needs_server"
"""Attribute of a view whose page is of no use without the server: an export has a page in its place that says so."""


class BrokenPage(RuntimeError):
    """A page that must be there is answered with an error."""

    def __init__(self, address: str, status: int) -> None:
        self.address, self.status = address, status
        super().__init__(f"{address}: the app answers {status}")


def needs_server(view: V) -> V:
    """Decorate a view whose page ends in a form that only the server can answer."""
    setattr(view, NEEDS_SERVER, True)
    return view


def copy_of(app: Flask, address: str) -> CachedResponse | None:
    """Return what every reader gets at an address; None where the answer hangs on the reader, such as a redirect.

    Raises BrokenPage where the app answers with an error: what asks for every page must not go on without one.
    """
    cache: PageCache = app.extensions["page_cache"]
    found = cache.get(address)
    if found is None and (status := status_of(app, address)) >= 400:
        raise BrokenPage(address, status)
    return found


def status_of(app: Flask, address: str) -> int:
    """Return the status that the app answers an address with."""
    # A context of its own: this may be asked inside a request, whose language must not become the page's.
    return contextvars.Context().run(lambda: app.test_client().get(address).status_code)
