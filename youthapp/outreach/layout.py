"""The layout: what stands on a card, laid out once as marks (words, bars, a code) that every drawing shows alike.

The rule of the pocket: what is found in a pocket must say nothing. So a face has no name of ours, no topic, no name of
a line; the words are a closed list, the address is a code, and a number stands alone. The bars of the barcode face
encode nothing: a scanner in a store reads no word.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import segno
from reportlab.pdfbase.pdfmetrics import stringWidth

from .formats import FORMATS, MM, Format

QUIET = 4
"""White modules around a code. Measured: on a dark card a code with none does not decode (practice research, section
4.4)."""

LEAST_LETTERS = 4.0
"""The smallest letters of a worker's own line, in points."""

Tone = Literal["ink", "soft", "ground", "cut"]
Face = Literal["words", "bars", "code", "test"]
Anchor = Literal["start", "middle", "end"]
FONTS = {"plain": "Helvetica", "bold": "Helvetica-Bold", "fixed": "Courier-Bold"}


@dataclass(frozen=True)
class Words:
    """A line of text: ``y`` is its baseline, ``width`` what it measures in our fonts."""

    x: float
    y: float
    text: str
    size: float
    font: str = "plain"
    anchor: Anchor = "start"
    tone: Tone = "ink"

    @property
    def width(self) -> float:
        """How wide the words run, in points."""
        return width_of(self.text, self.font, self.size)


@dataclass(frozen=True)
class Bar:
    """A filled box: a bar, a ground, a line to write on."""

    x: float
    y: float
    width: float
    height: float
    tone: Tone = "ink"


@dataclass(frozen=True)
class Code:
    """A square code on white; ``side`` includes the quiet zone."""

    x: float
    y: float
    side: float
    rows: tuple[tuple[bool, ...], ...]

    @property
    def module(self) -> float:
        """The side of one module."""
        return self.side / (len(self.rows) + 2 * QUIET)

    @property
    def symbol(self) -> float:
        """The side of the code without its quiet zone."""
        return self.module * len(self.rows)

    def runs(self) -> list[tuple[int, int, int]]:
        """Return the dark runs as (column, row, length) in modules, the quiet zone counted."""
        found = []
        for y, row in enumerate(self.rows):
            told = "".join("#" if dark else " " for dark in row)
            found += [(match.start() + QUIET, y + QUIET, len(match.group())) for match in re.finditer("#+", told)]
        return found


Mark = Words | Bar | Code


@dataclass(frozen=True)
class PrintCard:
    """One card, ready to be drawn."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    dark: bool = False


@dataclass(frozen=True)
class Sheet:
    """One page of cards: the different cards, where each stands, and the marks of the page itself."""

    width: float
    height: float
    cards: tuple[PrintCard, ...]
    spots: tuple[tuple[float, float, int], ...]
    """(left, top, number of the card in ``cards``)."""
    marks: tuple[Mark, ...] = ()
    paper: str = "letter"

    @property
    def all_marks(self) -> tuple[Mark, ...]:
        """The marks of the page and of each different card."""
        return (*(mark for card in self.cards for mark in card.marks), *self.marks)


@dataclass(frozen=True)
class Order:
    """What a worker asked for. Nothing of it is kept."""

    address: str
    """The whole short address, upper case, as the code holds it."""
    shown: str
    """The short address as people read it."""
    words: tuple[str, ...]
    """What the card says, one entry a language."""
    format: Format = FORMATS["card"]
    face: Face = "words"
    dark: bool = False
    number: str = ""
    """A number that stands alone, without a name."""
    notes: tuple[str, ...] = ()
    """The worker's own lines."""
    rule: bool = False
    """An empty line to write on."""
    issued: str = ""
    """Year and month, so that old cards can be told, counted and taken back."""


