"""Quiet moving: no new entry, no new address, and for a reader or a screen reader as good as a full page load. And
Forget."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.scripts import as_written, holding, nothing_happens, warmed
from tests.browser.watched import AWAY
from tests.conftest import Server

pytestmark = pytest.mark.xdist_group("quiet_moving")

ENTRIES = "history.length"


@pytest.fixture
def context(browser_here: Browser, server: Server) -> Iterator[BrowserContext]:
    made = browser_here.new_context(
        base_url=server.url, viewport={"width": 360, "height": 640}, has_touch=True, ignore_https_errors=True
    )
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def ready(page: Page, path: str) -> None:
    page.goto(path)
    warmed(page)


def stands(page: Page, heading: str) -> None:
    """Wait until a page stands: its heading has the focus, and it is scrolled in the same task."""
    page.wait_for_function(
        "heading => document.querySelector('#page h1').innerText === heading && document.activeElement.tagName === "
        "'H1'",
        arg=heading,
    )


def test_moving_is_as_good_as_a_full_load(page: Page, context: BrowserContext) -> None:
    """Title, language, heading, focus, the bar and the header are those of the page as it loads by itself."""
    ready(page, "/en/")
    entries = page.evaluate(ENTRIES)
    frame = (
        "() => [document.title, document.documentElement.lang, ...['.top', '.bar', '.foot', '#page h1', "
        "'a.exit'].map((name) => document.querySelector(name).innerText)]"
    )
    for link, path in (
        ('.bar a[href$="/talk"]', "/en/talk"),
        (".top .lang", "/es/talk"),
        ('.bar a[href$="/plan"]', "/es/plan"),
        ('.foot a[href$="/phone"]', "/es/phone"),
    ):
        other = context.new_page()
        other.goto(path)
        alone = other.evaluate(frame)
        other.close()
        page.locator(link).first.click()
        stands(page, alone[5])
        assert page.evaluate(frame) == alone
        assert page.evaluate("document.activeElement.tagName") == "H1"
        assert page.evaluate("scrollY") == 0
    assert page.url.endswith("/en/")
    assert page.evaluate(ENTRIES) == entries
    assert page.evaluate("history.state") is None


def test_a_screen_reader_hears_the_heading_and_the_marked_place(page: Page, context: BrowserContext) -> None:
    """From the accessibility tree: the focus is on a heading of level 1, and the bar marks the current page."""
    ready(page, "/en/")
    page.locator('.bar a[href$="/talk"]').click()
    stands(page, "Talk to someone")
    nodes = context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    focused = [
        n for n in nodes if any(p["name"] == "focused" and p["value"].get("value") for p in n.get("properties", []))
    ]
    assert [(n["role"]["value"], n["name"]["value"]) for n in focused if n["role"]["value"] == "heading"] == [
        ("heading", "Talk to someone")
    ]
    assert page.locator(".bar [aria-current=page]").inner_text() == "Talk"


def test_own_back_goes_the_way_we_came_and_to_where_we_were(page: Page) -> None:
    ready(page, "/en/")
    page.evaluate("scrollTo(0, 260)")
    page.locator('.tiles a[href$="/rights"]').click()
    stands(page, "My rights in California")
    page.locator("#page .list a").nth(12).click()
    page.wait_for_function("() => document.querySelector('#page h1').innerText !== 'My rights in California'")
    page.locator("[data-back]").click()
    stands(page, "My rights in California")
    assert page.evaluate("scrollY") > 300
    page.locator("[data-back]").click()
    stands(page, "What do you need right now?")
    assert page.evaluate("scrollY") == 260


def test_own_back_works_after_an_address_with_a_broken_fragment(page: Page) -> None:
    """ "/en/#%ZZ" threw at the first Back, and the page stood still."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    ready(page, "/en/#%ZZ")
    page.locator('.tiles a[href$="/rights"]').click()
    stands(page, "My rights in California")
    page.locator("[data-back]").click()
    stands(page, "What do you need right now?")
    assert complaints == []


def test_own_back_without_a_way_leads_one_up(page: Page) -> None:
    ready(page, "/en/phone")
    page.locator("[data-back]").click()
    stands(page, "About this app")


