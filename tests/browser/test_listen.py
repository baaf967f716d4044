"""Listen: only voices on the phone, only on a tap, what is seen in its order, and silent at once when the reader
leaves."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.scripts import nothing_happens
from tests.conftest import PHONE, Server

pytestmark = pytest.mark.xdist_group("listen")

# Chromium without a screen has no voices; a stand-in for the phone's own shows which voice is taken and what is said.
VOICES = """
(local => {
  window.said = []; window.queue = []; window.cancelled = 0;
  class Said { constructor(text) { this.text = text; } }
  const speech = { getVoices: () => [{ lang: 'en-US', localService: local, name: 'v' }], speak: s => { if (s.text) { window.said.push(s.text); window.queue.push(s); } }, cancel: () => { window.cancelled++; window.said = []; window.queue = []; }, addEventListener() {}, removeEventListener() {} };
  Object.defineProperty(window, 'speechSynthesis', { value: speech });
  window.SpeechSynthesisUtterance = Said;
})(LOCAL)
"""


def opened(chromium: Browser, server: Server, path: str, local: str) -> Page:
    page = chromium.new_context(**PHONE, base_url=server.url).new_page()
    page.add_init_script(VOICES.replace("LOCAL", local))
    page.goto(path)
    return page


def listened(page: Page) -> list[str]:
    """Tap Listen and return what is said."""
    page.locator("[data-listen]").click()
    page.wait_for_function("() => window.said.length > 1")
    return list(page.evaluate("window.said"))


def test_it_reads_the_page_with_a_local_voice_and_stops(chromium: Browser, server: Server) -> None:
    page = opened(chromium, server, "/en/now", "true")
    assert page.evaluate("window.said") == [], "silent until tapped"
    said = listened(page)
    assert said[0] == "Something just happened"
    assert page.locator("[data-listen]").inner_text() == "Stop"
    page.evaluate("document.dispatchEvent(new Event('app:leave'))")
    assert page.evaluate("window.said") == []
    page.context.close()


def test_it_reads_steps_and_buttons_in_the_order_of_the_page_and_nothing_that_is_folded(
    chromium: Browser, server: Server, app: Flask
) -> None:
    card = app.extensions["library"].get("took-too-much")
    page = opened(chromium, server, f"/en/{card.code}", "true")
    said = listened(page)
    wanted = [card.title, card.short, "Call 911", *(act.text for act in card.do[:2])]
    places = [said.index(text) for text in wanted]
    assert places == sorted(places)
    assert not set(card.know) & set(said), "folded"
    assert len(said) == len(set(said)) or said.count("Must report? Most likely") > 1
    page.context.close()
    page = opened(chromium, server, f"/en/{card.code}", "true")
    page.locator("summary", has_text="More").click()
    assert card.know[0] in listened(page)
    page.context.close()


def test_it_marks_where_it_is_and_begins_where_the_reader_is(chromium: Browser, server: Server, app: Flask) -> None:
    card = app.extensions["library"].get("took-too-much")
    page = opened(chromium, server, f"/en/{card.code}", "true")
    page.evaluate("window.scrollTo(0, document.querySelector('.steps').offsetTop)")
    page.wait_for_selector("[data-listen].ready")
    # The button is above; its tap stands for one on a phone whose header is in reach.
    page.evaluate("document.querySelector('[data-listen]').click()")
    page.wait_for_function("() => window.said.length > 1")
    assert page.evaluate("window.said")[0] == card.do[0].text
    page.evaluate("window.queue[0].onstart()")
    expect(page.locator(".read-now")).to_have_text(card.do[0].text)
    page.evaluate("window.queue[window.queue.length - 1].onend()")
    expect(page.locator(".read-now")).to_have_count(0)
    expect(page.locator("[data-listen]")).to_have_attribute("aria-pressed", "false")
    page.context.close()


@pytest.mark.parametrize(("path", "local"), [("/en/now", "false"), ("/es/now", "true")])
def test_no_voice_of_that_language_on_the_phone_no_button(
    path: str, local: str, chromium: Browser, server: Server
) -> None:
    page = opened(chromium, server, path, local)
    nothing_happens(page)
    assert not page.locator("[data-listen]").is_visible()
    page.context.close()


def test_a_drawing_is_heard_with_its_step_and_a_fold_with_all_its_drawings(
    chromium: Browser, server: Server, app: Flask
) -> None:
    card = app.extensions["library"].get("burned")
    page = opened(chromium, server, f"/en/{card.code}", "true")
    page.locator(".steps [data-hear]").first.click()
    page.wait_for_function("() => window.said.length > 1")
    said = page.evaluate("window.said")
    assert said[0].startswith("Water from a tap")
    assert said[1] == card.do[0].text
    assert len(said) == 2, "only this step"
    page.context.close()
    page = opened(chromium, server, f"/en/{app.extensions['library'].get('condom-how').code}", "true")
    page.locator("details[data-drawing] summary").click()
    page.locator("details[data-drawing] [data-hear]").click()
    page.wait_for_function("() => window.said.length > 11")
    said = page.evaluate("window.said")
    assert said[0] == "Show me, in six pictures"
    assert said[-1] == "Tie it and put it in the trash."
    page.context.close()


def test_without_a_voice_nothing_offers_to_be_heard(chromium: Browser, server: Server, app: Flask) -> None:
    page = opened(chromium, server, f"/en/{app.extensions['library'].get('burned').code}", "false")
    assert not page.locator("[data-hear]").first.is_visible()
    page.context.close()
