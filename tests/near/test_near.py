"""Near: what the pages of places say, in which order, and what never leaves the server."""

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.house.rules import RULES, House, Seen
from tests.near.conftest import with_places
from tests.places import ROW
from youthapp import create_app, export, preflight
from youthapp.export.site import Site
from youthapp.library.place_tables import counties
from youthapp.library.schema import Line
from youthapp.offline import book
from youthapp.places.directory import PER_PAGE
from youthapp.settings import Settings, SettingsError

FIRST_ANSWER = 14336
"""Bytes of the first flight of a slow line: a page must fit (tests/budget.toml)."""


def cards(page: str) -> list[str]:
    """Return the HTML of each place on a page."""
    return re.findall(r"<article class=\"card place\".*?</article>", page, re.DOTALL)


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_without_places_there_is_no_page_and_nothing_leads_to_one(client: FlaskClient) -> None:
    assert client.get("/en/near").status_code == 404
    for address in ("/en/", "/en/talk", "/en/need", "/en/vd3", "/en/cards", "/en/ask"):
        page = client.get(address).text
        assert "/near" not in page
        assert "data-near" not in page


def test_county_then_town_then_kind_leads_to_places_without_script(near: FlaskClient) -> None:
    first = near.get("/en/near").text
    assert 'data-county="fresno" href="/en/near/fresno"' in first
    county = near.get("/en/near/fresno").text
    assert 'href="/en/near/fresno/in/clovis"' in county
    assert 'data-kind="food" href="/en/near/fresno/2"' in county
    town = near.get("/en/near/fresno/in/clovis").text
    assert 'data-kind="food" href="/en/near/fresno/in/clovis/2"' in town
    places = cards(near.get("/en/near/fresno/in/clovis/2").text)
    assert places
    assert all("Clovis" in place and "data-checked=" in place for place in places)


def test_a_small_county_asks_for_no_town(near: FlaskClient) -> None:
    assert "/in/" not in near.get("/en/near/sacramento").text
    assert near.get("/en/near/sacramento/in/sacramento").status_code == 404


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_place_says_all_before_its_first_button(near: FlaskClient, language: str) -> None:
    (house,) = [card for card in cards(near.get(f"/{language}/near/sacramento/1").text) if "Lantern" in card]
    before = words_of(house.split('<div class="ways">')[0])
    told = {
        "en": [
            "Ages 12 to 17, until your 18th birthday", "No ID", "Free", "Call first", "It's open day and night",
            "They take new people", "within 3 days", "Many youth shelters must reach a parent or another adult",
            "Staff have to report", "English, Spanish", "Pets: ask", "Midtown, Sacramento", "They can pick you up",
        ],
        "es": [
            "De 12 a 17 años, hasta el día que cumples 18", "Sin identificación", "Gratis", "Llama antes",
            "de día y de noche", "Reciben gente nueva", "3 días", "inglés, español", "Mascotas: pregunta",
            "Pueden ir por ti",
        ],
    }  # fmt: skip
    assert [words for words in told[language] if words not in before] == []
    assert 'href="tel:+19165550101"' in house


def test_what_is_not_known_is_said_as_ask(make: Callable[..., Flask]) -> None:
    (place,) = cards(make({}).test_client().get("/en/near/fresno/2").text)
    told = words_of(place)
    for words in (
        "Hours: ask",
        "Ages: ask",
        "ID: ask",
        "Cost: ask",
        "How to come in: ask",
        "Languages: ask",
        "Pets: ask",
    ):
        assert words in told
    assert "You can ask first: do you call a parent, and when?" in told
    assert "closed" not in told.lower()


def test_a_secret_place_is_its_phone_and_county(near: FlaskClient) -> None:
    (house,) = [card for card in cards(near.get("/en/near/san-diego/1").text) if "Harbor" in card]
    assert "The place is private. They tell you where to meet." in house


def test_titles_and_addresses_tell_nothing(near: FlaskClient) -> None:
    for address in ("/en/near", "/en/near/fresno", "/en/near/fresno/1", "/en/near/k/1", "/en/near/towns"):
        page = near.get(address).text
        assert "<title>Near · Porchlight</title>" in page
        links = re.findall(r'href="(/en/near[^"]*)"', page)
        assert not [link for link in links if re.search("bed|food|clinic|shelter|legal|drug|hospital", link)]


def test_all_counties_and_their_towns_are_there(near: FlaskClient) -> None:
    page = near.get("/en/near").text
    assert len(set(re.findall(r'data-county="([a-z-]+)"', page))) == 58
    towns = near.get("/en/near/towns").text
    assert all(town in unescape(towns) for county in counties().values() for town in county.towns)
    assert near.get("/en/near/atlantis").status_code == 404


