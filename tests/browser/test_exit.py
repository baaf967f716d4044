"""Leaving: at once, from everywhere, with nothing of ours on the screen while the other site does not answer."""

import base64
import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.browser.scripts import nothing_happens, warmed
from tests.browser.watched import AWAY, World
from tests.conftest import ROOT, Server

pytestmark = pytest.mark.xdist_group("quiet_exit")

SHOWN = (
    "({ text: document.body.innerText.trim(), title: document.title, fields: document.querySelectorAll('input,"
    "textarea,select').length, things: document.body.childElementCount })"
)
COVERED = {"text": "", "title": AWAY, "fields": 0, "things": 0}
PAGES = ("/en/", "/en/talk", "/es/phone", "/en/forget", "/en/nowhere")


@pytest.fixture
def context(browser_here: Browser, server: Server, world: World) -> Iterator[BrowserContext]:
    world.hangs = False
    world.forget()
    made = browser_here.new_context(
        base_url=server.url, viewport={"width": 360, "height": 640}, has_touch=True, ignore_https_errors=True
    )
    yield made
    world.hangs = False
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def leave_and_look(page: Page, before: str = "", after: int = 300) -> tuple[dict[str, object], dict[str, object]]:
    """Press exit by script; return what stands in the same task, and what stands `after` milliseconds later.

    The page itself tells the later look: while another page is on its way, the browser answers no question about this
    one.
    """
    with page.expect_console_message(lambda message: message.text.startswith("later ")) as later:
        now = page.evaluate(
            f"() => {{ {before}; document.querySelector('a.exit').click(); setTimeout(() => console.log('later ' + "
            f"JSON.stringify({SHOWN})), {after}); return {SHOWN}; }}"
        )
    return now, json.loads(later.value.text.removeprefix("later "))


def picture(page: Page) -> bytes:
    return base64.b64decode(
        page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "png"})["data"]
    )


def away(page: Page) -> None:
    page.wait_for_url(re.compile(rf"https://{AWAY}/.*"), timeout=15000)


@pytest.mark.parametrize("path", PAGES)
def test_one_tap_leaves_from_every_page(page: Page, path: str) -> None:
    page.goto(path)
    page.locator("a.exit").tap()
    page.wait_for_url("https://*.wikipedia.org/**")


def test_t24_the_cover_stands_in_the_same_task_while_the_other_site_hangs(page: Page, world: World) -> None:
    """In the same task as the tap: no frame can be drawn in between."""
    page.goto("/en/talk")
    world.hangs = True
    assert leave_and_look(page) == (COVERED, COVERED)
    world.let_go()


def test_the_screen_behind_the_cover_is_of_one_colour(page: Page, world: World) -> None:
    """The pixels themselves, not only the tree."""
    page.goto("/en/talk")
    full = picture(page)
    line = page.context.new_cdp_session(page)
    world.hangs = True
    leave_and_look(page)
    blank = base64.b64decode(line.send("Page.captureScreenshot", {"format": "png"})["data"])
    world.let_go()
    # A PNG of one colour: each row is the row above, so that almost nothing is left to say.
    assert len(blank) < 3500, len(blank)
    assert len(full) > 4 * len(blank)


def test_exit_pressed_twenty_times_leaves_once(page: Page, world: World) -> None:
    page.goto("/en/")
    page.evaluate(
        "() => { for (let i = 0; i < 20; i += 1) { const exit = document.querySelector('a.exit') || document.body; "
        "exit.click(); } }"
    )
    away(page)
    assert sum(line.startswith("GET /wiki/Main_Page") for _host, line, _headers in world.asked) == 1


