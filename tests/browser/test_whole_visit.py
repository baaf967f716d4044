"""One whole visit with all parts at work together: move, tick, keep a list, ask, keep the book, read with no signal,
forget, leave."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import hosts
from tests.conftest import PHONE, Server

pytestmark = pytest.mark.xdist_group("export")

KEPT = """async () => ({
  caches: (await caches.keys()).length,
  databases: (await indexedDB.databases()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""


@pytest.fixture
def exported(exported_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The export behind a plain nginx."""
    running = hosts.serve(exported_folder, tmp_path_factory.mktemp("nginx"))
    yield running
    running.process.terminate()
    running.process.wait(10)


def test_a_visit_to_the_exported_files_is_the_same(chromium: Browser, exported: Server) -> None:
    test_a_visit_from_first_tap_to_forget(chromium, exported)


def test_a_visit_from_first_tap_to_forget(chromium: Browser, server: Server) -> None:
    context = chromium.new_context(**PHONE, base_url=server.url)
    context.route(
        "**/*",
        lambda route: (
            route.continue_()
            if route.request.url.startswith(server.url)
            else route.fulfill(status=200, body="elsewhere")
        ),
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))

    page.goto("/en/")
    page.get_by_role("link", name="My plan").click()
    page.locator("[data-step]").first.check(force=True)
    page.locator("[data-own]").first.fill("words of her own")
    assert page.url.endswith("/en/"), "one address for the whole visit"
    page.locator("[data-keep-plan]").first.click()
    page.get_by_text("Kept on this phone.").first.wait_for()

    page.locator(".bar a").first.click()
    page.locator("[data-ask]").first.fill("condom busted wat do i do")
    page.locator("[data-result]").first.wait_for()
    assert page.locator("[data-result]").first.get_attribute("data-result") == "condom-broke"
    page.locator("[data-ask]").first.fill("")

    page.locator("[data-keep-book]").first.click()
    page.locator("[data-book-kept]").first.wait_for(state="attached")
    assert page.evaluate(KEPT) == {"caches": 1, "databases": 1, "workers": 1}

    context.set_offline(True)
    page.locator(".bar a").nth(2).click()
    page.get_by_role("heading", name="Talk to someone").first.wait_for()
    context.set_offline(False)

    page.locator("[data-forget]").last.click()
    page.locator("[data-forget-sure]").first.click()
    page.wait_for_url(lambda url: url.startswith("https://"), wait_until="commit")
    page.goto("/en/about")
    assert page.evaluate(KEPT) == {"caches": 0, "databases": 0, "workers": 0}
    assert not trouble
    context.close()