def test_a_county_without_places_says_so_and_gives_lines(make: Callable[..., Flask]) -> None:
    page = make({}).test_client().get("/en/near/modoc").text
    assert "We have no list of places for this county yet." in page
    assert 'href="sms:741741' in page


def test_each_county_line_that_is_shown_is_on_its_countys_page_and_tells_of_the_record(sample: Flask) -> None:
    library = sample.extensions["library"]
    shown = [key for key in counties() if library.county_line(key)]
    assert len(shown) > 30
    for key in shown:
        line = library.county_line(key)
        assert isinstance(line, Line)
        assert line.call is not None
        assert "A call makes a record" in line.before.must_report
        page = sample.test_client().get(f"/en/near/{key}").text
        assert line.call.shown.split(" ")[0] in page
        assert "A call here makes a record" in page


def test_guides_and_needs_offer_the_fitting_kind_before_their_lines(near: FlaskClient) -> None:
    page = near.get("/en/vd3").text  # a place to sleep
    assert 0 < page.index('data-kind="bed"') < page.index("1-800-786-2929")
    assert near.get(re.findall(r'data-kind="bed" href="([^"]+)"', page)[0]).status_code == 200


def test_an_old_place_says_so_and_then_goes(make: Callable[..., Flask], tmp_path: Path) -> None:
    bed = {"kinds": "bed", "show_address": "yes", "agreed": "yes", "address": "12 Quiet Lane", "age_min": "18"}
    fresh = make(bed).test_client().get("/en/near/fresno/1").text
    assert "12 Quiet Lane" in fresh
    assert 'data-due="2027-01-30"' in fresh, "90 days after the check"
    assert 'data-gone="2027-11-01"' in fresh, "12 months after it"
    assert 'data-gone="2027-01-30">12 Quiet Lane' in fresh, "the phone hides the address of a bed on that day"
    stale = make(bed, today=date(2027, 2, 1)).test_client().get("/en/near/fresno/1").text
    assert "Sample Kitchen" in stale
    assert "Quiet Lane" not in stale
    assert make(bed, today=date(2027, 11, 2)).test_client().get("/en/near").status_code == 404


def test_a_closed_place_and_one_past_its_last_day_are_not_shown(make: Callable[..., Flask]) -> None:
    app = make(
        {}, {"name": "Closed Kitchen", "status": "closed"}, {"name": "Summer Kitchen", "show_until": "2026-11-27"},
        {"name": "Paused Kitchen", "status": "paused", "hours": "24/7"},
    )  # fmt: skip
    page = app.test_client().get("/en/near/fresno/2").text
    assert "Closed Kitchen" not in page
    assert "Summer Kitchen" not in page
    (paused,) = [card for card in cards(page) if "Paused" in card]
    assert "It may be closed. Call first." in paused
    assert '"always":false' in unescape(paused), "nothing says that it is open now"


def test_a_wrong_place_is_reported_by_a_message_and_no_form(sample: Flask, near: FlaskClient) -> None:
    code = re.findall(r'data-place="(\w+)"', near.get("/en/near/sacramento/1").text)[0]
    page = near.get(f"/en/near/p/{code}").text
    assert "mailto:list@cornerlamp.example?subject=" in page
    assert "<form" not in cards(page)[0]


CANARY, WORDS = "4711 Zanzibar Street", re.compile(rb"zanzibar|secret\.person|36\.7378", re.IGNORECASE)


@dataclass(frozen=True)
class Secretive:
    """An organisation some of whose rows hold what nobody may read: the folder of its records, and its whole export."""

    records: Path
    export: Site


@pytest.fixture(scope="module")
def secretive(tmp_path_factory: pytest.TempPathFactory) -> Secretive:
    shown = {**ROW, "show_address": "yes", "address": "1 Example St"}
    rows = [
        shown,
        {**ROW, "name": "Quiet House", "kinds": "bed", "show_address": "no", "address": CANARY, "age_min": "18"},
        {
            **shown,
            "name": "Lunch Room",
            "address": "4711 N Zanzibar Ave",
            "note_en": "Come to 4711 Zanzibar by the door.",
        },
        {**shown, "name": "Bed Without A Word", "kinds": "bed", "address": CANARY},
        {**shown, "name": "Van", "area": "Near 4711 Zanzibar"},
        {**shown, "name": "With A Column", "latitude": "36.7378", "contact": "secret.person"},
    ]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = "\n".join([",".join(columns), *(",".join(f'"{row.get(name, "")}"' for name in columns) for row in rows)])
    folder = tmp_path_factory.mktemp("secretive")
    return Secretive(folder / "records", export.site(with_places(folder, text)))


