"""What is said to staff or police stands in the reader's language with the English under it, in one block."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from tests.pages import LANGUAGES, record_paths
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
            bare = [quoted.rstrip(".") for quoted in said]
            missing += [f"{right.id}: {one}" for one in bare if escape(one) not in step and "inglés" not in step]
    assert not missing


def test_no_block_says_a_sentence_twice(client: FlaskClient, app: Flask) -> None:
    twice = []
    for path in record_paths(app, "es"):
        for block in re.findall(r'<span class="to-show">(.*?)</span>', client.get(path).get_data(as_text=True)):
            said = [one.strip(" .,;:!?").casefold() for one in re.findall(r"<q[^>]*>(.*?)</q>", block)]
            twice += [f"{path}: {block}" for one in said if said.count(one) > 1]
    assert not twice


def big(client: FlaskClient, app: Flask, language: str, record: str) -> str:
    page = client.get(f"/{language}/{app.extensions['library'].get(record).code}").get_data(as_text=True)
    found = re.findall(r'<details class="big" data-show-big>.*?</details>', page, re.DOTALL)
    assert len(found) <= 1
    return found[0] if found else ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_right_can_be_held_up_in_english_and_small_in_the_readers_language(
    language: str, client: FlaskClient, app: Flask
) -> None:
    library = app.extensions["library"]
    translator = app.extensions["translators"][language]
    for right in library.of_kind("rights"):
        shown = big(client, app, language, right.id)
        if right.id == "right-made-me":
            continue  # its answer is for a lawyer
        assert f'<span lang="en">{escape(right.short)}</span>' in shown, right.id
        own = translator.translate(right).short
        assert (f"<small>{escape(own)}</small>" in shown) == (language != "en"), right.id


def test_a_right_names_its_law(client: FlaskClient, app: Flask) -> None:
    assert "California Health and Safety Code section 11376.5" in big(client, app, "es", "right-911")


def test_a_sentence_for_staff_can_be_held_up_and_one_for_others_cannot(client: FlaskClient, app: Flask) -> None:
    assert "Please call 911, I&#39;m not safe, I&#39;m in room __." in big(client, app, "en", "in-a-motel")
    assert "<small>Quiero que me atiendan a solas" in big(client, app, "es", "clinic-alone")
    assert "court" not in big(client, app, "en", "group-home"), "what to tell somebody who recruits"
    assert not big(client, app, "en", "pressured")


ABOUT_SEX_FOR_MONEY = {"right-not-charged", "right-clear-record", "right-report-crime", "right-condoms"}
ABOUT_BEING_SOLD = {"right-caseworker"}


def test_the_laws_in_big_letters_tell_nobody_what_the_page_does_not_say(client: FlaskClient, app: Flask) -> None:
    """The section on trafficking or on prostitution, held up to a nurse or a worker, says what the reader did not."""
    telling = {
        right.id
        for right in app.extensions["library"].of_kind("rights")
        if re.search(r"Penal Code (?:sections? )?(?:236|647)\b", big(client, app, "en", right.id))
    }
    assert telling == ABOUT_SEX_FOR_MONEY | ABOUT_BEING_SOLD


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("record", ["right-made-me", "right-not-charged", "right-immigrant-care"])
def test_nothing_held_up_admits_a_crime_or_a_status(
    record: str, language: str, client: FlaskClient, app: Flask
) -> None:
    shown = big(client, app, language, record)
    assert not re.search(r"made (?:me|to)|I was|[Mm]e oblig|care with no papers", shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_right_about_what_only_a_lawyer_is_told_holds_up_nothing_but_what_to_say(
    language: str, client: FlaskClient, app: Flask
) -> None:
    shown = big(client, app, language, "right-made-me")
    assert re.findall(r'<span lang="en">(.*?)</span>', shown) == ["I want a lawyer, and I want to stay silent."]
    assert "Code" not in shown
    page = client.get(f"/{language}/{app.extensions['library'].get('right-made-me').code}").get_data(as_text=True)
    assert "Penal Code" in page, "its sources name the law, for the reader"
