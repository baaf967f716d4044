"""What a code or a name of somebody else's taxonomy means to us (content/place_kinds.toml)."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from ..library.library import CONTENT

SECRET, NONE = "secret", "none"


class Kinds(NamedTuple):
    """The kinds of a row, and whether its place must never be told."""

    kinds: tuple[str, ...]
    secret: bool


@cache
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads((CONTENT / "place_kinds.toml").read_text("utf-8"))


def offered() -> dict[str, list[str]]:
    """Return id of a guide, need, card or reason -> the kinds of places that fit it, the most fitting first."""
    return _table()["offered"]


def asked(language: str) -> dict[str, list[str]]:
    """Return kind, "near" and "county" -> how a reader asks for it in a language; nothing where nobody wrote it."""
    told: dict[str, Any] = _table()["asked"]
    return dict(told.get(language, {}))


def short_names() -> dict[str, list[str]]:
    """Return id of a county -> its short names."""
    return _table()["short"]


def lines_beside() -> dict[str, list[str]]:
    """Return kind -> ids of the lines that are shown beside its places."""
    return _table()["lines"]


def of_codes(codes: Iterable[str]) -> Kinds:
    """Return the kinds of some taxonomy codes: for each the longest code of ours that it begins with."""
    known = {code: kind for kind, listed in _table()["codes"].items() for code in listed}
    found = []
    for code in (code.strip().upper() for code in codes):
        fitting = max(
            (mine for mine in known if code == mine or code.startswith((f"{mine}.", f"{mine}-"))), key=len, default=""
        )
        if fitting:
            found.append(known[fitting])
    return _kinds(found)


def of_names(names: Iterable[str]) -> Kinds:
    """Return the kinds of some names (of a taxonomy term, of a service)."""
    found = []
    for name in (" ".join(name.casefold().split()) for name in names):
        found += [
            kind
            for kind, listed in _table()["names"].items()
            if any(re.search(rf"\b{re.escape(word)}", name) for word in listed)
        ]
    return _kinds(found)


def joined(*each: Kinds) -> Kinds:
    """Return the kinds of several sources together; one that is secret makes the whole secret."""
    kinds = tuple(dict.fromkeys(kind for one in each for kind in one.kinds))
    return Kinds(kinds, any(one.secret for one in each))


def _kinds(found: list[str]) -> Kinds:
    secret = SECRET in found
    kinds = tuple(dict.fromkeys(kind for kind in found if kind not in (SECRET, NONE)))
    # A secret place is one that takes people in: without another kind it has beds.
    return Kinds(kinds or (("bed",) if secret else ()), secret)
