"""The steps that /phone gives for taking one line off the history, taken in this browser's own history page."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.browser.watched import COMMIT, Watched, World, history
from tests.conftest import Server
from youthapp.library.library import Library
from youthapp.library.schema import Note

pytestmark = pytest.mark.xdist_group("history-line")


def test_one_line_comes_off_in_chrome_on_a_computer_as_the_page_says(
    playwright_here: Playwright, server: Server, world: World, tmp_path: Path
) -> None:
    phone = Watched(playwright_here, tmp_path / "profile", server.url, world)
    page = phone.page
    page.goto("https://before.test/")
    page.goto(phone.origin + "/en/")
    page.goto("https://after.test/")
    time.sleep(COMMIT)
    assert len(history(phone.profile)[1]) == 1, "closed without Exit: one line is listed"
    page.goto("chrome://history/")
    line = page.locator("history-item", has_text="Porchlight")
    line.locator("#menuButton").click()
    chosen = page.locator("#menuRemoveButton")
    words = chosen.inner_text().strip()
    note = Library.load().get("limit-one-line")
    assert isinstance(note, Note)
    told = next(str(point) for point in note.points if point.startswith("Chrome on a computer"))
    assert f"“{words}”" in told, (words, told)
    chosen.click()
    page.wait_for_timeout(500)
    assert page.locator("history-item").count() == 2, "the lines before and after it stay"
    time.sleep(COMMIT)
    rows, listed = history(phone.profile)
    phone.kill()
    assert (rows, listed) == ([], [])
