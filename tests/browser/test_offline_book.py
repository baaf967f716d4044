"""The pocket in a real browser: taken only when asked, whole or not at all, and then every page opens with no
network."""

import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.scripts import module, nothing_happens, warmed
from tests.browser.scripts import until as met
from tests.conftest import PHONE
from tests.offline import faults
from youthapp import create_app
from youthapp.library.library import Library
from youthapp.settings import Settings
from youthapp.web import static_files

pytestmark = pytest.mark.xdist_group("pocket")
expect.set_options(timeout=30_000)

KEPT = "[data-book-kept]"
STATE = """async () => {
  const told = [];
  for (const name of await caches.keys()) told.push([name, (await (await caches.open(name)).keys()).length]);
  return told;
}"""


@pytest.fixture(scope="module")
def first() -> Any:
    return faults.release()


@pytest.fixture(scope="module")
def second() -> Any:
    return faults.release("+15005550006")


@pytest.fixture
def site(first: Any) -> Iterator[faults.Site]:
    with faults.running(first) as site:
        yield site


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(**PHONE)
    context.set_default_timeout(90_000)  # the first to ask for a book waits until all its pages are made
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def keep(page: Page, site: faults.Site, path: str = "/en/") -> None:
    page.goto(site.url + path)
    page.locator("button[data-keep-book]").click()
    page.wait_for_selector(KEPT)


def until(page: Page, told: str) -> None:
    """Wait for an async JavaScript expression to be true."""
    met(page, f"async () => Boolean({told})")


def whole(page: Page, number: int, language: str = "en") -> None:
    """Wait until the book of this number is bound to its last page."""
    until(page, f"await caches.match('/.whole', {{cacheName: 'pages1-{number}-{language}'}})")


def code(site: faults.Site, record: str) -> str:
    library: Library = site.app.extensions["library"]
    return library.get(record).code


def addresses(site: faults.Site, language: str) -> list[str]:
    """What the book of a language should hold, from the library itself."""
    library = site.app.extensions["library"]
    return [
        f"/{language}/{record.code}"
        for record in library.records.values()
        if library.shown(record) and library.kinds[record.id] in ("tips", "now", "rights", "lines", "needs")
    ]


def test_reading_keeps_nothing(page: Page, site: faults.Site) -> None:
    for path in ("/en/", "/en/talk", "/en/plan", "/en/pocket"):
        page.goto(site.url + path)
        if path != "/en/plan":  # the list only links to the page that keeps pages
            expect(page.locator("button[data-keep-book]")).to_be_visible()
    assert page.evaluate(STATE) == []
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    assert not [path for path in site.asked if path == "/sw.js" or "book" in path]


def test_without_script_the_offer_is_a_link_to_the_page_that_explains(chromium: Browser, site: faults.Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + "/en/")
    page.locator("[data-keep-book]").click()
    expect(page.locator("h1")).to_have_text("With no signal")
    context.close()


def test_one_tap_and_every_page_opens_with_the_server_gone(page: Page, site: faults.Site) -> None:
    keep(page, site)
    assert len([path for path in site.asked if "/book" in path]) == 1, "one download"
    wanted = addresses(site, "en")
    site.stop()
    missing = page.evaluate(
        """async (paths) => { const bad = []; for (const path of paths) { const answer = await fetch(path).catch(() => null);
        if (!answer || answer.status !== 200 || !(await answer.text()).includes('id="page"')) bad.push(path); } return bad; }""",
        wanted,
    )
    assert missing == []
    for path in ("/en/", "/en/now", "/en/talk", "/en/plan", "/en/ask", wanted[0]):
        page.goto(site.url + path)
        assert page.locator("a[data-exit]").first.is_visible()


def test_a_kept_page_is_the_same_to_the_byte_and_wears_the_same_headers(page: Page, site: faults.Site) -> None:
    path = f"/en/{code(site, 'lifeline-988')}"
    live = site.app.test_client().get(path)
    keep(page, site)
    told = page.evaluate(
        "async (path) => { const answer = await fetch(path); return [await answer.text(), [...answer.headers]]; }", path
    )
    assert told[0] == live.get_data(as_text=True)
    headers = dict(told[1])
    for name in (
        "Content-Security-Policy",
        "Referrer-Policy",
        "Cache-Control",
        "Content-Type",
        "X-Frame-Options",
        "Permissions-Policy",
    ):
        assert headers[name.lower()] == live.headers[name]