@pytest.mark.xdist_group("secretive")
def test_no_byte_of_any_answer_export_or_book_holds_a_street_that_may_not_be_shown(secretive: Secretive) -> None:
    assert not [path for path in secretive.records.rglob("*") if path.is_file() and WORDS.search(path.read_bytes())]
    leaves = secretive.export.leaves
    assert any(leaf.address.startswith("/en/near/p/") for leaf in leaves)
    assert any(leaf.address == "/en/book-near/fresno" for leaf in leaves)
    assert not [leaf.address for leaf in leaves if WORDS.search(leaf.copy.body)]


@pytest.mark.xdist_group("secretive")
def test_initials_are_on_no_page(secretive: Secretive) -> None:
    checked = [path.read_text() for path in secretive.records.rglob("*.toml")]
    assert any("MR" in text and "JT" in text for text in checked), "who checked stands in the records"
    leaves = secretive.export.leaves
    assert not [leaf.address for leaf in leaves if re.search(rb"\bchecked_by\b|>MR<|>JT<", leaf.copy.body)]


def test_every_page_prints(sample: Flask) -> None:
    count, failed = preflight.failures(sample)
    assert count > 500
    assert not failed


@pytest.mark.parametrize("language", ["en", "es"])
def test_45_a_page_and_each_fits_the_first_flight(tmp_path: Path, language: str) -> None:
    client = with_places(tmp_path, real_looking(300)).test_client()
    first = client.get(f"/{language}/near/fresno/2", headers={"Accept-Encoding": "br"})
    page = client.get(f"/{language}/near/fresno/2").text
    assert len(cards(page)) == PER_PAGE
    assert f"/{language}/near/fresno/2/2" in page
    head = sum(len(f"{name}: {value}\r\n") for name, value in first.headers)
    assert len(brotli.compress(client.get(f"/{language}/near/fresno/2").data)) + head < FIRST_ANSWER


def real_looking(count: int) -> str:
    """Return a sheet of food places in Fresno that compress no better than real ones: names, notes and numbers of
    random letters."""
    chance = random.Random(7)

    def word() -> str:
        return "".join(chance.choice("abcdefghiklmnoprstuvw") for _ in range(chance.randint(3, 9)))

    columns = ["name", "kinds", "county", "city", "show_address", "address", "phone", "web", "hours", "how", "age_min",
               "age_max", "id_needed", "cost", "languages", "note_en", "note_es", "checked_on",
               "how_checked"]  # fmt: skip
    lines = [",".join(columns)]
    for number in range(count):
        row = [
            f"{word()} {word()} {number}".title(), "food", "Fresno", chance.choice(["Fresno", "Clovis"]), "yes",
            f"{chance.randint(1, 9999)} {word().title()} Ave", f"559-555-{chance.randint(0, 9999):04}",
            f"https://{word()}-{number}.example/", f"Mo-Fr {chance.randint(6, 11):02}:00-{chance.randint(12, 21)}:30",
            chance.choice(["walk in", "call first"]), str(chance.randint(10, 15)), str(chance.randint(18, 25)),
            chance.choice(["no", "yes", "ask"]), chance.choice(["free", "sliding"]), chance.choice(["en", "en; es"]),
            " ".join(word() for _ in range(8)), " ".join(word() for _ in range(8)),
            f"2026-{chance.randint(8, 11):02}-{chance.randint(1, 28):02}", chance.choice(["rang", "visited"]),
        ]  # fmt: skip
        lines.append(",".join(f'"{cell}"' for cell in row))
    return "\n".join(lines)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_county_of_300_places_costs_at_most_60_kb_and_the_page_says_about_what(tmp_path: Path, language: str) -> None:
    app = with_places(tmp_path, real_looking(300))
    told = app.test_client().get(f"/{language}/book-near/fresno")
    assert told.content_type.startswith(book.KIND)
    kb = len(brotli.compress(told.data, quality=11, lgwin=24)) / 1024
    assert kb < 60
    assert kb * 0.6 < book.county_kb(300) < kb * 1.6
    page = app.test_client().get(f"/{language}/near/fresno").text
    assert 'data-keep-county="fresno"' in page
    assert f"{book.county_kb(300)} KB" in page


def test_the_words_for_ask_name_no_place(sample: Flask, near: FlaskClient) -> None:
    release = sample.config["RELEASE"]
    told = near.get(f"/static/{release}/near-es.json")
    data = json.loads(told.text)
    assert "example" not in told.text
    assert {county["id"] for county in data["counties"]} >= {"fresno", "los-angeles"}
    assert "comida" in next(kind for kind in data["kinds"] if kind["digit"] == 2)["words"]
    assert "near-en.json" in near.get("/en/ask").text


