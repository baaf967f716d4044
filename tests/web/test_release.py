"""The release id names what ships and what was chosen: two copies with the same id answer with the same bytes, whenever
and wherever they started."""

import re
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.pages import all_paths
from youthapp import create_app
from youthapp.settings import Settings

NOVEMBER = Settings(today=date(2026, 11, 25))
YEARS_LATER = Settings(today=date(2031, 2, 3))
"""A day on which the check of every record is overdue."""


@pytest.fixture(scope="module")
def early() -> Flask:
    return create_app(NOVEMBER)


@pytest.fixture(scope="module")
def late() -> Flask:
    """What a worker that was respawned after midnight is, and a replica that was started on another day."""
    return create_app(YEARS_LATER)


def test_the_release_has_no_day_in_it(early: Flask, late: Flask) -> None:
    assert early.config["RELEASE"] == late.config["RELEASE"]


def test_copies_of_two_days_serve_each_others_scripts_and_search_words(early: Flask, late: Flask) -> None:
    page = early.test_client().get("/en/ask").get_data(as_text=True)
    named = sorted(
        {
            *re.findall(r'"(/static/[^"#?]+)"', page),
            f"/static/{early.config['RELEASE']}/index-en.json",
            f"/static/{early.config['RELEASE']}/words-es.json",
        }
    )
    assert len(named) >= 4
    for address in named:
        mine, theirs = (app.test_client().get(address) for app in (early, late))
        assert mine.status_code == theirs.status_code == 200, address
        assert mine.get_data() == theirs.get_data(), address


def test_every_page_of_two_days_has_the_same_bytes(early: Flask, late: Flask) -> None:
    paths = [
        *all_paths(early, "en"),
        "/es/talk",
        "/en/cards/maker/home",
        "/.well-known/security.txt",
        "/release",
        "/quiet",
        "/sw.js",
    ]
    assert not [
        path for path in paths if early.extensions["page_cache"].get(path) != late.extensions["page_cache"].get(path)
    ]


@pytest.mark.parametrize("path", ["/es/book", "/es/book-core"])
def test_a_book_of_two_days_is_the_same_to_the_byte(early: Flask, late: Flask, path: str) -> None:
    assert early.extensions["page_cache"].get(path) == late.extensions["page_cache"].get(path)


def test_the_page_itself_says_when_its_facts_go_stale(client: FlaskClient, app: Flask) -> None:
    """The phone compares the day with its own clock (static/js/today.js); a reader without scripts reads both days."""
    code = app.extensions["library"].get("lifeline-988").code
    page = client.get(f"/en/{code}").get_data(as_text=True)
    due = re.findall(r'<p class="small late" data-due="(\d{4}-\d\d-\d\d)" data-late hidden>', page)
    assert due
    assert "Facts checked " in page
    assert re.search(r"Next check due [A-Z][a-z]+ \d+, \d{4}\.", page)


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Porch"},
        {"address": "https://porch.example"},
        {"county": "los-angeles"},
        {"contact": "a@example.org"},
        {"offline": False},
        {"footer": {"en": "Hello"}},
    ],
)
def test_another_setting_that_pages_show_is_another_release(early: Flask, changed: dict[str, object]) -> None:
    assert create_app(replace(NOVEMBER, **changed)).config["RELEASE"] != early.config["RELEASE"]  # type: ignore[arg-type]
