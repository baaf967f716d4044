"""What is said to staff or police stands in the reader's language with the English under it, in one block."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from youthapp.library.schema import Card


def blocks(client: FlaskClient, app: Flask, language: str, record: str) -> list[str]:
    page = client.get(f"/{language}/{app.extensions['library'].get(record).code}").get_data(as_text=True)
    return re.findall(r'<span class="to-show">(.*?)</span>', page)


def test_a_right_shows_its_sentence_in_spanish_and_under_it_in_english(client: FlaskClient, app: Flask) -> None:
    assert '<q>Tengo derechos en foster care</q><q lang="en">I have rights in foster care.</q>' in blocks(
        client, app, "es", "right-foster"
    )
    assert len(blocks(client, app, "es", "right-condoms")) == 2


def test_in_english_there_is_nothing_to_translate(client: FlaskClient, app: Flask) -> None:
    assert not blocks(client, app, "en", "right-foster")


@pytest.mark.parametrize("record", ["pressured", "die-if-i-leave", "tell-family"])
def test_a_sentence_for_a_partner_or_the_family_has_no_english(client: FlaskClient, app: Flask, record: str) -> None:
    assert not blocks(client, app, "es", record)


def test_a_sentence_for_peers_has_no_english_and_the_one_for_a_lawyer_has(client: FlaskClient, app: Flask) -> None:
    (block,) = blocks(client, app, "es", "group-home")
    assert "Someone here wants me to come make money." in block


def test_no_sentence_stands_twice_in_a_block(client: FlaskClient, app: Flask) -> None:
    twice = []
    for card in app.extensions["library"].records.values():
        if isinstance(card, Card):
            for block in blocks(client, app, "es", card.id):
                said = re.findall(r"<q[^>]*>(.*?)</q>", block)
                if len({*said}) != len(said):
                    twice.append(f"{card.id}: {block}")
    assert not twice


def test_every_sentence_of_a_right_is_there_in_english_in_the_step_or_under_it(client: FlaskClient, app: Flask) -> None:
    library = app.extensions["library"]
    missing = []
    for right in library.of_kind("rights"):
        page = client.get(f"/es/{right.code}").get_data(as_text=True)
        lists = [rest.split("</ol>")[0] for rest in page.split('<ol class="steps">')[1:]]  # the first steps, and "More"
        steps = [step for steps in lists for step in steps.split("<li>")[1:]]
        for act, step in zip(right.do, steps, strict=True):
            said = [quoted for quoted in re.findall(r"“([^”]+)”", act.text) if len(quoted.split()) >= 3]
            missing += [
                f"{right.id}: {quoted}" for quoted in said if escape(quoted) not in step and "inglés" not in step
            ]
    assert not missing
