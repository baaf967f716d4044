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


NO_DEED = {
    "Penal": r"264\.2|518|519|679\.04|1116\d|11165\.\d|13823\.11(?:\(a\))?",
    "Welfare and Institutions": r"224\.\d+|305|313|361\.8|625\.[67]|627|160\d\d(?:\.\d)?|165\d\d(?:\.\d+)?",
    "Health and Safety": r"103577|121015|121022|123115|124260",
    "Business and Professions": r"",
    "Vehicle": r"14902",
}
"""By code, the sections that any right may name in big letters: care, reports, custody, foster care, papers, victims.
The codes that are not here hold no crimes."""

ITS_OWN = {
    "right-not-charged": r"647\(b\)",
    "right-report-crime": r"647\.3",
    "right-condoms": r"647\.3",
    "right-caseworker": r"236\.21",
    "right-clear-record": r"236\.14",
    "right-911": r"11376\.5|25667",
    "right-hiv": r"120290",
    "right-seal-record": r"781",
}
"""The sections on what a reader may have done, or on being sold, of the rights whose own words say so anyway."""


def telling(record: str, laws: str) -> list[str]:
    """Return the sections in the names of laws that say more of a reader than the page of a right does."""
    laws = re.sub(r" \([^)]*\d{4}\)|, subdivision[^<]*", "", laws)  # the bill and its year, and the parts of a section
    named = re.findall(r"California ([A-Z][A-Za-z ]+?) Code (?:sections? )?([^<]*)", laws)
    return [
        f"{code} {section}"
        for code, sections in named
        if code in NO_DEED
        for section in re.findall(r"(?<![\d.])\d+(?:\.\d+)?(?:\([a-z]\))?", sections)
        if not re.fullmatch(f"{NO_DEED[code]}|{ITS_OWN.get(record, '')}", section)
    ]


def test_no_law_in_big_letters_tells_what_the_page_does_not_say(client: FlaskClient, app: Flask) -> None:
    """The section on trafficking, on running away or on breaking probation, held up to a nurse or a clerk, says what
    the reader did not."""
    rights = [right.id for right in app.extensions["library"].of_kind("rights")]
    assert not {right: told for right in rights if (told := telling(right, big(client, app, "en", right)))}


@pytest.mark.parametrize(
    ("record", "law", "told"),
    [
        ("right-emancipation", "Welfare and Institutions Code sections 625(b), 777 and 871", 3),
        ("right-emancipation", "Welfare and Institutions Code sections 207, 601, 625 and 626", 4),
        ("right-exam", "Penal Code sections 236.23 and 236.24 (AB 1761, 2016; AB 124, 2021)", 2),
        ("right-held", "Penal Code section 647(b) (SB 1322, 2016)", 1),
        ("right-naloxone", "Health and Safety Code section 11377", 1),
        ("right-not-charged", "Penal Code section 647(b) (SB 1322, 2016)", 0),
        ("right-held", "Welfare and Institutions Code section 625.7 (AB 2644, 2022)", 0),
        ("right-bills-mail", "Civil Code section 56.107 (AB 1184, 2021)", 0),
    ],
)
def test_the_rule_of_the_laws_in_big_letters_bites(record: str, law: str, told: int) -> None:
    assert len(telling(record, f"<b>California {law}</b>")) == told


def test_emancipation_holds_up_its_own_law_alone_and_its_page_names_the_others(client: FlaskClient, app: Flask) -> None:
    shown = big(client, app, "en", "right-emancipation")
    assert "Family Code sections 7120 to 7122" in shown
    assert "Welfare and Institutions" not in shown
    page = client.get(f"/en/{app.extensions['library'].get('right-emancipation').code}").get_data(as_text=True)
    assert "sections 625(b), 777 and 871" in page, "its sources name the law, for the reader"


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
