"""In which languages a line answers stands before its buttons, on every page and in the list of answers, and orders the
lines."""

from html.parser import HTMLParser

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from tests.ask.evaluate import LANGUAGES
from youthapp.library.schema import Line
from youthapp.web.speaks import answers, fitting_lines, speaks


def said(app: Flask, line: str, language: str) -> str:
    with app.test_request_context(f"/{language}/talk"):
        app.preprocess_request()
        return speaks(app.extensions["library"].get(line))


@pytest.mark.parametrize(
    ("line", "language", "words"),
    [
        ("lifeline-988", "es", "Español: llamada (marca 2), mensaje (manda AYUDA), chat."),
        ("lifeline-988", "en", "English. Spanish: call (press 2), text (send AYUDA), chat."),
        ("crisis-text-line", "es", "Español: mensaje (manda AYUDA)."),
        ("never-use-alone", "es", "Solo inglés."),
        ("never-use-alone", "en", "Only English."),
        ("rainn", "es", "Español: llamada (di “Spanish, please”), chat. ¿Español? No sabemos: mensaje."),
        ("samhsa", "es", "Español: llamada (di “Spanish, please”). Solo inglés: mensaje."),
        ("emergency-911", "es", "¿Español? No sabemos: llamada (di “Spanish, please”). Solo inglés: mensaje."),
        ("nrs", "en", "English. Spanish not known: call (say “Spanish, please”), chat."),
        ("deaf-hotline", "es", "Solo inglés. Lengua de señas americana (ASL): videoteléfono."),
    ],
)
def test_a_line_says_in_which_languages_it_answers_and_how_to_reach_them(
    line: str, language: str, words: str, app: Flask
) -> None:
    assert said(app, line, language).startswith(words)


def test_a_line_whose_calls_are_interpreted_says_so(app: Flask) -> None:
    assert "Más idiomas si pides intérprete: llamada." in said(app, "nhth", "es")
    assert "intérprete" not in said(app, "samhsa", "es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_silent_about_its_languages(language: str, app: Flask) -> None:
    lines = app.extensions["library"].of_kind("lines")
    assert not [line.id for line in lines if not said(app, line.id, language)]


class Ways(HTMLParser):
    """Counts the buttons of lines on a page, and those that no line of languages stands before in their own list."""

    def __init__(self) -> None:
        super().__init__()
        self.before: list[str] = []
        self.lists = 0
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "data-speaks" in given:
            self.before.append("speaks")
        href = given.get("href") or ""
        if tag == "a" and href.startswith(("tel:", "sms:")):
            self.lists += 1
            self.silent += "speaks" not in self.before
        if tag in ("article", "h1", "h2", "h3"):
            self.before = []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_of_a_line_says_it_before_its_buttons(language: str, client: FlaskClient, app: Flask) -> None:
    library = app.extensions["library"]
    records = [
        library.get(key)
        for key in (
            "want-to-die",
            "no-place-tonight",
            "need-sleep",
            "right-police-questions",
            "talk-sleep",
            "lifeline-988",
        )
    ]
    pages = [f"/{language}/talk", f"/{language}/plan", *(f"/{language}/{record.code}" for record in records)]
    for page in pages:
        ways = Ways()
        ways.feed(client.get(page).get_data(as_text=True))
        assert ways.lists, page
        assert not ways.silent, page


def test_text_to_911_has_the_english_sentence_ready_to_copy(client: FlaskClient, app: Flask) -> None:
    page = client.get(f"/es/{app.extensions['library'].get('emergency-911').code}").get_data(as_text=True)
    assert "Escríbelo en inglés si puedes" in page
    assert '<b class="copy" lang="en">HELP. I am at ___. I can&#39;t talk.</b>' in page


def test_lines_that_answer_in_the_readers_language_come_first_where_they_fit_alike(app: Flask) -> None:
    library = app.extensions["library"]
    moved = []
    for kind in ("now", "tips", "rights", "needs", "reasons"):
        for record in library.of_kind(kind):
            orders = {}
            for language in LANGUAGES:
                with app.test_request_context(f"/{language}/talk"):
                    app.preprocess_request()
                    assert g.language.tag == language
                    orders[language] = fitting_lines(record)
            assert sorted(orders["es"]) == sorted(record.lines), record.id
            assert orders["en"] == list(record.lines), record.id
            if "emergency-911" in record.lines:
                assert orders["es"].index("emergency-911") == record.lines.index("emergency-911"), record.id
            moved += [record.id] * (orders["es"] != orders["en"])
    assert moved


def test_a_line_answers_in_a_language_when_one_way_does(app: Flask) -> None:
    line = app.extensions["library"].get("samhsa")
    assert isinstance(line, Line)
    assert answers(line, "es")
    assert not answers(line, "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_answers_says_it_too(language: str, client: FlaskClient, app: Flask) -> None:
    release = client.application.config["RELEASE"]
    lines = client.get(f"/static/{release}/index-{language}.json").json["lines"]  # type: ignore[index]
    assert all(lines[key]["speaks"] == said(app, key, language) for key in lines)
