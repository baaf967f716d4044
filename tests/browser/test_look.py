"""What a thumb and an eye meet: 360 and 320 wide, dark, Spanish, large text, no script."""

from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.scripts import nothing_happens
from tests.conftest import CHROMIUM_ARGS, PHONE, Server, headless_path

pytestmark = pytest.mark.xdist_group("look")

MAIN_PAGES = (
    "/en/",
    "/es/",
    "/en/now",
    "/es/talk",
    "/en/talk/all",
    "/es/read",
    "/en/rights",
    "/es/need",
    "/en/plan",
    "/es/meeting",
    "/en/ask",
    "/es/about",
    "/en/phone",
    "/en/zzz",
)


@pytest.fixture(scope="module")
def paths(app: Flask) -> list[str]:
    library = app.extensions["library"]
    some = (
        "condom-broke",
        "want-to-die",
        "talk-die",
        "nhth",
        "stronghearts",
        "need-sleep",
        "right-team-who",
        "shelf-body",
        "start-tonight",
    )
    return [*MAIN_PAGES, *(f"/{language}/{library.get(key).code}" for key in some for language in ("en", "es"))]


WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

SMALL = """() => [...document.querySelectorAll('a, button, summary, input, select')].filter(e => {
  if (e.closest('p, h1, h2, h3, dd, li > span') || e.classList.contains('hidden')) return false;
  const box = e.getBoundingClientRect();
  return box.width > 0 && (box.height < 47.5 || box.width < 44);
}).map(e => e.outerHTML.slice(0, 120))"""
"""48 px for every control that stands by itself; a link inside a sentence or a heading follows the text."""

SHIFTS = (
    "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => { window.moved += e.value; "
    "})).observe({type: 'layout-shift', buffered: true});"
)
# Two frames: what moved in the first is told before the second.
MOVED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(window.moved))))"

EXITS = """() => [0, 0.5, 1].map((share) => {
  window.scrollTo(0, document.body.scrollHeight * share);
  const box = document.querySelector('a.exit').getBoundingClientRect();
  const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return { top: box.top, bottom: box.bottom, height: box.height, above: there.closest('a.exit') !== null };
})"""

GAP = """() => {
  window.scrollTo(0, document.body.scrollHeight);
  return document.querySelector('.bar').getBoundingClientRect().top -
    document.querySelector('.foot').getBoundingClientRect().bottom;
}"""

SCREENS = ((360, 640), (320, 568), (640, 360))


@dataclass
class Look:
    """What was measured on one page on a phone of 360 by 640, in CSS pixels."""

    path: str
    moved: float
    small: list[str]
    """Controls that are too small for a thumb."""
    exits: list[dict[str, float]]
    """The exit at the top, in the middle and at the end of the page."""
    gap: float
    """Between the last line and the bar, at the end of the page."""
    wide_large: int
    """What is wider than the screen with text of 200 %."""
    exit_large: float
    """The lower edge of the exit then."""
    wide: dict[tuple[int, int], int]
    """What is wider than each screen with everything unfolded."""


@pytest.fixture(scope="module")
def looks(chromium: Browser, server: Server, paths: list[str]) -> list[Look]:
    """Every page, opened once."""
    context = chromium.new_context(**PHONE, base_url=server.url, bypass_csp=True)  # larger text is an inline style
    page = context.new_page()
    page.add_init_script(SHIFTS)
    found = []
    for path in paths:
        page.set_viewport_size(PHONE["viewport"])
        page.goto(path)
        moved, small, exits, gap = (page.evaluate(look) for look in (MOVED, SMALL, EXITS, GAP))
        # The reader's own setting of 200 % does this to rem.
        larger = page.add_style_tag(content="html{font-size:225%!important}")
        box = page.locator("a.exit").bounding_box()
        assert box is not None, path
        wide_large = page.evaluate(WIDE)
        larger.evaluate("style => style.remove()")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        wide = {}
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            wide[width, height] = page.evaluate(WIDE)
        found.append(Look(path, moved, small, exits, gap, wide_large, box["y"] + box["height"], wide))
    context.close()
    return found


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_scrolls_sideways(screen: tuple[int, int], looks: list[Look]) -> None:
    assert not [look.path for look in looks if look.wide[screen] > 0]


def test_text_twice_as_large_still_fits(looks: list[Look]) -> None:
    assert not [look.path for look in looks if look.wide_large > 0]
    assert not [(look.path, look.exit_large) for look in looks if look.exit_large > 641]


