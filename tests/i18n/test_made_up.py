"""Nothing in the app is made for English or Spanish: it is served, searched, printed and bound in two made-up
languages.
"""

import json
import re
import subprocess
from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from tests.ask.evaluate import CONTENT, node
from tests.house.rules import RULES, House, Rule, Seen
from tests.i18n.made_up import LONG, MIRRORED
from tests.i18n.made_up import RULES as WORD_RULES
from tests.offline.test_offline import opened
from tests.pages import all_paths, error_paths, handed_paths
from youthapp.library import schema

pytestmark = pytest.mark.xdist_group("made-up")

MADE_UP = (LONG, MIRRORED)
SAMPLE = 7
"""Of the record pages, which differ by their record only, every seventh goes through the rules of the house; all are
opened.
"""

_seen: dict[str, list[Seen]] = {}


def seen(app: Flask, language: str) -> list[Seen]:
    """Return every page of a language, opened once."""
    if language not in _seen:
        client = app.test_client()
        asked = [("GET", path, 200) for path in all_paths(app, language) + handed_paths(app, language)[::40]]
        pages = []
        for method, path, status in asked + error_paths(language):
            answer = client.open(path, method=method, headers={"Accept-Language": language})
            assert answer.status_code == status, path
            pages.append(Seen(path, answer.text, language, status, dict(answer.headers)))
        _seen[language] = pages
    return _seen[language]


def is_record(page: Seen) -> bool:
    return re.fullmatch(r"/[a-z-]+/[0-9a-z]{3}", page.path) is not None


@pytest.fixture(scope="module")
def house(four_languages: Flask) -> House:
    tags = four_languages.extensions["languages"]
    addresses = {path for tag in tags for path in all_paths(four_languages, tag) + handed_paths(four_languages, tag)}
    return House(four_languages.extensions["library"], four_languages.config["SETTINGS"], frozenset(addresses))


@pytest.mark.parametrize("language", MADE_UP)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_page_opens_and_keeps_the_rules_of_the_house(
    rule: Rule, language: str, four_languages: Flask, house: House
) -> None:
    pages = seen(four_languages, language)
    records = [page for page in pages if is_record(page)]
    assert len(records) > 200
    chosen = [page for page in pages if not is_record(page)] + records[::SAMPLE]
    broken = [f"{page.path}: {problem}" for page in chosen for problem in rule.look(page, house)]
    assert not broken, "\n".join(broken[:20])


def texts_of(element: Element) -> list[str]:
    """Return what a reader sees or hears of an element; not of parts that say which language they are in, nor
    citations.
    """
    if (
        element.tag in ("style", "script")
        or (element.get("lang") and element.tag != "html")
        or element.get("class") == "source"
    ):
        return []
    found = [element.text or "", *(element.get(name) or "" for name in ("aria-label", "placeholder"))]
    for child in element:
        found += texts_of(child) if isinstance(child.tag, str) else []
        found.append(child.tail or "")
    return found


def test_no_word_of_english_is_left_on_a_page(four_languages: Flask) -> None:
    """Words in capitals are what a line is texted, or spells its number with; workers' pages show the words of all
    languages; the taps of the tools stand by tag in their tables (CONTRIBUTING.md, "Add a language").
    """
    left: Counter[str] = Counter()
    tools = (f"/{MIRRORED}/when", f"/{MIRRORED}/fits")
    pages = [page for page in seen(four_languages, MIRRORED) if "/cards" not in page.path and page.path not in tools]
    for page in pages:
        body = page.tree.find("body")
        assert body is not None
        text = re.sub(r"\{[a-z]+\}", " ", " ".join(texts_of(body))).replace("Porchlight", " ")
        left.update(f"{page.path}: {word}" for word in re.findall(r"\b[A-Za-z]*[a-z]{2,}[A-Za-z]*\b", text))
    assert len(pages) > 300
    assert not left, list(left)[:20]


@pytest.mark.parametrize("language", MADE_UP)
def test_a_page_leads_to_itself_in_every_other_language(language: str, four_languages: Flask) -> None:
    code = four_languages.extensions["library"].get("want-to-die").code
    others = [tag for tag in four_languages.extensions["languages"] if tag != language]
    for rest in ("", "talk", code):
        page = four_languages.test_client().get(f"/{language}/{rest}").text
        assert re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="/\1/' + rest + '">', page) == others
        assert re.findall(r'<a class="lang" lang="([\w-]+)" hreflang="\1" href="/\1/' + rest + '">', page) == others


DOORS = {"ar-XB,en;q=0.5": MIRRORED, "en-XA": LONG, "en-GB,en;q=0.9": "en", "es-MX": "es", "fr": "en", "": "en"}


@pytest.mark.parametrize(("asked", "language"), DOORS.items())
def test_the_door_opens_in_the_language_that_the_phone_asks_for(
    asked: str, language: str, four_languages: Flask
) -> None:
    assert four_languages.test_client().get("/", headers={"Accept-Language": asked}).location == f"/{language}/"


