"""Near on a phone: taps narrow a list, the phone's clock says what is open, a county is kept for when there is no signal,
and Ask leads to it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_axe import EVERYTHING, Scheme, found_on
from tests.conftest import PHONE, Server, start_server
from tests.near.conftest import with_places
from tests.sample.make_list import sheet


@pytest.fixture(scope="module")
def sample_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("sample")
    with_places(folder, sheet(60))
    environment = {"PORCHLIGHT_RECORDS": str(folder / "records"), "PORCHLIGHT_TODAY": "2026-11-28"}
    running = start_server(folder / "log", environment=environment)
    yield running
    running.process.terminate()
    running.process.wait(60)


@pytest.fixture
def near_phone(chromium: Browser, sample_server: Server) -> Iterator[Page]:
    context = chromium.new_context(**PHONE, base_url=sample_server.url, timezone_id="America/New_York")
    yield context.new_page()
    context.close()


def test_taps_narrow_the_list_and_what_does_not_say_stays(near_phone: Page) -> None:
    near_phone.goto("/en/near/fresno/2")
    places = near_phone.locator("[data-place]")
    count = places.count()
    near_phone.get_by_role("button", name="Spanish").click()
    expect(near_phone.locator("[data-left]")).to_contain_text("left")
    speaks = [place.get_attribute("data-speaks") for place in near_phone.locator("[data-place]:visible").all()]
    assert 0 < len(speaks) < count
    assert all(not told or "es" in told.split() for told in speaks)
    assert speaks == sorted(speaks, key=lambda told: not told), "those that say yes come first"
    near_phone.get_by_role("button", name="Spanish").click()
    expect(near_phone.locator("[data-place]:visible")).to_have_count(count)
    near_phone.get_by_role("button", name="18 or older").click()
    near_phone.get_by_role("button", name="Under 18").click()
    expect(near_phone.locator("[data-only=adult]")).to_have_attribute("aria-pressed", "false")


def test_open_has_three_states_by_pacific_time_wherever_the_phone_is(near_phone: Page) -> None:
    near_phone.clock.set_fixed_time("2026-12-01T20:30:00Z")  # a Tuesday, 12:30 in California
    near_phone.goto("/en/near/fresno/2")
    lunch = near_phone.locator("[data-place]", has_text="Corner Table Kitchen").locator("[data-open-now]")
    expect(lunch).to_have_attribute("data-open", "yes")
    expect(lunch).to_contain_text("It's open now")
    near_phone.clock.set_fixed_time("2026-12-01T22:30:00Z")  # 14:30
    near_phone.goto("/en/near/fresno/2")
    expect(lunch).to_have_attribute("data-open", "no")
    expect(lunch).to_contain_text("Opens Wednesday")
    expect(lunch).to_contain_text("11:30")
    near_phone.goto("/en/near/fresno/1")
    unknown = near_phone.locator("[data-open-now]", has_text="Hours: ask").first
    expect(unknown).to_have_attribute("data-open", "unknown")


def test_what_is_too_old_on_the_phones_own_clock_is_hidden(near_phone: Page) -> None:
    near_phone.clock.set_fixed_time("2027-11-25T12:00:00Z")
    near_phone.goto("/en/near/fresno/2")
    expect(near_phone.locator("[data-place]", has_text="Corner Table Kitchen")).to_be_hidden()


def test_a_county_is_kept_with_one_tap_and_opens_without_a_signal(near_phone: Page) -> None:
    near_phone.goto("/en/near/fresno")
    expect(near_phone.locator("[data-keep-county]")).to_be_visible()
    near_phone.locator("button[data-keep-county]").click()
    # Its pages are made and packed now, by a server that has just started.
    expect(near_phone.locator("[data-county-kept]")).to_be_attached(timeout=120_000)
    names = near_phone.evaluate("caches.keys()")
    assert sorted(name.split("-", 2)[2] for name in names) == ["en", "en--fresno"]
    near_phone.context.set_offline(True)
    for address, words in (
        ("/en/near/fresno", "Which town?"),
        ("/en/near/fresno/2", "Corner Table Kitchen"),
        ("/en/near/fresno/in/clovis", "What do you need?"),
        ("/en/talk", "Talk to someone"),
        ("/en/near/sacramento/1", "A call or a text may work"),  # not kept: the page that says so
    ):
        near_phone.goto(address)
        expect(near_phone.locator("main")).to_contain_text(words)


def test_ask_finds_places_by_their_county_and_sends_nothing(near_phone: Page) -> None:
    near_phone.goto("/en/ask")
    # The first touch of the field fetches what the search needs: the last of it is the index's own words.
    near_phone.locator("[data-ask]").fill("condom")
    expect(near_phone.locator("[data-answers]")).to_be_visible()
    near_phone.locator("[data-ask]").fill("")
    sent: list[str] = []
    near_phone.on("request", lambda request: sent.append(request.url))
    near_phone.locator("[data-ask]").fill("food near fresno")
    link = near_phone.locator("[data-near-found] a").first
    expect(link).to_have_text("Food: Fresno")
    assert not [url for url in sent if "fresno" in url.lower()]
    link.click()
    expect(near_phone.locator("h1")).to_have_text("Food: Fresno")
    near_phone.goto("/en/ask")
    near_phone.locator("[data-ask]").fill("we went to the lake")
    expect(near_phone.locator("[data-answers]")).to_be_visible()
    expect(near_phone.locator("[data-near-found]")).to_have_count(0)


@pytest.mark.parametrize(("language", "scheme"), [("en", "dark"), ("es", "light")])
def test_axe_finds_nothing_near(chromium: Browser, sample_server: Server, language: str, scheme: Scheme) -> None:
    context = chromium.new_context(**PHONE, base_url=sample_server.url, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    paths = [f"/{language}/{path}" for path in ("near", "near/fresno", "near/fresno/1", "near/fresno/2", "near/k/1")]
    assert all(page.request.get(path).ok for path in paths)
    found = found_on(paths, page, EVERYTHING)
    context.close()
    assert not found, "\n".join(found)