def test_the_narrowest_phone_with_the_largest_text(
    playwright_here: Playwright, server: Server, paths: list[str]
) -> None:
    """320 wide and the phone's own text size doubled, which also moves the breakpoints."""
    browser = playwright_here.chromium.launch(
        executable_path=headless_path(), args=[*CHROMIUM_ARGS, "--blink-settings=defaultFontSize=32"]
    )
    page = browser.new_page(viewport={"width": 320, "height": 568}, base_url=server.url)
    for path in paths:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate(WIDE) <= 0, path
    browser.close()


BROKEN_WORDS = """(selector) => {
  const broken = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode;
    if (!text.parentElement.closest(selector) || text.parentElement.closest('.hidden') ||
      !text.parentElement.checkVisibility()) continue;
    for (const word of text.data.matchAll(/[^\\s\\u00ad–-]+/g)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""
"""Words of a part of the page that stand on two lines, without the hyphens at which a word may break."""


def test_no_word_of_the_bar_breaks_at_twice_the_text(chromium: Browser, server: Server) -> None:
    """On the narrowest phone, by a style and by the browser's own setting: see the two tests before."""
    context = chromium.new_context(
        **{**PHONE, "viewport": {"width": 320, "height": 568}}, base_url=server.url, bypass_csp=True
    )
    page = context.new_page()
    for path in ("/en/", "/es/", "/es/ask", "/es/talk", "/es/plan"):
        page.goto(path)
        page.add_style_tag(content="html{font-size:225%!important}")
        assert page.evaluate(BROKEN_WORDS, ".bar, .exit") == [], path
        assert page.locator(".bar span").first.bounding_box(), "its words are there, and not only its signs"
    page.evaluate("document.querySelector('.bar span').style.width = '10px'")
    assert page.evaluate(BROKEN_WORDS, ".bar, .exit")
    context.close()


def test_no_word_of_a_button_breaks(chromium: Browser, server: Server, paths: list[str]) -> None:
    """Also without a signal, when a button says besides that it needs internet."""
    context = chromium.new_context(**PHONE, base_url=server.url)
    page = context.new_page()
    for path in paths:
        page.goto(path)
        assert page.evaluate(BROKEN_WORDS, "main .ways, main .pair, main .report") == [], path
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.evaluate("document.documentElement.classList.add('no-signal')")
        assert page.evaluate(BROKEN_WORDS, "main .ways, main .pair, main .report") == [], path
    context.close()


def test_targets_are_large_enough_for_a_thumb(looks: list[Look]) -> None:
    assert not [(look.path, look.small) for look in looks if look.small]


def test_nothing_moves_while_a_page_comes(looks: list[Look]) -> None:
    # What any report rounds to 0: a hair's breadth of text is no movement.
    assert not [(look.path, look.moved) for look in looks if look.moved >= 0.001]


def test_the_exit_is_in_reach_wherever_the_reader_is(looks: list[Look]) -> None:
    for look in looks:
        assert len(look.exits) == 3
        for box in look.exits:
            assert box["height"] >= 48, look.path
            assert box["top"] >= 320, f"{look.path}: in the lower half, where the thumb is"
            assert box["bottom"] <= 640.5, look.path
            assert box["above"], look.path


def test_the_last_line_is_not_under_the_bar(looks: list[Look]) -> None:
    assert not [(look.path, look.gap) for look in looks if look.gap < 0]


def test_the_look_bites(chromium: Browser, server: Server) -> None:
    context = chromium.new_context(**PHONE, base_url=server.url, bypass_csp=True)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto("/en/")
    page.add_style_tag(
        content="a.home{min-height:10px!important} a.exit{pointer-events:none!important} .foot{margin-bottom:-9rem}"
    )
    page.evaluate("document.querySelector('main').style.marginTop = '9rem'")
    assert page.evaluate(SMALL)
    assert page.evaluate(MOVED) >= 0.001
    assert not all(box["above"] for box in page.evaluate(EXITS))
    assert page.evaluate(GAP) < 0
    # Last: a page wider than its screen is drawn small, and its bar then stands elsewhere.
    page.add_style_tag(content="h1{min-width:900px}")
    assert page.evaluate(WIDE) > 0
    context.close()


