"""How a book tells its lines: a line that differs from others only in its words is told as a shape and its pieces.

``<li><p>Call 911.</p></li>`` is the shape ``<li><p>#</p></li>`` with the piece ``Call 911.``. Shapes stand once, all
pieces stand together, and a page is a string of signs, one for each of its lines. So the press (brotli) meets words
beside words and markup beside markup: a sixteenth of a book less on the wire (DECISIONS.md, "The saved book").

The phone puts the lines together again (``unfolded`` and ``leaf`` in static/js/offline/worker.js); whatever comes out is
the page to the byte.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import escape

NEWLINE = "\n"
RAW, ESCAPED, OWN = "\ue000", "\ue001", "\ue002"
"""In a shape: a piece as it is; a piece whose ``& < > " '`` are to be escaped. Anywhere: the page's own address after
its language."""

NEW, AGAIN = "!", "#"
"""Signs of a page: the next shape that no line before had; a line with pieces that stood before, told by its number in
the two characters that follow. Any other sign is a shape that a line before had (``FIRST`` and its number)."""

FIRST = 0x100
DIGIT, DIGITS = 0x23, 57
"""The last digit of a number: the characters between ``"`` and ``\\``, which JSON writes as they are."""

_TAG = re.compile(r"(<svg .*?</svg>|<[^>]*>)")
_ATTRIBUTE = re.compile(
    r' (href|id|content|data-(?:hours|due|step|own|choice|needs|section|w|from|when|word|net))="([^"]+)"'
)
"""What differs from line to line; every other attribute stays in the shape."""
_STRING = re.compile(r'"([^"\\]{8,})"')
_STYLE = "<style"

Split = tuple[str, tuple[str, ...]]
"""The shape of a line, and its pieces."""


@dataclass
class Told:
    """What a book says of its pages."""

    pages: list[str] = field(default_factory=list)
    """The signs of each page, in the order of the pages."""
    shapes: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)


def told_of(leaves: Iterable[tuple[str, str, str]]) -> Told:
    """Return what tells these pages.

    leaves: address, Content-Type and text of each.

    Raises ValueError when a text has one of the characters that mean something here.
    """
    pages = [(kind, _own(address, text).split(NEWLINE)) for address, kind, text in leaves]
    split = _split(pages)
    used = Counter(shape for shape, _pieces in split.values())
    told = Told()
    places: dict[str, int] = {}
    stood: dict[str, int] = {}
    for kind, lines in pages:
        signs = []
        for line in lines:
            shape, pieces = split[line]
            if used[shape] == 1 and not kind.startswith("application/json"):
                shape, pieces = line, ()
            if pieces and line in stood:
                signs.append(AGAIN + _number(stood[line]))
                continue
            if pieces:
                stood[line] = len(stood)
                told.pieces += pieces
            signs.append(chr(FIRST + places[shape]) if shape in places else NEW)
            places.setdefault(shape, len(places))
        told.pages.append("".join(signs))
    told.shapes = list(places)
    return told


def _own(address: str, text: str) -> str:
    """Return a text with the page's own address in other languages told by ``OWN``."""
    if any(sign in text for sign in (RAW, ESCAPED, OWN)):
        raise ValueError(f"{address} has a character that a book needs for itself")
    tail = address[address.find("/", 1) :]
    return re.sub(rf'(?<="/)([a-z-]+){re.escape(tail)}(?=")', rf"\1{OWN}", text) if len(tail) > 1 else text


def _number(number: int) -> str:
    return chr(FIRST + number // DIGITS) + chr(DIGIT + number % DIGITS)


def _split(pages: list[tuple[str, list[str]]]) -> dict[str, Split]:
    """Return the shape and pieces of every line of some pages. In JSON, only what a page says too is a piece."""
    split: dict[str, Split] = {}
    for kind, lines in pages:
        if kind.startswith("text/html"):
            split.update({line: _markup(line) for line in lines if line not in split})
    said = {piece for _shape, pieces in split.values() for piece in pieces}
    for kind, lines in pages:
        is_json = kind.startswith("application/json")
        split.update({line: _data(line, said) if is_json else (line, ()) for line in lines if line not in split})
    return split


def _markup(line: str) -> Split:
    """Return the shape and pieces of a line of HTML: its texts, and the attributes that differ from line to line."""
    if line.startswith(_STYLE):
        return line, ()
    pieces: list[str] = []

    def attribute(found: re.Match[str]) -> str:
        pieces.append(found[2])
        return f' {found[1]}="{RAW}"'

    shape = []
    for place, part in enumerate(_TAG.split(line)):
        if place % 2:
            shape.append(part if part.startswith("<svg") else _ATTRIBUTE.sub(attribute, part))
        elif part:
            plain = html.unescape(part)
            is_plain = str(escape(plain)) == part
            pieces.append(plain if is_plain else part)
            shape.append(ESCAPED if is_plain else RAW)
    return "".join(shape), tuple(pieces)


def _data(line: str, said: set[str]) -> Split:
    pieces: list[str] = []

    def string(found: re.Match[str]) -> str:
        if found[1] not in said:
            return found[0]
        pieces.append(found[1])
        return f'"{RAW}"'

    return _STRING.sub(string, line), tuple(pieces)
