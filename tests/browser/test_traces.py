"""What stays on the phone: a whole visit in a real Chromium, killed without warning, and every byte of its profile
searched.

The numbers in the names of the checks (T15 …) are those of the table in tests/CHECKS.md.
"""

import json
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser.scripts import warmed
from tests.browser.watched import (
    AWAY,
    COMMIT,
    HOST,
    Watched,
    World,
    cached_scripts,
    history,
    script_markers,
    search,
)
from tests.conftest import Server
from youthapp.web.static_files import bundles

pytestmark = pytest.mark.xdist_group("quiet_traces")

ASKED = "wqzxjv condom broke"

STORED = """async () => ({
  cookies: document.cookie, local: localStorage.length, session: sessionStorage.length, databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length, workers: (await navigator.serviceWorker.getRegistrations()).length, state: history.state, entries: history.length,
})"""


@dataclass
class Visit:
    """What was seen while a youth read, left, and the phone was taken."""

    profile: Path
    origin: str
    headings: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    stored: dict[str, object] = field(default_factory=dict)
    before_exit: tuple[list[tuple[str, str]], list[str]] = ((), ())  # type: ignore[assignment]
    after_exit: tuple[list[tuple[str, str]], list[str]] = ((), ())  # type: ignore[assignment]
    addresses: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    backs: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def heading(page: Page) -> str:
    return page.locator("#page h1").inner_text()


def tap(page: Page, link: str, nth: int = 0) -> str:
    """Tap a link as a finger does, wait until another page stands, and return its heading."""
    before = heading(page)
    page.locator(link).nth(nth).click()
    page.wait_for_function(
        "before => { const h = document.querySelector('#page h1'); return h && h.innerText !== before && "
        "!document.querySelector('#page[aria-busy]'); }",
        arg=before,
    )
    return heading(page)


def back(page: Page) -> str:
    """Press the browser's own Back, and return where that leads once all has come to rest."""
    page.evaluate("setTimeout(() => history.back())")
    time.sleep(0.8)
    page.wait_for_load_state()
    return str(page.evaluate("location.href"))


def read_twenty(page: Page, visit: Visit) -> None:
    def note(heading: str) -> None:
        visit.headings.append(heading)
        visit.titles.append(page.title())

    for link in (
        '.tiles a[href$="/rights"]',
        '.bar a[href$="/talk"]',
        '.bar a[href$="/plan"]',
        '.bar a[href$="/ask"]',
        '.foot a[href$="/phone"]',
        '.foot a[href$="/about"]',
        "[data-forget]",
        ".top .home",
    ):
        note(tap(page, link))
        if link.endswith('"/ask"]'):
            page.locator("[data-ask]").fill(ASKED)
            page.wait_for_selector("[data-result]")
    tap(page, '.tiles a[href$="/rights"]')
    for nth in range(6):
        entry = page.locator("#page .list a").nth(nth)
        visit.paths.append(entry.get_attribute("href") or "")
        note(tap(page, "#page .list a", nth))
        note(tap(page, "[data-back]"))
    note(tap(page, ".top .lang"))
    note(tap(page, ".top .lang"))


@dataclass
class Others:
    """What was seen in the three visits beside the main one."""

    plain: tuple[list[tuple[str, str]], list[str]]
    plain_backs: list[str]
    private: Path
    private_markers: list[str]
    restored: list[str]
    read_little: Path


def allow_restore(profile: Path) -> None:
    """Set a browser to show its last pages again, as when the youth, or who took the phone, says yes to "restore
    pages?"."""
    settings = profile / "Default" / "Preferences"
    preferences = json.loads(settings.read_text("utf-8"))
    preferences["profile"]["exit_type"] = "Normal"
    preferences.setdefault("session", {})["restore_on_startup"] = 1
    settings.write_text(json.dumps(preferences), "utf-8")


