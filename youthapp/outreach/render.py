"""Three pens for the same marks: SVG for the preview and the print page, PDF, and PNG for a message."""

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from .layout import FONTS, Bar, Code, Mark, PrintCard, Sheet, Words, code_for, printable_in_pdf, reads_from_right

_INK = {"ink": "#111111", "soft": "#444444", "ground": "#12161d", "cut": "#999999"}
_INK_ON_DARK = {**_INK, "ink": "#f5efe4", "soft": "#c3c8d2"}
# Faces that every phone and laptop has, the first being the one whose widths we know.
_FAMILIES = {
    "plain": "Helvetica, Arial, Liberation Sans, sans-serif",
    "bold": "Helvetica, Arial, Liberation Sans, sans-serif",
    "fixed": "Courier, Courier New, Liberation Mono, monospace",
}
PIXELS = 3
"""Pixels to a point of the phone-screen picture: 1080 x 1920."""
_SMALL_CARD = 300
"""Points; a narrower card has twice as many pixels to a point, so that its picture is sharp when a shop prints it."""


def _named(label: str) -> str:
    """Return what names a picture for a screen reader; without a label it is left to what stands around it."""
    return f'role="img" aria-label={quoteattr(label)}' if label else 'aria-hidden="true"'


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _svg_mark(mark: Mark, inks: dict[str, str]) -> str:
    if isinstance(mark, Bar):
        return (
            f'<rect x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.width)}" height="{_n(mark.height)}" '
            f'fill="{inks[mark.tone]}"/>'
        )
    if isinstance(mark, Code):
        path = "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in mark.runs())
        return (
            f'<rect x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.side)}" height="{_n(mark.side)}" fill="#fff"/>'
            f'<path transform="translate({_n(mark.x)} {_n(mark.y)}) scale({mark.module:.5f})" d="{path}" fill="#000" '
            f'shape-rendering="crispEdges"/>'
        )
    more = ' font-weight="700"' if mark.font in ("bold", "fixed") else ""
    anchor = mark.anchor
    if reads_from_right(mark.text):
        # In a right-to-left text "start" is the right end: say "end" to keep it at the left of the room it was given.
        anchor = {"start": "end", "end": "start", "middle": "middle"}[anchor]  # type: ignore[assignment]
        more += ' direction="rtl"'
    if printable_in_pdf(mark.text):
        # The width that was reckoned with, whatever font the phone puts in.
        more += f' textLength="{_n(mark.width)}" lengthAdjust="spacingAndGlyphs"'
    return (
        f'<text x="{_n(mark.x)}" y="{_n(mark.y)}" font-size="{_n(mark.size)}" font-family="{_FAMILIES[mark.font]}" '
        f'text-anchor="{anchor}" fill="{inks[mark.tone]}"{more}>{escape(mark.text)}</text>'
    )


def svg_card(card: PrintCard, label: str, *, alone: bool = False) -> str:
    """Return one card as an SVG picture; ``alone``: as a file of its own."""
    inks = _INK_ON_DARK if card.dark else _INK
    scale = _pixels(card)
    size = f' width="{_n(card.width * scale)}" height="{_n(card.height * scale)}"' if alone else ""
    body = "".join(_svg_mark(mark, inks) for mark in card.marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="paper" direction="ltr" viewBox="0 0 {_n(card.width)} '
        f'{_n(card.height)}"{size} {_named(label)}><rect width="{_n(card.width)}" height="{_n(card.height)}" '
        f'fill="#fff"/>{body}</svg>'
    )


def svg_code(text: str, label: str) -> str:
    """Return the square code of a text as an SVG picture, to be shown on a screen or placed on paper."""
    return svg_card(PrintCard(100, 100, (Code(0, 0, 100, code_for(text, "m")),)), label)


def _svg_once(card: PrintCard, name: str) -> str:
    """Return a card to be placed by its name. The clip keeps its words off its neighbour, whatever font the phone puts
    in."""
    inks = _INK_ON_DARK if card.dark else _INK
    marks = "".join(_svg_mark(mark, inks) for mark in card.marks)
    return (
        f'<defs><clipPath id="{name}-edge"><rect width="{_n(card.width)}" height="{_n(card.height)}"/></clipPath><g '
        f'id="{name}" clip-path="url(#{name}-edge)">{marks}</g></defs>'
    )


def svg_sheet(sheet: Sheet, label: str, *, exact: bool = False, name: str = "one", drawn: bool = False) -> str:
    """Return a page of cards as SVG.

    exact: with the paper's real size, for the print page; else as wide as the room it stands in.
    drawn: the cards were drawn before on the same page under this name, and are only placed again.
    """
    card = "" if drawn else "".join(_svg_once(card, f"{name}{number}") for number, card in enumerate(sheet.cards))
    placed = "".join(f'<use href="#{name}{number}" x="{_n(x)}" y="{_n(y)}"/>' for x, y, number in sheet.spots)
    marks = "".join(_svg_mark(mark, _INK) for mark in sheet.marks)
    size = f' width="{_n(sheet.width / 72)}in" height="{_n(sheet.height / 72)}in"' if exact else ""
    return (
        f'<svg class="paper" direction="ltr" viewBox="0 0 {_n(sheet.width)} {_n(sheet.height)}"{size} '
        f'{_named(label)}><rect width="{_n(sheet.width)}" height="{_n(sheet.height)}" '
        f'fill="#fff"/>{card}{placed}{marks}</svg>'
    )


