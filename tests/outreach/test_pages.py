"""The worker's pages: what they take, what they refuse and how, and that they keep and tell nothing."""

import re
import unicodedata
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from youthapp import create_app, outreach
from youthapp.library import published
from youthapp.library.betraying import betrays
from youthapp.library.tables import tables
from youthapp.outreach import finding, forms, handouts
from youthapp.outreach.formats import MOST_PAGES
from youthapp.settings import Settings
from youthapp.web import errors, permalinks

GOOD = {
    "page": "home",
    "language": "all",
    "format": "card",
    "face": "words",
    "words": "use",
    "number": "",
    "note": "Sam, Tue 3-6",
    "pages": "1",
}
MADE = ("sheet", "print", "pdf", "png", "svg")
OURS = {"Sec-Fetch-Site": "same-origin"}


def send(client: FlaskClient, made: str = "sheet", spoken: str = "en", **changed: str) -> TestResponse:
    return client.post(f"/{spoken}/cards/{made}", data={**GOOD, **changed}, headers=OURS)


def words(answer: TestResponse) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", answer.text))


@pytest.mark.parametrize("made", MADE)
def test_a_good_form_gives_what_was_asked_for(client: FlaskClient, made: str) -> None:
    answer = send(client, made)
    kinds = {
        "sheet": "text/html; charset=utf-8",
        "print": "text/html; charset=utf-8",
        "pdf": "application/pdf",
        "png": "image/png",
        "svg": "image/svg+xml",
    }
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == kinds[made]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_the_whole_page_works_without_script_and_keeps_what_was_typed_in_the_form(client: FlaskClient) -> None:
    answer = send(client, note="Ana, jueves 4–7", format="sticker")
    assert 'value="Ana, jueves 4–7"' in answer.text
    assert 'selected value="sticker"' in answer.text
    assert answer.text.startswith("<!DOCTYPE html>")
    assert "data-exit" in answer.text
    assert answer.text.count('<svg class="paper"') == 1
    assert answer.text.count('href="#sheet0-0"') == 20


def test_a_piece_is_only_for_the_script_and_a_page_never_answers_with_one(client: FlaskClient) -> None:
    asked = client.post("/en/cards/piece", data=GOOD, headers={**OURS, "HX-Request": "true"})
    assert asked.status_code == 200
    assert 'class="one"' in asked.text
    assert "<html" not in asked.text
    assert client.post("/en/cards/piece", data=GOOD, headers=OURS).status_code == 400
    for path in ("/en/cards/maker", "/en/cards"):
        assert client.get(path, headers={"HX-Request": "true"}).text.startswith("<!DOCTYPE html>")


def test_a_refused_piece_is_a_piece_so_that_the_maker_stays_whole(client: FlaskClient) -> None:
    """A whole page in the place of the sheet would leave the form without a place for the next one."""
    script = {"HX-Request": "true"}
    for headers, data, status in (
        ({"Sec-Fetch-Site": "cross-site", **script}, GOOD, 403), ({**OURS, **script}, {"note": "x" * 70_000}, 413),
    ):  # fmt: skip
        answer = client.post("/en/cards/piece", data=data, headers=headers)
        assert answer.status_code == status
        assert answer.headers["HX-Retarget"] == "#sheet", "above the sheet, which stays with what is ticked in it"
        assert answer.headers["HX-Reswap"] == "afterbegin"
        assert "<html" not in answer.text
        assert 'role="alert"' in answer.text
    assert "<html" in client.post("/en/cards/piece", data=GOOD, headers={"Sec-Fetch-Site": "cross-site"}).text


