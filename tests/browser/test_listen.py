"""Listen: only voices on the phone, only on a tap, and silent at once when the reader leaves."""

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import PHONE, Server

pytestmark = pytest.mark.xdist_group("listen")

# Chromium without a screen has no voices; a stand-in for the phone's own shows which voice is taken and what is said.
VOICES = """
(local => {
  window.said = []; window.cancelled = 0;
  class Said { constructor(text) { this.text = text; } }
  const speech = { getVoices: () => [{ lang: 'en-US', localService: local, name: 'v' }], speak: s => window.said.push(s.text), cancel: () => { window.cancelled++; window.said = []; }, addEventListener() {}, removeEventListener() {} };
  Object.defineProperty(window, 'speechSynthesis', { value: speech });
  window.SpeechSynthesisUtterance = Said;
})(LOCAL)
"""


def opened(chromium: Browser, server: Server, path: str, local: str) -> Page:
    page = chromium.new_context(**PHONE, base_url=server.url).new_page()
    page.add_init_script(VOICES.replace("LOCAL", local))
    page.goto(path)
    page.wait_for_timeout(300)
    return page


def test_it_reads_the_page_with_a_local_voice_and_stops(chromium: Browser, server: Server) -> None:
    page = opened(chromium, server, "/en/now", "true")
    assert page.evaluate("window.said") == [], "silent until tapped"
    page.locator("[data-listen]").click()
    said = page.evaluate("window.said")
    assert said[0] == "Something just happened"
    assert len(said) > 10
    assert page.locator("[data-listen]").inner_text() == "Stop"
    page.evaluate("document.dispatchEvent(new Event('app:leave'))")
    assert page.evaluate("window.said") == []
    page.context.close()


@pytest.mark.parametrize(("path", "local"), [("/en/now", "false"), ("/es/now", "true")])
def test_no_voice_of_that_language_on_the_phone_no_button(
    path: str, local: str, chromium: Browser, server: Server
) -> None:
    page = opened(chromium, server, path, local)
    assert not page.locator("[data-listen]").is_visible()
    page.context.close()