def pdf(sheets: Sequence[Sheet], pages: int) -> bytes:
    """Return a PDF of some pages, each as often as asked. It names no maker and no time: the same order gives the same
    bytes.

    Each card is drawn once, each page is put together once, and both are placed again, so that twenty pages cost hardly
    more than one. Raises ValueError when the fonts lack a letter.
    """
    if lacking := [
        mark.text
        for sheet in sheets
        for mark in sheet.all_marks
        if isinstance(mark, Words) and not printable_in_pdf(mark.text)
    ]:
        raise ValueError(f"letters that the fonts lack: {lacking[0]!r}")
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(sheets[0].width, sheets[0].height), invariant=1, pageCompression=1)
    canvas.setTitle("cards")
    canvas.setAuthor("")
    canvas.setCreator("")
    canvas.setProducer("")
    for number, sheet in enumerate(sheets):
        _pdf_page(canvas, sheet, f"page{number}")
    for number in range(len(sheets)):
        for _ in range(pages):
            canvas.doForm(f"page{number}")
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _pdf_page(canvas: Canvas, sheet: Sheet, name: str) -> None:
    """Put a page together under a name, without showing it."""
    for number, card in enumerate(sheet.cards):
        canvas.beginForm(f"{name}-card{number}", 0, 0, card.width, card.height)
        for mark in card.marks:
            _pdf_mark(canvas, mark, card.height, _INK_ON_DARK if card.dark else _INK)
        canvas.endForm()
    canvas.beginForm(name, 0, 0, sheet.width, sheet.height)
    for x, y, number in sheet.spots:
        canvas.saveState()
        canvas.translate(x, sheet.height - y - sheet.cards[number].height)
        canvas.doForm(f"{name}-card{number}")
        canvas.restoreState()
    for mark in sheet.marks:
        _pdf_mark(canvas, mark, sheet.height, _INK)
    canvas.endForm()


def _pdf_mark(canvas: Canvas, mark: Mark, height: float, inks: dict[str, str]) -> None:
    if isinstance(mark, Bar):
        canvas.setFillColor(inks[mark.tone])
        canvas.rect(mark.x, height - mark.y - mark.height, mark.width, mark.height, stroke=0, fill=1)
    elif isinstance(mark, Code):
        canvas.setFillColor("#ffffff")
        canvas.rect(mark.x, height - mark.y - mark.side, mark.side, mark.side, stroke=0, fill=1)
        canvas.setFillColor("#000000")
        path = canvas.beginPath()
        unit = mark.module
        for x, y, length in mark.runs():
            path.rect(mark.x + x * unit, height - mark.y - (y + 1) * unit, length * unit, unit)
        canvas.drawPath(path, stroke=0, fill=1)
    else:
        canvas.setFillColor(inks[mark.tone])
        canvas.setFont(FONTS[mark.font], mark.size)
        draw = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}[
            mark.anchor
        ]
        draw(mark.x, height - mark.y, mark.text)


def _pixels(card: PrintCard) -> int:
    return PIXELS if card.width >= _SMALL_CARD else 2 * PIXELS


@cache
def _letters(bold: bool, pixels: int) -> ImageFont.FreeTypeFont:
    # Bitstream Vera comes with the PDF library (free to use and pass on) and holds the same letters as the PDF's own
    # fonts.
    folder = Path(reportlab.__file__).parent / "fonts"
    return ImageFont.truetype(str(folder / ("VeraBd.ttf" if bold else "Vera.ttf")), pixels)


def png(card: PrintCard) -> bytes:
    """Return one card as a PNG picture, each module a whole number of pixels. Raises ValueError as ``pdf`` does."""
    if lacking := [mark.text for mark in card.marks if isinstance(mark, Words) and not printable_in_pdf(mark.text)]:
        raise ValueError(f"letters that the fonts lack: {lacking[0]!r}")
    inks, scale = (_INK_ON_DARK if card.dark else _INK), _pixels(card)
    image = Image.new("RGB", (round(card.width * scale), round(card.height * scale)), "#ffffff")
    pen = ImageDraw.Draw(image)
    for mark in card.marks:
        if isinstance(mark, Bar):
            box = [
                mark.x * scale,
                mark.y * scale,
                (mark.x + mark.width) * scale - 1,
                (mark.y + mark.height) * scale - 1,
            ]
            pen.rectangle(
                [round(value) for value in box[:2]]
                + [max(round(box[2]), round(box[0])), max(round(box[3]), round(box[1]))],
                fill=inks[mark.tone],
            )
        elif isinstance(mark, Code):
            _png_code(pen, mark, scale)
        else:
            # Vera runs wider than Helvetica: the size is taken back until the words keep the width that was reckoned
            # with.
            pixels = round(mark.size * scale)
            while pixels > 6 and pen.textlength(mark.text, _letters(mark.font != "plain", pixels)) > mark.width * scale:
                pixels -= 1
            pen.text(
                (mark.x * scale, mark.y * scale),
                mark.text,
                fill=inks[mark.tone],
                font=_letters(mark.font != "plain", pixels),
                anchor={"start": "ls", "middle": "ms", "end": "rs"}[mark.anchor],
            )
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _png_code(pen: ImageDraw.ImageDraw, mark: Code, scale: int) -> None:
    unit = int(mark.module * scale)
    across = unit * round(mark.side / mark.module)
    left = round((mark.x + mark.side / 2) * scale - across / 2)
    top = round((mark.y + mark.side / 2) * scale - across / 2)
    pen.rectangle([left, top, left + across - 1, top + across - 1], fill="#ffffff")
    for x, y, length in mark.runs():
        pen.rectangle(
            [left + x * unit, top + y * unit, left + (x + length) * unit - 1, top + (y + 1) * unit - 1], fill="#000000"
        )
