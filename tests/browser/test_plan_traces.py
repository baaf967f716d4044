"""What the plan leaves on the phone's disk and on the wire: a marker typed into every field, and every file of the
browser searched for it.

The searching itself is shown to find: a page that keeps the marker in the ways browsers offer is caught by the same
function.
"""

import base64
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, Request, expect

from tests.browser.chromium_run import Run, encodings, fresh, traces
from tests.browser.scripts import as_written, module
from tests.conftest import Server

pytestmark = pytest.mark.xdist_group("plan-traces")

MARKER = "Zqxvjkwy"
"""Stands in every word that is typed, with a number behind it."""
PIN_WORDS = "Pwqzvxkj boots"
PHONE_NUMBER = "5307519648"
"""The person's number: without one, nobody can be called or texted from the pocket plan."""
SECRETS = (MARKER, "Pwqzvxkj", "Ykwjqzxb", PHONE_NUMBER)

KILLS = int(os.environ.get("TEST_KILLS", "0")) or 12
"""How often the browser is killed in the middle of a save: a few in `make slow`, 200 with TEST_KILLS=200."""


def listen(page: Page) -> list[str]:
    """Record everything the page asks the network for."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(f"{request.method} {request.url} {request.headers} {request.post_data or ''}")

    page.context.on("request", note)
    return asked


def type_everywhere(page: Page) -> int:
    """Type the marker into every own-words field with the keyboard, and tick every choice. Returns how many fields
    there were."""
    page.evaluate("() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    fields = page.locator("[data-own]:visible").all()
    for number, field in enumerate(fields):
        field.focus()
        page.keyboard.insert_text(f"{MARKER}{number:02d}")
    page.evaluate("() => document.querySelectorAll('[data-step]:not(:checked)').forEach((tick) => tick.click())")
    return len(fields)


def ready(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector("[data-at]")


def sealed_files(profile: Path) -> list[str]:
    """Return the files of Blobs that the browser keeps: the sealed list, the phone's secret and the number of tries."""
    return [path.name for path in profile.rglob("*") if path.is_file() and ".indexeddb.blob" in str(path)]


def soon(is_so: Callable[[], bool]) -> None:
    """Wait until something is so on the disk, at most 10 s; what is asserted after it says what was missing."""
    for _ in range(200):
        if is_so():
            return
        time.sleep(0.05)


def starts(server: Server) -> list[str]:
    """Return one address of each kind of page with fields: the whole plan in both languages, a moment, a section, the
    meeting, the needs."""
    from youthapp.library.library import Library

    library = Library.load()
    moments = [f"/en/{moment.code}" for moment in library.of_kind("moments")]
    return [
        server.url + path
        for path in (
            "/es/plan",
            *moments,
            f"/en/{library.get('plan-people').code}",
            "/en/meeting",
            "/en/need",
            "/en/plan",
        )
    ]


def test_the_search_finds_what_is_kept_the_wrong_way(
    playwright_here: Playwright, server: Server, tmp_path: Path
) -> None:
    text = f"x {MARKER} y"
    for name, coded in {
        "utf-16-le": text.encode("utf-16-le"),
        "base64 utf-8": base64.b64encode(text.encode()),
        "base64 utf-8 b": base64.b64encode(b"zz" + text.encode()),
        "hex": text.encode().hex().encode(),
    }.items():
        (tmp_path / "file").write_bytes(coded)
        assert traces(tmp_path, MARKER), name
    (tmp_path / "file").unlink()
    assert len(encodings(MARKER)) == 13
    profile = fresh(tmp_path / "profile")
    with Run(playwright_here, profile) as run:
        page = run.page()
        page.goto(server.url + "/en/ask")
        page.evaluate(
            "(text) => { const open = indexedDB.open('x'); open.onupgradeneeded = () => "
            "open.result.createObjectStore('x').put(text, 1); return new Promise((done) => { open.onsuccess = done; "
            "}).then(() => 0); }",
            text,
        )
        page.wait_for_timeout(300)
        run.kill()
    assert traces(profile, MARKER)