def test_the_frame_turns_and_numbers_do_not(four_languages: Flask) -> None:
    page = four_languages.test_client().get(f"/{MIRRORED}/talk").text
    assert f'<html lang="{MIRRORED}" dir="rtl">' in page
    assert '<bdi class="num">988</bdi>' in page
    manifest = json.loads(four_languages.test_client().get(f"/{MIRRORED}/install/notes/manifest").data)
    assert (manifest["lang"], manifest["dir"]) == (MIRRORED, "rtl")


def test_dates_hours_and_names_of_languages_are_the_languages_own(four_languages: Flask) -> None:
    library = four_languages.extensions["library"]
    page = four_languages.test_client().get(f"/{MIRRORED}/{library.get('trans-lifeline').code}").text
    assert "الاثنين–الجمعة" in page
    assert "الإنجليزية" in page
    assert "نوفمبر" in page


def test_one_is_longer_and_both_keep_numbers_and_holes(four_languages: Flask) -> None:
    library = four_languages.extensions["library"]
    texts = [text for record in library.records.values() for _path, text in schema.texts(record)]
    assert sum(map(len, map(WORD_RULES[LONG], texts))) >= 1.4 * sum(map(len, texts))
    for rule in WORD_RULES.values():
        assert all(re.findall(r"\d+", rule(text)) == re.findall(r"\d+", text) for text in texts)
        assert rule("%(count)s of {all}: 10%%").endswith("{all}: 10%%")
        assert rule("%(count)s of {all}: 10%%").startswith("%(count)s ")


@pytest.mark.parametrize("language", MADE_UP)
def test_a_question_finds_its_answer(language: str, four_languages: Flask, tmp_path: Path) -> None:
    """The search of the phone over the index of the server: what a youth would ask, in this language, about every
    topic.
    """
    library = four_languages.extensions["library"]
    (tmp_path / "index").mkdir()
    for sent, kept in (("index", f"{language}.json"), ("answers", f"{language}.answers.json")):
        address = f"/static/{four_languages.config['RELEASE']}/{sent}-{language}.json"
        (tmp_path / "index" / kept).write_bytes(four_languages.test_client().get(address).data)
    cards = [record for kind in ("now", "tips", "rights") for record in library.of_kind(kind)]
    asked = [(record, question) for record in cards for question in record.questions(language)[::6]]
    questions = [{"language": language, "text": text, "topics": record.topics, "urgency": ""} for record, text in asked]
    assert len(questions) > 200
    (tmp_path / "asked").write_text("\n".join(map(json.dumps, questions)), "utf-8")
    run = subprocess.run(
        [node(), str(CONTENT / "evaluate.mjs"), str(tmp_path / "index"), str(tmp_path / "asked")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    counts = json.loads(run.stdout)[0]["languages"][language]
    assert counts["asked"] == len(questions)
    assert counts["three"] >= 0.95 * counts["asked"], counts


@pytest.mark.parametrize("language", MADE_UP)
def test_the_book_holds_every_page_and_every_languages_way_out(language: str, four_languages: Flask) -> None:
    client = four_languages.test_client()
    told, pages = opened(client.get(f"/{language}/book").data)
    _, core = opened(client.get(f"/{language}/book-core").data)
    assert told["language"] == language
    library = four_languages.extensions["library"]
    youth = {
        f"/{language}/{record.code}"
        for key, record in library.records.items()
        if library.kinds[key] in schema.YOUTH_KINDS and library.shown(record)
    }
    assert youth <= set(pages)
    for kept in (pages, core):
        assert {f"/{tag}/quiet" for tag in four_languages.extensions["languages"]} <= set(kept)


CARD = {
    "page": "home",
    "format": "card",
    "face": "words",
    "words": "use",
    "number": "",
    "note": "Sam, 3–6",
    "pages": "1",
}


@pytest.mark.parametrize("language", [*MADE_UP, "all"])
@pytest.mark.parametrize("form", ["card", "micro", "quarter", "tear", "sticker"])
def test_a_card_is_drawn_in_it(form: str, language: str, four_languages: Flask) -> None:
    words = "Thought you could use this."
    answer = four_languages.test_client().post("/en/cards/print", data={**CARD, "format": form, "language": language})
    assert answer.status_code == 200
    for tag in MADE_UP if language == "all" else [language]:
        first = WORD_RULES[tag](words).split()[0]
        assert re.search(rf">[^<]*{first}", answer.text), tag
    assert ('direction="rtl"' in answer.text) == (language != LONG)


def test_what_the_fonts_of_a_pdf_lack_is_refused_in_words(four_languages: Flask) -> None:
    """A PDF and a PNG shape no letters and set none from right to left: they say so, and the browser's print page has
    them.
    """
    client = four_languages.test_client()
    assert client.post("/en/cards/pdf", data={**CARD, "language": LONG}).data.startswith(b"%PDF")
    assert client.post("/en/cards/png", data={**CARD, "format": "screen", "language": LONG}).data.startswith(b"\x89PNG")
    for made, form in (("pdf", "card"), ("png", "screen")):
        for language in (MIRRORED, "all"):
            answer = client.post(f"/en/cards/{made}", data={**CARD, "format": form, "language": language})
            assert answer.status_code == 422
            assert "do not have all letters of this card" in " ".join(answer.text.split())
