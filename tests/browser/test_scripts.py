"""What a phone gets of the scripts: bundles made by `make setup`; where nobody made them, the same files as they stand in static/js."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.conftest import PHONE, Server
from tests.offline import faults
from youthapp import create_app
from youthapp.settings import Settings
from youthapp.web import static_files

pytestmark = pytest.mark.xdist_group("scripts")


@pytest.fixture
def page(chromium: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A phone on an app whose bundles were never made."""
    has = static_files.has
    monkeypatch.setattr(static_files, "has", lambda name: not name.startswith("app/") and has(name))
    with faults.running(create_app(Settings(contact="a@example.org"))) as site:
        context = chromium.new_context(base_url=site.url, **PHONE)
        page = context.new_page()
        page.goto("/en/")
        assert page.evaluate("[...document.scripts].map((script) => script.src.split('/')[5])") == ["js", "js"]
        yield page
        context.close()


def test_without_bundles_a_link_still_leaves_no_entry(page: Page) -> None:
    entries = page.evaluate("history.length")
    page.locator('.bar a[href$="/talk"]').click()
    page.wait_for_url("**/en/talk")
    assert page.evaluate("history.length") == entries


def test_without_bundles_a_plan_can_be_kept_and_forgotten(page: Page) -> None:
    page.goto("/en/plan")
    page.locator("[data-step]").first.check()
    page.locator("[data-keep-plan]").click()
    expect(page.locator("[data-keep-status]")).to_contain_text("Kept")
    page.reload()
    expect(page.locator("[data-step]:checked")).to_have_count(1)
    page.locator("[data-forget]").click()
    page.locator("[data-forget-sure]").click()
    page.get_by_text("Done. We looked").wait_for()


def test_what_is_picked_before_the_script_came_counts(chromium: Browser, server: Server) -> None:
    """A slow line: the list can be read and ticked long before the script is there."""
    context = chromium.new_context(base_url=server.url, **PHONE)
    page = context.new_page()
    held: list[Route] = []
    page.route("**/app/plan/plan.js", lambda route: held.append(route))
    with page.expect_request("**/app/plan/plan.js"):
        page.goto("/en/plan", wait_until="commit")
    page.locator("[data-step]").nth(1).check()
    page.locator("[data-own]").first.fill("Lu")
    for route in held:
        route.continue_()
    expect(page.locator("[data-view-list][data-progress], [data-view-list] > [data-progress]")).to_contain_text("2")
    expect(page.locator("[data-step]").nth(1)).to_be_checked()
    expect(page.locator("[data-own]").first).to_have_value("Lu")
    context.close()