def test_typing_without_keeping_leaves_nothing_anywhere(
    playwright_here: Playwright, server: Server, tmp_path: Path
) -> None:
    profile = fresh(tmp_path / "profile")
    with Run(playwright_here, profile) as run:
        page = run.page()
        asked = listen(page)
        fields = 0
        for url in starts(server):
            ready(page, url)
            fields += type_everywhere(page)
        assert fields > 60
        for name in ("data-pin", "data-pin-two"):
            page.locator(f"[{name}]").click()
            page.keyboard.insert_text(f"{MARKER} {name}")
        ready(page, server.url + "/en/plan/backup")
        page.click("[data-restore] summary")
        for name in ("data-restore-text", "data-restore-words"):
            page.locator(f"[{name}]").click()
            page.keyboard.insert_text(f"{MARKER} {name}")
        page.wait_for_timeout(1500)
        run.kill()
    assert asked
    assert not [line for line in asked if any(pattern.search(line.encode()) for pattern in encodings(MARKER).values())]
    assert traces(profile, *SECRETS) == []
    with Run(playwright_here, profile, restore=True) as run:
        run.page().wait_for_timeout(500)
        run.close()
    assert traces(profile, *SECRETS) == []


def test_kept_locked_left_erased_and_started_again_no_file_holds_a_word(
    playwright_here: Playwright, server: Server, tmp_path: Path
) -> None:
    profile = fresh(tmp_path / "profile")
    with Run(playwright_here, profile) as run:
        page = run.page()
        asked = listen(page)
        ready(page, server.url + "/en/plan")
        type_everywhere(page)
        page.fill("[data-own='card:number']", PHONE_NUMBER)
        page.fill("[data-pin]", PIN_WORDS)
        page.fill("[data-pin-two]", "Ykwjqzxb")
        page.click("[data-keep-plan]")
        expect(page.locator("[data-keep-status]")).to_contain_text("Kept")
        page.wait_for_timeout(1200)
        assert traces(profile, *SECRETS) == [], "while it is open and kept"
        # The pocket plan, a message made ready, a backup, and paper.
        page.click("[data-note]")
        page.click("[data-reach=text]:visible")
        page.click("[data-show=paper]:visible")
        page.check("[data-paper-all]", force=True)
        page.click("[data-view=paper] [data-show=yours]")
        page.click("a[href$='/plan/backup']")
        page.click("[data-backup-make]")
        page.wait_for_selector("[data-backup-made]:visible")
        page.click("a.go[href='/en/plan']")
        page.wait_for_selector("[data-lock]:visible")
        page.click("[data-lock]")
        page.wait_for_selector("[data-unlock]:visible")
        page.locator("[data-unlock]").click()
        page.keyboard.insert_text(PIN_WORDS)
        page.click("[data-open-list]")
        page.wait_for_selector("[data-list-open]", state="visible")
        assert MARKER in page.input_value("[data-own='own:plan-tonight']")
        page.click("a.exit")
        page.wait_for_timeout(1500)
        run.kill()
    assert not [
        line
        for line in asked
        if any(pattern.search(line.encode()) for marker in SECRETS for pattern in encodings(marker).values())
    ]
    assert traces(profile, *SECRETS) == [], "after exit and a dead battery"
    with Run(playwright_here, profile, restore=True) as run:
        page = run.page()
        ready(page, server.url + "/en/plan")
        assert MARKER not in page.content()
        page.locator("[data-unlock]").click()
        page.keyboard.insert_text(PIN_WORDS)
        page.click("[data-open-list]")
        page.wait_for_selector("[data-list-open]", state="visible")
        assert MARKER in page.input_value("[data-own='own:plan-tonight']"), "what was kept is still there"
        assert sealed_files(profile)
        page.click("[data-erase]")
        page.click("[data-erase-sure]")
        expect(page.locator("[data-erase-status]")).to_contain_text("We looked", timeout=15_000)
        assert sealed_files(profile) == [], "gone from the disk when the page says so, and while it is open"
        run.close()
    assert traces(profile, *SECRETS) == [], "after erasing"
    for _ in range(2):
        with Run(playwright_here, profile) as run:
            page = run.page()
            ready(page, server.url + "/en/plan")
            assert page.evaluate("() => indexedDB.databases()") == []
            run.close()
    assert traces(profile, *SECRETS) == [], "after two more starts"


