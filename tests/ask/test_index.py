"""The index of the search: small, whole, and the same for everyone."""

import copy
import json
from typing import Any

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.ask.evaluate import LANGUAGES
from youthapp.ask.index import plain, searchable, stop_words
from youthapp.library.tables import tables

MAX_BYTES = 75 * 1024


def fetched(client: FlaskClient, language: str) -> Any:
    return client.get(f"/static/{client.application.config['RELEASE']}/index-{language}.json")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_is_at_most_75_kilobytes_on_the_way(language: str, client: FlaskClient) -> None:
    answer = fetched(client, language)
    assert answer.mimetype == "application/json"
    assert len(brotli.compress(answer.data, mode=brotli.MODE_TEXT, quality=11)) <= MAX_BYTES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_that_a_reader_may_see_can_be_found(language: str, client: FlaskClient, app: Flask) -> None:
    library = app.extensions["library"]
    told = {record["id"]: record for record in fetched(client, language).json["records"]}
    assert set(told) == {record.id for record in searchable(library)}
    assert {record["kind"] for record in told.values()} == set(tables().search.kinds)
    assert not [key for key in told if not library.shown(library.get(key))]
    assert not [key for key, record in told.items() if not 1 <= len(record["topics"]) <= 3]


def test_another_releases_index_is_not_here(client: FlaskClient) -> None:
    assert client.get("/static/000000000000/index-en.json").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_says_what_it_reports_with_its_buttons(language: str, client: FlaskClient, app: Flask) -> None:
    translator = app.extensions["translators"][language]
    library = app.extensions["library"]
    lines = fetched(client, language).json["lines"]
    assert "lifeline-988" in lines
    for key, line in lines.items():
        assert line["report"] == translator.translate(library.get(key)).before.must_report, key
        own = library.get(key)
        # A way that we are less sure of comes after the others.
        assert sorted(kind for kind, _link, _label in line["ways"]) == sorted(
            kind for kind in ("call", "text", "chat", "video") if getattr(own, kind)
        ), key
        assert all(link.startswith(("tel:", "sms:", "https://")) and label for _kind, link, label in line["ways"]), key


def test_the_field_turned_round_holds_each_word_where_it_was(client: FlaskClient, app: Flask) -> None:
    index = fetched(client, "en").json
    field = index["fields"]["asks"]
    places: dict[str, list[int]] = {}
    for word, steps in zip(field["words"].split(), field["where"].split(), strict=True):
        at = -1
        for step in steps.split(","):
            at += int(step.rstrip("+"))
            places.setdefault(word, []).append(at)
    ids = [record["id"] for record in index["records"]]
    assert ids.index("condom-broke") in places["busted"]
    assert not stop_words() & set(places)
    assert all(plain(word) == word for word in places)


def test_the_words_of_the_search_hold_together(client: FlaskClient, app: Flask) -> None:
    words, library = fetched(client, "en").json["words"], app.extensions["library"]
    assert not faults(words, library)
    broken = copy.deepcopy(words)
    broken["danger"][0]["card"] = "nobody"
    broken["alike"].append("mom mother")
    broken["topics"].pop("periods")
    assert len(faults(broken, library)) == 3


def faults(words: dict[str, Any], library: Any) -> list[str]:
    """Return what is wrong in search-words.toml: a danger without its record, a word in two groups, a topic without
    words."""
    told = [
        f"danger: no record {group[part]}"
        for group in words["danger"]
        for part in ("card", "line")
        if group[part] not in library.records
    ]
    seen: set[str] = set()
    for group in words["alike"]:
        twice = seen & set(group.split())
        told += [f"alike: {sorted(twice)} in two groups"] if twice else []
        seen |= set(group.split())
    return told + [f"topics: no words for {topic}" for topic in library.topics if not words["topics"].get(topic)]


def test_json_holds_no_markup(client: FlaskClient) -> None:
    assert "<" not in json.dumps(fetched(client, "es").json)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_a_clock_that_has_a_limit_says_until(language: str, client: FlaskClient, app: Flask) -> None:
    """ "Until: harm can show days later" turns a warning round (static/js/ask/answers.js hides the word)."""
    clocks = {
        record["id"]: record["clock"] for record in fetched(client, language).json["records"] if "clock" in record
    }
    assert {key for key, clock in clocks.items() if "until" not in clock} >= {
        "hurt-or-neck",
        "sores-or-discharge",
        "sudden-pain",
    }
    for key, clock in clocks.items():
        assert ("until" in clock) == app.extensions["library"].get(key).clocks[0].is_limit, key
