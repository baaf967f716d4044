"""Sheets: exact sizes, and every code that leaves the app is read back, from near, from an arm's length, and on a dark
card."""

import io
import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from tests.outreach import scan
from youthapp.outreach import layout, render
from youthapp.outreach.formats import A4, FORMATS, INCH, LETTER, MM, Format, on_paper

ADDRESS = "HTTPS://PORCHLIGHT.EXAMPLE/QHG"
LONG = "HTTPS://YOUTH.HEALTH.SOME-LONG-COUNTY-NAME.EXAMPLE.ORG/QHG"
ORDER = layout.Order(
    ADDRESS, "porchlight.example/QHG", ("Thought you could use this.", "Pensé que te podía servir."), issued="2026-11"
)
FULL = replace(
    ORDER, number="800-540-4000", notes=("Sam, Tuesdays 3 to 6 pm, drop-in on Main Street", "Side door, ask for Sam")
)
FACES: tuple[layout.Face, ...] = ("words", "bars", "code")
PAPER = [form for form in FORMATS.values() if form.paper != "screen"]

ARMS_LENGTH = {"micro": 110}
"""Dots an inch at which a card must still be read. A phone's picture is about 1,920 px wide over 66 degrees: at 60 cm
that is 2.5 px to a millimetre, 64 dpi. A micro card is held nearer, at 35 cm: 110 dpi."""


def codes_of(sheet: layout.Sheet) -> list[layout.Code]:
    return [mark for mark in sheet.all_marks if isinstance(mark, layout.Code)]


def test_the_ten_up_card_has_the_geometry_of_avery_5371() -> None:
    form = FORMATS["card"]
    assert form.page == (8.5 * INCH, 11 * INCH)
    assert form.card == (3.5 * INCH, 2 * INCH)
    assert len(form.spots) == 10
    assert form.spots[0] == (0.75 * INCH, 0.5 * INCH)
    assert form.spots[-1] == (0.75 * INCH + 3.5 * INCH, 0.5 * INCH + 4 * 2 * INCH)
    # the far margins are as wide as the near ones, so that the sheet may be turned
    assert form.page[0] - (form.spots[-1][0] + form.card[0]) == 0.75 * INCH
    assert form.page[1] - (form.spots[-1][1] + form.card[1]) == 0.5 * INCH


def test_the_other_formats_have_the_sizes_they_say() -> None:
    told = {key: tuple(round(side, 2) for side in form.card) for key, form in FORMATS.items()}
    assert told["micro"] == (144, 90)
    assert told["sticker"] == (144, 144)
    assert told["quarter"] == (LETTER[0] / 2, LETTER[1] / 2)
    assert told["a6"] == (round(105 * MM, 2), round(148 * MM, 2))
    assert told["tear"] == LETTER
    assert [side * render.PIXELS for side in told["screen"]] == [1080, 1920]


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_no_two_cards_overlap_and_none_leaves_the_page(form: Format) -> None:
    width, height = form.card
    for x, y in form.spots:
        assert 0 <= x <= form.page[0] - width + 0.01
        assert 0 <= y <= form.page[1] - height + 0.01
    for (x, y), (u, v) in itertools.combinations(form.spots, 2):
        assert abs(x - u) >= width - 0.01 or abs(y - v) >= height - 0.01


@pytest.mark.parametrize("address", [ADDRESS, LONG, "HTTPS://A.ORG"], ids=["usual", "long", "very short"])
@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_codes_are_big_enough_without_their_quiet_zone(form: Format, address: str) -> None:
    for face, bare in itertools.product(
        FACES, (ORDER, FULL, replace(FULL, notes=(), rule=True), replace(FULL, rule=True))
    ):
        found = codes_of(layout.sheet(replace(bare, format=form, face=face, address=address)))
        assert found
        for code in found:
            assert code.symbol >= form.code_at_least, f"{code.symbol / MM:.1f} mm"
            assert (code.side - code.symbol) / 2 == pytest.approx(layout.QUIET * code.module)


def test_codes_carry_level_m_and_q_where_they_are_rubbed() -> None:
    assert {key: form.level for key, form in FORMATS.items() if form.level != "m"} == {"micro": "q", "sticker": "q"}
    import segno

    for level, at_least in (("m", "MQH"), ("q", "QH")):
        assert segno.make_qr(ADDRESS, error=level).error in at_least


