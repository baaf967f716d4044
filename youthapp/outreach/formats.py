"""The sheets: how big a card is, how many stand on a page and where. One table; the picture, the print page and the PDF
all read it.

Lengths are PDF points (72 to an inch), measured from the top left corner. Sources: Avery 5371 is ten cards of 3.5 x 2
in on letter, two across and five down, side margins 0.75 in, top and bottom 0.5 in, no gaps (8.5 - 7 = 1.5 and 11 - 10
= 1); the sizes of the codes are those of practice research section 4.4: at least 20 mm on cards and 15 mm on micro
cards, and we measure the code itself, without its quiet zone.
"""

from dataclasses import dataclass, replace

INCH = 72.0
MM = 72 / 25.4
LETTER = (8.5 * INCH, 11 * INCH)
A4 = (210 * MM, 297 * MM)
PAPERS = {"letter": LETTER, "a4": A4}
"""Key -> size of a paper that people print on."""
MOST_TOGETHER = 4
"""Pages whose codes can share one sheet."""
MOST_PAGES = 20
"""Pages in one PDF or print run. Two hundred cards are plenty for one worker, and a printer can be told to print more
copies."""


@dataclass(frozen=True)
class Format:
    """One way to put cards on a page."""

    key: str
    page: tuple[float, float]
    card: tuple[float, float]
    across: int = 1
    down: int = 1
    left: float = 0.0
    top: float = 0.0
    inset: float = 9.0
    """From the edge of a card to what stands on it, so that a sheet that sits a little off still cuts well."""
    size: float = 10.0
    """The largest letters, in points."""
    code_at_least: float = 20 * MM
    """The side of the code without its quiet zone."""
    level: str = "m"
    """Error correction: M, and Q for what is rubbed in a shoe or on a bottle."""
    strips: int = 0
    """Strips to tear off along the bottom."""
    paper: str = "letter"
    """The paper's key, and the style sheet with the paper's size: static/css/outreach/<paper>.css."""
    cut: bool = True
    """Whether small marks in the margin show where to cut."""

    @property
    def spots(self) -> list[tuple[float, float]]:
        """The top left corners of the cards on a page, row by row."""
        width, height = self.card
        return [
            (self.left + column * width, self.top + row * height)
            for row in range(self.down)
            for column in range(self.across)
        ]


FORMATS = {
    found.key: found
    for found in (
        Format("card", LETTER, (3.5 * INCH, 2 * INCH), 2, 5, 0.75 * INCH, 0.5 * INCH),
        Format(
            "micro",
            LETTER,
            (2 * INCH, 1.25 * INCH),
            4,
            8,
            0.25 * INCH,
            0.5 * INCH,
            inset=5,
            size=6.5,
            code_at_least=15 * MM,
            level="q",
        ),
        Format("quarter", LETTER, (4.25 * INCH, 5.5 * INCH), 2, 2, inset=26, size=18),
        Format("a6", (105 * MM, 148 * MM), (105 * MM, 148 * MM), inset=24, size=18, paper="a6", cut=False),
        Format("tear", LETTER, LETTER, inset=54, size=34, strips=7, cut=False),
        Format(
            "sticker",
            LETTER,
            (2 * INCH, 2 * INCH),
            4,
            5,
            0.25 * INCH,
            0.5 * INCH,
            inset=8,
            size=8,
            code_at_least=20 * MM,
            level="q",
        ),
        Format("screen", (360, 640), (360, 640), inset=28, size=22, paper="screen", cut=False),
    )
}
"""Key -> format. ``screen`` is a picture of 1080 x 1920 px for a message or to be held up; it has no paper."""


def on_paper(form: Format, paper: str) -> Format:
    """Return a format on another paper (a key of PAPERS). One that is laid out for letter keeps its cards' size and
    stands in the middle; what is a part of the sheet (a quarter, a poster) is a part of the other one. A6 and the
    phone's screen have a size of their own."""
    if form.page != LETTER or paper == "letter":
        return form
    width, height = PAPERS[paper]
    card = form.card
    if form.left == form.top == 0:  # the cards fill the sheet
        card = (width / form.across, height / form.down)
    left, top = (width - form.across * card[0]) / 2, (height - form.down * card[1]) / 2
    return replace(form, page=(width, height), card=card, left=left, top=top, paper=paper)
