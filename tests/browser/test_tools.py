"""The tools on a phone: a tap shows what fits, and leaves nothing."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import PHONE, Server

pytestmark = pytest.mark.xdist_group("ask")


def kept(page: Page) -> str:
    """Return all that the page can keep, as text: address, history, cookies, storage."""
    return str(
        page.evaluate(
            "() => JSON.stringify([location.href, history.length, history.state, document.cookie, "
            "Object.entries(localStorage), Object.entries(sessionStorage)])"
        )
    )


@pytest.mark.parametrize(("path", "pep"), [("/en/when", "Pills to stop HIV"), ("/es/when", "VIH")])
def test_a_day_shows_what_still_works_first(path: str, pep: str, phone: Page) -> None:
    phone.goto(path)
    expect(phone.locator("[data-choice][role=button]")).to_have_count(7)
    before = kept(phone)
    rows = phone.locator("[data-sorted] > [data-outcome]")
    expect(rows.first).to_contain_text(pep)
    phone.locator("[data-choice='day:4']").click()
    expect(phone.locator("[data-choice='day:4']")).to_have_attribute("aria-pressed", "true")
    expect(rows.first).not_to_contain_text(pep)
    late = rows.filter(has_text=pep)
    expect(late.locator("[data-late]")).to_be_visible()
    assert late.locator("[data-needs]:visible").count() == 1
    phone.locator("[data-choice='day:0']").press(" ")
    expect(rows.first).to_contain_text(pep)
    assert phone.locator("[data-late]:visible").count() == 0
    assert phone.locator(".outcomes").nth(1).locator("[data-outcome]:visible").count() == 4
    assert kept(phone) == before


def test_two_taps_lead_to_a_result_and_a_third_takes_one_back(phone: Page) -> None:
    phone.goto("/en/fits")
    tool = phone.locator("[data-tool=morning-after]")
    expect(tool.locator("[data-choice][role=button]").first).to_be_visible()
    whole = tool.locator("[data-outcome]:visible").count()
    before = kept(phone)
    tool.locator("[data-choice='days:early']").click()
    tool.locator("[data-choice='clinic:no']").click()
    expect(tool.locator("[data-outcome]:visible").first).to_contain_text("store pill today")
    assert tool.locator("[data-outcome]:visible").count() < whole
    # what has not been asked stays conditional
    expect(tool.get_by_text("About 165 pounds or more", exact=False).last).to_be_visible()
    tool.locator("[data-choice='weight:other']").click()
    expect(tool.locator("[data-outcome]").filter(has_text="higher weight")).to_be_hidden()
    tool.locator("[data-choice='weight:other']").click()
    assert kept(phone) == before
    # other tools do not hear of it
    assert phone.locator("[data-tool=test] [aria-pressed=true]").count() == 0


@pytest.mark.parametrize(("language", "shot", "copper"), [("en", "Shot", "Copper"), ("es", "Inyección", "cobre")])
def test_birth_control_is_chosen_by_all_that_matters(language: str, shot: str, copper: str, phone: Page) -> None:
    """Several taps of one question hold together: each kind that stays has all of them."""
    phone.goto(f"/{language}/fits")
    tool = phone.locator("[data-tool=birth-control]")
    rows = tool.locator("[data-outcome]:visible")
    expect(tool.locator("[data-choice][role=button]")).to_have_count(5)
    expect(rows).to_have_count(10)
    before = kept(phone)
    tool.locator("[data-choice='want:hidden']").click()
    tool.locator("[data-choice='want:clinic']").click()
    expect(tool.locator("[aria-pressed=true]")).to_have_count(2)
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text(shot)
    tool.locator("[data-choice='want:clinic']").click()
    tool.locator("[data-choice='want:hormones']").click()
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text(copper)
    tool.locator("[data-choice='want:periods']").click()
    expect(rows).to_have_count(1)
    assert kept(phone) == before


@pytest.mark.parametrize("path", ["/en/when", "/es/fits"])
def test_without_script_the_taps_lead_to_the_whole_table(path: str, chromium: Browser, server: Server) -> None:
    context = chromium.new_context(**PHONE, base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(path)
    assert page.locator("[data-outcome]:visible").count() == page.locator("[data-outcome]").count() >= 12
    page.locator("[data-choice]").first.click()
    expect(page.locator("[data-outcome]").first).to_be_in_viewport()
    context.close()