def kept_and_opened(page: Page, url: str) -> None:
    """Keep a list with a PIN, change it often, type a wrong PIN, lock it and open it again: every way in which a page
    touches a Blob."""
    ready(page, url)
    page.evaluate("() => document.querySelector('[data-step]').click()")
    page.fill("[data-pin]", PIN_WORDS)
    page.click("[data-keep-plan]")
    expect(page.locator("[data-keep-status]")).to_contain_text("Kept", timeout=15_000)
    for words in ("not these", PIN_WORDS):
        page.evaluate(
            "() => document.querySelectorAll('[data-step]:not(:checked)').forEach((tick, at) => at < 5 && tick.click())"
        )
        if page.locator("[data-lock]").is_visible():
            page.click("[data-lock]")
        page.fill("[data-unlock]", words)
        page.click("[data-open-list]")
        expect(page.locator("[data-open-status]")).to_have_text(
            "That did not open it." if words == "not these" else "", timeout=15_000
        )
    expect(page.locator("[data-list-open]")).to_be_visible()


ERASERS = {
    "erase": ("[data-erase]", "[data-erase-sure]", "[data-erase-status]"),
    "erase everything": ("[data-erase]", "[data-erase-everything]", "[data-erase-status]"),
    "forget": ("a[data-forget]", "[data-forget-sure]", "[data-told]"),
}


@pytest.mark.parametrize("how", ERASERS)
def test_done_is_said_when_no_sealed_file_is_left_and_the_page_is_still_open(
    how: str, playwright_here: Playwright, server: Server, tmp_path: Path
) -> None:
    ask, sure, told = ERASERS[how]
    profile = fresh(tmp_path / "profile")
    with Run(playwright_here, profile) as run:
        page = run.page()
        kept_and_opened(page, server.url + "/en/plan")
        if how == "forget":
            soon(lambda: len(sealed_files(profile)) == 3)
            assert len(sealed_files(profile)) == 3, "the box, the secret and the tries: no file of an older save stays"
        page.locator(ask).last.click()
        page.click(sure)
        expect(page.locator(told)).to_contain_text("We looked", timeout=20_000)
        assert sealed_files(profile) == []
        run.kill()
    assert sealed_files(profile) == []


def test_files_that_the_browser_still_holds_are_told(
    playwright_here: Playwright, server: Server, tmp_path: Path
) -> None:
    """Where no worker comes (no signal, an old browser) the page reads the Blobs itself, and its memory holds their
    files: "done" is not said."""
    profile = fresh(tmp_path / "profile")
    with Run(playwright_here, profile) as run:
        page = run.page()
        page.add_init_script("window.Worker = function () { throw new Error('none here'); }")
        kept_and_opened(page, server.url + "/en/plan")
        page.click("[data-erase]")
        page.click("[data-erase-sure]")
        expect(page.locator("[data-erase-status]")).to_contain_text("when you close this tab", timeout=20_000)
        assert sealed_files(profile)
        assert page.evaluate("() => indexedDB.databases()") == []
        page.close()
        run.page()
        soon(lambda: not sealed_files(profile))
        assert sealed_files(profile) == [], "and closing the tab does it"


def one_word_kept(page: Page, url: str) -> None:
    """Keep the smallest list there is: one word, no PIN."""
    ready(page, url)
    page.evaluate("() => { document.querySelectorAll('details').forEach((fold) => { fold.open = true; }); }")
    page.locator("[data-own]:visible").first.fill("Lu")
    page.click("[data-keep-plan]")
    expect(page.locator("[data-keep-status]")).to_contain_text("Kept")


@pytest.mark.parametrize("how", ERASERS)
def test_a_list_of_one_word_is_erased_and_done_is_said(
    how: str, playwright_here: Playwright, server: Server, tmp_path: Path
) -> None:
    ask, sure, told = ERASERS[how]
    profile = fresh(tmp_path / "profile")
    with Run(playwright_here, profile) as run:
        page = run.page()
        one_word_kept(page, server.url + "/en/plan")
        page.reload()  # the list is read from the disk, as on another day
        expect(page.locator("[data-status]")).to_have_text("Kept on this phone.")
        assert sealed_files(profile)
        page.locator(ask).last.click()
        page.click(sure)
        expect(page.locator(told)).to_contain_text("We looked", timeout=20_000)
        assert sealed_files(profile) == []
        run.kill()


