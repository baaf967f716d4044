"""Every drawing has its file, its place, its facts and its words in every language, and a file is nothing but lines and
shapes of 2 KB at most."""

from pathlib import Path

import msgspec
import pytest
from flask import Flask

from tests.pages import LANGUAGES
from youthapp.editorial import check
from youthapp.library import drawings
from youthapp.library.library import Library

PROMISED = {
    "press", "wake", "naloxone", "on-side", "chest", "burn", "condom", "inside", "dam", "strip", "clinic", "iphone",
    "android", "text", "hotel", "car", "calm",
}  # fmt: skip
GOOD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 90"><path d="M0 0h9"/></svg>\n'


@pytest.fixture
def library(app: Flask) -> Library:
    found: Library = app.extensions["library"]
    return found


def of_files(library: Library, tmp_path: Path, svg: str) -> list[str]:
    """Return what is wrong with one drawing whose file holds this."""
    (tmp_path / "calm-1.svg").write_text(svg, "utf-8")
    calm = next(drawing for drawing in drawings.read() if drawing.id == "calm")
    return list(drawings.problems(library, (calm,), tmp_path))


def test_what_hands_must_do_is_drawn_and_nothing_is_wrong_with_it(library: Library) -> None:
    found = drawings.read()
    assert {drawing.id for drawing in found} >= PROMISED
    assert sum(len(drawing.picture) for drawing in found) >= 45
    assert not list(drawings.problems(library, found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_has_words_in_every_language(language: str) -> None:
    for drawing in drawings.read():
        for where, words in drawings.words(drawing):
            assert words.get(language), f"{drawing.id}: {where}"


def test_a_good_file_is_let_through(library: Library, tmp_path: Path) -> None:
    assert not of_files(library, tmp_path, GOOD)


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<script>1</script>", "<script >"),
        ('<path onclick="x" d="M0 0"/>', "onclick"),
        ('<use href="/static/x.svg"/>', "href"),
        ('<image href="data:image/png;base64,AA"/>', "href"),
        ('<path style="fill:red" d="M0 0"/>', "style"),
        ('<path fill="url(https://example.org/a)" d="M0 0"/>', "fill"),
        ('<path class="red" d="M0 0"/>', "red"),
        ("<text>Words</text>", "<text >"),
        ("<path", "is no SVG"),
        (f'<path d="{"M0 0" * 600}"/>', "bytes; 2048 are allowed"),
    ],
)
def test_a_file_with_anything_else_is_refused(inside: str, told: str, library: Library, tmp_path: Path) -> None:
    (problem,) = of_files(library, tmp_path, GOOD.replace('<path d="M0 0h9"/>', inside))
    assert told in problem


def test_a_missing_file_and_one_that_nobody_names_are_refused(library: Library, tmp_path: Path) -> None:
    (tmp_path / "stray-1.svg").write_text(GOOD, "utf-8")
    calm = next(drawing for drawing in drawings.read() if drawing.id == "calm")
    found = list(drawings.problems(library, (calm,), tmp_path))
    assert [problem.split()[0] for problem in found] == ["drawings/calm-1.svg", "drawings/stray-1.svg:"]


def test_a_picture_without_a_place_a_word_or_a_fact_is_refused(library: Library, tmp_path: Path) -> None:
    calm = next(drawing for drawing in drawings.read() if drawing.id == "calm")
    (tmp_path / "calm-1.svg").write_text(GOOD, "utf-8")
    picture = msgspec.structs.replace(calm.picture[0], at=("grounding/do.9",), shows={"en": "Feet."})
    wrong = msgspec.structs.replace(calm, picture=(picture,), facts=("FA-999",), title={"en": "A", "es": "B"})
    unnamed = msgspec.structs.replace(calm, facts=("FA-20",))
    assert "grounding does not name FA-20" in next(drawings.problems(library, (unnamed,), tmp_path))
    told = "\n".join(drawings.problems(library, (wrong,), tmp_path))
    for expected in ('no words in "es"', '"FA-999"', 'no sentence "grounding/do.9"', "title: "):
        assert expected in told


def test_what_drawings_say_keeps_the_rules_of_wording(library: Library) -> None:
    assert not [str(problem) for problem in check.of_drawings(library, drawings.read())]
    calm = next(drawing for drawing in drawings.read() if drawing.id == "calm")
    preachy = msgspec.structs.replace(
        calm, picture=(msgspec.structs.replace(calm.picture[0], shows={"en": "You should breathe 99 times."}),)
    )
    told = [str(problem) for problem in check.of_drawings(library, (preachy,))]
    assert len(told) >= 2, told
