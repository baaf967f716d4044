"""What a code or a name of somebody else's taxonomy means to us (content/place_kinds.toml)."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..library.place_tables import NONE, SECRET, place_kinds


class Kinds(NamedTuple):
    """The kinds of a row, and whether its place must never be told."""

    kinds: tuple[str, ...]
    secret: bool


def of_codes(codes: Iterable[str]) -> Kinds:
    """Return the kinds of some taxonomy codes: for each the longest code of ours that it begins with."""
    known = {code: kind for kind, listed in place_kinds().codes.items() for code in listed}
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
            for kind, listed in place_kinds().names.items()
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