def code_for(address: str, level: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of a code: at least version 2 and at least this level; a better one is taken when it costs no
    space."""
    made = segno.make_qr(address, error=level)
    if made.version == 1:
        made = segno.make_qr(address, error=level, version=2)
    return tuple(tuple(bool(cell) for cell in row) for row in made.matrix)


def width_of(text: str, font: str, size: float) -> float:
    """Return the width of a text in points: exact for what our fonts hold, a generous guess for what they do not
    (emoji, other scripts)."""
    total = 0.0
    for letter in text:
        if printable_in_pdf(letter):
            total += stringWidth(letter, FONTS[font], size)
        elif not unicodedata.combining(letter) and unicodedata.category(letter) not in ("Mn", "Cf"):
            total += size * (
                1.3 if unicodedata.east_asian_width(letter) in "WF" or unicodedata.category(letter) == "So" else 0.8
            )
    return total


def printable_in_pdf(text: str) -> bool:
    """Whether the 14 fonts that every PDF reader has hold all of a text. They hold English and Spanish."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def reads_from_right(text: str) -> bool:
    """Whether a text's first strong letter belongs to a script that runs from right to left."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False


def wrapped(text: str, font: str, size: float, width: float, most: int) -> list[tuple[str, float]]:
    """Return a text as at most ``most`` lines that fit a width, each with its size.

    A little smaller on fewer lines is better than a lone word on the next one; much smaller comes last, before a word
    is cut.
    """
    for shrunk, few in [(size, 1), *((size * step, lines) for lines in range(1, most + 1) for step in (1.0, 0.9, 0.8))]:
        if lines := _filled(text, font, shrunk, width, few):
            return [(line, shrunk) for line in lines]
    while size > 0.5:
        size *= 0.94
        if lines := _filled(text, font, size, width, most):
            return [(line, size) for line in lines]
    return [(text, size)]


def _filled(text: str, font: str, size: float, width: float, most: int) -> list[str]:
    """Return the lines of a text when they fit, else none."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", font, size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines if len(lines) <= most and all(width_of(line, font, size) <= width for line in lines) else []


def sheets(orders: Sequence[Order]) -> list[Sheet]:
    """Return the pages for some orders that differ in what they open: all on one page where it holds several cards,
    each in a block of its own so that one cut parts them; else a page for each."""
    form = orders[0].format
    if len(form.spots) < len(orders):
        return [sheet(order) for order in orders]
    return [_together(orders)]


def _together(orders: Sequence[Order]) -> Sheet:
    first = sheet(orders[0])
    cards = tuple(sheet(order).cards[0] for order in orders)
    spots = ((x, y, index * len(cards) // len(first.spots)) for index, (x, y, _) in enumerate(first.spots))
    return replace(first, cards=cards, spots=tuple(spots))


def sheet(order: Order) -> Sheet:
    """Return the page that an order asks for."""
    form = order.format
    marks: list[Mark] = []
    if order.face == "test":
        marks += _rulers(form)
    if form.strips:
        card, strips = _poster(order)
        marks += strips
    else:
        card = _test(form) if order.face == "test" else one_card(order)
    if form.cut:
        marks += _cuts(form)
    return Sheet(*form.page, (card,), tuple((x, y, 0) for x, y in form.spots), tuple(marks), form.paper)


def note_too_small(order: Order) -> bool:
    """Whether a line of the worker's had to become smaller than anyone reads, because it is too long for this card."""
    return any(
        mark.size < LEAST_LETTERS
        for mark in sheet(order).all_marks
        if isinstance(mark, Words) and mark.text and any(mark.text in note for note in order.notes)
    )


def one_card(order: Order) -> PrintCard:
    """Return one card of an order."""
    form = order.format
    width, height = form.card
    marks = _wide(order, width, height) if width > 1.3 * height else _tall(order, width, height)
    if order.dark:
        marks.insert(0, Bar(0, 0, width, height, "ground"))
    return PrintCard(width, height, tuple(marks), order.dark)


def _wide(order: Order, width: float, height: float) -> list[Mark]:
    """The code at the left, words at the right, the address along the bottom."""
    form = order.format
    foot = form.size * 0.95
    room = height - 2 * form.inset - foot
    rows = code_for(order.address, form.level)
    code = Code(form.inset, form.inset, min(room, width * (0.46 if form.key == "micro" else 0.4)), rows)
    marks: list[Mark] = [
        code,
        *_line(order.shown, form.inset, height - form.inset, form.size * 0.9, width - 2 * form.inset, "bold", "start"),
    ]
    left = code.x + code.side + form.inset * 0.8
    across = width - left - form.inset
    blocks = _blocks(order, across, form.size)
    bars = order.face == "bars"
    bars_high = room * 0.38 if bars else 0.0
    tall = sum(size * 1.25 for _, size, *_ in blocks) + (bars_high + form.size * 0.5 if bars else 0)
    if tall > room:
        scale = room / tall
        blocks = [(text, size * scale, *rest) for text, size, *rest in blocks]  # type: ignore[misc]
        bars_high *= scale
        tall = room
    y = form.inset + (room - tall) / 2
    if bars:
        marks += _bars(order.shown, left, y, across, bars_high)
        y += bars_high + form.size * 0.5
    return marks + _stack(blocks, left, y, across, "start")


def _tall(order: Order, width: float, height: float) -> list[Mark]:
    """Words above, the code in the middle, the address and the rest below."""
    form = order.format
    across = width - 2 * form.inset
    blocks = _blocks(order, across, form.size)
    above = [block for block in blocks if block[2] == "bold"]
    below = [block for block in blocks if block[2] != "bold"]
    address = wrapped(order.shown, "bold", form.size * 0.9, across, 1)
    below = [(text, size, "bold", "ink") for text, size in address] + below
    bars_high = height * 0.11 if order.face == "bars" else 0.0
    room = height - 2 * form.inset - bars_high - sum(size * 1.3 for _, size, *_ in [*above, *below]) - form.size * 0.6
    least = form.code_at_least * 1.35
    if room < least:
        scale = max((height - 2 * form.inset - bars_high - least) / (height - 2 * form.inset - bars_high - room), 0.3)
        above = [(text, size * scale, font, tone) for text, size, font, tone in above]
        below = [(text, size * scale, font, tone) for text, size, font, tone in below]
        room = least
    side = min(room, across, width * 0.86)
    if width < 3 * form.code_at_least:  # a sticker: the code may use the inset, since its own quiet zone is white
        side = min(room, width - form.inset)
    code_rows = code_for(order.address, form.level)
    tall = bars_high + sum(size * 1.3 for _, size, *_ in [*above, *below]) + form.size * 0.6 + side
    y = (height - tall) / 2
    marks = _stack(above, width / 2, y, across, "middle", leading=1.3)
    y += sum(size * 1.3 for _, size, *_ in above) + form.size * 0.2
    if bars_high:
        marks += _bars(order.shown, (width - side) / 2, y, side, bars_high * 0.8)
        y += bars_high
    marks.append(Code((width - side) / 2, y, side, code_rows))
    y += side + form.size * 0.2
    return marks + _stack(below, width / 2, y, across, "middle", leading=1.3)


Block = tuple[str, float, str, Tone]


def _blocks(order: Order, width: float, size: float) -> list[Block]:
    """The words of a card from top to bottom: (text, size, font, tone); an empty text is a line to write on."""
    blocks: list[Block] = []
    if order.face == "words":
        blocks += [(line, fit, "bold", "ink") for line, fit in _in_one_size(order.words, "bold", size, width)]
    if order.number:
        fixed = "fixed" if order.face == "bars" else "plain"
        number = re.sub(r"\D", " ", order.number) if order.face == "bars" else order.number
        blocks += [(line, fit, fixed, "ink") for line, fit in wrapped(number, fixed, size * 0.95, width, 1)]
    for note in order.notes:
        blocks += [(line, fit, "plain", "ink") for line, fit in wrapped(note, "plain", size * 0.85, width, 2)]
    if order.rule:
        blocks.append(("", size * 1.5, "plain", "soft"))
    if order.issued:
        told = f"LOT {order.issued.replace('-', '')[2:]}" if order.face == "bars" else order.issued
        blocks.append((told, size * 0.55, "fixed" if order.face == "bars" else "plain", "soft"))
    return blocks


def _in_one_size(texts: Sequence[str], font: str, size: float, width: float) -> list[tuple[str, float]]:
    """Return the lines of the same words in several languages, all in the size of the longest: no language is the
    small print of another."""
    most = size * (1.0 if len(texts) > 1 else 1.15)
    fits = min((fit for text in texts for _, fit in wrapped(text, font, most, width, 3)), default=most)
    return [(line, fits) for text in texts for line in _filled(text, font, fits, width, 3) or [text]]


def _stack(blocks: list[Block], x: float, y: float, width: float, anchor: Anchor, leading: float = 1.25) -> list[Mark]:
    marks: list[Mark] = []
    for text, size, font, tone in blocks:
        y += size * leading
        base = y - size * (leading - 1) - size * 0.22
        if text:
            marks.append(Words(x, base, text, size, font, anchor, tone))
        else:
            long = width * (1 if anchor == "start" else 0.8)
            marks.append(Bar(x if anchor == "start" else x - long / 2, base, long, 0.6, "ink"))
    return marks


def _line(text: str, x: float, y: float, size: float, width: float, font: str, anchor: Anchor) -> list[Mark]:
    return [Words(x, y, line, fit, font, anchor) for line, fit in wrapped(text, font, size, width, 1)]


def _bars(seed: str, x: float, y: float, width: float, height: float) -> list[Mark]:
    """Bars that look like a label's and mean nothing: their widths come from a hash, in no barcode's alphabet (there is
    no start or stop sign)."""
    widths = [1 + byte % 4 for byte in hashlib.sha256(seed.encode()).digest() * 2][:63]
    unit = width / sum(widths)
    marks: list[Mark] = []
    for index, wide in enumerate(widths):
        if index % 2 == 0:
            marks.append(Bar(x, y, wide * unit, height))
        x += wide * unit
    return marks


def _poster(order: Order) -> tuple[PrintCard, list[Mark]]:
    """A letter sheet: the upper part to read from afar, strips with a code each along the bottom."""
    form = order.format
    width, height = form.page
    margin, high = 18.0, 172.0
    marks = list(_test(form).marks) if order.face == "test" else _tall(order, width, height - high)
    each = (width - 2 * margin) / form.strips
    rows = code_for(order.address, "m")
    strips: list[Mark] = [Bar(margin, height - high, width - 2 * margin, 0.5, "cut")]
    for index in range(form.strips):
        left = margin + index * each
        if index:
            strips += [Bar(left, height - high + dash, 0.5, 4, "cut") for dash in range(0, int(high) - 8, 8)]
        if order.face == "test":
            continue
        side = each - 4
        top = height - high + 26
        middle = left + each / 2
        if order.face == "words" and order.words:
            strips += [
                Words(middle, top - 8, line, size, "plain", "middle")
                for line, size in wrapped(order.words[index % len(order.words)], "plain", 7, each - 6, 1)
            ]
        strips.append(Code(left + 2, top, side, rows))
        y = top + side + 8
        told = [
            (order.shown, "bold", 8.0),
            (order.number, "plain", 8.0),
            *((note, "plain", 7.0) for note in order.notes),
        ]
        lines = [(line, fit, font) for text, font, size in told for line, fit in wrapped(text, font, size, each - 6, 2)]
        smaller = min(1.0, (height - 4 - y) / sum(fit * 1.25 for _, fit, _ in lines))
        for line, fit, font in lines:
            strips.append(Words(middle, y, line, fit * smaller, font, "middle"))
            y += fit * smaller * 1.25
    if order.dark and order.face != "test":
        marks.insert(0, Bar(0, 0, width, height - high, "ground"))
    return PrintCard(width, height, tuple(marks), order.dark), strips


def _test(form: Format) -> PrintCard:
    """The outline of a card, with a cross in its middle: printed once to see whether the printer keeps the size."""
    width, height = form.card
    line = 0.5
    box = (
        Bar(0, 0, width, line),
        Bar(0, height - line, width, line),
        Bar(0, 0, line, height),
        Bar(width - line, 0, line, height),
    )
    cross = (Bar(width / 2 - 6, height / 2, 12, line), Bar(width / 2, height / 2 - 6, line, 12))
    return PrintCard(width, height, box + cross)


def _rulers(form: Format) -> list[Mark]:
    """A ruler of 50 mm and one of 2 in near the middle of the page's first card: if they measure right, the sheet
    will."""
    x, y = form.left + 8, form.top + form.card[1] / 2 + 14
    long = min(50 * MM, form.page[0] - x - 20)
    marks: list[Mark] = [Bar(x, y, long, 0.7)]
    marks += [Bar(x + step * 10 * MM, y - 4, 0.7, 8) for step in range(int(long // (10 * MM)) + 1)]
    marks.append(Words(x, y + 11, f"{round(long / MM)} mm", 7))
    return marks


def _cuts(form: Format) -> list[Mark]:
    """Short marks at the paper's edges, outside every card, where a blade or a ruler goes."""
    width, height = form.page
    right, bottom = form.left + form.across * form.card[0], form.top + form.down * form.card[1]
    long = 7.0
    beside = min(long, form.left - 3.5)
    marks: list[Mark] = []
    for column in range(form.across + 1):
        x = form.left + column * form.card[0] - 0.25
        if form.top > long:
            marks += [Bar(x, form.top - long - 3, 0.5, long, "cut"), Bar(x, bottom + 3, 0.5, long, "cut")]
        elif 0 < column < form.across:
            marks += [
                Bar(x, 9, 0.5, long, "cut"),
                Bar(x, height / 2 - long / 2, 0.5, long, "cut"),
                Bar(x, height - 9 - long, 0.5, long, "cut"),
            ]
    for row in range(form.down + 1):
        y = form.top + row * form.card[1] - 0.25
        if form.left > long:
            marks += [Bar(form.left - beside - 3, y, beside, 0.5, "cut"), Bar(right + 3, y, beside, 0.5, "cut")]
        elif not form.left and 0 < row < form.down:
            marks += [
                Bar(9, y, long, 0.5, "cut"),
                Bar(width / 2 - long / 2, y, long, 0.5, "cut"),
                Bar(width - 9 - long, y, long, 0.5, "cut"),
            ]
    return marks