@pytest.mark.parametrize("face", ["words", "bars", "code", "test"])
@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_every_mark_stays_on_its_card(form: Format, face: layout.Face) -> None:
    long_note = "WWWWWWWWWWWWWWWWWWWWWWWWWWWW WWWWWWWWWWWWWWWWWWW"
    for dark, notes, address in itertools.product(
        (False, True),
        ((), (long_note, long_note), ("مرحبا " * 8,), ("🙂" * 28,)),
        ("porchlight.example/QHG", "youth.health.some-long-county-name.example.org/QHG"),
    ):
        order = replace(FULL, format=form, face=face, dark=dark, notes=notes, shown=address, rule=True)
        card = layout.sheet(order).cards[0]
        for mark in card.marks:
            if isinstance(mark, layout.Words):
                left = {"start": mark.x, "middle": mark.x - mark.width / 2, "end": mark.x - mark.width}[mark.anchor]
                box = (left, mark.y - mark.size, left + mark.width, mark.y)
            elif isinstance(mark, layout.Code):
                box = (mark.x, mark.y, mark.x + mark.side, mark.y + mark.side)
            else:
                box = (mark.x, mark.y, mark.x + mark.width, mark.y + mark.height)
            assert box[0] >= -0.01, mark
            assert box[1] >= -1, mark
            assert box[2] <= card.width + 0.6, mark
            assert box[3] <= card.height + 0.6, mark


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_words_of_a_strip_stay_on_the_paper(paper: str) -> None:
    """Two long lines of one's own ran off the lower edge."""
    long_note = "WWWWWWWWWWWWWWWWWWWW WWWWWWWWWWWWWWWWWWW"
    form = on_paper(FORMATS["tear"], paper)
    sheet = layout.sheet(
        replace(FULL, format=form, notes=(long_note, long_note), shown="youth.health.some-long-county.example.org/QHG")
    )
    told = [mark for mark in sheet.marks if isinstance(mark, layout.Words)]
    assert len(told) > 5 * form.strips
    assert max(mark.y for mark in told) <= sheet.height - 3


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("form", PAPER, ids=[form.key for form in PAPER])
def test_the_codes_of_a_pdf_are_read_back(form: Format, dark: bool, tmp_path: Path) -> None:
    """Nothing else is read on the page, and the cards in its corners are read one by one."""
    for face in FACES[:1] if dark else FACES:
        sheet = layout.sheet(replace(FULL, format=form, face=face, dark=dark))
        (page,) = scan.pictures(render.pdf([sheet], 1), tmp_path, dpi=200)
        assert set(scan.codes(page)) == {ADDRESS}
        boxes = [(x, y, *form.card) for x, y in form.spots] if not form.strips else [(0, 0, LETTER[0], 600)]
        boxes += [(mark.x, mark.y, mark.side, mark.side) for mark in sheet.marks if isinstance(mark, layout.Code)]
        corners = [boxes[0], boxes[form.across - 1], boxes[-1]]
        assert scan.codes(*(scan.cut(page, box, 200, 200) for box in corners)) == [ADDRESS] * len(corners)
        page.unlink()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("form", PAPER, ids=[form.key for form in PAPER])
def test_codes_are_read_at_arms_length(form: Format, dark: bool, tmp_path: Path) -> None:
    sheet = layout.sheet(replace(FULL, format=form, dark=dark))
    (page,) = scan.pictures(render.pdf([sheet], 1), tmp_path)
    x, y = form.spots[-1]
    high = form.card[1] if not form.strips else 600
    assert ADDRESS in scan.codes(scan.cut(page, (x, y, form.card[0], high), 300, ARMS_LENGTH.get(form.key, 64)))


def test_a_code_without_its_quiet_zone_on_a_dark_card_is_not_read(tmp_path: Path) -> None:
    """Why the four modules stay: this is what the reader says without them."""
    rows = layout.code_for(ADDRESS, "m")
    for quiet, readable in ((0, False), (layout.QUIET, True)):
        side = len(rows) + 2 * quiet
        image = Image.new("L", (side * 6 + 60, side * 6 + 60), 0)
        image.paste(255, (30, 30, 30 + side * 6, 30 + side * 6))
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                if cell:
                    image.paste(
                        0, (30 + (x + quiet) * 6, 30 + (y + quiet) * 6, 36 + (x + quiet) * 6, 36 + (y + quiet) * 6)
                    )
        image.save(tmp_path / "code.png")
        assert (scan.codes(tmp_path / "code.png") == [ADDRESS]) is readable


def test_the_bars_of_the_label_say_nothing_to_a_scanner(tmp_path: Path) -> None:
    marks = tuple(
        mark
        for mark in layout.one_card(replace(FULL, format=FORMATS["screen"], face="bars")).marks
        if not isinstance(mark, layout.Code)
    )
    (tmp_path / "bars.png").write_bytes(render.png(layout.PrintCard(360, 640, marks)))
    assert scan.anything(tmp_path / "bars.png") == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("face", ["words", "bars", "code"])
def test_the_picture_for_a_phone_is_read_back_whole_and_small(face: layout.Face, dark: bool, tmp_path: Path) -> None:
    made = render.png(layout.one_card(replace(FULL, format=FORMATS["screen"], face=face, dark=dark)))
    picture = Image.open(io.BytesIO(made))
    assert picture.size == (1080, 1920)
    for name, small in (
        ("whole", picture),
        ("thumbnail", picture.convert("L").resize((216, 384), Image.Resampling.BILINEAR)),
    ):
        small.save(tmp_path / f"{name}.png")
        assert scan.codes(tmp_path / f"{name}.png") == [ADDRESS]


