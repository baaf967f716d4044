"""The card maker, the link maker and the printed pages in a real browser."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.scripts import holding, warmed
from tests.conftest import Server
from tests.outreach import scan

pytestmark = pytest.mark.xdist_group("cards")

LAPTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture
def laptop(chromium: Browser, server: Server) -> Iterator[Page]:
    context = chromium.new_context(**LAPTOP, base_url=server.url)
    yield context.new_page()
    context.close()


def info(pdf: Path) -> dict[str, str]:
    scan.need("pdfinfo")
    told = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in told.splitlines())}


def test_what_was_chosen_before_htmx_came_is_drawn_when_it_comes(phone: Page) -> None:
    held: list[Route] = []
    phone.route(holding("htmx.org"), lambda route: held.append(route))
    with phone.expect_request(holding("htmx.org")):
        phone.goto("/en/cards/maker", wait_until="domcontentloaded")
    phone.locator("#card-format").select_option("micro")
    held[0].continue_()
    expect(phone.locator("#sheet .desk use")).to_have_count(32)


def test_the_sheet_changes_as_you_choose_and_nothing_enters_the_address_or_the_history(phone: Page) -> None:
    phone.goto("/en/cards/maker")
    expect(phone.locator("#sheet .desk use")).to_have_count(10)
    long = phone.evaluate("history.length")
    phone.locator("#card-format").select_option("micro")
    expect(phone.locator("#sheet .desk use")).to_have_count(32)
    phone.locator("#card-note").fill("Ana, jueves")
    expect(phone.locator("#sheet .one text", has_text="Ana, jueves")).to_have_count(1)
    assert phone.locator("#card-note").evaluate("field => field === document.activeElement"), (
        "typing goes on where it was"
    )
    phone.locator("#card-pages").fill("200")
    expect(phone.locator("#sheet [role=alert]")).to_contain_text("from 1 to 20")
    phone.locator("#card-pages").fill("2")
    expect(phone.locator("#sheet .desk use")).to_have_count(32)
    assert phone.url.endswith("/en/cards/maker")
    assert phone.evaluate("history.length") == long
    assert phone.evaluate("document.cookie + Object.keys(localStorage) + Object.keys(sessionStorage)") == ""


def test_the_maker_works_without_script(chromium: Browser, server: Server) -> None:
    context = chromium.new_context(
        viewport={"width": 360, "height": 640}, java_script_enabled=False, base_url=server.url
    )
    page = context.new_page()
    page.goto("/es/cards/maker")
    page.locator("#card-format").select_option("sticker")
    page.locator("#card-note").fill("Ana <b>")
    page.get_by_role("button", name="Ver la hoja").click()
    expect(page.locator("#sheet .desk use")).to_have_count(20)
    expect(page.locator("#card-note")).to_have_value("Ana <b>")
    assert "Ana" not in page.url
    page.goto("/es/cards/link/plan")
    expect(page.locator("#link")).to_have_text("http://127.0.0.1:8000/wnt")
    expect(page.locator("[data-copy]").first).to_be_hidden()
    context.close()


def test_the_print_page_has_the_papers_size_and_its_codes_are_read(laptop: Page, tmp_path: Path) -> None:
    for form, size, count in (("card", "612 x 792 pts (letter)", 10), ("a6", "298", 1)):
        laptop.goto("/en/cards/maker/9jc")
        laptop.locator("#card-format").select_option(form)
        laptop.locator("#card-pages").fill("2")
        laptop.locator("#card-note").fill("Sam 🙂 مرحبا")
        laptop.locator("button[formaction$=print]").click()
        laptop.wait_for_url("**/cards/print")
        expect(laptop.locator("svg.paper")).to_have_count(2)
        pdf = tmp_path / f"{form}.pdf"
        laptop.pdf(path=pdf, prefer_css_page_size=True)
        told = info(pdf)
        assert told["Pages"] == "2"
        assert told["Page size"].startswith(size)
        folder = tmp_path / form
        folder.mkdir()
        pages = scan.pictures(pdf.read_bytes(), folder, dpi=150)
        for page in pages:
            assert scan.codes(page) == ["HTTP://127.0.0.1:8000/9JC"] * count


def test_one_maker_asks_for_one_sheet_at_a_time_so_that_printing_is_never_refused(laptop: Page) -> None:
    """A worker process takes two forms at once. Three sheets that were asked for while the server was busy, each taken
    back by the browser but not by the server, used up both, and "Print page" got "Busy for a moment"."""
    asked: list[str] = []
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        asked.append(route.request.post_data or "")
        if len(asked) == 1:
            held.append(route)
        else:
            route.continue_()

    laptop.clock.install()
    laptop.goto("/en/cards/maker")
    expect(laptop.locator("#sheet .desk use")).to_have_count(10)
    expect(laptop.locator("[data-without-script]").first).to_be_hidden()
    laptop.route("**/cards/piece", hold_the_first)
    for note in ("A", "Ana", "Ana, jueves"):
        laptop.locator("#card-note").fill(note)
        laptop.clock.run_for(1000)
    laptop.locator("#card-format").select_option("micro")
    laptop.clock.run_for(1000)
    expect(laptop.locator("#card-format")).to_have_value("micro")
    assert len(asked) == 1, "the others wait for the first one"
    held[0].continue_()
    expect(laptop.locator("#sheet .desk use")).to_have_count(32)
    assert len(asked) == 2, "only the last one is asked for"


def test_a_page_is_found_by_a_youths_words_and_another_is_put_beside_it(phone: Page) -> None:
    phone.goto("/en/cards/maker")
    expect(phone.locator("[data-without-script]").first).to_be_hidden()
    phone.locator("#card-find").fill("strangled")
    expect(phone.locator("#pages [role=status]")).to_contain_text("found")
    assert phone.locator("#card-find").evaluate("field => field === document.activeElement")
    phone.locator("#card-page").select_option(label="Someone squeezed my neck or hurt me")
    opens = phone.locator("#sheet .opens li")
    expect(opens).to_contain_text(["Someone squeezed my neck or hurt me"])
    expect(phone.locator("#sheet .made .late")).to_be_visible()
    phone.get_by_role("button", name="Keep it, and put another page beside it").click()
    expect(phone.locator("#sheet [name=more]")).to_be_checked()
    phone.locator("#card-find").fill("")
    expect(phone.locator("#pages [role=status]")).to_be_empty()
    phone.locator("#card-page").select_option("home")
    expect(opens).to_have_count(2)
    expect(phone.locator('#sheet use[href="#sheet0-1"]')).to_have_count(5)
    phone.locator("#sheet [name=more]").uncheck()
    expect(opens).to_have_count(1)
    assert phone.url.endswith("/en/cards/maker")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_booklet_is_one_side_of_one_sheet_and_no_page_of_it_runs_over(
    laptop: Page, app: Flask, language: str, tmp_path: Path
) -> None:
    laptop.emulate_media(media="print")
    for need in app.extensions["library"].of_kind("needs"):
        laptop.goto(f"/{language}/cards/booklet/{need.code}")
        over = laptop.evaluate(
            "() => [...document.querySelectorAll('.booklet section')].filter(page => "
            "page.scrollHeight > page.clientHeight || page.scrollWidth > page.clientWidth).map(page => page.className)"
        )
        assert over == [], need.id
    boxes = {
        name: laptop.locator(f".booklet .{name}").evaluate("page => { const { left, top } = "
        "page.getBoundingClientRect(); return [Math.round(left / 264), Math.round(top / 408)]; }")
        for name in ("p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8")
    }  # fmt: skip
    assert boxes == {
        "p5": [0, 0], "p4": [1, 0], "p3": [2, 0], "p2": [3, 0], "p6": [0, 1], "p7": [1, 1], "p8": [2, 1], "p1": [3, 1],
    }  # fmt: skip
    laptop.pdf(path=tmp_path / "booklet.pdf", prefer_css_page_size=True)
    told = info(tmp_path / "booklet.pdf")
    assert told["Pages"] == "1"
    assert told["Page size"].startswith("792 x 612")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_handout_has_two_pages_and_the_meeting_sheet_one_leaf(laptop: Page, language: str, tmp_path: Path) -> None:
    for name, pages in (("train", ("2",)), ("form", ("1", "2"))):
        laptop.goto(f"/{language}/cards/{name}")
        laptop.pdf(path=tmp_path / f"{name}.pdf", prefer_css_page_size=True)
        assert info(tmp_path / f"{name}.pdf")["Pages"] in pages


@pytest.mark.parametrize("language", ["en", "es"])
def test_on_a_phone_a_situation_and_its_words_are_as_wide_as_their_card(language: str, phone: Page) -> None:
    phone.goto(f"/{language}/cards/say")
    narrow = """() => [...document.querySelectorAll('details[open] [data-row]>h3, details[open] [data-row]>.aloud')]
      .map(e => e.getBoundingClientRect().width / e.parentElement.getBoundingClientRect().width)"""
    widths = phone.evaluate(narrow)
    assert widths
    assert min(widths) > 0.95


def test_on_paper_nothing_of_what_to_say_is_folded(laptop: Page) -> None:
    laptop.goto("/en/cards/say")
    warmed(laptop)
    expect(laptop.get_by_role("button", name="Print this page")).to_be_visible()
    folded = laptop.locator("#pairs details:not([open])")
    before = folded.count()
    assert before > 30
    laptop.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert folded.count() == 0
    laptop.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert folded.count() == before


def test_on_paper_a_card_has_its_exact_size(laptop: Page) -> None:
    laptop.goto("/en/cards/maker")
    laptop.locator("button[formaction$=print]").click()
    laptop.wait_for_url("**/cards/print")
    laptop.emulate_media(media="print")
    box = laptop.locator("svg.paper").bounding_box()
    assert box is not None
    assert (round(box["x"]), round(box["y"]), round(box["width"]), round(box["height"])) == (0, 0, 816, 1056), (
        "8.5 x 11 in at 96 dots"
    )


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_to_say_fits_on_both_sides_of_one_sheet(laptop: Page, language: str, tmp_path: Path) -> None:
    laptop.goto(f"/{language}/cards/fold")
    laptop.pdf(path=tmp_path / "fold.pdf", prefer_css_page_size=True)
    told = info(tmp_path / "fold.pdf")
    assert told["Pages"] == "2"
    assert told["Page size"].startswith("792 x 612")
    laptop.goto(f"/{language}/cards/team")
    laptop.pdf(path=tmp_path / "team.pdf", prefer_css_page_size=True)
    assert int(info(tmp_path / "team.pdf")["Pages"]) <= 3


def test_find_narrows_the_list_and_sends_nothing(phone: Page) -> None:
    phone.goto("/es/cards/say")
    warmed(phone)
    expect(phone.locator("#find")).to_be_visible()
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    shown = phone.locator("#pairs article:visible")
    everything = shown.count()
    phone.locator("#find").fill("condon")
    expect(shown.first).to_be_visible()
    assert 1 <= shown.count() < 12
    phone.locator("#find").fill("qqqq")
    expect(phone.locator("[data-none]")).to_be_visible()
    phone.locator("#find").fill("")
    assert shown.count() == everything
    for typed in ("borracha", "suicidio", "policía", "padres", "snapchat"):
        phone.locator("#find").fill(typed)
        expect(phone.locator("#pairs [data-row]:visible").first).to_be_visible()
    assert asked == []
    phone.goto("/en/cards/link")
    for typed in ("strangled", "someone choked me", "cps", "snapchat"):
        phone.locator("#find").fill(typed)
        expect(phone.locator("#pages a:visible").first).to_be_visible()
    phone.locator("#find").fill("strangled")
    expect(phone.get_by_role("link", name="Someone squeezed my neck or hurt me")).to_be_visible()
    phone.locator("#find").fill("abortion california")
    phone.locator('#pages a[href$="/9jc"]').click()
    expect(phone.locator("#link")).to_have_text("http://127.0.0.1:8000/9jc")


def test_copy_and_share_hand_on_the_text_that_is_shown(chromium: Browser, server: Server) -> None:
    context = chromium.new_context(
        viewport={"width": 360, "height": 640}, base_url=server.url, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.add_init_script("navigator.share = (what) => { window.shared = what; return Promise.resolve(); };")
    page.goto("/en/cards/link/9jc")
    page.locator("[data-copy]").nth(2).click()
    expect(page.locator("[data-copy]").nth(2)).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "Pensé que te podía servir: http://127.0.0.1:8000/9jc"
    page.locator("[data-share]").nth(0).click()
    assert page.evaluate("window.shared") == {"text": "http://127.0.0.1:8000/9jc"}
    context.close()


def test_copying_by_hand_is_offered_where_the_phone_refuses(chromium: Browser, server: Server) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 640}, base_url=server.url)
    page = context.new_page()
    page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new Error('no')); document.execCommand = () => false;"
    )
    page.goto("/en/cards/link/9jc")
    page.locator("[data-copy]").first.click()
    expect(page.locator("[data-copy]").first).to_have_text("Hold the text above to copy it")
    context.close()


@pytest.mark.parametrize(
    "path",
    ["", "/maker", "/link", "/link/9jc", "/say", "/fold", "/team", "/form", "/train", "/booklet", "/booklet/vd3"],
)
def test_nothing_of_a_worker_page_runs_out_of_a_small_screen(chromium: Browser, server: Server, path: str) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 568}, base_url=server.url)
    page = context.new_page()
    for language in ("en", "es"):
        page.goto(f"/{language}/cards{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