@pytest.fixture(scope="module")
def seen(
    playwright_here: Playwright, server: Server, world: World, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Visit, Others]:
    """Four phones at once, since the browser takes ten seconds to write its history: one that reads twenty pages and
    leaves, one whose pages are opened by the address bar, one in a private window, and one that crashes while
    reading."""
    folder = tmp_path_factory.mktemp("phones")
    reading, plain, private, crashing = (
        Watched(playwright_here, folder / name, server.url, world, private=name == "private")
        for name in ("reading", "plain", "private", "crashing")
    )
    visit = Visit(reading.profile, reading.origin)
    page = reading.page
    page.on(
        "console",
        lambda message: visit.complaints.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("framenavigated", lambda frame: visit.addresses.add(frame.url))
    page.goto("https://start.test/")
    page.on(
        "request",
        lambda request: visit.asked.append(request.url) if not visit.backs and AWAY not in request.url else None,
    )
    page.goto(reading.origin + "/en/")
    visit.headings.append(heading(page))
    read_twenty(page, visit)
    visit.stored = page.evaluate(STORED)

    crashing.page.goto(crashing.origin + "/en/")
    tap(crashing.page, '.tiles a[href$="/rights"]')
    for path in ("/en/", "/en/rights", "/en/talk"):
        plain.page.goto(plain.origin + path)
    warmed(plain.page)
    plain.page.wait_for_load_state("networkidle")
    private.page.goto(private.origin + "/en/")
    markers = [
        heading(private.page),
        tap(private.page, '.tiles a[href$="/rights"]'),
        tap(private.page, "#page .list a"),
        tap(private.page, "[data-forget]"),
    ]
    for phone in (plain, private):
        phone.page.locator("a.exit").click()
        phone.page.wait_for_url(f"https://{AWAY}/**")
    time.sleep(COMMIT)

    visit.before_exit = history(reading.profile)
    page.locator("a.exit").click()
    page.wait_for_url(f"https://{AWAY}/**")
    visit.backs = [back(page) for _ in range(5)]
    others = Others(
        history(plain.profile), [back(plain.page) for _ in range(5)], private.profile, markers, [], plain.profile
    )
    private.kill()
    plain.kill()
    crashing.kill()
    allow_restore(crashing.profile)
    again = Watched(playwright_here, crashing.profile, server.url, world, restore=True)
    time.sleep(COMMIT)
    others.restored = [page.evaluate("location.href") for page in again.context.pages]
    again.kill()
    visit.after_exit = history(reading.profile)
    reading.kill()
    return visit, others


@pytest.fixture
def visit(seen: tuple[Visit, Others]) -> Visit:
    return seen[0]


@pytest.fixture
def others(seen: tuple[Visit, Others]) -> Others:
    return seen[1]


def test_t15_reading_twenty_pages_keeps_nothing(visit: Visit) -> None:
    assert len(visit.headings) >= 20
    assert visit.stored == {
        "cookies": "",
        "local": 0,
        "session": 0,
        "databases": 0,
        "caches": 0,
        "workers": 0,
        "state": None,
        "entries": 3,
    }


def test_t16_the_console_is_silent(visit: Visit) -> None:
    assert visit.complaints == []


def test_t19_a_visit_is_one_neutral_row_and_after_exit_it_is_not_listed(visit: Visit) -> None:
    rows, listed = visit.before_exit
    assert [address for address, _title in rows] == [visit.origin + "/en/"]
    assert listed == [visit.origin + "/en/"]
    assert rows[0][1].endswith("Porchlight")
    rows, listed = visit.after_exit
    assert rows == [(visit.origin + "/en/", AWAY)] or rows == [(visit.origin + "/en/", "Dull")]
    assert listed == []


def test_moving_inside_changes_no_address(visit: Visit) -> None:
    assert {address for address in visit.addresses if HOST in address} == {visit.origin + "/en/"}


def test_t18_exit_lands_on_the_dull_site_and_tells_it_nothing(visit: Visit, world: World) -> None:
    landed = [headers for host, line, headers in world.asked if host == AWAY and line.startswith("GET /wiki/Main_Page")]
    assert landed
    assert not any("referer" in headers for headers in landed)
    assert not any(HOST in line or HOST in repr(headers) for _host, line, headers in world.asked)


def test_t22_back_five_times_never_shows_us(visit: Visit) -> None:
    assert len(visit.backs) == 5
    assert not any(HOST in address for address in visit.backs)


def test_t14_no_other_host_was_asked(visit: Visit) -> None:
    """By the page. What the browser asks its own maker is not ours to stop; the profile's search and the host map cover
    that nothing leaves this machine."""
    assert {urlsplit(address).hostname for address in visit.asked} == {HOST}


def test_t20_no_byte_of_the_profile_says_what_was_read(visit: Visit) -> None:
    # A heading that is the neutral word of its own title ("Ask") tells nothing: a title may stand on the disk (T19).
    telling = {
        heading for heading in visit.headings if not any(title.startswith(f"{heading} · ") for title in visit.titles)
    }
    assert len(telling) >= 12
    assert len(visit.paths) == 6
    assert search(visit.profile, sorted({*telling, *visit.paths, *script_markers(), ASKED.split()[0]})) == {}


def test_t20_the_code_cache_does_not_say_which_part_was_opened(visit: Visit, others: Others) -> None:
    """Chromium keeps the address of each script that a page ran, in spite of no-store. So a phone on which somebody
    asked and opened the plan has the same as one on which three other pages were read; the search bites, since there
    are some. (What each page loads by itself is left out: a second load in one profile takes its address off again.)"""
    named = bundles()
    scripts, fewer = cached_scripts(visit.profile), cached_scripts(others.read_little)
    assert all(re.fullmatch(r"app/[A-Z0-9]{8}\.js", name) for name in scripts | fewer), scripts | fewer
    on_each_page = {named["exit.js"].name, named["frame.js"].name, *named["frame.js"].imports}
    assert {named["plan/plan.js"].name, named["ask/finder.js"].name} <= scripts
    assert fewer - on_each_page == scripts - on_each_page


def test_the_search_finds_what_is_there(visit: Visit) -> None:
    """The same search in the same profile finds the host name, which the browser does keep."""
    found = search(visit.profile, [HOST])
    assert any(name.endswith("/History") for name in found[HOST])


def test_pages_opened_by_address_leave_rows_and_the_count_sees_them(others: Others) -> None:
    """What quiet moving is worth: the same moves by the address bar leave a row each, with a dull title each, and exit
    hides only the last."""
    rows, listed = others.plain
    assert len(rows) == 3
    assert sorted(urlsplit(address).path for address in listed) == ["/en/", "/en/rights"]
    # Who goes Back to them sees the dull site all the same.
    assert len(others.plain_backs) == 5
    assert not any(HOST in address for address in others.plain_backs), others.plain_backs


def test_t29_a_private_window_leaves_nothing_at_all(others: Others) -> None:
    assert len(others.private_markers) == 4
    assert search(others.private, [*others.private_markers, HOST]) == {}


def test_t47_a_session_restored_after_a_crash_does_not_show_us(others: Others) -> None:
    assert any(AWAY in address for address in others.restored), others.restored
    assert not any(HOST in address for address in others.restored), others.restored
