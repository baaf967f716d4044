"""What the facts rest on: an allowed publisher for each, no web address where a youth reads, and a packet for everyone
who has to sign."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import pytest
from click.testing import CliRunner
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.test import Client

from youthapp.cli import main
from youthapp.editorial import sources
from youthapp.library.library import Library
from youthapp.library.schema import YOUTH_KINDS


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load()


def changed(library: Library, key: str, **fields: object) -> Library:
    """Return the library with other fields in one fact."""
    return replace(library, facts={**library.facts, key: msgspec.structs.replace(library.facts[key], **fields)})


def test_ours_pass(library: Library) -> None:
    assert not list(sources.problems(library))


@pytest.mark.parametrize(
    ("key", "fields", "said"),
    [
        ("CO-01", {"authority": ("Best Baby Shop",)}, "'Best Baby Shop' is no publisher of publishers.toml"),
        ("CO-01", {"authority": ("CDCs of the world",)}, "is no publisher"),
        ("CO-01", {"authority": ("California Family Council",)}, "is no publisher"),
        ("CO-01", {"signoff": "a friend"}, "'a friend' is none of the choices: clinician, lawyer, survivor board"),
        ("EM-02", {"replaced_by": ()}, "FA-24 replaces it. Add FA-24 to its replaced_by"),
        ("CO-01", {"replaced_by": ("FA-24",)}, "replaced_by names FA-24, which does not say so"),
    ],
)
def test_a_wrong_fact_is_found(library: Library, key: str, fields: dict[str, object], said: str) -> None:
    found = list(sources.problems(changed(library, key, **fields)))
    assert any(said in problem for problem in found), found


@pytest.mark.parametrize(
    "name",
    ["CDC, STI Treatment Guidelines (2021)", "California Penal Code section 236.14", "FDA", "California SB 357 (2022)"],
)
def test_a_publisher_covers_what_begins_with_its_name(name: str) -> None:
    assert sources.allowed(name)


def test_facts_that_are_replaced_are_listed_with_their_records(library: Library) -> None:
    listed = sources.outdated(library)
    assert all(library.facts[key].replaced_by for key in listed)
    assert all(key in library.get(name.split("/")[1]).facts for key, names in listed.items() for name in names)


def youth_pages(app: Flask) -> Iterator[str]:
    library: Library = app.extensions["library"]
    client = Client(partial(Flask.wsgi_app, app), Response)
    for path in ("about", "talk", "talk/all", "plan", "now", "rights", "ask", "phone"):
        yield client.get(f"/en/{path}").get_data(as_text=True)
    for record in library.records.values():
        if library.kinds[record.id] in YOUTH_KINDS and library.shown(record):
            yield client.get(f"/en/{record.code}").get_data(as_text=True)


def test_no_page_of_a_youth_prints_the_address_of_a_source(app: Flask) -> None:
    library: Library = app.extensions["library"]
    hosts = {urlsplit(how).hostname for fact in library.facts.values() for how in fact.read} - {None}
    hosts |= {
        urlsplit(evidence.address).hostname for line in library.of_kind("lines") for evidence in line.evidence
    } - {None}
    # A line's own chat is a link that the reader asked for, and may be on the site that was read.
    chats = {urlsplit(line.chat.url).hostname for line in library.of_kind("lines") if line.chat}
    dotted = re.compile(r"(?<![\w.@-])(?:[\w-]+\.)+[a-z]{2,}(?![\w-])")
    for page in youth_pages(app):
        assert not (set(dotted.findall(page)) & hosts) - chats


def test_the_searchs_words_hold_no_address_of_a_source(app: Flask, client: FlaskClient) -> None:
    library: Library = app.extensions["library"]
    told = client.get(f"/static/{app.config['RELEASE']}/index-en.json").get_data(as_text=True)
    assert json.loads(told)["records"]
    chats = {line.chat.url for line in library.of_kind("lines") if line.chat}
    assert set(re.findall(r'https?://[^"\s]+', told)) <= chats


def test_a_page_says_whose_statement_it_is(client: FlaskClient, library: Library) -> None:
    page = client.get(f"/en/{library.get('condom-broke').code}").get_data(as_text=True)
    assert "<li>CDC, US SPR 2024, emergency contraception</li>" in page


def test_workers_and_funders_see_what_every_fact_rests_on(client: FlaskClient, library: Library) -> None:
    page = client.get("/es/cards/facts").get_data(as_text=True)
    for key in sources.used(library):
        assert f'id="{key}"' in page
    assert "Aún sin la firma" in page
    assert "/es/cards/facts" in client.get("/es/cards").get_data(as_text=True)
    assert "/es/cards/facts" in client.get("/es/about").get_data(as_text=True)


def test_due_lists_every_sign_off_by_role(library: Library) -> None:
    told = CliRunner().invoke(main, ["content", "due"]).output
    for role, facts in sources.waiting(library).items():
        assert facts
        assert f"{role}: {len(facts)} facts to confirm" in told
    assert "native Spanish health editor: " in told


@pytest.mark.parametrize("role", ["clinician", "lawyer", "survivor board"])
def test_a_packet_holds_claim_source_and_place_and_needs_no_network(
    role: str, library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "packet.html"
    assert CliRunner().invoke(main, ["content", "packet", "--role", role, "--out", str(file)]).exit_code == 0
    packet = file.read_text("utf-8")
    assert not re.search(r"<(?:script|link|img|iframe)|\bhref=|\bsrc=", packet)
    for fact in sources.waiting(library)[role]:
        assert f'<article id="{fact.id}">' in packet
    rests = sources.used(library)
    fact = next(fact for fact in sources.waiting(library)[role] if fact.id in rests)
    article = packet.split(f'<article id="{fact.id}">')[1].split("</article>")[0]
    assert library.get(rests[fact.id][0]).code in article


def test_the_spanish_editor_reads_both_languages_side_by_side(tmp_path: Path) -> None:
    file = tmp_path / "packet.html"
    assert (
        CliRunner()
        .invoke(main, ["content", "packet", "--role", "native Spanish health editor", "--out", str(file)])
        .exit_code
        == 0
    )
    assert "<td>cost</td>" in file.read_text("utf-8")
    refused = CliRunner().invoke(main, ["content", "packet", "--role", "friend"])
    assert refused.exit_code == 1
    assert "is none of the choices: clinician, lawyer" in refused.output