def test_a_way_back_stands_at_home_once_there_is_one(page: Page) -> None:
    ready(page, "/en/")
    assert page.locator("[data-back]").is_hidden()
    page.locator('.bar a[href$="/talk"]').click()
    stands(page, "Talk to someone")
    page.locator(".top .home").click()
    stands(page, "What do you need right now?")
    page.locator("[data-back]").click()
    stands(page, "Talk to someone")


def test_the_skip_link_and_a_part_of_a_page_make_no_entry(page: Page) -> None:
    ready(page, "/en/forget")
    entries = page.evaluate(ENTRIES)
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "page"
    page.locator("#page a[href$='#one-line']").click()
    stands(page, "Is this phone safe?")
    top = page.evaluate("document.getElementById('one-line').getBoundingClientRect().top")
    assert 0 <= top < 200
    assert page.evaluate(ENTRIES) == entries
    assert page.evaluate("location.hash") == ""


def test_a_form_whose_script_has_not_come_makes_no_entry(page: Page) -> None:
    """The list's forms have no address: sent by the browser itself they would load the page anew."""
    ready(page, "/en/")
    entries, here = page.evaluate(ENTRIES), page.url
    page.evaluate(
        "() => { const form = document.createElement('form'); form.innerHTML = '<input value=hers><button>"
        "Keep</button>'; document.getElementById('page').prepend(form);"
        "form.querySelector('button').click(); }"
    )
    nothing_happens(page)
    assert page.locator("#page form input").first.input_value() == "hers"
    assert (page.evaluate(ENTRIES), page.url) == (entries, here)


def test_a_deep_link_opens_the_card_and_keeps_its_neutral_address(page: Page) -> None:
    page.set_extra_http_headers({"Accept-Language": "en"})
    page.goto("/3DR", wait_until="load")
    page.wait_for_url("**/en/3dr")
    assert page.locator("#page h1").inner_text().startswith("What Exit can")
    warmed(page)
    page.locator('.bar a[href$="/talk"]').click()
    stands(page, "Talk to someone")
    assert page.url.endswith("/en/3dr")


def test_what_is_not_ours_stays_as_it_is(page: Page) -> None:
    """Calls, texts, other sites, downloads and "open in a new tab" are left to the browser."""
    ready(page, "/en/talk")
    kept = page.evaluate(
        "() => { const made = (attributes) => { const link = document.createElement('a'); "
        "Object.entries(attributes).forEach(([name, value]) => link.setAttribute(name, value)); "
        "document.getElementById('page').append(link); return link; };"
        "const prevented = (link, options) => { const event = new MouseEvent('click', { bubbles: true, cancelable: "
        "true, ...options }); let seen; const look = (e) => { seen = e.defaultPrevented; e.preventDefault(); };"
        "addEventListener('click', look, { once: true }); link.dispatchEvent(event); return seen; };"
        "const ours = { href: '/en/rights' }; return { tel: prevented(made({ href: 'tel:988' })), sms: "
        "prevented(made({ href: 'sms:988' })), other: prevented(made({ href: 'https://other.test/' })),"
        "file: prevented(made({ href: '/en/rights', download: '' })), control: prevented(made(ours), { ctrlKey: true "
        "}), meta: prevented(made(ours), { metaKey: true }), middle: prevented(made(ours), { button: 1 }),"
        "blank: prevented(made({ ...ours, target: '_blank' })), plain: prevented(made(ours)) }; }"
    )
    assert kept == {
        "tel": False,
        "sms": False,
        "other": False,
        "file": False,
        "control": False,
        "meta": False,
        "middle": False,
        "blank": False,
        "plain": True,
    }


def test_the_last_tap_wins(page: Page) -> None:
    """Two taps on a slow line: what was asked for last stands, and the first does not come after it."""
    ready(page, "/en/")
    held: list[Route] = []
    page.route("**/en/talk", lambda route: held.append(route))
    with page.expect_request("**/en/talk"):
        page.locator('.bar a[href$="/talk"]').click()
    page.locator('.bar a[href$="/plan"]').click()
    page.wait_for_function(
        "() => document.querySelector('.bar [aria-current]') && document.querySelector('.bar "
        "[aria-current]').innerText === 'Plan'"
    )
    if held:
        held[0].continue_()
    nothing_happens(page)
    assert page.locator(".bar [aria-current]").inner_text() == "Plan"