def test_without_a_signal_a_backup_is_made_and_its_code_given_as_text(page: Page, site: faults.Site) -> None:
    """What draws the code is not in the book: the page says that it needs internet, and prints no blank sheet."""
    keep(page, site)
    site.stop()
    page.goto(site.url + "/en/plan")
    page.locator("[data-step]").first.check()
    expect(page.get_by_text("1 picked").first).to_be_visible()
    warmed(page)
    page.locator("a[href$='/plan/backup']").click()
    page.locator("[data-backup-make]").click()
    expect(page.locator("[data-codes-none]")).to_contain_text("needs internet")
    expect(page.locator("[data-code-text]")).to_contain_text("LIST1.")
    expect(page.locator("[data-backup-print]")).to_be_hidden()


def test_the_progress_is_told_and_can_be_stopped(page: Page, site: faults.Site) -> None:
    site.hold = threading.Event()
    page.goto(site.url + "/en/")
    page.locator("button[data-keep-book]").click()
    expect(page.locator("[data-progress]")).to_have_text(re.compile(r"^Saved for no signal: [12] of 5$"))
    page.locator("[data-stop]").click()
    expect(page.locator("button[data-keep-book]")).to_be_visible()
    site.hold.set()
    assert page.evaluate(STATE) == []
    assert page.locator(KEPT).count() == 0


@pytest.mark.parametrize(
    "tenth", [tenth if tenth in (0, 5, 9) else pytest.param(tenth, marks=pytest.mark.slow) for tenth in range(10)]
)
def test_the_network_dies_in_the_middle_and_the_next_try_is_whole(page: Page, site: faults.Site, tenth: int) -> None:
    site.cut = tenth / 10
    page.goto(site.url + "/en/")
    page.locator("button[data-keep-book]").click()
    expect(page.locator("[data-when=fault-network], [data-when=fault-foreign]").filter(visible=True)).to_have_count(1)
    assert page.evaluate(STATE) == [], "half a book is nothing"
    site.cut = None
    page.evaluate("dispatchEvent(new Event('online'))") if page.locator(
        "[data-when=fault-network]"
    ).is_visible() else page.locator("button[data-keep-book]").click()
    page.wait_for_selector(KEPT)


def test_the_server_is_killed_and_started_again_in_the_middle(page: Page, site: faults.Site) -> None:
    site.hold = threading.Event()
    page.goto(site.url + "/en/")
    page.locator("button[data-keep-book]").click()
    expect(page.locator("[data-progress]")).to_have_text(re.compile("[12] of 5"))
    site.stop()
    site.cut, hold, site.hold = 0.5, site.hold, None
    hold.set()
    site.cut = None
    site.restart()
    # Whatever came of the first connection, the state is one of two: a whole book, or none and the offer stands.
    page.wait_for_selector(f"{KEPT}, button[data-keep-book]:visible")
    if not page.locator(KEPT).count():
        assert page.evaluate(STATE) == []
        page.locator("button[data-keep-book]").click()
        page.wait_for_selector(KEPT)


def test_a_damaged_book_is_dropped(page: Page, site: faults.Site) -> None:
    site.damage = True
    page.goto(site.url + "/en/")
    page.locator("button[data-keep-book]").click()
    expect(page.locator("[data-when~=fault-damaged]")).to_be_visible()
    assert page.evaluate(STATE) == []


def test_the_login_page_of_a_wifi_is_never_saved_and_never_stands_in_for_a_kept_page(
    page: Page, site: faults.Site
) -> None:
    page.goto(site.url + "/en/")
    page.evaluate("navigator.serviceWorker.register('/sw.js')")
    page.evaluate("navigator.serviceWorker.ready")
    site.portal = True
    page.locator("button[data-keep-book]").click()
    expect(page.locator("[data-when=fault-foreign], [data-when=fault-network]").filter(visible=True)).to_have_count(1)
    assert page.evaluate(STATE) == []
    site.portal = False
    keep(page, site)
    before = page.evaluate(STATE)
    site.portal = True
    for path in ("/en/talk", f"/en/{code(site, 'lifeline-988')}", "/en/"):
        page.goto(site.url + path)
        assert "cafe" not in page.content()
    nothing_happens(page)
    assert page.evaluate(STATE) == before


