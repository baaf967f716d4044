"""What tests of leaving ask for: the rest of the world on loopback, and a browser that knows no other."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright

from tests.browser.watched import ARGUMENTS, World
from tests.conftest import headless_path


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    others = World(tmp_path_factory.mktemp("world"))
    yield others
    others.close()


@pytest.fixture(scope="module")
def browser_here(playwright_here: Playwright, world: World) -> Iterator[Browser]:
    """A Chromium for which every other host is `world`, with the back-forward cache that Playwright would switch
    off."""
    rules = f"--host-resolver-rules=MAP * 127.0.0.1:{world.port}, EXCLUDE 127.0.0.1"
    browser = playwright_here.chromium.launch(
        executable_path=headless_path(), args=[*ARGUMENTS, rules], ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    browser.close()