def test_a_page_that_is_swapped_in_brings_its_style_once(page: Page) -> None:
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    ready(page, "/en/")
    assert page.locator('style[data-style="plan"]').count() == 0
    for _ in range(2):
        page.locator('.bar a[href$="/plan"]').click()
        stands(page, "My plan")
        assert page.evaluate("getComputedStyle(document.querySelector('.pick span')).borderRadius") == "24px"
        page.locator('.bar a[href$="/en/"]').click()
        page.wait_for_function("() => !document.querySelector('.pick')")
    assert page.locator('style[data-style="plan"]').count() == 1
    assert wrong == []


def test_without_the_library_links_still_work_and_leave_no_entry(page: Page) -> None:
    page.route(holding("htmx.org"), lambda route: route.abort())
    page.goto("/en/")
    entries = page.evaluate(ENTRIES)
    page.locator('.bar a[href$="/talk"]').click()
    page.wait_for_url("**/en/talk")
    page.locator('.bar a[href$="/plan"]').click()
    page.wait_for_url("**/en/plan")
    assert page.evaluate(ENTRIES) == entries


def test_without_script_links_are_links(chromium: Browser, server: Server) -> None:
    context = chromium.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/")
    page.locator('.bar a[href$="/talk"]').click()
    page.wait_for_url("**/en/talk")
    page.locator("[data-back]").click()
    page.wait_for_url("**/en/")
    context.close()


def test_without_a_signal_the_page_stays_and_lines_are_offered(page: Page, context: BrowserContext) -> None:
    ready(page, "/es/")
    context.set_offline(True)
    page.locator('.bar a[href$="/talk"]').click()
    told = page.locator("[data-no-signal]")
    told.wait_for()
    assert page.evaluate("document.activeElement.hasAttribute('data-no-signal')")
    assert told.locator('a[href^="tel:"]').count() >= 1
    assert told.locator('a[href^="sms:"]').count() >= 2
    assert told.locator('a[href^="https:"]').count() == 0
    assert page.locator("#page h1").inner_text() == "¿Qué necesitas ahora?"
    context.set_offline(False)
    told.locator("[data-again]").click()
    page.wait_for_function("() => document.querySelector('.bar [aria-current]').innerText === 'Hablar'")
    assert page.locator("[data-no-signal]").count() == 0


def test_an_error_is_a_whole_page_and_a_strange_answer_is_not_swapped_in(page: Page) -> None:
    """A captive Wi-Fi's login page is not ours: the page stays, and the lines are offered."""
    ready(page, "/en/")
    page.route(
        "**/en/talk",
        lambda route: route.fulfill(body="<html><body><form>Log in to the Wi-Fi</form>", content_type="text/html"),
    )
    page.locator('.bar a[href$="/talk"]').click()
    page.locator("[data-no-signal]").wait_for()
    assert "Log in" not in page.locator("body").inner_text()
    page.route("**/en/plan", lambda route: route.continue_(url=route.request.url.replace("/plan", "/nowhere")))
    page.locator('.bar a[href$="/plan"]').click()
    stands(page, "This page is not here")


# Forget

KEEPER = """
export async function %s() { window.told.push("%s"); window.kept = window.stays || false; }
export async function hasAnything() { window.told.push("look"); return window.kept; }
export function start() {}
"""


def with_keepers(page: Page) -> None:
    """Give the page two modules that keep something, in place of the plan's store and the pocket: its scripts come as
    they stand in static/js."""
    as_written(page)
    page.route(
        "**/js/plan/store.js",
        lambda route: route.fulfill(body=KEEPER % ("eraseAll", "plan"), content_type="text/javascript"),
    )
    page.route(
        "**/js/offline/book.js",
        lambda route: route.fulfill(body=KEEPER % ("dropAll", "pocket"), content_type="text/javascript"),
    )
    page.add_init_script(
        "window.told = []; window.kept = true; addEventListener('DOMContentLoaded', () => { "
        "document.addEventListener('app:leave', () => told.push('words')); });"
    )


def open_forget(page: Page) -> None:
    page.goto("/en/talk")
    page.locator("[data-forget]").click()
    stands(page, "Forget what this phone kept")


