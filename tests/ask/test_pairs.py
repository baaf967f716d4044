"""Both languages are understood alike in danger: in the words of the search, and on pairs of sentences through the
search itself."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.ask.pairs import HELD_OUT, LANGUAGES, Asked, ask_all
from youthapp.ask.index import term_of
from youthapp.library import tables

# Danger: every alarm and every guide but one in a hundred. Calm: no alarm but one in a hundred; the right topic as
# often as for other questions.
DANGER, CALM, TOPIC = 0.99, 0.99, 0.85


@pytest.fixture(scope="module")
def asked() -> list[Asked]:
    return ask_all()


def share(rows: list[Asked], right: str) -> float:
    return sum(bool(getattr(row, right)) for row in rows) / len(rows)


def wrong(rows: list[Asked], right: str) -> list[str]:
    return [f"{row.language}: {row.text} -> {row.first}" for row in rows if not getattr(row, right)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_is_seen_and_its_guide_stands_first(language: str, asked: list[Asked]) -> None:
    rows = [row for row in asked if row.language == language and row.alarm]
    assert len(rows) > 150
    assert share(rows, "right_alarm") >= DANGER, wrong(rows, "right_alarm")
    assert share(rows, "right_first") >= DANGER, wrong(rows, "right_first")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_manner_of_speaking_a_denial_and_an_everyday_question_raise_no_alarm(
    language: str, asked: list[Asked]
) -> None:
    rows = [row for row in asked if row.language == language and not row.alarm]
    assert len(rows) > 120
    assert share(rows, "right_alarm") >= CALM, wrong(rows, "right_alarm")
    named = [row for row in rows if row.topics]
    assert share(named, "right_first") >= TOPIC, wrong(named, "right_first")


def test_each_language_has_300_sentences_and_no_sentence_twice(asked: list[Asked]) -> None:
    for language in LANGUAGES:
        texts = [row.text for row in asked if row.language == language]
        assert len(texts) >= 300
        assert len(texts) == len(set(texts))


def test_on_sentences_never_looked_at_spanish_is_at_most_a_tenth_behind() -> None:
    """How many of these are seen at all is told by `python -m tests.ask.pairs`: phrases catch a part of what they were
    not written for."""
    rows = ask_all(HELD_OUT)
    for alarm, right in ((True, "right_alarm"), (True, "right_first"), (False, "right_alarm")):
        english, spanish = (
            share([row for row in rows if row.language == language and row.alarm == alarm], right)
            for language in LANGUAGES
        )
        # 26 and 22 of 39 guides since English gained one on 2026-11-29: a tenth, and a tenth of one sentence more.
        assert spanish >= english - 0.11, (alarm, right, english, spanish)


def test_the_table_bites() -> None:
    """Without the words of danger nearly no alarm stands."""

    def no_danger(index: dict[str, Any]) -> None:
        index["words"]["danger"] = [{**group, "when": ["zzzz"]} for group in index["words"]["danger"]]

    rows = [row for row in ask_all(change=no_danger, signs=False) if row.alarm]
    assert share(rows, "right_alarm") < 0.1


def test_what_one_language_can_say_of_danger_every_language_can() -> None:
    words = tables.tables().search_words
    assert list(tables._one_sided(words)) == []
    first, *others = words.danger
    broken = replace_says(first, ({"en": ("i got lost at sea",), "es": ()}, *first.says))
    (problem,) = tables._one_sided(replace_words(words, (broken, *others)))
    assert 'there is no phrase for it in "es"' in problem
    assert "i got lost at sea" in problem


def test_what_a_sign_is_made_of_is_there_in_every_language(app: Flask) -> None:
    library, signs = app.extensions["library"], tables.tables().signs
    assert list(tables.sign_problems(library, signs)) == []
    change = msgspec.structs.replace
    half = change(signs, kinds={**signs.kinds, "hit": {"en": "hit"}})
    assert list(tables.sign_problems(library, half)) == ['signs.toml: kinds.hit: there is no word for it in "es".']
    lost = change(signs, sign=(tables.Sign(card="nowhere", line="lifeline-988", alarm=("hit>nose",), ask=()),))
    assert list(tables.sign_problems(library, lost)) == [
        'signs.toml: there is no record "nowhere".',
        'signs.toml: nowhere: there is no kind "nose".',
    ]


def replace_says(group: tables.Danger, says: Any) -> tables.Danger:
    return tables.Danger(card=group.card, line=group.line, says=says)


def replace_words(words: tables.SearchWords, danger: Any) -> tables.SearchWords:
    fields = {name: getattr(words, name) for name in words.__struct_fields__}
    return tables.SearchWords(**{**fields, "danger": danger})


def test_a_right_row_and_a_wrong_row_are_told_apart() -> None:
    row = Asked("en", "x", ("want-to-die",), (), True, "want-to-die", (), True)
    assert row.right_alarm
    assert row.right_first
    assert not replace(row, alarmed=False).right_alarm
    assert not replace(row, first="bleeding").right_first


STREET = [
    "chile",
    "pinga",
    "pija",
    "concha",
    "culo",
    "mamada",
    "semen",
    "gorrito",
    "globo",
    "forro",
    "culear",
    "panzona",
    "kotex",
    "misoprostol",
    "cytotec",
    "fichera",
    "talonear",
    "prostituyen",
    "madrota",
    "pollero",
    "patrona",
    "jura",
    "tira",
    "patrulla",
    "mara",
    "pandilla",
    "perico",
    "coca",
    "piedra",
    "chela",
    "guaro",
    "monas",
    "madriza",
    "pescuezo",
    "ahogar",
    "ultrajar",
    "depre",
    "varo",
    "dif",
    "mixteco",
    "colgar",
    "aventar",
    "cojer",
    "mojado",
    "cipote",
    "patojo",
    "vato",
    "troca",
    "ingles",
    "cuide",
]
"""Words of Mexico and Central America that a reading of the Spanish found nowhere in the search."""


def test_no_word_of_the_street_is_unknown(client: FlaskClient) -> None:
    release = client.application.config["RELEASE"]
    index = client.get(f"/static/{release}/index-es.json").json
    assert index
    words = index["words"]
    known = set(index["asks"]["words"].split()) | {word for group in words["alike"] for word in group.split()}
    known |= {word for phrases in words["phrases"].values() for phrase in phrases for word in phrase.split()}
    said = " ".join(phrase for group in words["danger"] for phrase in group["when"])
    # Of words with one root only the first travels.
    assert not [word for word in STREET if not {word, term_of(word)} & known and word not in said]
