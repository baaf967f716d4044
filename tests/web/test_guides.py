"""What stands where on a guide and on a card: one big button, 911 first only where the record says so, facts as chips,
what a line must report before its buttons."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.pages import LANGUAGES
from youthapp.library.schema import Card
from youthapp.web.templating import chip_words


def cards(app: Flask, *kinds: str) -> list[Card]:
    """Return the cards of some kinds."""
    return [card for kind in kinds for card in app.extensions["library"].of_kind(kind)]


def text(client: FlaskClient, card: Card, language: str = "en") -> str:
    """Return what stands in the page of a card, without the frame."""
    page = client.get(f"/{language}/{card.code}").get_data(as_text=True)
    return page.split('<main id="page"')[1].split("</main>")[0]


def elements(part: str) -> Iterator[Element]:
    """Yield every element of a part of a page."""
    yield from html5lib.parse(f"<main{part}</main>", namespaceHTMLElements=False).iter()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guide_has_one_big_button_and_it_leads_where_its_record_says(
    language: str, client: FlaskClient, app: Flask
) -> None:
    library = app.extensions["library"]
    for card in cards(app, "now"):
        (button,) = [part for part in elements(text(client, card, language)) if part.get("data-primary") is not None]
        target = library.get(card.primary)
        calls_911 = button.get("href") == "tel:911"
        assert calls_911 is (card.primary == "emergency-911"), card.id
        if library.kinds[target.id] != "lines":
            assert button.get("href") == f"/{language}/{target.code}", card.id


def test_911_stands_before_all_else_only_where_hands_and_minutes_count(client: FlaskClient, app: Flask) -> None:
    for card in cards(app, "now"):
        page = text(client, card)
        first = re.search(r'href="(tel:911|sms:911)"', page)
        if card.primary == "emergency-911":
            assert first, card.id
            assert page.index("data-primary") < page.index("data-facts"), card.id
        elif first:
            assert page.index("data-primary") < page.index("In danger this minute?") < first.start(), card.id


def count_of_steps(page: str) -> int:
    """Return how many steps a page shows; a drawing may stand before a step's words."""
    return sum(part.split("</ol>")[0].count("<p>") for part in without_chips(page).split('<ol class="steps">')[1:])


def without_chips(page: str) -> str:
    """Return a page without what unfolds in it, and without the lines of languages, which are paragraphs too."""
    return re.sub(
        r'<details class="report">.*?</details>|<p class="small soft" data-speaks>', "", page, flags=re.DOTALL
    )


def test_a_guide_shows_at_most_four_steps_and_says_one_warm_sentence(client: FlaskClient, app: Flask) -> None:
    for card in cards(app, "now", "tips", "rights"):
        page = text(client, card)
        before_fold = page.split('class="folds"')[0]
        assert count_of_steps(before_fold) <= 4, card.id
        assert count_of_steps(page) == len(card.do), card.id
    assert all(card.warm for card in cards(app, "now"))


def test_what_a_line_must_report_stands_before_each_of_its_buttons(client: FlaskClient, app: Flask) -> None:
    for card in cards(app, "now", "tips"):
        for block in text(client, card).split('<details class="report')[1:]:
            assert block.index("</summary><p>") < block.index("<a "), card.id
        assert not re.search(r'href="(tel|sms):', text(client, card).split('<details class="report')[0]), card.id


def test_facts_are_three_chips_that_hold_every_word(client: FlaskClient, app: Flask) -> None:
    for card in cards(app, "now", "tips", "rights"):
        (row,) = [part for part in elements(text(client, card)) if part.get("data-facts") is not None]
        assert len(row) == 3, card.id
        said = "".join("".join(row.itertext()).split())
        for fact in (card.who_will_know, card.cost, card.needs_adult_or_id):
            assert "".join(fact.split()) in said, card.id


def test_a_chip_shows_a_first_sentence_only_where_it_is_short() -> None:
    assert chip_words("Free. A bill can come.") == ("Free.", "A bill can come.")
    assert chip_words("None.") == ("None.", "")
    long = "The store pill costs about $15 to $50. Clinics can give it free."
    assert chip_words(long) == ("", long)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rights_are_grouped_and_each_stands_once(language: str, client: FlaskClient, app: Flask) -> None:
    page = client.get(f"/{language}/rights").get_data(as_text=True).split("<main")[1].split("</main>")[0]
    assert page.count("<h2>") == 4
    for card in cards(app, "rights"):
        assert page.count(f'href="/{language}/{card.code}"') == 1, card.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_section_for_the_head_offers_no_keeping(language: str, client: FlaskClient, app: Flask) -> None:
    for step in app.extensions["library"].of_kind("plan"):
        page = client.get(f"/{language}/{step.code}").get_data(as_text=True)
        assert ("data-list data-in-head>" in page) == step.in_head, step.id
    assert "[data-in-head]>[data-keeping]{display:none}" in page
