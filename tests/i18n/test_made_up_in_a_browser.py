"""The two made-up languages on a phone's screen: everything fits, the exit is in reach, Ask answers, and the book
works.
"""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import PHONE
from tests.i18n.made_up import LONG, MIRRORED
from tests.i18n.made_up import RULES as WORD_RULES
from tests.pictures import addresses

pytestmark = pytest.mark.xdist_group("made-up")

MADE_UP = (LONG, MIRRORED)

CUT = """() => {
  const seen = (e) => e.getClientRects().length && getComputedStyle(e).visibility !== "hidden" && !e.closest(".hidden, svg, option, template");
  const width = document.documentElement.clientWidth;
  return [...document.querySelectorAll("body *")].filter(seen).filter((e) => {
    const words = [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!words || e.closest(".desk")) return false;
    const box = e.getBoundingClientRect();
    const clipped = getComputedStyle(e).overflowX !== "visible" && e.scrollWidth > e.clientWidth + 1;
    return box.left < -0.5 || box.right > width + 0.5 || clipped;
  }).map((e) => e.outerHTML.slice(0, 120));
}"""
"""Elements with words of their own that are clipped, or not wholly between the left and the right edge of the
screen."""

LYING_ON = """() => {
  const labels = [...document.querySelectorAll(".bar a span, a.exit span")].map((e) => {
    const range = document.createRange();
    range.selectNodeContents(e);
    return range.getBoundingClientRect();
  });
  return labels.some((one, at) => labels.slice(at + 1).some((two) =>
    one.left < two.right - 1 && two.left < one.right - 1 && one.top < two.bottom && two.top < one.bottom));
}"""
"""Whether two labels of the bar lie on each other."""


@pytest.fixture
def context(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(**PHONE, base_url=address)
    context.route(
        re.compile("^https:"), lambda route: route.fulfill(body="<title>elsewhere</title>", content_type="text/html")
    )
    yield context
    context.close()


@pytest.mark.parametrize("language", MADE_UP)
@pytest.mark.parametrize(
    ("width", "height"), [(320, 568), pytest.param(360, 640, marks=pytest.mark.slow)]
)  # where it is narrowest, it is hardest to fit
def test_everything_fits_and_the_exit_is_in_reach(
    width: int,
    height: int,
    language: str,
    context: BrowserContext,
    four_languages: Flask,
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    for name, path in addresses(four_languages.extensions["library"], [language]):
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert sideways <= 0, name
        assert page.evaluate(CUT) == [], name
        box = page.locator("a.exit").bounding_box()
        assert box is not None
        assert box["height"] >= 48
        assert box["y"] >= height / 2
        assert box["y"] + box["height"] <= height + 0.5
        near, far = box["x"], width - box["x"] - box["width"]
        assert (near < 1) if language == MIRRORED else (far < 1), "in the corner at the end of the line"
        assert not page.evaluate(LYING_ON), name
    page.evaluate("document.querySelector('h1').style.whiteSpace = 'nowrap'")
    page.evaluate("document.querySelector('h1').textContent += ' and much more that does not fit here'")
    assert page.evaluate(CUT), "the look at what is cut notices it"


@pytest.mark.parametrize("language", ["en", "es", *MADE_UP])
def test_text_of_twice_the_size_leaves_the_bars_labels_apart(language: str, chromium: Browser, address: str) -> None:
    context = chromium.new_context(**PHONE, base_url=address, bypass_csp=True)
    page = context.new_page()
    page.goto(f"/{language}/")
    page.add_style_tag(content="html{font-size:225%!important}")
    assert not page.evaluate(LYING_ON)
    page.add_style_tag(content=".bar span{max-width:none!important;white-space:nowrap;font-size:2rem}")
    assert page.evaluate(LYING_ON), "the look at the labels notices it"
    context.close()


@pytest.mark.parametrize("language", MADE_UP)
def test_ask_answers_in_it(language: str, context: BrowserContext, four_languages: Flask) -> None:
    card = four_languages.extensions["library"].get("condom-broke")
    page = context.new_page()
    page.goto(f"/{language}/ask")
    page.locator("[data-ask]").fill(card.questions(language)[0])
    expect(page.locator(f'[data-result="{card.id}"]')).to_be_visible()
    expect(page.locator(f'[data-result="{card.id}"] [data-title]')).to_have_text(WORD_RULES[language](card.title))


@pytest.mark.parametrize("language", MADE_UP)
def test_the_book_opens_without_signal_and_leads_out_to_the_languages_own_page(
    language: str,
    context: BrowserContext,
    four_languages: Flask,
) -> None:
    card = four_languages.extensions["library"].get("condom-how")
    page = context.new_page()
    page.goto(f"/{language}/pocket")
    page.locator("[data-keep-book]").first.click()
    expect(page.locator('[data-when="whole"]').first).to_be_visible()
    context.set_offline(True)
    page.goto(f"/{language}/{card.code}")
    expect(page.locator("h1")).to_have_text(WORD_RULES[language](card.title))
    page.goto("/en/talk")  # not in the book of this language: it says so, in this language
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.goto(f"/{language}/talk")
    page.locator("a.exit").click()
    page.wait_for_url(f"**/{language}/quiet")
    own = four_languages.extensions["languages"][language].exit
    assert page.locator("a[data-exit]").get_attribute("href") == own


def test_a_page_of_one_language_leaves_without_signal_by_the_book_of_another(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"/{LONG}/pocket")
    page.locator("[data-keep-book]").first.click()
    expect(page.locator('[data-when="whole"]').first).to_be_visible()
    page.goto("/es/talk")
    context.set_offline(True)
    page.locator("a.exit").click()
    page.wait_for_url("**/es/quiet")
    expect(page).to_have_title("es.wikipedia.org")


@pytest.mark.parametrize("language", ["es", MIRRORED])
def test_forget_leads_out_to_the_languages_own_page(
    language: str, context: BrowserContext, four_languages: Flask
) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "POST" else None)
    page.goto(f"/{language}/forget")
    page.wait_for_function("() => document.querySelector('form[method=post]') !== null")
    page.locator("[data-forget-sure]").click()
    page.wait_for_url(f"{four_languages.extensions['languages'][language].exit}**")
    assert [url.split("/", 3)[3] for url in asked] == [f"{language}/x"]


def test_the_blank_page_after_forget_goes_on_without_script(
    chromium: Browser, address: str, four_languages: Flask
) -> None:
    context = chromium.new_context(**PHONE, base_url=address, java_script_enabled=False)
    context.route(
        re.compile("^https:"), lambda route: route.fulfill(body="<title>elsewhere</title>", content_type="text/html")
    )
    page: Page = context.new_page()
    page.goto("/es/forget")
    page.locator("[data-forget-sure]").click()
    page.wait_for_url(f"{four_languages.extensions['languages']['es'].exit}**")
    context.close()


def test_changing_the_language_inside_the_app_changes_the_way_out_too(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/en/talk")
    page.evaluate("window.mine = 1")
    page.locator(f'a.lang[hreflang="{MIRRORED}"]').click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    way_out = page.locator("a.exit")
    expect(way_out).to_have_attribute("data-quiet", f"/{MIRRORED}/quiet")
    expect(way_out).to_have_attribute("href", "https://ar.wikipedia.org/")
    assert page.evaluate("window.mine") == 1, "the page was swapped in, not loaded"