def test_t27_forget_goes_in_order_looks_says_done_and_leaves(page: Page) -> None:
    """The phone is looked at before the server is asked and not after it: WebKit writes a file with our name for a
    page that asks what is kept."""
    with_keepers(page)
    page.add_init_script(
        "const real = fetch; window.fetch = (address, how) => { if (how?.method === 'POST' && /\\/x$/.test(address)) "
        "told.push('server'); return real(address, how); };"
    )
    open_forget(page)
    assert "suddenly empty" in page.locator("#page").inner_text()
    page.locator("[data-forget-sure]").click()
    page.get_by_text("Done. We looked").wait_for()
    assert page.evaluate("window.told") == ["words", "plan", "pocket", "look", "look", "server"]
    page.wait_for_url(re.compile(AWAY))


def test_forget_works_without_a_signal(page: Page, context: BrowserContext) -> None:
    with_keepers(page)
    page.goto("/en/")
    context.set_offline(True)
    page.locator("[data-forget]").click()
    page.locator("[data-forget-sure]").click()
    page.get_by_text("Done. We looked").wait_for()
    assert page.evaluate("window.told") == ["words", "plan", "pocket", "look", "look"]


def test_forget_does_not_say_done_when_something_is_left(page: Page) -> None:
    with_keepers(page)
    open_forget(page)
    page.evaluate("window.stays = true")
    page.locator("[data-forget-sure]").click()
    page.get_by_text("Not all of it is gone").wait_for()
    nothing_happens(page)
    assert page.locator("#page h1").count() == 1


def test_forget_takes_the_book_when_the_lists_files_are_still_held(page: Page) -> None:
    """The browser may hold the files of an erased list (store.js, "files"): the book goes all the same, and it is not
    called done."""
    with_keepers(page)
    held = KEEPER % ("eraseAll", "plan")
    held = held.replace('window.told.push("plan");', 'window.told.push("plan"); throw new Error("files");')
    page.route("**/js/plan/store.js", lambda route: route.fulfill(body=held, content_type="text/javascript"))
    open_forget(page)
    page.locator("[data-forget-sure]").click()
    page.get_by_text("Not all of it is gone").wait_for()
    assert page.evaluate("window.told") == ["words", "plan", "pocket"]


def test_forget_sends_the_other_tabs_away_first(page: Page, context: BrowserContext) -> None:
    other = context.new_page()
    other.goto("/en/plan")
    open_forget(page)
    page.locator("[data-forget-sure]").click()
    other.wait_for_url(re.compile(AWAY))


def test_forget_without_script_clears_and_leaves(browser_here: Browser, server: Server) -> None:
    context = browser_here.new_context(base_url=server.url, java_script_enabled=False, ignore_https_errors=True)
    page = context.new_page()
    page.goto("/en/forget")
    with page.expect_response(lambda response: response.request.method == "POST") as told:
        page.locator("[data-forget-sure]").click()
    assert told.value.all_headers()["clear-site-data"] == '"cache", "cookies", "storage"'
    page.wait_for_url(re.compile(AWAY))
    context.close()


def test_the_phones_back_goes_one_step_back_and_leaves_no_entry(page: Page) -> None:
    """Esc is a computer's close request; on Android it is Back."""
    ready(page, "/en/")
    entries = page.evaluate(ENTRIES)
    page.locator('.tiles a[href$="/rights"]').click()
    stands(page, "My rights in California")
    page.locator('.bar a[href$="/talk"]').click()
    stands(page, "Talk to someone")
    for heading in ("My rights in California", "What do you need right now?"):
        page.wait_for_function("() => import(document.querySelector('script[data-deferred]').dataset.deferred)")
        page.keyboard.press("Escape")
        stands(page, heading)
    assert page.evaluate(ENTRIES) == entries
    assert page.evaluate("history.state") is None


def test_where_back_cannot_be_taken_the_first_move_says_once_that_it_leaves(page: Page) -> None:
    page.add_init_script("delete window.CloseWatcher")
    ready(page, "/en/")
    page.locator('.bar a[href$="/talk"]').click()
    expect(page.get_by_text("Use this arrow")).to_have_count(1)
    page.locator('.bar a[href$="/plan"]').click()
    stands(page, "My plan")
    expect(page.get_by_text("Use this arrow")).to_have_count(0)
