"""A right held up to another person: it covers all but Exit, without script, without an entry in the history, and it
leaves nothing behind."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.conftest import PHONE, Server
from tests.pages import LANGUAGES

pytestmark = pytest.mark.xdist_group("show_big")

AT = "([x, y]) => Boolean(document.elementFromPoint(x, y).closest('[data-show-big]'))"
BEHIND = """() => {
  const at = document.activeElement;
  return !(at === document.body || at.closest('.exit, .skip, [data-exit], [data-show-big]'));
}"""


def opened(chromium: Browser, server: Server, app: Flask, language: str, **context: object) -> Page:
    page = chromium.new_context(**{**PHONE, **context}, base_url=server.url).new_page()
    page.goto(f"/{language}/{app.extensions['library'].get('right-911').code}")
    page.locator("[data-show-big] summary").click()
    return page


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_right_covers_all_but_exit_and_closes_again(
    language: str, script: bool, chromium: Browser, server: Server, app: Flask
) -> None:
    page = opened(chromium, server, app, language, java_script_enabled=script)
    shown = page.locator("[data-show-big] > div")
    expect(shown).to_be_visible()
    box = shown.bounding_box()
    assert box is not None
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 360, 640)
    english = shown.locator("[lang=en]").first
    size = float(english.evaluate("element => parseFloat(getComputedStyle(element).fontSize)"))
    assert size >= 28
    if language != "en":
        small = shown.locator("small").first
        assert float(small.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")) < size
    exit_box = page.locator(".exit").bounding_box()
    assert exit_box is not None
    assert not page.evaluate(AT, [exit_box["x"] + 20, exit_box["y"] + 20]), "Exit is over it"
    for point in ([20, 20], [180, 320], [20, 620]):
        assert page.evaluate(AT, point), f"the page shows at {point}"
    page.locator("[data-show-big] summary").click()
    expect(shown).to_be_hidden()
    page.context.close()


def test_holding_it_up_leaves_nothing(chromium: Browser, server: Server, app: Flask) -> None:
    page = opened(chromium, server, app, "en")
    assert page.evaluate("history.length") == 2, "about:blank and this page"
    assert "#" not in page.url
    page.reload()
    expect(page.locator("[data-show-big] > div")).to_be_hidden()
    page.context.close()


def test_a_keyboard_does_not_go_behind_it(chromium: Browser, server: Server, app: Flask) -> None:
    page = opened(chromium, server, app, "en")
    for _tab in range(6):
        page.keyboard.press("Tab")
        assert not page.evaluate(BEHIND)
    page.context.close()


def test_large_text_wraps_and_scrolls_clear_of_exit(chromium: Browser, server: Server, app: Flask) -> None:
    page = opened(chromium, server, app, "es", viewport={"width": 320, "height": 568})
    shown = page.locator("[data-show-big] > div")
    shown.evaluate("element => element.scrollTo(0, element.scrollHeight)")
    last, leave = shown.locator("p").last.bounding_box(), page.locator(".exit").bounding_box()
    assert last is not None
    assert leave is not None
    assert last["y"] + last["height"] <= leave["y"]
    assert shown.evaluate("element => element.scrollWidth <= element.clientWidth")
    page.context.close()
