"""What tests of leaving ask for: the rest of the world on loopback, and a browser that knows no other."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from tests.browser.watched import ARGUMENTS, World
from tests.conftest import chromium_path, headless_path


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    others = World(tmp_path_factory.mktemp("world"))
    yield others
    others.close()


def _launched(playwright: Playwright, executable: str, world: World) -> Browser:
    """Return a Chromium for which every other host is `world`, with the back-forward cache that Playwright would switch
    off."""
    rules = f"--host-resolver-rules=MAP * 127.0.0.1:{world.port}, EXCLUDE 127.0.0.1"
    return playwright.chromium.launch(
        executable_path=executable, args=[*ARGUMENTS, rules], ignore_default_args=["--disable-back-forward-cache"]
    )


@pytest.fixture(scope="module")
def browser_here(playwright_here: Playwright, world: World) -> Iterator[Browser]:
    browser = _launched(playwright_here, headless_path(), world)
    yield browser
    browser.close()


@pytest.fixture
def whole_browser_here(playwright_here: Playwright, world: World) -> Iterator[Browser]:
    """The same as `browser_here`, with the pages that the browser itself draws, such as that of a site out of reach."""
    browser = _launched(playwright_here, chromium_path(), world)
    yield browser
    browser.close()
