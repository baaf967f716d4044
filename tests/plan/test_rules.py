"""Static rules of the plan: its fields, what its scripts may name, its order, its words. Each rule is shown to bite."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from youthapp.library.passphrases import COUNT, passphrase_words
from youthapp.library.tables import tables

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "static" / "js"
COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)

NETWORK = re.compile(
    r"\b(?:fetch|XMLHttpRequest|sendBeacon|WebSocket|EventSource|WebTransport|RTCPeerConnection|htmx)\b|\.src\s*=|"
    r"\.action\s*=|\.submit\(|location\.(?:href|assign|replace)|console\."
)
STORAGE = re.compile(
    r"\b(?:indexedDB|IDB\w+|navigator\.storage|getDirectory|caches|serviceWorker|localStorage|sessionStorage|"
    r"document\.cookie|pushState|replaceState)\b"
)


def script(path: Path) -> str:
    return COMMENT.sub("", path.read_text("utf-8"))


def bad_fields(html: str) -> list[str]:
    """Return the text fields and ticks of a list that have a name, or that a browser would remember, correct or send
    for spelling."""
    page = html.partition("<main")[2].partition("</main>")[0]
    wrong = []
    for field in re.findall(r"<(?:input|textarea|select|form)\b[^>]*>", page):
        if " name=" in field or 'autocomplete="off"' not in field or " action=" in field or "method=" in field:
            wrong.append(field)
        written = field.startswith("<textarea") or 'type="text"' in field
        if written and not all(
            text in field for text in ('autocorrect="off"', 'autocapitalize="off"', 'spellcheck="false"')
        ):
            wrong.append(field)
    return wrong


def test_no_field_of_the_list_is_remembered_named_or_corrected(app: Flask, client: FlaskClient) -> None:
    library = app.extensions["library"]
    pages = [
        "plan",
        "meeting",
        "need",
        *(record.code for kind in ("moments", "plan", "meeting") for record in library.of_kind(kind)),
    ]
    for path in pages:
        html = client.get(f"/en/{path}").get_data(as_text=True)
        assert html.count("data-step") >= 5, path
        assert bad_fields(html) == [], path
    for bad in (
        '<input type="text">',
        '<input autocomplete="off" name="plan">',
        '<textarea autocomplete="off"></textarea>',
        '<form autocomplete="off" action="/x">',
    ):
        assert bad_fields(f"<main>{bad}</main>"), bad


def test_scripts_of_the_plan_name_no_network_call_and_write_nothing_down() -> None:
    found = [
        f"{path.name}: {match.group()}"
        for path in (SCRIPTS / "plan").glob("*.js")
        if (match := NETWORK.search(script(path)))
    ]
    assert not found
    for bad in ("fetch('/x')", "navigator.sendBeacon(x)", "image.src = x", "location.href = x", "console.log(plan)"):
        assert NETWORK.search(bad), bad


def test_one_module_names_storage() -> None:
    found = sorted({path.name for path in (SCRIPTS / "plan").glob("*.js") if STORAGE.search(script(path))})
    assert found == ["store.js"]
    # Elsewhere: the pocket keeps pages, never a youth's words.
    others = [path for path in SCRIPTS.rglob("*.js") if path.parent.name not in ("plan", "lib")]
    assert not [path.name for path in others if "indexedDB" in script(path)]
    assert "Blob" in script(SCRIPTS / "plan" / "store.js")
    assert re.findall(r"\.put\((?!new Blob\()[^;]*", script(SCRIPTS / "plan" / "store.js")) == [], (
        "nothing but Blobs is kept"
    )


def test_no_words_become_markup() -> None:
    found = [
        path.name
        for path in (SCRIPTS / "plan").glob("*.js")
        if re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", script(path))
    ]
    assert not found


def test_no_key_is_ever_stored_or_can_leave() -> None:
    text = script(SCRIPTS / "plan" / "sealed.js")
    assert "exportKey" not in text
    assert "wrapKey" not in text
    assert not re.search(r"importKey\([^)]*,\s*true\s*,|deriveKey\([^)]*,\s*true\s*,", text)


def test_one_order_names_every_section_and_the_page_keeps_it(app: Flask, client: FlaskClient) -> None:
    library = app.extensions["library"]
    for kind in ("plan", "meeting"):
        order = library.order[kind]
        assert sorted(order) == sorted(step.id for step in library.of_kind(kind))
        apart = [step.id for step in library.of_kind(kind) if step.in_head or step.id in tables().plan.more]
        html = client.get(f"/en/{kind}").get_data(as_text=True)
        assert [section for section in re.findall(r'data-section="([a-z-]+)"', html) if section in order] == [
            section for section in order if section not in apart
        ]
        if apart:
            more = client.get("/en/plan/more").get_data(as_text=True)
            places = [more.index(f'href="/en/{library.get(section).code}"') for section in apart]
            assert places == sorted(places)
    assert all(library.shown(library.get(line)) for line in tables().plan.lines)


def test_letters_are_given_in_turn_and_never_again(app: Flask) -> None:
    """A list on a phone names a choice by its letter: one that is taken out leaves a gap, and this test says so."""
    library = app.extensions["library"]
    for kind in ("plan", "meeting"):
        for step in library.of_kind(kind):
            letters = sorted(choice.id for choice in step.choices)
            assert letters == [chr(ord("a") + place) for place in range(len(letters))], step.id
    spoken = {(step.id, choice.id) for step in library.of_kind("plan") for choice in step.choices}
    assert {
        ("plan-tonight", "a"),
        ("plan-moved", "k"),
        ("plan-leaving", "t"),
        ("plan-places", "o"),
        ("plan-police", "k"),
    } <= spoken


def test_what_a_finder_must_not_read_is_apart_from_the_list_and_says_so_first(app: Flask, client: FlaskClient) -> None:
    library = app.extensions["library"]
    in_head = {(step.id, choice.id) for step in library.of_kind("plan") for choice in step.for_head}
    assert {
        ("plan-people", "m"),
        ("plan-places", "j"),
        ("plan-places", "n"),
        *(("plan-leaving", letter) for letter in "bcdefghijmnopqrst"),
    } <= in_head
    assert {step.id for step in library.of_kind("plan") if step.in_head} == {
        "plan-pressure",
        "plan-rooms",
        "plan-danger",
        "plan-police",
    }
    plan = client.get("/en/plan").get_data(as_text=True)
    for step in library.of_kind("plan"):
        html = client.get(f"/en/{step.code}").get_data(as_text=True)
        before, _here, group = html.partition(f'data-head="{step.id}"')
        assert bool(group) == bool(step.for_head), step.id
        if not group:
            continue
        assert group.index("in your head first") < group.index("data-step")
        assert re.findall(r'data-step="(\w)"', before) == [choice.id for choice in step.for_list]
        assert re.findall(r'data-step="(\w)"', group) == [choice.id for choice in step.for_head]
        assert ("data-own" in group.partition("data-head-keep")[0]) == step.in_head, (
            "own words of such a section stay with it"
        )
        assert not step.in_head or step.title not in plan, "its title is not on the plan's own page"
        assert all(str(choice.text) not in plan for choice in step.for_head)


def test_who_must_report_is_told_before_a_pick_that_can_lead_to_it(app: Flask, client: FlaskClient) -> None:
    for section, told in (
        ("plan-pressure", "have to report"),
        ("plan-police", "cover probation officers"),
        ("plan-feelings", "Already showered?"),
        ("plan-rooms", "in every place"),
    ):
        html = client.get(f"/en/{app.extensions['library'].get(section).code}").get_data(as_text=True)
        assert told in html
        assert html.index(told) < html.index("data-step"), section


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_six_words_come_from_an_even_plain_list(language: str) -> None:
    words = passphrase_words(language)
    assert len(words) == len(set(words)) == COUNT
    assert COUNT & (COUNT - 1) == 0, "a power of two: six words are a whole number of bits"
    assert all(re.fullmatch(r"[a-z]{3,7}", word) for word in words), (
        "without accents, so that every keyboard writes them"
    )