def test_the_browser_throws_the_caches_away_while_the_app_is_open(page: Page, site: faults.Site) -> None:
    keep(page, site)
    page.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name); }")
    page.goto(site.url + "/en/talk")
    expect(page.locator("h1")).to_have_text("Talk to someone")
    page.goto(site.url + "/en/")
    expect(page.locator("button[data-keep-book]")).to_be_visible()
    assert page.evaluate(STATE) == [], "reading makes no cache anew"


@pytest.mark.parametrize("year", [1999, 2049])
def test_a_clock_that_is_wrong_by_years_changes_nothing(page: Page, site: faults.Site, second: Any, year: int) -> None:
    page.clock.set_fixed_time(f"{year}-01-01T00:00:00Z")
    keep(page, site)
    site.app = second
    page.goto(site.url + "/en/talk")
    whole(page, 2)
    site.stop()
    page.goto(site.url + f"/en/{code(site, 'lifeline-988')}")
    expect(page.locator("#page")).to_contain_text("+15005550006")


def test_a_changed_number_reaches_a_phone_that_was_online_once_and_never_reloads_the_reader(
    page: Page, site: faults.Site, second: Any
) -> None:
    keep(page, site)
    line = f"/en/{code(site, 'lifeline-988')}"
    site.app = second
    page.goto(site.url + line)
    page.evaluate("window.reader = 1")
    assert "+15005550006" not in page.content(), "this page is of the kept release, whole"
    whole(page, 2)
    nothing_happens(page)
    assert page.evaluate("window.reader") == 1, "never a reload under a reader"
    site.stop()
    page.goto(site.url + line)
    assert "+15005550006" in page.content()


def test_two_tabs_on_two_releases_each_stay_whole(
    context: BrowserContext, page: Page, site: faults.Site, second: Any
) -> None:
    keep(page, site)
    old = site.app.config["RELEASE"]
    page.goto(site.url + "/en/plan")
    site.app = second
    other = context.new_page()
    other.goto(site.url + "/en/talk")
    whole(other, 2)
    other.goto(site.url + "/en/talk")
    new = second.config["RELEASE"]
    assert new != old
    site.stop()
    for tab, release in ((page, old), (other, new)):
        releases = tab.evaluate(
            "[...new Set([...document.querySelectorAll('script[src], link[rel=icon]')].map((e) => (e.src || "
            "e.href).split('/')[4]))]"
        )
        assert releases == [release]
        answer = tab.evaluate(
            f"fetch('/static/{release}/{static_files.bundles()['frame.js'].name}').then((answer) => answer.status)"
        )
        assert answer == 200, "the scripts of an open page are still there"


RELEASES = (
    "[...new Set([...document.querySelectorAll('script[src], link[rel=icon]')].map((e) => (e.src || "
    "e.href).split('/')[4]))]"
)


def test_a_tab_that_stands_open_goes_on_in_its_own_release(
    context: BrowserContext, page: Page, site: faults.Site, second: Any
) -> None:
    keep(page, site)
    page.goto(site.url + "/en/plan")
    site.app = second
    other = context.new_page()
    other.goto(site.url + "/en/")
    whole(other, 2)
    line = page.evaluate("window.mine = 1") and f"/en/{code(site, 'lifeline-988')}"
    page.locator(".bar a[href='/en/talk']").click()
    page.locator(f"#page a[href='{line}']").first.click()
    expect(page.locator("#page a[href^='tel:']").first).to_be_visible()
    assert page.evaluate("window.mine") == 1
    assert "+15005550006" not in page.content(), "the old page in the old frame"


def test_without_a_book_a_new_release_is_loaded_whole_and_never_swapped_into_the_old(
    page: Page, site: faults.Site, second: Any
) -> None:
    page.goto(site.url + "/en/plan")
    page.evaluate("window.mine = 1")
    site.app = second
    page.locator(".bar a[href='/en/talk']").click()
    expect(page.locator("h1")).to_have_text("Talk to someone")
    until(page, "window.mine === undefined")
    assert page.evaluate(RELEASES) == [second.config["RELEASE"]]


def test_exit_with_no_signal_leads_to_the_blank_page_of_the_book(
    page: Page, site: faults.Site, context: BrowserContext
) -> None:
    keep(page, site)
    page.goto(site.url + "/en/talk")
    site.stop()
    context.set_offline(True)
    page.locator("a[data-exit]").first.click()
    page.wait_for_url("**/quiet")
    assert "porchlight" not in page.title().lower()


