"""Three pens for the same marks: SVG for the preview and the print page, PDF, and PNG for a message."""

import io
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from .layout import FONTS, Bar, Code, Drawing, Mark, Sheet, Words, printable_in_pdf, reads_from_right

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


def svg_card(card: Drawing, label: str, *, alone: bool = False) -> str:
    """Return one card as an SVG picture; ``alone``: as a file of its own."""
    inks = _INK_ON_DARK if card.dark else _INK
    size = f' width="{_n(card.width * PIXELS)}" height="{_n(card.height * PIXELS)}"' if alone else ""
    body = "".join(_svg_mark(mark, inks) for mark in card.marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="paper" direction="ltr" viewBox="0 0 {_n(card.width)} '
        f'{_n(card.height)}"{size} {_named(label)}><rect width="{_n(card.width)}" height="{_n(card.height)}" '
        f'fill="#fff"/>{body}</svg>'
    )


def svg_sheet(sheet: Sheet, label: str, *, exact: bool = False, name: str = "one", drawn: bool = False) -> str:
    """Return a page of cards as SVG.

    exact: with the paper's real size, for the print page; else as wide as the room it stands in.
    drawn: the card was drawn before on the same page under this name, and is only placed again.
    """
    inks = _INK_ON_DARK if sheet.card.dark else _INK
    width, height = sheet.card.width, sheet.card.height
    once = "".join(_svg_mark(mark, inks) for mark in sheet.card.marks)
    # The clip keeps a card's words off its neighbour, whatever font the phone puts in.
    card = (
        ""
        if drawn
        else (
            f'<defs><clipPath id="{name}-edge"><rect width="{_n(width)}" height="{_n(height)}"/></clipPath><g '
            f'id="{name}" clip-path="url(#{name}-edge)">{once}</g></defs>'
        )
    )
    placed = "".join(f'<use href="#{name}" x="{_n(x)}" y="{_n(y)}"/>' for x, y in sheet.spots)
    marks = "".join(_svg_mark(mark, _INK) for mark in sheet.marks)
    size = f' width="{_n(sheet.width / 72)}in" height="{_n(sheet.height / 72)}in"' if exact else ""
    return (
        f'<svg class="paper" direction="ltr" viewBox="0 0 {_n(sheet.width)} {_n(sheet.height)}"{size} '
        f'{_named(label)}><rect width="{_n(sheet.width)}" height="{_n(sheet.height)}" '
        f'fill="#fff"/>{card}{placed}{marks}</svg>'
    )


def pdf(sheet: Sheet, pages: int) -> bytes:
    """Return a PDF of a page, as often as asked. It names no maker and no time: the same order gives the same bytes.

    The card is drawn once, the page is put together once, and both are placed again, so that twenty pages cost hardly
    more than one. Raises ValueError when the fonts lack a letter.
    """
    if lacking := [
        mark.text
        for mark in (*sheet.card.marks, *sheet.marks)
        if isinstance(mark, Words) and not printable_in_pdf(mark.text)
    ]:
        raise ValueError(f"letters that the fonts lack: {lacking[0]!r}")
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(sheet.width, sheet.height), invariant=1, pageCompression=1)
    canvas.setTitle("cards")
    canvas.setAuthor("")
    canvas.setCreator("")
    canvas.setProducer("")
    canvas.beginForm("card", 0, 0, sheet.card.width, sheet.card.height)
    for mark in sheet.card.marks:
        _pdf_mark(canvas, mark, sheet.card.height, _INK_ON_DARK if sheet.card.dark else _INK)
    canvas.endForm()
    canvas.beginForm("page", 0, 0, sheet.width, sheet.height)
    for x, y in sheet.spots:
        canvas.saveState()
        canvas.translate(x, sheet.height - y - sheet.card.height)
        canvas.doForm("card")
        canvas.restoreState()
    for mark in sheet.marks:
        _pdf_mark(canvas, mark, sheet.height, _INK)
    canvas.endForm()
    for _ in range(pages):
        canvas.doForm("page")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


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


@cache
def _letters(bold: bool, pixels: int) -> ImageFont.FreeTypeFont:
    # Bitstream Vera comes with the PDF library (free to use and pass on) and holds the same letters as the PDF's own
    # fonts.
    folder = Path(reportlab.__file__).parent / "fonts"
    return ImageFont.truetype(str(folder / ("VeraBd.ttf" if bold else "Vera.ttf")), pixels)


def png(card: Drawing) -> bytes:
    """Return one card as a PNG picture, ``PIXELS`` to a point, each module a whole number of pixels. Raises ValueError
    as ``pdf`` does."""
    if lacking := [mark.text for mark in card.marks if isinstance(mark, Words) and not printable_in_pdf(mark.text)]:
        raise ValueError(f"letters that the fonts lack: {lacking[0]!r}")
    inks = _INK_ON_DARK if card.dark else _INK
    image = Image.new("RGB", (round(card.width * PIXELS), round(card.height * PIXELS)), "#ffffff")
    pen = ImageDraw.Draw(image)
    for mark in card.marks:
        if isinstance(mark, Bar):
            box = [
                mark.x * PIXELS,
                mark.y * PIXELS,
                (mark.x + mark.width) * PIXELS - 1,
                (mark.y + mark.height) * PIXELS - 1,
            ]
            pen.rectangle(
                [round(value) for value in box[:2]]
                + [max(round(box[2]), round(box[0])), max(round(box[3]), round(box[1]))],
                fill=inks[mark.tone],
            )
        elif isinstance(mark, Code):
            _png_code(pen, mark)
        else:
            # Vera runs wider than Helvetica: the size is taken back until the words keep the width that was reckoned
            # with.
            pixels = round(mark.size * PIXELS)
            while (
                pixels > 6 and pen.textlength(mark.text, _letters(mark.font != "plain", pixels)) > mark.width * PIXELS
            ):
                pixels -= 1
            pen.text(
                (mark.x * PIXELS, mark.y * PIXELS),
                mark.text,
                fill=inks[mark.tone],
                font=_letters(mark.font != "plain", pixels),
                anchor={"start": "ls", "middle": "ms", "end": "rs"}[mark.anchor],
            )
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _png_code(pen: ImageDraw.ImageDraw, mark: Code) -> None:
    unit = int(mark.module * PIXELS)
    across = unit * round(mark.side / mark.module)
    left = round((mark.x + mark.side / 2) * PIXELS - across / 2)
    top = round((mark.y + mark.side / 2) * PIXELS - across / 2)
    pen.rectangle([left, top, left + across - 1, top + across - 1], fill="#ffffff")
    for x, y, length in mark.runs():
        pen.rectangle(
            [left + x * unit, top + y * unit, left + (x + length) * unit - 1, top + (y + 1) * unit - 1], fill="#000000"
        )