def test_workers_print_a_county_as_a_sheet_and_as_cards_and_send_the_link_of_a_place(near: FlaskClient) -> None:
    assert 'href="/en/cards/near"' in near.get("/en/cards").text
    sheet_page = near.get("/en/cards/near/sacramento/sheet").text
    assert "Lantern House (example)" in sheet_page
    assert "css/outreach/fold.css" in sheet_page
    card_page = near.get("/es/cards/near/sacramento/cards").text
    code = re.findall(r"/es/near/p/(\w+)", card_page)[0]
    link = near.get(f"/en/cards/near/p/{code}").text
    assert f"/en/near/p/{code}" in link
    assert f"/es/near/p/{code}" in link
    assert near.get(f"/en/near/p/{code}").status_code == 200


COLUMNS = """[[places]]
name = "Side Door"
kinds = "drop-in; food"
county = "Fresno"
city = "Fresno"
phone = "559-555-0123"
hours = "Mo-Fr 10:00-18:00"
checked_on = 2026-11-20
how_checked = "visited"
"""


def test_a_place_of_the_settings_file_is_the_same_record(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(COLUMNS)
    app = create_app(Settings.from_environment({"PORCHLIGHT_FILE": str(file), "PORCHLIGHT_TODAY": "2026-11-28"}))
    client = app.test_client()
    assert "Side Door" in client.get("/en/near/fresno/6").text
    assert "559-555-0123" in client.get("/en/talk").text
    assert "Mon–Fri 10:00" in client.get("/en/cards/maker").text
    file.write_text(COLUMNS.replace("559-555-0123", "call us"))
    with pytest.raises(SettingsError, match=r"settings.toml, line 6: places.0.phone: is not a number"):
        Settings.from_environment({"PORCHLIGHT_FILE": str(file)})
    file.write_text(COLUMNS + 'show_address = "never"\naddress = "12 Quiet Lane"\n')
    with pytest.raises(SettingsError, match=r"places.0.address: is filled, and the place is secret"):
        Settings.from_environment({"PORCHLIGHT_FILE": str(file)})


def test_a_changed_place_is_another_release(make: Callable[..., Flask]) -> None:
    one, same = make({}).config["RELEASE"], make({}).config["RELEASE"]
    assert one == same
    assert make({"phone": "559-555-0199"}).config["RELEASE"] != one


def test_a_place_that_was_written_wrong_by_hand_does_not_start(make: Callable[..., Flask], tmp_path: Path) -> None:
    make({})
    file = tmp_path / "records" / "places" / "sample-kitchen-fresno.toml"
    file.write_text(file.read_text() + 'address = "12 Quiet Lane"\n')
    from youthapp import REFUSALS

    with pytest.raises(REFUSALS, match=r"places/sample-kitchen-fresno\.toml"):
        create_app(Settings(records=tmp_path / "records"))


NOT_FOR_PLACES = {"no_foreign_address", "numbers_are_the_lines_own", "links_lead_somewhere", "reading_needs_no_script"}
"""Rules of the house that know the library's records only: a place's own link and number, and pages with an address of
their own (each of which an export and a check print)."""


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_pages_keep_the_rules_of_the_house(sample: Flask, near: FlaskClient, language: str) -> None:
    house = House(sample.extensions["library"], sample.config["SETTINGS"], frozenset())
    code = next(iter(sample.extensions["places"].by_code))
    addresses = (
        "",
        "/towns",
        "/k/1",
        "/fresno",
        "/fresno/in/clovis",
        "/fresno/2",
        "/modoc",
        "/sacramento/1",
        f"/p/{code}",
    )
    broken = []
    for address in (*(f"/{language}/near{end}" for end in addresses), f"/{language}/cards/near/fresno/sheet"):
        answer = near.get(address)
        page = Seen(address, answer.text, language, 200, dict(answer.headers))
        for rule in RULES:
            if rule.name not in NOT_FOR_PLACES:
                broken += [f"{address}: {rule.name}: {problem}" for problem in rule.look(page, house)]
    assert not broken, "\n".join(broken[:20])


def test_a_link_of_a_place_tells_no_referrer_and_nothing_else_is_foreign(near: FlaskClient) -> None:
    for address in ("/en/near/fresno/1", "/en/near/sacramento/1"):
        page = near.get(address).text
        links = re.findall(r'<a class="go" href="(https://[^"]+)"( rel="noreferrer nofollow")?', page)
        assert links
        assert all(rel for _link, rel in links)
        assert not re.findall(r'(?:src|srcset|action)="(?:https?:)?//', page)
