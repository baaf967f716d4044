"""Chromium finds the app installable from the page of a chosen name, and from no other."""

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.conftest import CHROMIUM_ARGS, Server, chromium_path

pytestmark = pytest.mark.xdist_group("pocket")


def test_the_install_checks_of_chromium_pass_on_the_page_of_a_name_only(
    playwright_here: Playwright, server: Server, tmp_path: Path
) -> None:
    # A profile of its own: in a private window Chromium calls nothing installable.
    context = playwright_here.chromium.launch_persistent_context(
        str(tmp_path), executable_path=chromium_path(), args=list(CHROMIUM_ARGS)
    )
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        for language in ("en", "es"):
            for name in ("notes", "list", "pages"):
                page.goto(f"{server.url}/{language}/install/{name}")
                told = session.send("Page.getAppManifest")
                assert told["url"].endswith(f"/{language}/install/{name}/manifest")
                assert not told["errors"]
                assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
        page.goto(f"{server.url}/en/")
        errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
        assert [error["errorId"] for error in errors] == ["no-manifest"]
        assert page.locator("a[data-exit]").first.is_visible()
    finally:
        context.close()