def test_without_script_everything_reads_and_the_exit_leaves(
    chromium: Browser, server: Server, paths: list[str]
) -> None:
    context = chromium.new_context(**PHONE, base_url=server.url, java_script_enabled=False)
    context.route(
        "**/*",
        lambda route: (
            route.continue_()
            if route.request.url.startswith(server.url)
            else route.fulfill(status=200, body="elsewhere")
        ),
    )
    page = context.new_page()
    for path in paths:
        page.goto(path)
        assert page.locator("h1").is_visible()
        assert len(page.locator("main").inner_text()) > 120, path
    page.locator("a.exit").click()
    page.wait_for_url(lambda url: url.startswith("https://"), wait_until="commit")
    context.close()


def test_opening_hours_by_the_phones_clock(chromium: Browser, server: Server, app: Flask) -> None:
    """Trans Lifeline answers Monday to Friday, 10 to 6 in California: open at 11 there, closed on Sunday, whatever the
    phone's zone."""
    code = app.extensions["library"].get("trans-lifeline").code
    for moment, zone, word in (
        ("2026-11-23T19:00:00Z", "America/New_York", "Open now"),
        ("2026-11-22T19:00:00Z", "America/Los_Angeles", "Closed now"),
        ("2026-11-24T03:00:00Z", "America/Los_Angeles", "Closed now"),
    ):
        context = chromium.new_context(**PHONE, base_url=server.url, timezone_id=zone)
        page = context.new_page()
        page.clock.set_fixed_time(moment)
        page.goto(f"/en/{code}")
        page.wait_for_function("() => document.querySelector('[data-open]') !== null")
        told = page.locator(".open").first.inner_text()
        assert word in told, (moment, told)
        assert page.get_by_text("open any time").count() or page.get_by_text("This one is open any time").count()
        context.close()


def test_a_number_checked_long_ago_says_so_on_the_phone(chromium: Browser, server: Server, app: Flask) -> None:
    code = app.extensions["library"].get("nhth").code
    context = chromium.new_context(**PHONE, base_url=server.url)
    page = context.new_page()
    page.goto(f"/en/{code}")
    nothing_happens(page)
    assert not page.get_by_text("Not checked lately").first.is_visible()
    page.clock.set_fixed_time("2028-01-01T12:00:00Z")
    page.goto(f"/en/{code}")
    page.get_by_text("Not checked lately").first.wait_for()
    context.close()


def test_without_a_signal_what_needs_internet_says_so_and_comes_last(
    app: Flask, chromium: Browser, server: Server
) -> None:
    page = chromium.new_context(**PHONE, base_url=server.url).new_page()
    page.goto(f"/en/{app.extensions['library'].get('lifeline-988').code}")
    online = page.locator(".ways [data-net]").first
    said = "() => getComputedStyle(document.querySelector('.ways [data-net]'), '::after').content"
    assert page.evaluate(said) == "none"
    page.context.set_offline(True)
    page.wait_for_function("() => document.documentElement.classList.contains('no-signal')")
    assert page.evaluate(said).replace('"', "") in ("(needs internet)", "( needs internet )")
    texts = page.locator(".ways a[href^='sms:']").first.bounding_box()
    net = online.bounding_box()
    assert texts is not None
    assert net is not None
    assert net["y"] >= texts["y"]
    page.context.set_offline(False)
    page.wait_for_function("() => !document.documentElement.classList.contains('no-signal')")
    page.context.close()


def test_where_there_is_little_height_no_button_of_the_plan_lies_on_its_questions(
    chromium: Browser, server: Server
) -> None:
    page = chromium.new_context(viewport={"width": 640, "height": 360}, base_url=server.url).new_page()
    page.goto("/en/plan")
    expect(page.locator("[data-next]")).to_have_text("Skip")
    over = """() => { const ways = document.querySelector('[data-question-ways]').getBoundingClientRect();
      return [...document.querySelectorAll('[data-question]')].map(e => e.getBoundingClientRect())
        .filter(e => e.height && e.top < ways.bottom && e.bottom > ways.top).length; }"""
    assert page.evaluate(over) == 0
    page.context.close()


def test_names_and_links_that_stand_alone_can_be_hit(app: Flask, chromium: Browser, server: Server) -> None:
    page = chromium.new_context(**PHONE, base_url=server.url).new_page()
    small = """() => [...document.querySelectorAll('h2>a, h3>a')].filter(e => e.getClientRects().length
      && e.getBoundingClientRect().height < 48).map(e => e.innerText)"""
    library = app.extensions["library"]
    for rest in ("talk", "when", library.get("talk-die").code, library.get("need-sleep").code):
        page.goto(f"/en/{rest}")
        assert page.locator("h2>a, h3>a").count()
        assert not page.evaluate(small), rest
    page.context.close()
