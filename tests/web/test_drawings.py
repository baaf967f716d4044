"""Drawings stand inside the page, beside the sentence that they show or one tap away, each with its name, and never as
a file whose address would say what is read."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from tests.pages import LANGUAGES, record_paths
from youthapp.library import drawings

DRAWING = re.compile(r'<svg class="drawing" viewBox="0 0 120 90" role="img" aria-label="([^"]+)">')


def page_of(client: FlaskClient, app: Flask, language: str, record: str) -> str:
    return client.get(f"/{language}/{app.extensions['library'].get(record).code}").get_data(as_text=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_on_the_page_that_names_it(language: str, client: FlaskClient, app: Flask) -> None:
    for drawing in drawings.read():
        for picture in drawing.picture:
            for place in [*picture.at, *drawing.block]:
                names = DRAWING.findall(page_of(client, app, language, place.split("/")[0]))
                assert str(escape(picture.shows[language])) in names, f"{drawing.id}: {place}"


def test_a_picture_stands_with_its_step(client: FlaskClient, app: Flask) -> None:
    page = page_of(client, app, "en", "burned")
    step = page.split('<ol class="steps">')[1].split("<li>")[1].split("</li>")[0]
    assert "data-drawing" in step
    assert "Hold it under cool running water" in step


@pytest.mark.parametrize("record", ["condom-how", "condom-inside", "oral-basics", "fake-pills", "location-sharing"])
def test_what_would_betray_over_a_shoulder_is_one_tap_away(record: str, client: FlaskClient, app: Flask) -> None:
    page = page_of(client, app, "en", record)
    folded = re.findall(r'<details class="fold" data-drawing>.*?</details>', page, re.DOTALL)
    assert folded
    assert len(DRAWING.findall(page)) == sum(len(DRAWING.findall(part)) for part in folded)
    summaries = [part.split("</summary>")[0] for part in folded]
    assert not [words for words in summaries if re.search(r"condom|dam\b|fentanyl|sex", words, re.IGNORECASE)]


def test_no_page_fetches_a_drawing(client: FlaskClient, app: Flask) -> None:
    for path in record_paths(app, "en"):
        page = client.get(path).get_data(as_text=True)
        assert "/drawings" not in page, path


def test_a_drawing_has_no_colour_of_its_own() -> None:
    for path in sorted(drawings.FOLDER.glob("*.svg")):
        assert not re.search(r"#[0-9a-f]{3}|fill=|stroke=|rgb", path.read_text("utf-8")), path.name