def test_exit_while_a_page_is_on_its_way(page: Page, world: World) -> None:
    """What arrives after leaving is not shown, and the title stays dull."""
    page.goto("/en/")
    warmed(page)
    held: list[Route] = []
    page.route("**/en/talk", lambda route: held.append(route))
    with page.expect_request("**/en/talk"):
        page.locator('.bar a[href$="/talk"]').click()
    page.evaluate("1")  # the route has been told when this is answered
    assert held
    world.hangs = True

    def late(route: Route) -> None:
        held[0].fulfill(
            body="<html><title>late</title><body><main id=page><h1>late</h1></main>", content_type="text/html"
        )
        route.continue_()

    page.route("https://**", late)
    assert leave_and_look(page, after=800) == (COVERED, COVERED)
    world.let_go()


def test_t32_exit_while_offline_shows_nothing_of_ours(whole_browser_here: Browser, server: Server) -> None:
    context = whole_browser_here.new_context(base_url=server.url, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto("/en/talk")
    context.set_offline(True)
    page.evaluate("setTimeout(() => document.querySelector('a.exit').click())")
    page.wait_for_function("() => location.protocol === 'chrome-error:' && document.readyState === 'complete'")
    told = page.evaluate("[document.title, document.body.innerText].join(' ')")
    assert AWAY in told
    assert "127.0.0.1" not in told
    assert "Talk" not in told
    context.close()


def test_offline_with_the_book_on_the_phone_it_goes_to_the_blank_page_and_on_when_there_is_a_signal(page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => "
        "location.pathname.endsWith('/quiet') && window.signal === true });"
        "Object.defineProperty(navigator, 'serviceWorker', { value: { controller: {} } });"
    )
    page.goto("/en/talk")
    page.locator("a.exit").click()
    page.wait_for_url("**/quiet")
    assert (page.title(), page.evaluate("document.body.innerText.trim()")) == (AWAY, AWAY)
    page.evaluate("() => { window.signal = true; dispatchEvent(new Event('online')); }")
    away(page)


def test_t23_other_tabs_leave_too(context: BrowserContext) -> None:
    tabs = [context.new_page() for _ in range(3)]
    for tab, path in zip(tabs, ("/en/", "/es/talk", "/en/forget"), strict=True):
        tab.goto(path)
    tabs[0].locator("a.exit").click()
    for tab in tabs:
        tab.wait_for_url("https://*.wikipedia.org/**", timeout=3000)


def test_leaving_tells_the_pieces_first(page: Page, world: World) -> None:
    """A piece that holds words or a voice hears app:leave while its elements still stand; one that fails does not hold
    the youth here."""
    page.goto("/en/")
    world.hangs = True
    told = page.evaluate(
        "() => { const told = []; document.addEventListener('app:leave', () => { "
        "told.push(document.querySelectorAll('h1').length); throw new Error('a piece fails'); });"
        "speechSynthesis.cancel = () => told.push('voice'); document.querySelector('a.exit').click(); return [...told,"
        " document.body.childElementCount]; }"
    )
    assert told in ([1, "voice", 0], ["voice", 1, "voice", 0]), "Listen stops by itself too"
    world.let_go()


def test_t22_back_from_another_site_does_not_show_us(page: Page) -> None:
    """From the back-forward cache or loaded again."""
    page.goto("/en/talk")
    page.goto("https://elsewhere.test/")
    page.evaluate("setTimeout(() => history.back())")
    away(page)
    nothing_happens(page)
    assert urlsplit(page.evaluate("location.href")).hostname == AWAY


def test_a_page_shown_again_from_the_cache_is_covered(page: Page, world: World) -> None:
    page.goto("/en/talk")
    world.hangs = True
    assert (
        page.evaluate(
            f"() => {{ dispatchEvent(new PageTransitionEvent('pageshow', {{ persisted: true }})); return {SHOWN}; }}"
        )
        == COVERED
    )
    world.let_go()


def test_coming_back_from_a_lines_own_site_is_not_leaving(page: Page) -> None:
    """The one exception: the youth opened the chat of a line from here, and the browser still holds the page."""
    page.goto("/en/talk")
    shown = page.evaluate(
        "() => { const chat = document.querySelector('#page a[href^=\"https:\"]'); chat.addEventListener('click', "
        "(event) => event.preventDefault()); chat.click();"
        "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })); return "
        "document.querySelectorAll('h1').length; }"
    )
    assert shown == 1


def test_t25_shift_three_times_leaves(page: Page) -> None:
    page.goto("/en/")
    for _ in range(3):
        page.keyboard.press("Shift")
    away(page)


@pytest.mark.parametrize(
    "keys", [["Shift", "Shift", "a", "Shift"], ["Shift+A", "Shift+B", "Shift+C"], ["Escape"] * 3, ["Control+Shift"] * 3]
)
def test_t25_other_keys_do_not(page: Page, keys: list[str]) -> None:
    page.goto("/en/")
    for key in keys:
        page.keyboard.press(key)
    nothing_happens(page)
    assert page.locator("h1").count() == 1


def test_t25_nor_does_shift_while_typing(page: Page) -> None:
    page.goto("/en/")
    page.evaluate(
        "() => { const field = document.createElement('textarea'); document.getElementById('page').append(field); "
        "field.focus(); }"
    )
    page.keyboard.type("AB Cd")
    for _ in range(4):
        page.keyboard.press("Shift")
    nothing_happens(page)
    assert page.locator("textarea").input_value() == "AB Cd"


def test_the_second_copy_has_words_takes_focus_and_leaves(page: Page) -> None:
    page.goto("/en/phone")
    second = page.locator(".foot a[data-exit]")
    second.focus()
    box = second.bounding_box()
    assert box is not None
    assert box["height"] > 20, "it shows itself when it has the focus"
    assert len(second.inner_text()) > 12
    page.keyboard.press("Enter")
    away(page)


@pytest.mark.parametrize("path", PAGES)
def test_without_script_it_is_a_link_that_leaves(browser_here: Browser, server: Server, path: str) -> None:
    context = browser_here.new_context(base_url=server.url, java_script_enabled=False, ignore_https_errors=True)
    page = context.new_page()
    page.goto(path)
    page.locator("a.exit").click()
    page.wait_for_url("https://*.wikipedia.org/**")
    context.close()


# Geometry

CORNERS = """() => {
  const exit = document.querySelector('a.exit'), box = exit.getBoundingClientRect(), root = document.documentElement;
  const points = [[.5, .5], [.04, .2], [.96, .2], [.04, .95], [.96, .95]].map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
  return { inside: box.left >= 0 && box.top >= 0 && box.right <= root.clientWidth + 1 && box.bottom <= innerHeight + 1, small: Math.min(box.width, box.height),
           top: points.map(([x, y]) => document.elementFromPoint(x, y)).filter((element) => !element || element.closest('a') !== exit).length,
           sideways: root.scrollWidth - root.clientWidth };
}"""

SCREENS = {
    "320": (320, 640, 0),
    "390": (390, 844, 0),
    "landscape": (640, 360, 0),
    "400 % zoom": (320, 256, 0),
    "200 % zoom": (640, 512, 0),
    "large text": (360, 640, 32),
    "laptop": (1280, 800, 0),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_t26_exit_is_in_view_on_top_and_large_on_every_screen(page: Page, screen: str) -> None:
    width, height, font = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    if font:
        page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": font}})
    wrong = []
    for path in ("/en/", "/es/phone", "/en/nowhere", "/es/rights", "/es/talk"):
        page.goto(path, wait_until="domcontentloaded")
        if font:
            assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > 30
        for part in (0, 0.5, 1):
            page.evaluate("part => scrollTo(0, part * document.documentElement.scrollHeight)", part)
            seen = page.evaluate(CORNERS)
            if not seen["inside"] or seen["small"] < 44 or seen["top"] or seen["sideways"] > 0:
                wrong.append((path, part, seen))
    assert wrong == []


@pytest.mark.parametrize("screen", ["320", "landscape", "400 % zoom"])
def test_t46_focus_is_never_under_the_bar_or_the_exit(page: Page, screen: str) -> None:
    width, height, _font = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/en/phone")
    hidden = []
    for _ in range(45):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "() => { const e = document.activeElement; if (e === document.body || e.closest('.bar') || "
            "e.matches('.exit')) return null; const b = e.getBoundingClientRect();"
            "const over = [...document.querySelectorAll('.bar,.exit')].filter((o) => getComputedStyle(o).position === "
            "'fixed').map((o) => o.getBoundingClientRect());"
            "const whole = over.some((o) => b.top >= o.top - 1 && b.left >= o.left - 1 && b.right <= o.right + 1); "
            "return whole || b.bottom <= 0 || b.top >= innerHeight ? e.outerHTML.slice(0, 80) : null; }"
        )
        if told:
            hidden.append(told)
    assert hidden == []


def test_the_last_line_can_be_read_above_the_bar(page: Page) -> None:
    page.goto("/en/phone")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    assert page.evaluate(
        "document.querySelector('.foot').getBoundingClientRect().bottom <= "
        "document.querySelector('.bar').getBoundingClientRect().top"
    )


def test_two_fingers_zooming_keep_the_exit_in_view(browser_here: Browser, server: Server) -> None:
    context = browser_here.new_context(
        base_url=server.url, viewport={"width": 360, "height": 640}, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    page.goto("/en/talk")
    context.new_cdp_session(page).send("Emulation.setPageScaleFactor", {"pageScaleFactor": 3})
    page.wait_for_function("() => Math.abs(visualViewport.scale - 3) < 0.1")
    nothing_happens(page)  # the exit stays where it has come to
    seen = page.evaluate(
        "() => { const box = document.querySelector('a.exit').getBoundingClientRect(), view = visualViewport; return "
        "{ scale: view.scale, right: Math.abs(box.right - view.offsetLeft - view.width),"
        "bottom: Math.abs(box.bottom - view.offsetTop - view.height), drawn: box.height * view.scale }; }"
    )
    context.close()
    assert seen["scale"] == pytest.approx(3, abs=0.1)
    assert seen["right"] < 2, seen
    assert seen["bottom"] < 2, seen
    assert seen["drawn"] >= 44, seen


def test_t37_paper_shows_no_frame(page: Page) -> None:
    page.goto("/en/phone")
    page.emulate_media(media="print")
    assert page.locator("a.exit").is_hidden()
    assert page.locator(".top").is_hidden()
    assert page.locator(".bar").is_hidden()
    assert page.locator("h1").is_visible()


def test_no_script_opens_what_would_lie_over_the_exit() -> None:
    """A modal dialog makes all else inert, the exit too; alert and its kin stop the page. None is used."""
    scripts = {
        path: path.read_text("utf-8") for path in (ROOT / "static" / "js").rglob("*.js") if "lib" not in path.parts
    }
    banned = re.compile(
        r"\.showModal\(|\.requestFullscreen\(|(?<![\w.])(?:alert|confirm|prompt)\(|window\.(?:alert|confirm|prompt)\("
    )
    assert banned.search("dialog.showModal()")
    assert [path.name for path, text in scripts.items() if banned.search(text)] == []


def test_the_exits_element_is_never_swapped(page: Page) -> None:
    """A tap that began on it must end on it."""
    page.goto("/en/")
    warmed(page)
    page.evaluate("window.kept = document.querySelector('a.exit')")
    page.locator(".top .lang").click()
    page.wait_for_function("() => document.documentElement.lang === 'es'")
    assert page.evaluate("window.kept === document.querySelector('a.exit')")
    assert page.locator("a.exit").inner_text().strip() == "Salir"
    assert "es.wikipedia.org" in (page.locator("a.exit").get_attribute("href") or "")