HOLD = """async (letter) => {
  const opened = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const database = await opened(indexedDB.open('n')), store = database.transaction('n').objectStore('n');
  const key = (await opened(store.getAllKeys())).find((one) => one[0] === letter);
  window.held = await opened(database.transaction('n').objectStore('n').get(key));
  await window.held.arrayBuffer();
  database.close();
}"""


@pytest.mark.parametrize("saves", [0, 30])
def test_a_file_that_something_else_holds_is_told_however_often_the_list_was_saved(
    saves: int, playwright_here: Playwright, server: Server, tmp_path: Path
) -> None:
    """Deleting a database packs the browser's log: after many saves that alone makes its use of the disk fall by more
    than a box."""
    profile = fresh(tmp_path / "profile")
    with Run(playwright_here, profile) as run:
        page = run.page()
        as_written(page)
        one_word_kept(page, server.url + "/en/plan")
        save = (
            "async ([source, saves]) => { const session = await import(source); for (let at = 0; at < saves; at++) "
            "{ session.set('own:plan-people', `x${at}`); await session.save(); } }"
        )
        page.evaluate(save, [module(page, "plan/session.js"), saves])
        page.evaluate(HOLD, "b")
        page.click("[data-erase]")
        page.click("[data-erase-sure]")
        expect(page.locator("[data-erase-status]")).to_contain_text("when you close this tab", timeout=20_000)
        assert page.evaluate("() => indexedDB.databases()") == []
        assert sealed_files(profile)
        run.kill()


SAVES = """async ([source, words]) => {
  const session = await import(source);
  await session.begin();
  window.confirmed = Number((session.get('own:plan-people') || '0').split(' ')[0]);
  // A few kilobytes in many places, each naming the same round: a half-written list would mix two.
  for (let round = window.confirmed + 1; ; round++) {
    for (const name of words) session.set(`own:${name}`, `${round} `.repeat(120), true);
    await session.save();
    window.confirmed = round;
  }
}"""


@pytest.mark.slow
def test_a_browser_killed_in_the_middle_of_a_save_leaves_the_old_list_or_the_new_one(
    playwright_here: Playwright, server: Server, tmp_path: Path
) -> None:
    """KILLS random kills; after each, the list opens, is whole, and no confirmed save is lost."""
    profile = fresh(tmp_path / "profile")
    words = ["plan-people", "plan-places", "plan-money", "plan-phone", "plan-back", "plan-after"]
    chance = random.Random(os.environ.get("TEST_SEED", "porch"))
    confirmed, rounds_seen = 0, []
    for kill in range(KILLS + 1):
        with Run(playwright_here, profile) as run:
            page = run.page()
            as_written(page)
            ready(page, server.url + "/en/plan")
            source = module(page, "plan/session.js")
            if kill:
                expect(page.locator("[data-status]")).to_have_text("Kept on this phone.")
                marks = page.evaluate("async (source) => (await import(source)).marks()", source)
                rounds = {text for name in words for text in marks[f"own:{name}"].split()}
                assert len(rounds) == 1, "two saves are mixed"
                assert all(len(marks[f"own:{name}"].split()) == 120 for name in words), "a text is cut"
                back = int(rounds.pop())
                assert back >= confirmed, "a confirmed save is lost"
                rounds_seen.append(back)
            else:
                for name in words:
                    page.evaluate(
                        "async ([source, name]) => (await import(source)).set(`own:${name}`, '0 '.repeat(120))",
                        [source, name],
                    )
                page.click("[data-keep-plan]")
                expect(page.locator("[data-keep-status]")).to_contain_text("Kept")
            if kill == KILLS:
                break
            page.evaluate(f"(args) => {{ ({SAVES})(args); }}", [source, words])
            page.wait_for_timeout(chance.uniform(10, 350))
            confirmed = page.evaluate("() => window.confirmed || 0")
            page.wait_for_timeout(chance.uniform(0, 60))
            run.kill()
    assert rounds_seen[-1] > KILLS / 2, "there were saves to be killed in"
