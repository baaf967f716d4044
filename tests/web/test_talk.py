"""Talk: three lines with their buttons first, by text, chat or call; the report before each button; first words."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.pages import LANGUAGES
from youthapp import create_app
from youthapp.settings import Settings

LINKS = {"text": "sms:", "chat": "https:", "call": "tel:"}


def talk(client: FlaskClient, language: str = "en") -> str:
    return client.get(f"/{language}/talk").get_data(as_text=True)


def part_by(page: str, way: str) -> str:
    """Return what the switch shows for a way."""
    return re.split(r'data-by="\w+"|data-first-words', page.split(f'data-by="{way}"')[1])[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", LINKS)
def test_three_lines_that_answer_day_and_night_in_the_readers_language(
    way: str, language: str, client: FlaskClient, app: Flask
) -> None:
    page = talk(client, language)
    assert page.count("data-way=") == 3
    part = part_by(page, way)
    links = re.findall(r'<a class="go first" href="([^"]+)"', part)
    assert len(links) == 3
    assert all(link.startswith(LINKS[way]) for link in links)
    codes = re.findall(rf'<h2><a href="/{language}/(\w+)"', part)
    lines = [line for line in app.extensions["library"].of_kind("lines") if line.code in codes]
    channels = [getattr(line, way) for line in lines]
    assert all(channel.hours == "always" for channel in channels)
    assert language in channels[0].languages


@pytest.mark.parametrize("way", LINKS)
def test_what_a_line_reports_stands_before_its_button(way: str, client: FlaskClient) -> None:
    for card in part_by(talk(client), way).split("<article")[1:]:
        assert card.index("Must report?") < card.index('class="go first"')


def test_an_organisations_own_line_comes_first() -> None:
    client = create_app(Settings(lines=("nhth",))).test_client()
    assert re.findall(r'<a class="go first" href="([^"]+)"', part_by(talk(client), "call"))[0] == "tel:+18883737888"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reason_has_first_words_after_its_first_line(language: str, client: FlaskClient, app: Flask) -> None:
    for reason in app.extensions["library"].of_kind("reasons"):
        page = client.get(f"/{language}/{reason.code}").get_data(as_text=True)
        assert 2 <= len(reason.first_words) <= 3, reason.id
        assert page.index('class="go first"') < page.index("data-first-words"), reason.id
        assert page.split("data-first-words")[1].split("</section>")[0].count("“") >= len(reason.first_words)


def test_a_lines_buttons_stand_under_its_name_and_its_report(client: FlaskClient, app: Flask) -> None:
    page = client.get(f"/en/{app.extensions['library'].get('lifeline-988').code}").get_data(as_text=True)
    places = [page.index(part) for part in ("<h1>", "Must report?", 'href="tel:988"', "Before you reach out")]
    assert places == sorted(places)


def test_who_hears_a_chat_button_hears_whose_it_is(client: FlaskClient) -> None:
    buttons = re.findall(r"<a class=\"go first\".*?</a>", part_by(talk(client), "chat"), re.S)
    assert len({re.sub(r"<[^>]+>", "", button) for button in buttons}) == 3