@pytest.mark.parametrize("made", [*MADE, "piece"])
def test_who_opens_a_made_sheet_again_gets_the_maker(client: FlaskClient, made: str) -> None:
    answer = client.get(f"/en/cards/{made}")
    assert answer.status_code == 302
    assert answer.location == "/en/cards/maker"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("page", "zzz", "Choose one from the list."), ("page", "pair-01", "Choose one from the list."),
        ("page", "", "Choose one from the list."),
        ("format", "poster", "Choose one from the list."), ("face", "<b>", "Choose one from the list."),
        ("language", "fr", "Choose one from the list."),
        ("words", "mine", "Choose one from the list."), ("number", "cps-los-angeles", "Choose one from the list."),
        ("note", "x " * 250, "That is 499 characters. A card has room for 48."),
        ("note", "abc\u202edef", "hidden character"), ("note", "a\nb", "hidden character"),
        ("note", "Z" + "\u0301" * 9, "too many marks"), ("note", "x" * 40, "One word is too long"),
        ("paper", "a3", "Choose one from the list."), ("note2", "x " * 30, "A card has room for 48."),
        ("note2", "abuse trafficking help", "“abuse” would tell"), ("more", "zzz", "Choose one from the list."),
        ("pages", "200", f"Write a number from 1 to {MOST_PAGES}"), ("pages", "0", "Write a number"),
        ("pages", "-1", "Write a number"), ("pages", "²", "Write a number"), ("pages", "", "Write a number"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_form_and_nothing_is_made(
    client: FlaskClient, field: str, value: str, told: str
) -> None:
    for made in MADE:
        answer = send(client, made, **{field: value})
        assert answer.status_code == 422
        assert told in words(answer)
        if field != "more":  # its ticks are beside the message
            assert f'id="card-{field}-wrong"' in answer.text
            assert 'aria-invalid="true"' in answer.text
        assert 'class="paper"' not in answer.text, "no sheet is shown beside an error"
        assert "%PDF" not in answer.text
    piece = client.post("/en/cards/piece", data={**GOOD, field: value}, headers={**OURS, "HX-Request": "true"})
    assert piece.status_code == 422
    assert told in words(piece)


def test_a_long_line_is_refused_before_unicode_makes_it_slow_and_is_not_sent_back(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """62 KB of combining marks took 1.5 s of the interpreter, in which no reader was served."""
    lengths: list[int] = []

    def noted(_form: str, text: str) -> str:
        lengths.append(len(text))
        return text

    monkeypatch.setattr(unicodedata, "normalize", noted)
    usual = len(send(client).text)
    for typed in ("Z" + "\u0301" * 2000, "Z" * 9000, " " * 2000 + "Z" * 201):
        for field in ("note", "page", "language", "format", "face", "words", "number", "pages"):
            answer = send(client, **{field: typed})
            assert len(answer.text) < usual + 2000, field
    assert lengths
    assert max(lengths) <= forms.MOST_TYPED
    assert f"That is {forms.MOST_TYPED + 1} characters." in words(send(client, note="x y" * 67))


def test_a_pdf_of_200_pages_is_refused_with_the_limit_in_both_languages(client: FlaskClient) -> None:
    assert "from 1 to 20" in words(send(client, "pdf", pages="200"))
    assert "del 1 al 20" in words(send(client, "pdf", "es", pages="200"))
    assert send(client, "pdf", pages=str(MOST_PAGES)).status_code == 200


@pytest.mark.parametrize("note", ["<script>alert(1)</script>", '" onload="x', "&amp; & <b>", "{{ 7*7 }}", "%(name)s"])
def test_markup_is_text(client: FlaskClient, note: str) -> None:
    answer = send(client, note=note)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert 'value="" onload' not in answer.text
    assert note.split()[0] in unescape(answer.text)


@pytest.mark.parametrize("note", ["Sam 🙂", "مرحبا", "שלום Sam", "明天", "👩‍👩‍👧 3–6"])
def test_other_scripts_and_emoji_are_printed_by_the_browser_and_refused_by_the_pdf_in_words(
    client: FlaskClient, note: str
) -> None:
    shown = send(client, "print", note=note)
    assert shown.status_code == 200
    assert note in shown.text
    assert send(client, "svg", note=note).status_code == 200
    for made in ("pdf", "png"):
        refused = send(client, made, note=note)
        assert refused.status_code == 422
        assert "do not have all letters of this card" in words(refused)


def test_a_line_that_would_be_too_small_to_read_is_refused(client: FlaskClient) -> None:
    long_line = "🙂" * 24 + " " + "🙂" * 23
    assert "too long for this size of card" in words(send(client, "print", note=long_line, format="micro"))
    assert send(client, "print", note=long_line, format="a6").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200), ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://localhost"}, 200), ({"Origin": "https://other.example"}, 403), ({"Origin": "null"}, 403),
        ({}, 200),
    ],
)  # fmt: skip
def test_a_form_from_another_site_is_refused(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/en/cards/pdf", data=GOOD, headers=headers).status_code == status


def test_no_form_of_a_worker_goes_into_an_address(client: FlaskClient) -> None:
    page = client.get("/en/cards/maker").text
    assert re.findall(r'<form[^>]*method="(\w+)"', page.split("<main")[1].split("</main>")[0]) == ["post"]
    assert "data-hx-get" not in page
    assert "hx-push" not in page
    assert client.get("/en/cards/maker?note=Sam").location == "/en/cards/maker"


def test_while_one_pdf_is_made_another_is_told_when_to_come_and_readers_are_served(client: FlaskClient) -> None:
    with outreach._making_a_file:
        for made in ("pdf", "png"):
            busy = send(client, made)
            assert busy.status_code == 503
            assert busy.headers["Retry-After"] == str(errors.RETRY_SECONDS)
            assert "Busy for a moment" in words(busy)
            assert 'data-back href="/en/cards/maker"' in busy.text
            assert "data-exit" in busy.text
        assert send(client).status_code == 200
        assert client.get("/en/talk").status_code == 200
    assert send(client, "pdf").status_code == 200, "the place is given back"


def test_the_place_is_given_back_when_a_drawing_fails(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise RuntimeError

    monkeypatch.setattr(outreach.render, "pdf", broken)
    assert send(client, "pdf").status_code == 500
    monkeypatch.undo()
    assert send(client, "pdf").status_code == 200


def test_the_same_page_made_twice_gives_the_same_link(app: Flask, client: FlaskClient) -> None:
    other = create_app(Settings()).test_client()
    with app.test_request_context("/en/cards"):
        app.preprocess_request()
        pages = [code for group in handouts.groups().values() for code, _title in group]
    assert len(pages) > 200
    for code in [*handouts.WHOLE_SECTIONS, *pages[::12]]:
        first = client.get(f"/en/cards/link/{code}", headers={"User-Agent": "one", "Accept-Language": "es"}).text
        assert (
            first
            == client.get(f"/en/cards/link/{code}", headers={"User-Agent": "two"}).text
            == other.get(f"/en/cards/link/{code}").text
        )
        (link,) = re.findall(r'<textarea id="link"[^>]*>([^<]*)<', first)
        short = {"plan": "wnt", "meeting": "ptw", "talk": "kkr"}.get(code, code)
        assert link == (Settings().address if code == "home" else f"{Settings().address}/{short}")
        assert not re.search(r"[?&#=]", link)


def test_a_message_names_nothing_and_stands_in_both_languages(client: FlaskClient) -> None:
    for language in ("en", "es"):
        page = client.get(f"/{language}/cards/link/home").text
        told = re.findall(r'<textarea id="text-(\w+)"[^>]*>([^<]*)<', page)
        assert told == [
            ("en", f"Thought you could use this: {Settings().address}"),
            ("es", f"Pensé que te podía servir: {Settings().address}"),
        ]
    assert "sms:?&amp;body=Thought%20you" in client.get("/en/cards/link/home").text


def test_every_link_and_every_code_on_paper_opens_its_page(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context("/en/cards"):
        app.preprocess_request()
        pages = [code for group in handouts.groups().values() for code, _title in group]
        addresses = {code: (handouts.link(code), handouts.code_text(code), handouts.shown(code)) for code in pages}
    for code, (link, coded, shown) in addresses.items():
        assert coded == link.upper()
        assert shown.split("/", 1)[1:] == ([] if code == "home" else [link.rsplit("/", 1)[1].upper()])
        for written in (link, coded):
            path = "/" + "/".join(written.split("/")[3:])
            answer = client.get(path, headers={"Accept-Language": "es"})
            assert answer.status_code == 302
            assert client.get(answer.location).status_code == 200
            assert answer.location.startswith("/es/")


@pytest.mark.parametrize("path", ["maker/zzz", "link/zzz", "maker/vhw", "link/347"])
def test_a_page_that_cannot_be_handed_on_is_not_here(client: FlaskClient, path: str) -> None:
    assert client.get(f"/en/cards/{path}").status_code == 404


def test_every_pair_stands_once_under_its_situation_with_mark_and_source(app: Flask, client: FlaskClient) -> None:
    pairs = app.extensions["library"].of_kind("pairs")
    grouped = [pair for group in tables().outreach.situations for pair in group.pairs]
    assert sorted(grouped) == sorted(pair.id for pair in pairs)
    page = client.get("/en/cards/say").text
    for pair in pairs:
        assert page.count(f'id="p-{pair.code}"') == 1
    assert page.count('class="mark"') >= len(pairs) + 7 + 5
    assert "water-based or silicone lubricant" in page
    told = words(client.get("/en/cards/say"))
    for named in ("SEED", "TDM"):
        assert told.count(named) >= 2, "named beside the pair, and in the list of sources"
    assert "CO-02" in told
    assert "/en/cards/facts" in page, "what a fact rests on is on the page of facts"


def test_what_to_say_aloud_comes_first_and_the_talk_about_reports_before_it_where_the_answer_can_be_reported(
    app: Flask, client: FlaskClient
) -> None:
    library = app.extensions["library"]
    say, talk = client.get("/en/cards/say").text, f'href="/en/{library.get("note-report-talk").code}"'
    assert len(library.of_kind("pairs")) == 36
    for pair in library.of_kind("pairs"):
        card = say.partition(f'id="p-{pair.code}"')[2].partition("</article>")[0]
        for html in (card, client.get(f"/en/{pair.code}").text):
            shown = unescape(html)
            assert shown.index(pair.aloud) < shown.index(pair.traditional)
            assert (talk in html) == pair.report_first, pair.id
    sheet = unescape(client.get("/en/cards/fold").text)
    assert all(pair.aloud in sheet for pair in library.of_kind("pairs")), "what a worker carries is what can be said"
    for stage in library.of_kind("stages"):
        html = unescape(client.get(f"/en/{stage.code}").text)
        assert all(line in html and line in unescape(say) for line in stage.aloud)
        assert html.index(stage.aloud[0]) < html.index(stage.voice)
        assert talk in html


SOUGHT = (
    "strangled", "choked", "cps", "pregnant", "drunk", "high", "suicide", "cops", "parents", "snapchat", "police",
    "Someone CHOKED me", "embarazada",
)  # fmt: skip
"""What workers type: a youth's words, which stand in no title."""


@pytest.mark.parametrize("typed", SOUGHT)
def test_the_maker_finds_a_page_by_a_youths_own_words_and_without_a_script(client: FlaskClient, typed: str) -> None:
    """A search of the server's, by POST, so that what is looked for is in no address."""
    shown = pages_shown(send(client, find=typed))
    assert 1 <= len(shown) < 200
    if "choked" in typed.lower() or typed == "strangled":
        happened = [title for title in shown.values() if title != "Home: the first page"]
        assert happened[0] == "Someone squeezed my neck or hurt me", "before those that are asked for in other words"


def test_what_was_found_keeps_the_page_that_is_chosen_and_says_how_many(client: FlaskClient) -> None:
    answer = send(client, find="strangled", page="talk")
    assert '<option selected value="talk">' in answer.text
    assert "pages found. Choose one above." in answer.text
    nothing = send(client, find="qqqq")
    assert "No page has these words. Here are all of them." in words(nothing)
    assert len(pages_shown(nothing)) > 200
    asked = client.post("/en/cards/pages", data={**GOOD, "find": "cps"}, headers={**OURS, "HX-Request": "true"})
    assert asked.text.lstrip().startswith("<select")
    assert client.post("/en/cards/pages", data=GOOD, headers=OURS).status_code == 400, "a part is for the script only"


def pages_shown(answer: TestResponse) -> dict[str, str]:
    """Return code -> title of the pages that the maker offers."""
    choices = answer.text.partition('name="page"')[2].partition("</select>")[0]
    return {code: unescape(title) for code, title in re.findall(r'value="(\w+)">([^<]+)<', choices)}


@pytest.mark.parametrize("typed", SOUGHT[:-1])
def test_send_a_link_and_what_to_say_hold_a_youths_words(client: FlaskClient, typed: str) -> None:
    """The same steps as find.js takes on the phone; that it takes them is in tests/browser/test_outreach.py."""
    for path in ("link", "say"):
        page = client.get(f"/en/cards/{path}").text
        alike = re.search(r'data-alike="([^"]*)"', page)
        assert alike
        assert [tuple(group.split()) for group in unescape(alike.group(1)).split("|")] == list(finding.alike())
        rows = {str(row): said for row, said in enumerate(re.findall(r'data-row data-words="([^"]*)"', page))}
        assert finding.best(typed, rows), (path, typed)


def test_whoever_scans_is_said_with_a_warning_where_the_page_tells(client: FlaskClient) -> None:
    warning = "whoever looks over the shoulder reads it"
    told = words(send(client, page="9jc"))
    title = re.search(r"<h1[^>]*>([^<]*)", client.get("/en/9jc").text)
    assert title
    assert f"“{unescape(title.group(1))}”" in told
    assert warning in told
    assert warning in words(client.get("/en/cards/link/9jc")), "a link opens the same page"
    for calm in ("home", "plan", "talk", "meeting"):
        assert warning not in words(send(client, page=calm))
        assert warning not in words(client.get(f"/en/cards/link/{calm}"))


def test_a_page_tells_by_its_topics_and_by_the_words_of_its_first_lines(app: Flask) -> None:
    told = {}
    with app.test_request_context("/en/cards"):
        app.preprocess_request()
        for record in handouts.handed_records():
            told[record.id] = handouts.tells(record.code)
            first = f"{record.title} {getattr(record, 'short', '')}"
            assert told[record.id] or not betrays(first)
    assert told["hurt-or-neck"]
    assert told["need-sleep"]
    assert not told["food-today"]


def test_several_pages_share_a_sheet_each_in_a_block_of_its_own(client: FlaskClient) -> None:
    kept = send(client, page="9jc", add="1")
    assert re.search(r'name="more" value="9jc" checked', kept.text)
    both = client.post("/en/cards/print", data={**GOOD, "page": "plan", "more": ["9jc", "home"]}, headers=OURS)
    assert both.status_code == 200
    placed = re.findall(r'href="#sheet0-(\d)"', both.text)
    assert placed == ["0"] * 4 + ["1"] * 3 + ["2"] * 3
    one_card = client.post(
        "/en/cards/print", data={**GOOD, "format": "a6", "page": "plan", "more": ["9jc"], "pages": "2"}, headers=OURS
    )
    assert re.findall(r'href="#sheet(\d)-0"', one_card.text) == ["0", "0", "1", "1"], "where a card is a sheet"
    many = client.post("/en/cards/sheet", data={**GOOD, "more": ["9jc", "plan", "talk", "meeting"]}, headers=OURS)
    assert many.status_code == 422
    assert "has room for 4 different pages" in words(many)
    assert many.text.count('name="more"') == 4, "to untick one"
    flood = client.post("/en/cards/sheet", data={**GOOD, "more": ["9jc", "zzz"] * 800}, headers=OURS)
    assert flood.status_code == 422
    assert flood.text.count('name="more"') == 1


def test_two_lines_of_ones_own_and_one_to_write_on_stand_on_one_card(client: FlaskClient) -> None:
    drawn = send(client, "svg", note="Tue 3 to 6 pm", note2="12 Main St, blue door", rule="y").text
    assert "Tue 3 to 6 pm" in drawn
    assert "12 Main St, blue door" in drawn
    bare = send(client, "svg", note="Tue 3 to 6 pm", note2="12 Main St, blue door").text
    assert drawn.count("<rect") == bare.count("<rect") + 1, "the line to write on"


def test_a_file_is_named_by_size_paper_and_month(client: FlaskClient) -> None:
    month = f"{date.today():%Y-%m}"
    for made, changed, name in (
        ("pdf", {}, f"card-letter-{month}.pdf"), ("pdf", {"paper": "a4", "format": "micro"}, f"micro-a4-{month}.pdf"),
        ("png", {"format": "screen"}, f"screen-{month}.png"), ("svg", {"format": "a6"}, f"a6-{month}.svg"),
    ):  # fmt: skip
        assert send(client, made, **changed).headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_all_four_ways_to_take_a_card_are_there_at_any_size(client: FlaskClient) -> None:
    for size in ("card", "screen", "tear"):
        page = send(client, format=size).text
        for made in ("print", "pdf", "png", "svg"):
            assert f'formaction="/en/cards/{made}"' in page
    assert b"/MediaBox [ 0 0 595.27" in send(client, "pdf", paper="a4").data


def test_a_picture_for_a_phone_is_not_printed_and_the_form_says_so(client: FlaskClient) -> None:
    answer = send(client, "print", format="screen")
    assert answer.status_code == 422
    assert "A picture for a phone is not printed." in words(answer)


def test_home_and_the_sections_come_first_in_the_list(client: FlaskClient) -> None:
    groups = re.findall(r'<optgroup label="([^"]+)"', client.get("/en/cards/maker").text)
    assert groups[0] == "Whole sections"
    assert list(pages_shown(client.get("/en/cards/maker")))[:4] == ["home", "plan", "meeting", "talk"]


@pytest.mark.parametrize(("word", "code"), [("plan", "wnt"), ("meeting", "ptw"), ("talk", "kkr")])
def test_no_section_word_is_on_a_card_and_both_addresses_open_it(client: FlaskClient, word: str, code: str) -> None:
    drawn = send(client, "svg", page=word, language="en").text
    assert code.upper() in drawn
    assert word.upper() not in drawn
    for written in (word, word.upper(), code, code.upper()):
        assert client.get(f"/{written}").location == f"/en/{word}"


def test_no_record_has_the_code_of_a_section(app: Flask) -> None:
    library = app.extensions["library"]
    assert not [code for code in permalinks.SECTION_CODES if library.by_code(code)]
    assert not set(permalinks.SECTION_CODES) & set(published.codes())


def test_situations_are_folded_and_the_spoken_sentence_is_not(client: FlaskClient) -> None:
    page = client.get("/en/cards/say").text
    groups = page.partition('id="pairs"')[2].split('<details class="fold"')[1:]
    assert len(groups) == len(tables().outreach.situations) + 2
    assert [group.startswith(" open>") for group in groups].count(True) == 1
    for article in re.findall(r"<article.*?</article>", page, re.S):
        shown = article.partition('<details class="more">')[0]
        assert 'class="aloud"' in shown
        assert "Traditional" not in shown


def test_the_meeting_sheet_has_every_part_and_a_place_for_each_answer(app: Flask, client: FlaskClient) -> None:
    for language, lines in (("en", "What the youth wants from this meeting:"), ("es", "Señal para una pausa:")):
        page = client.get(f"/{language}/cards/form").text
        assert lines in page
        assert len(re.findall(r"<h2>\d\. ", page)) == len(tables().outreach.meeting_notes)
        assert page.count('class="write"') >= 15
        assert "<input" not in page.partition("<main")[2].partition("</main>")[0], "it is for a pen"
    assert 'href="/en/cards/form"' in client.get("/en/cards/team").text


def test_a_booklet_tells_nothing_on_its_cover_and_all_of_its_need_inside(app: Flask, client: FlaskClient) -> None:
    library = app.extensions["library"]
    assert client.get("/en/cards/booklet").text.count('href="/en/cards/booklet/') == len(library.of_kind("needs"))
    for need in library.of_kind("needs"):
        page = unescape(client.get(f"/en/cards/booklet/{need.code}").text)
        cover = page.partition('<section class="p1">')[2].partition("</section>")[0]
        assert re.sub(r"<[^>]+>", "", cover) == "Good to know."
        for option in (*need.today, *need.this_week, *need.later):
            assert option.text in page
            assert option.reports in page
        assert not any(library.is_county_line(library.get(line)) for line in need.lines), "its name and report are said"
        assert page.count("<i>Must report?") == len(need.lines)
    assert client.get("/en/cards/booklet/9jc").status_code == 404
    assert client.get("/en/cards/booklet/VD3").status_code == 404, "one address a page"


def test_ten_minutes_of_training_hold_the_minutes_the_talk_and_sentences(app: Flask, client: FlaskClient) -> None:
    page = unescape(client.get("/en/cards/train").text)
    for minute in ("Minute 1:", "Minutes 4 and 5:", "Minute 10:"):
        assert minute in page
    library = app.extensions["library"]
    for key in tables().outreach.training_pairs:
        assert library.get(key).aloud in page
    assert "Before we talk, here's how I work." in page


def test_workers_are_told_how_to_answer_the_phone_and_to_count_paper(client: FlaskClient) -> None:
    assert "answer with a greeting that names nothing" in words(client.get("/en/cards/maker"))
    assert "names nothing" in words(client.get("/en/pqj"))
    assert "minus what is left" in words(client.get("/en/cards/maker"))
    assert "does not count youth" in words(client.get("/en/dqv"))
    assert "conteste con un saludo que no nombre nada" in words(client.get("/es/cards/maker"))


def test_one_macro_makes_every_message_card() -> None:
    templates = Path(outreach.__file__).parent.parent / "templates" / "outreach"
    assert [file.name for file in templates.iterdir() if "data-share" in file.read_text("utf-8")] == ["parts.html"]


@pytest.mark.parametrize(
    "path",
    ["", "/maker", "/link", "/link/home", "/say", "/fold", "/team", "/form", "/train", "/booklet", "/booklet/vd3"],
)
def test_worker_pages_carry_the_exit_and_ask_nothing(client: FlaskClient, path: str) -> None:
    for language in ("en", "es"):
        page = client.get(f"/{language}/cards{path}")
        assert page.status_code == 200
        assert "data-exit" in page.text
        assert "Set-Cookie" not in page.headers
        assert not re.search(r'type="(?:email|tel|password)"', page.text)
        assert re.search(r"<title>(?:Cards|Tarjetas) · Porchlight</title>", page.text)


def test_worker_pages_speak_to_a_worker_in_spanish_as_usted(client: FlaskClient) -> None:
    told = " ".join(
        words(client.get(f"/es/cards{path}")) for path in ("", "/link/plan")
    )  # the others name youth pages, which say tú
    assert not re.search(r"\b(?:tienes|puedes|escribe|elige|imprime|tuyo)\b", told)


def test_the_team_page_has_every_step_and_the_youths_own_card(client: FlaskClient) -> None:
    page = client.get("/en/cards/team").text
    for title in (
        "before, alone with the youth",
        "choose a shape",
        "said as a standing rule",
        "stays out of the shared part",
        "after",
    ):
        assert title in page
    assert 'href="/en/meeting"' in page


def test_the_about_page_leads_here_in_one_line(client: FlaskClient) -> None:
    assert client.get("/en/about").text.count('href="/en/cards"') == 1


def test_a_copy_without_an_address_says_so(client: FlaskClient) -> None:
    assert "no public address yet" in client.get("/en/cards/maker").text
    named = create_app(Settings(address="https://porchlight.example")).test_client()
    assert "no public address yet" not in named.get("/en/cards/maker").text