def test_a_pdf_has_its_pages_its_size_and_no_maker(tmp_path: Path) -> None:
    made = render.pdf([layout.sheet(FULL)], 20)
    assert made.count(b"/Type /Page\n") == 20
    assert b"/MediaBox [ 0 0 612 792 ]" in made
    lowered = made.lower()
    assert b"reportlab" not in lowered.replace(b"reportlab generated pdf document", b"") or b"/producer ()" in lowered
    assert len(made) < 20_000, "the card is drawn once and placed again"


def test_the_same_order_gives_the_same_bytes() -> None:
    assert render.pdf([layout.sheet(FULL)], 2) == render.pdf([layout.sheet(FULL)], 2)
    assert render.png(layout.one_card(replace(FULL, format=FORMATS["screen"]))) == render.png(
        layout.one_card(replace(FULL, format=FORMATS["screen"]))
    )


@pytest.mark.parametrize(
    "pen",
    [lambda order: render.pdf([layout.sheet(order)], 1), lambda order: render.png(layout.one_card(order))],
    ids=["pdf", "png"],
)
def test_letters_that_the_fonts_lack_are_refused_and_not_printed_as_boxes(pen: Callable[[layout.Order], bytes]) -> None:
    with pytest.raises(ValueError, match="letters"):
        pen(replace(FULL, notes=("Sam 🙂",)))


def test_the_spanish_alphabet_has_its_letters_in_the_pdf() -> None:
    assert layout.printable_in_pdf("¿Qué tal, niña? ¡Pingüino, corazón! “Sí” – 3½ €")
    assert not layout.printable_in_pdf("مرحبا")


def test_right_to_left_words_are_marked_so_and_markup_is_text() -> None:
    card = layout.one_card(replace(FULL, notes=("مرحبا",)))
    assert 'direction="rtl"' in render.svg_card(card, "")
    told = render.svg_card(layout.one_card(replace(FULL, notes=("<b>&Sam</b>",))), '"<')
    assert "<b>" not in told
    assert "&lt;b&gt;&amp;Sam" in told


def test_a_test_page_has_outlines_and_rulers_and_no_code() -> None:
    for form in PAPER:
        sheet = layout.sheet(replace(FULL, format=form, face="test"))
        assert not codes_of(sheet)
        rulers = [mark.text for mark in sheet.marks if isinstance(mark, layout.Words)]
        assert rulers == ["50 mm"]


@pytest.mark.parametrize("form", PAPER, ids=[form.key for form in PAPER])
def test_on_a4_the_cards_keep_their_size_in_the_middle_and_fill_what_is_a_part_of_a_sheet(form: Format) -> None:
    other = on_paper(form, "a4")
    if form.key == "a6":
        assert other == form, "a paper of its own"
        return
    assert other.page == A4
    if form.key in ("quarter", "tear"):
        assert (other.card[0] * form.across, other.card[1] * form.down) == pytest.approx(A4)
    else:
        assert other.card == form.card
    right = other.page[0] - (other.spots[-1][0] + other.card[0])
    assert other.spots[0][0] == pytest.approx(right)
    for x, y in other.spots:
        assert 0 <= x <= A4[0] - other.card[0] + 0.01
        assert 0 <= y <= A4[1] - other.card[1] + 0.01
    for mark in layout.sheet(replace(FULL, format=other)).marks:
        if isinstance(mark, layout.Bar):
            assert mark.x >= -0.01
            assert mark.x + mark.width <= A4[0] + 0.01


def test_several_codes_on_one_sheet_are_all_read(tmp_path: Path) -> None:
    others = [replace(FULL, address=f"HTTPS://PORCHLIGHT.EXAMPLE/{code}", shown=code) for code in ("9JC", "WNT")]
    (sheet,) = layout.sheets([FULL, *others])
    (page,) = scan.pictures(render.pdf([sheet], 1), tmp_path, dpi=200)
    assert set(scan.codes(page)) == {ADDRESS, *(other.address for other in others)}
    a6 = layout.sheets([replace(order, format=FORMATS["a6"]) for order in (FULL, *others)])
    assert len(a6) == 3, "where a sheet is one card, each page has its own"


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_both_languages_have_letters_of_one_size(form: Format) -> None:
    """Measured before: English at 9 points under Spanish at 10."""
    words = ("Good to know.", "Una frase en español que es bastante más larga que la otra.")
    made = layout.one_card(replace(ORDER, format=form, words=words))
    assert (
        len({mark.size for mark in made.marks if isinstance(mark, layout.Words) and mark.text in " ".join(words)}) == 1
    )
