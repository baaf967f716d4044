"""Forget, measured on the disk: a real list and a real saved book are kept, forgotten, and every byte of the browser's
profile is searched."""

import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.watched import AWAY, COMMIT, HOST, Watched, World, cached_scripts, script_markers, search
from tests.conftest import Server

pytestmark = pytest.mark.xdist_group("forget_traces")

TYPED, PIN = "Zqxvjkwy", "Pwqzvxkj boots"
KEPT = (
    "async () => ({ caches: (await caches.keys()).length, databases: (await indexedDB.databases()).length, "
    "workers: (await navigator.serviceWorker.getRegistrations()).length })"
)
ALL, NOTHING = {"caches": 1, "databases": 1, "workers": 1}, {"caches": 0, "databases": 0, "workers": 0}


@dataclass
class Forgotten:
    """The profile at three moments: while all is kept, after Forget and a dead battery, and after one more start."""

    kept: Path
    left: Path
    again: Path
    markers: list[str]
    book_line: str
    stored: list[dict[str, int]]


@pytest.fixture(scope="module")
def forgotten(
    playwright_here: Playwright, server: Server, world: World, tmp_path_factory: pytest.TempPathFactory
) -> Forgotten:
    folder = tmp_path_factory.mktemp("forgetting")
    phone = Watched(playwright_here, folder / "left", server.url, world)
    page = phone.page
    page.set_default_timeout(60_000)
    page.goto(phone.origin + "/en/now")
    # A line of a page that is never opened: it reaches the disk with the book only.
    book_line = page.evaluate(
        "async () => { const whole = new DOMParser().parseFromString(await (await fetch('/en/' + "
        "document.querySelector('#page .list a').getAttribute('href').split('/').pop())).text(), 'text/html');"
        "return whole.querySelector('#page .lead').textContent.trim().slice(0, 60); }"
    )
    heading = page.locator("#page h1").inner_text()
    page.locator('.bar a[href$="/plan"]').click()
    page.wait_for_selector("[data-keep-plan]:visible")
    page.evaluate("() => document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    page.locator("[data-own]:visible").first.focus()
    page.keyboard.insert_text(TYPED)
    page.evaluate("() => document.querySelectorAll('[data-step]:not(:checked)').forEach((tick) => tick.click())")
    page.fill("[data-pin]", PIN)
    page.click("[data-keep-plan]")
    page.get_by_text("Kept on this phone.").first.wait_for()
    page.locator(".bar a").first.click()
    page.locator("button[data-keep-book]").first.click()
    page.locator("[data-book-kept]").first.wait_for(state="attached")
    stored = [page.evaluate(KEPT)]
    time.sleep(2)
    shutil.copytree(
        phone.profile,
        folder / "kept",
        ignore=lambda _folder, names: [name for name in names if name.startswith("Singleton")],
    )

    page.locator("[data-forget]").last.click()
    page.locator("[data-forget-sure]").first.click()
    page.wait_for_url(f"https://{AWAY}/**", timeout=30_000)
    time.sleep(COMMIT)
    phone.kill()
    shutil.copytree(
        phone.profile,
        folder / "again",
        ignore=lambda _folder, names: [name for name in names if name.startswith("Singleton")],
    )

    again = Watched(playwright_here, folder / "again", server.url, world)
    again.page.goto(again.origin + "/en/about")
    stored.append(again.page.evaluate(KEPT))
    again.page.goto("https://elsewhere.test/")
    time.sleep(COMMIT)
    again.kill()
    return Forgotten(
        folder / "kept", folder / "left", folder / "again", [TYPED, "Pwqzvxkj", heading, book_line], book_line, stored
    )


def named(profile: Path) -> list[str]:
    """Return the files whose own path names our host, and those that hold Blobs and caches."""
    return sorted(
        path.relative_to(profile).as_posix()
        for path in profile.rglob("*")
        if path.is_file() and (HOST in path.as_posix() or "indexeddb.blob" in path.as_posix())
    )


def test_what_was_kept_was_really_on_the_disk(forgotten: Forgotten) -> None:
    """The search bites: while all is kept it finds the book's words, the list's sealed files, and the host; and never
    the list's own words."""
    assert forgotten.stored[0] == ALL
    found = search(forgotten.kept, [*forgotten.markers, HOST])
    assert any("CacheStorage" in name for name in found[forgotten.book_line]), found
    assert any("indexeddb.blob" in name for name in named(forgotten.kept))
    assert HOST in found
    assert not {TYPED, "Pwqzvxkj"} & set(found)


def test_t28_after_forget_and_a_dead_battery_no_byte_tells_what_was_kept(forgotten: Forgotten) -> None:
    assert len(set(forgotten.markers)) == 4
    assert search(forgotten.left, [*forgotten.markers, *script_markers()]) == {}


def test_t28_what_the_code_cache_keeps_after_forget_says_nothing(forgotten: Forgotten) -> None:
    """Forget does not reach it (measured): the addresses of scripts stay, and they are the same for every reader."""
    scripts = cached_scripts(forgotten.left)
    assert scripts, "if this is empty, browsers have changed: the page on this phone can say so"
    assert all(re.fullmatch(r"app/[A-Z0-9]{8}\.js", name) for name in scripts), scripts


def test_t28b_nor_after_one_more_start(forgotten: Forgotten) -> None:
    assert forgotten.stored[1] == NOTHING
    assert search(forgotten.again, forgotten.markers) == {}


def test_t28c_no_file_of_ours_is_left(forgotten: Forgotten) -> None:
    assert named(forgotten.left) == []
    assert named(forgotten.again) == []
