"""How often the search is right, held to a floor in both languages, on questions it was tuned on and on questions it
never saw."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.ask.evaluate import HELD_OUT, LANGUAGES, MANNERS, MANNERS_HELD_OUT, TUNED_ON, measure, verdicts
from tests.ask.pairs import first_of

# The aim of the project for questions never tuned on.
FIRST, THREE = 0.80, 0.95


def below(counts: dict[str, int]) -> list[str]:
    """Return which aims the counts of a language miss."""
    told = [
        ("first", counts["first"] >= FIRST * counts["asked"]),
        ("three", counts["three"] >= THREE * counts["asked"]),
        ("urgent", counts["two"] == counts["now"]),
    ]
    return [name for name, met in told if not met]


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return {Path(entry["file"]).stem: entry for entry in measure(TUNED_ON, HELD_OUT)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", ["questions", "held-out"])
def test_the_right_topic_comes_first_and_urgent_ones_within_two(
    file: str, language: str, found: dict[str, Any]
) -> None:
    assert not below(found[file]["languages"][language]), found[file]["languages"][language]


# The aim of the project: of the questions asked, so many may be shown a wrong sentence; of the urgent ones none.
WRONG = 0.03


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", ["questions", "held-out"])
def test_hardly_a_wrong_sentence_is_shown_as_the_answer(file: str, language: str, found: dict[str, Any]) -> None:
    """Each sentence that is shown has been judged by a person; a new one is to be read and added to judged.jsonl."""
    shown = [each for each in found[file]["shown"] if each["language"] == language]
    told = verdicts(shown)
    asked = found[file]["languages"][language]["asked"]
    unknown = [f"{each['text']} -> {each['record']} {each['answer']}" for each in told["not judged"]]
    assert len(told["wrong"]) + len(unknown) <= WRONG * asked, unknown
    assert len(shown) >= 0.15 * asked


def test_no_urgent_question_is_shown_a_wrong_sentence(found: dict[str, Any]) -> None:
    lines = [line for file in (TUNED_ON, HELD_OUT) for line in file.read_text("utf-8").splitlines()]
    urgent = {question["id"] for question in map(json.loads, lines) if question["urgency"] == "now"}
    shown = [each for entry in found.values() for each in entry["shown"] if each["id"] in urgent]
    assert len(shown) > 20
    assert not verdicts(shown)["wrong"]


# Spanish questions of which something else came first until 2026-11-29, mostly because one word means two things; with
# the page that comes first, and whether it comes with an alarm.
SPANISH = {
    "me corté y no para": ("bleeding", True),
    "me corto y no para la sangre": ("bleeding", True),
    "no se mueve mi bebé desde que me aventó": ("pregnant-later", True),
    "oigo voces q me dicen q me mate": ("want-to-die", True),
    "me dice q si lo dejo se mata": ("die-if-i-leave", True),
    "me aventaron acido en la cara": ("burned", True),
    "ya viene por mi esta abajo": ("danger-up", True),
    "el sexo oral contagia": ("oral-basics", False),
    "alguien entro a mi cuenta de snap": ("phone-watched", False),
    "no quiero tener al bebe": ("pregnant-options", False),
    "me corte el dedo cocinando": ("wound-care", False),
    "me toca corte y no se q decir": ("right-caseworker", False),
}


def test_what_came_wrong_in_spanish_once_comes_right() -> None:
    answers = first_of([("es", text) for text in SPANISH])
    assert {text: (told["first"], told["alarm"]) for text, told in zip(SPANISH, answers, strict=True)} == SPANISH


def test_the_page_of_a_broken_condom_is_sure_and_condoms_have_more_than_one_page() -> None:
    """PEP is no rival of the page that leads to it; a phrase that is known as one word still says what it is about."""
    broke, wear = first_of([("es", "se rompio el condon"), ("es", "como poner bien un condon")])
    assert (broke["first"], broke["sure"]) == ("condom-broke", True)
    assert (wear["first"], wear["sure"]) == ("condom-how", True)
    assert wear["found"] > 3


@pytest.mark.parametrize("file", [MANNERS, MANNERS_HELD_OUT], ids=["tuned", "held-out"])
def test_a_manner_of_speaking_raises_no_alarm(file: Path) -> None:
    (entry,) = measure(file)
    for language in LANGUAGES:
        mine = [each for each in entry["raises"] if each["language"] == language]
        alarms = [each["text"] for each in mine if each["danger"]]
        assert len(mine) >= 25
        assert len(alarms) <= 1, alarms


def test_no_real_danger_is_merely_asked_about_and_few_other_questions_are(found: dict[str, Any]) -> None:
    """ "Do you mean someone is hurt?" is for the middle: never instead of an alarm that an urgent question needs, and
    under one question in ten of the others."""
    lines = [line for file in (TUNED_ON, HELD_OUT) for line in file.read_text("utf-8").splitlines()]
    urgent = {question["text"] for question in map(json.loads, lines) if question["urgency"] == "now"}
    raises = [each for entry in found.values() for each in entry["raises"]]
    asked = [each["text"] for each in raises if each["hurt"]]
    assert not urgent & set(asked)
    assert len(asked) < 0.1 * len(raises), asked


def test_the_floor_bites() -> None:
    """Without words of its own (asks, titles, answers, words of topics) the index is below every language's floor."""

    def no_words(index: dict[str, Any]) -> None:
        index["asks"] = {"words": "zzz", "where": "1"}
        for key in ("title", "short"):
            index["records"][key] = [""] * len(index["records"]["id"])
        index["words"]["topics"] = {}

    (entry,) = measure(TUNED_ON, change=no_words)
    assert all("first" in below(counts) for counts in entry["languages"].values()), entry["languages"]


def test_there_are_questions_of_every_topic_in_both_languages(app: Flask) -> None:
    questions = [json.loads(line) for file in (TUNED_ON, HELD_OUT) for line in file.read_text("utf-8").splitlines()]
    asked = Counter((topic, question["language"]) for question in questions for topic in question["topics"])
    assert len(questions) >= 300
    assert {question["urgency"] for question in questions} == {"now", "soon", "info"}
    assert not [
        (topic, language)
        for topic in app.extensions["library"].topics
        for language in LANGUAGES
        if asked[topic, language] < 3
    ]


def test_no_question_is_one_of_the_asks(app: Flask) -> None:
    """A question that stands in a record word for word would measure nothing."""
    asks = {
        ask
        for record in app.extensions["library"].records.values()
        for ask in (*record.questions("en"), *record.questions("es"))
    }
    questions = [json.loads(line)["text"] for line in HELD_OUT.read_text("utf-8").splitlines()]
    assert not [text for text in questions if text in asks]
