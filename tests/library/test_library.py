"""What is wrong does not start: every refusal names the file, the field and the fix."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from youthapp.library import schema
from youthapp.library.library import Library, LibraryError, free_codes
from youthapp.library.rules import CODE_LETTERS
from youthapp.library.schema import Card, Line, Reason, texts
from youthapp.paths import CONTENT

GOOD = """
id = "own-sample"
code = "x7x9"
title = "A sample"
short = "Short."
topics = ["condoms"]
facts = ["CO-02"]
who_will_know = "You."
cost = "Free."
needs_adult_or_id = "None."
lines = ["lifeline-988"]
[checked]
on = 2026-11-23
how = "copies"
"""


def refusal(tmp_path: Path, text: str, name: str = "own-sample") -> str:
    """Return what the library says when one more record is added to ours."""
    folder = tmp_path / "tips"
    folder.mkdir()
    (folder / f"{name}.toml").write_text(text)
    with pytest.raises(LibraryError) as error:
        Library.load(CONTENT, tmp_path)
    return str(error.value)


def test_our_own_library_starts_and_so_does_a_good_addition(tmp_path: Path) -> None:
    (tmp_path / "tips").mkdir()
    (tmp_path / "tips" / "own-sample.toml").write_text(GOOD)
    assert Library.load(CONTENT, tmp_path).get("own-sample").title == "A sample"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('cost = "Free."', 'cost = "Free."\ncolour = "red"'), "colour: there is no such field"),
        (('cost = "Free."\n', ""), 'the field "cost" is missing'),
        (('cost = "Free."', "cost = 3"), "expected words between quotes"),
        (("on = 2026-11-23", 'on = "soon"'), "checked.on: "),
        (("on = 2026-11-23", "on = 2026-13-23"), "this is not TOML"),
        (('lines = ["lifeline-988"]', 'lines = ["lifeline-989"]'), 'there is no record "lifeline-989"'),
        (('lines = ["lifeline-988"]', 'lines = ["condom-broke"]'), '"condom-broke" is not a line'),
        (('lines = ["lifeline-988"]', 'lines = ["one-in-six"]'), "low confidence"),
        (('short = "Short."', 'short = "Call 800-656-4673 now."'), "in a sentence"),
        (('short = "Short."', 'short = "Text 741741."'), "in a sentence"),
        (('short = "Short."', 'short = "See https://example.org."'), "in a sentence"),
        (('short = "Short."', 'short = "A <b>bold</b> word."'), "in a sentence"),
        (('facts = ["CO-02"]', 'facts = ["CO-99"]'), '"CO-99" is in no file of facts'),
        (('facts = ["CO-02"]', 'facts = ["RT-20"]'), "may not be published"),
        (('facts = ["CO-02"]', "facts = []"), "sources: none"),
        (('topics = ["condoms"]', 'topics = ["weather"]'), '"weather" is not a topic'),
        (
            ('topics = ["condoms"]', 'topics = ["condoms", "periods", "abortion", "consent-pressure"]'),
            "more than three",
        ),
        (('code = "x7x9"', 'code = "abc"'), "is not a code"),
        (('code = "x7x9"', 'code = "x7x9"\nsources = ["nobody"]'), '"nobody" is not in sources.toml'),
        (('id = "own-sample"', 'id = "own-other"'), "is not the file's name"),
        (('id = "own-sample"', 'id = "lube"'), "is already in tips/"),
    ],
)
def test_a_wrong_record_is_refused(change: tuple[str, str], told: str, tmp_path: Path) -> None:
    assert change[0] in GOOD
    said = refusal(tmp_path, GOOD.replace(*change))
    assert told in said
    assert "tips/own-sample.toml" in said


def test_a_code_used_twice_is_refused(tmp_path: Path) -> None:
    taken = Library.load().get("lube").code
    said = refusal(tmp_path, GOOD.replace("x7x9", taken))
    assert f'"{taken}" is already the code of' in said


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    said = refusal(tmp_path, GOOD.replace("condoms", "weather").replace("lifeline-988", "lifeline-989"))
    assert "weather" in said
    assert "lifeline-989" in said


def test_codes_have_no_vowel_and_nothing_that_looks_alike() -> None:
    assert not set(CODE_LETTERS) & set("aeiou01lo2z5s8b")
    codes = [code for code, _ in zip(free_codes(()), range(9000), strict=False)]
    assert len(set(codes)) == 9000
    assert next(free_codes(codes[:1])) == codes[1]


def test_the_library_is_as_large_as_promised() -> None:
    library = Library.load()
    counts = {kind: len(library.of_kind(kind)) for kind in set(library.kinds.values())}
    assert counts["lines"] >= 67
    assert counts["now"] >= 18
    assert counts["tips"] >= 70
    assert counts["rights"] >= 28
    assert counts["needs"] >= 14
    assert counts["plan"] >= 14
    assert sum(len(step.choices) for step in library.of_kind("plan")) >= 120
    assert counts["pairs"] >= 34


def test_every_topic_is_answered_twice_and_stands_on_one_shelf() -> None:
    library = Library.load()
    for topic in library.topics:
        answers = [
            key
            for key, record in library.records.items()
            if topic in record.topics and library.kinds[key] != "shelves" and library.shown(record)
        ]
        assert len(answers) >= 2, topic
        assert sum(topic in shelf.topics for shelf in library.of_kind("shelves")) == 1, topic


def test_every_need_has_something_for_today_that_needs_no_adult() -> None:
    for need in Library.load().of_kind("needs"):
        assert any(option.no_adult for option in need.today), need.id


def test_every_card_names_a_line_that_is_open_at_any_hour() -> None:
    library = Library.load()
    for kind in ("now", "tips", "rights", "needs", "reasons"):
        for record in library.of_kind(kind):
            assert any(isinstance(line, Line) and line.always_open for line in map(library.get, record.lines)), (
                record.id
            )


def test_unsure_lines_stay_in_the_library_and_are_not_shown(client: FlaskClient) -> None:
    library = Library.load()
    unsure = [line for line in library.of_kind("lines") if not line.shown]
    assert unsure
    for line in unsure:
        assert client.get(f"/en/{line.code}").status_code == 404
        assert client.get(f"/{line.code}").status_code == 404


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("short", True),
        ("do.0", True),
        ("do.0.text", True),
        ("know.0", True),
        ("do.99", False),
        ("do", False),
        ("", False),
    ],
)
def test_an_answer_is_a_sentence_of_its_record(path: str, found: bool) -> None:
    record = Library.load().get("condom-broke")
    assert (schema.answer(record, path) is not None) == found


def test_a_form_that_is_always_there_is_nobody_who_answers() -> None:
    ombudsperson = Library.load().get("ofco")
    assert isinstance(ombudsperson, Line)
    assert ombudsperson.chat is not None
    assert ombudsperson.chat.hours == "always"
    assert ombudsperson.chat.what == "form"
    assert not ombudsperson.always_open


def with_lines(library: Library, record: str) -> Card | Reason:
    """Return a record that lists lines of its own."""
    found = library.get(record)
    assert isinstance(found, Card | Reason)
    return found


def test_lines_that_only_listen_come_before_lines_that_step_in() -> None:
    library = Library.load()
    step_in = {
        "nhth",
        "ncmec",
        "emergency-911",
        *(line.id for line in library.of_kind("lines") if line.id.startswith("cps-")),
    }
    assert not step_in & set(with_lines(library, "talk-used").lines)
    assert with_lines(library, "talk-step-in").lines[0] == "nhth"
    for card in ("say-i-owe", "went-back", "has-my-papers", "sex-for-things", "go-back-ok", "leave-when-ready"):
        assert with_lines(library, card).lines[0] not in step_in, card


def test_every_reason_says_its_first_answer_before_its_lines() -> None:
    assert [reason.id for reason in Library.load().of_kind("reasons") if not reason.short] == []


ANSWERED = ("rights", "needs", "reasons", "lines", "limits", "moments", "shelves")


def test_every_question_of_these_kinds_names_a_sentence_that_stands_in_its_record() -> None:
    library = Library.load()
    wrong = [
        f"{record.id}: {asks.answer!r}"
        for kind in ANSWERED
        for record in library.of_kind(kind)
        for asks in record.asks
        if asks.answer not in dict(texts(record))
    ]
    assert not wrong