def test_the_books_of_releases_do_not_pile_up(page: Page, site: faults.Site, first: Any, second: Any) -> None:
    keep(page, site)
    for number, app in enumerate((second, first, second), start=2):
        site.app = app
        page.goto(site.url + "/en/")
        whole(page, number)
    until(page, "(await caches.keys()).length <= 2")


def test_the_kill_switch_removes_worker_and_book(page: Page, site: faults.Site) -> None:
    keep(page, site)
    site.app = create_app(Settings(offline=False))
    page.goto(site.url + "/en/")
    until(page, "!(await navigator.serviceWorker.getRegistrations()).length")
    page.goto(site.url + "/en/")
    assert page.evaluate(STATE) == []
    expect(page.locator("[data-keep-book]")).to_have_count(0)


def test_save_data_takes_the_core_and_the_rest_only_when_asked(page: Page, site: faults.Site) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page.goto(site.url + "/en/")
    page.locator("button[data-keep-book]").click()
    expect(page.locator("[data-when=part]").first).to_be_visible()
    assert page.locator(KEPT).count() == 0
    assert [path for path in site.asked if "/book" in path] == ["/en/book-core"]
    rest = site.url + f"/en/{code(site, 'condom-how')}"
    site.stop()
    page.goto(rest)
    expect(page.locator("h1")).to_contain_text("not on the phone")
    assert page.locator('a[href^="tel:"]').first.is_visible()
    for path in (
        "/en/",
        "/en/now",
        "/en/talk",
        f"/en/{code(site, 'lifeline-988')}",
        f"/en/{code(site, 'took-too-much')}",
    ):
        answer = page.goto(site.url + path)
        assert answer is not None
        assert answer.status == 200
    site.restart()
    page.goto(site.url + "/en/")
    page.locator("button[data-keep-book]").click()
    page.wait_for_selector(KEPT)


def test_a_full_disk_keeps_the_core_and_says_so(context: BrowserContext, page: Page, site: faults.Site) -> None:
    page.goto(site.url + "/en/")
    context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", {"origin": site.url, "quotaSize": 3_000_000})
    page.locator("button[data-keep-book]").click()
    expect(page.locator("[data-when=full]")).to_be_visible()
    assert page.locator(KEPT).count() == 0
    assert len(page.evaluate(STATE)) == 1
    site.stop()
    answer = page.goto(site.url + "/en/now")
    assert answer is not None
    assert answer.status == 200


def test_the_other_language_comes_on_request_only(page: Page, site: faults.Site) -> None:
    keep(page, site)
    assert not [path for path in site.asked if path.startswith("/es/book")]
    page.locator("[data-other-language=es]").click()
    whole(page, 2, "es")
    site.stop()
    page.goto(site.url + "/es/talk")
    assert page.locator("html").get_attribute("lang") == "es"
    page.goto(site.url + "/en/talk")
    assert page.locator("html").get_attribute("lang") == "en"


def test_remove_takes_all_of_it_away(page: Page, site: faults.Site) -> None:
    keep(page, site)
    page.locator("[data-drop]").click()
    expect(page.locator("[data-when=dropped]")).to_be_visible()
    assert page.evaluate(STATE) == []
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0


def test_removing_while_a_book_is_on_its_way_leaves_nothing(
    context: BrowserContext, page: Page, site: faults.Site
) -> None:
    site.hold = threading.Event()
    page.goto(site.url + "/en/")
    page.locator("button[data-keep-book]").click()
    expect(page.locator("[data-progress]")).to_have_text(re.compile("[12] of 5"))
    source = module(page, "offline/book.js")
    left = page.evaluate(
        "async (source) => { const pocket = await import(source); const before = await pocket.hasAnything(); await "
        "pocket.dropAll(); return [before, await pocket.hasAnything()]; }",
        source,
    )
    site.hold.set()
    nothing_happens(page)
    assert left == [True, False]
    assert page.evaluate(STATE) == []


def test_the_door_and_a_code_on_paper_work_with_no_signal(page: Page, site: faults.Site) -> None:
    keep(page, site)
    line = code(site, "lifeline-988")
    site.stop()
    page.goto(site.url + "/")
    assert page.url == site.url + "/en/"
    page.goto(site.url + f"/{line.upper()}")
    assert page.url == site.url + f"/en/{line}"
    page.goto(site.url + "/en/talk?fbclid=abc")
    assert page.url == site.url + "/en/talk", "a tracking tail goes no further"
