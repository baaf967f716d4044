"""What a phone gets of the scripts: bundles made by `make setup`; where nobody made them, the same files as they stand
in static/js. And what a page does when a script does not come."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.scripts import bundle, holding, nothing_happens
from tests.conftest import PHONE, Server
from tests.offline import faults
from youthapp import create_app
from youthapp.settings import Settings
from youthapp.web import static_files

pytestmark = pytest.mark.xdist_group("scripts")

PAGE_SCRIPTS = ("exit.js", "frame.js", "plan/plan.js", "ask/finder.js", "deferred.js")
NOT_LOADED = {
    "en": "Some buttons on this page have not loaded yet",
    "es": "Algunos botones de esta página todavía no cargan",
}


@pytest.fixture
def unbundled(chromium: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A phone on an app whose bundles were never made."""
    monkeypatch.setattr(static_files, "bundles", dict)
    with faults.running(create_app(Settings(contact="a@example.org"))) as site:
        context = chromium.new_context(base_url=site.url, **PHONE)
        page = context.new_page()
        page.goto("/en/")
        assert page.evaluate("[...document.scripts].map((script) => script.src.split('/')[5])") == ["js", "js"]
        yield page
        context.close()


def test_without_bundles_a_link_still_leaves_no_entry(unbundled: Page) -> None:
    entries = unbundled.evaluate("history.length")
    unbundled.locator('.bar a[href$="/talk"]').click()
    unbundled.wait_for_url("**/en/talk")
    assert unbundled.evaluate("history.length") == entries


def test_without_bundles_a_plan_can_be_kept_and_forgotten(unbundled: Page) -> None:
    unbundled.goto("/en/plan")
    unbundled.locator("[data-step]").first.check()
    expect(unbundled.get_by_text("1 picked").first).to_be_visible()  # the plan's scripts are at work
    unbundled.locator("[data-keep-plan]").click()
    expect(unbundled.locator("[data-keep-status]")).to_contain_text("Kept")
    unbundled.reload()
    expect(unbundled.locator("[data-step]:checked")).to_have_count(1)
    unbundled.locator("[data-forget]").click()
    unbundled.locator("[data-forget-sure]").click()
    unbundled.get_by_text("Done. We looked").wait_for()


def test_without_bundles_ask_says_that_the_search_did_not_load(unbundled: Page) -> None:
    unbundled.locator("[data-ask]").fill("condom")
    expect(unbundled.locator("[data-answers]")).to_contain_text("The search did not load")


def asked_scripts(page: Page) -> list[str]:
    """Start a list of the scripts of ours that a page asks for, and return it."""
    asked: list[str] = []
    page.on(
        "request",
        lambda request: asked.append(request.url.rpartition("/")[2]) if request.resource_type == "script" else None,
    )
    return asked


@pytest.mark.parametrize("path", ["/en/", "/en/talk", "/en/plan", "/es/plan/backup", "/es/cards"])
def test_the_scripts_are_the_same_whatever_is_opened(path: str, phone: Page) -> None:
    """A browser's code cache keeps the address of each script it ran: so names are hashes, and no script comes with one
    section only."""
    named = static_files.bundles()
    wanted = {f"**/{named[script].name}" for script in PAGE_SCRIPTS} | {
        f"**/{name}" for name in named["frame.js"].imports
    }
    wanted |= {holding("htmx.org"), holding("minisearch")}
    asked = asked_scripts(phone)
    phone.goto(path)
    phone.evaluate("window.dispatchEvent(new Event('scroll'))")
    phone.wait_for_function(
        "wanted => performance.getEntriesByType('resource').filter((entry) => /\\/app\\//.test(entry.name)).length >= "
        "wanted",
        arg=len(wanted),
    )
    phone.wait_for_load_state("networkidle")
    assert sorted(f"**/app/{name}" for name in asked) == sorted(wanted)


def test_the_names_of_scripts_say_nothing(phone: Page) -> None:
    """Those of all scripts that any page can start, workers included."""
    phone.goto("/en/plan/backup")
    named = static_files.bundles()
    assert {*PAGE_SCRIPTS, "plan/store.js", "plan/codes.js"} <= set(named)
    for made in named.values():
        for name in (made.name, *made.imports):
            assert name.removeprefix("app/").removesuffix(".js").isalnum()
            assert len(name) == len("app/ABCDEFGH.js")


def test_what_is_picked_before_the_script_came_counts(chromium: Browser, server: Server) -> None:
    """A slow line: the list can be read and ticked long before the script is there."""
    context = chromium.new_context(base_url=server.url, **PHONE)
    page = context.new_page()
    held: list[Route] = []
    page.route(bundle("plan/plan.js"), lambda route: held.append(route))
    with page.expect_request(bundle("plan/plan.js")):
        page.goto("/en/plan", wait_until="commit")
    page.locator("[data-step]").nth(1).check()
    page.locator("[data-own]").first.fill("Lu")
    for route in held:
        route.continue_()
    expect(page.locator("[data-view-list][data-progress], [data-view-list] > [data-progress]")).to_contain_text("2")
    expect(page.locator("[data-step]").nth(1)).to_be_checked()
    expect(page.locator("[data-own]").first).to_have_value("Lu")
    context.close()


class Broken:
    """Scripts that do not arrive until `mended`."""

    def __init__(self, page: Page, *patterns: str) -> None:
        self.mended = False
        for pattern in patterns:
            page.route(pattern, self._answer)
            page.route(f"{pattern}#*", self._answer)

    def _answer(self, route: Route) -> None:
        if self.mended:
            route.continue_()
        else:
            route.abort()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("what", ["the script", "its words"])
def test_a_list_whose_script_did_not_come_says_so_and_starts_with_the_next_tap(
    language: str, what: str, phone: Page
) -> None:
    broken = Broken(phone, bundle("plan/plan.js") if what == "the script" else f"**/words-{language}.json")
    phone.goto(f"/{language}/plan")
    notice = phone.locator(".not-loaded")
    expect(notice).to_contain_text(NOT_LOADED[language])
    expect(notice).to_be_visible()
    phone.locator("[data-step]").first.check()
    broken.mended = True
    phone.locator("[data-keep-plan]").click()
    expect(notice).to_have_count(0)
    expect(phone.locator("[data-kept]")).to_be_visible()
    assert phone.url.endswith(f"/{language}/plan")


def test_try_again_and_a_signal_that_comes_back_try_again(phone: Page) -> None:
    broken = Broken(phone, bundle("plan/plan.js"))
    phone.goto("/en/plan")
    notice = phone.locator(".not-loaded")
    expect(notice).to_be_visible()
    entries = phone.evaluate("history.length")
    with phone.expect_event("requestfailed", lambda request: is_of_the_plan(request.url)):
        notice.get_by_role("link", name="Try again").click()
    expect(notice).to_be_visible()
    broken.mended = True
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    expect(phone.locator("[data-list].js")).to_be_attached()
    expect(notice).to_have_count(0)
    assert phone.evaluate("history.length") == entries


def test_a_signal_that_comes_back_while_a_try_is_failing_is_not_lost(phone: Page) -> None:
    held: list[Route] = []
    for pattern in (bundle("plan/plan.js"), bundle("plan/plan.js") + "#*"):
        phone.route(pattern, lambda route: held.append(route) if not held else route.continue_())
    with phone.expect_request(bundle("plan/plan.js")):
        phone.goto("/en/plan", wait_until="commit")
    phone.wait_for_load_state("domcontentloaded")  # the frame's script, a module, has run
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    held[0].abort()
    expect(phone.locator("[data-list].js")).to_be_attached()
    expect(phone.locator(".not-loaded")).to_have_count(0)


def is_of_the_plan(address: str) -> bool:
    """Whether an address is that of the plan's bundle."""
    return address.partition("#")[0].endswith(static_files.bundles()["plan/plan.js"].name)


def test_a_tap_while_the_script_is_on_its_way_says_so(phone: Page) -> None:
    held: list[Route] = []
    phone.route(bundle("plan/plan.js"), lambda route: held.append(route))
    with phone.expect_request(bundle("plan/plan.js")):
        phone.goto("/en/plan", wait_until="commit")
    notice = phone.locator(".not-loaded")
    expect(notice).to_be_hidden()
    expect(phone.locator("[data-step]").first).to_be_visible()
    phone.wait_for_load_state("domcontentloaded")  # the frame's script, a module, has run
    phone.locator("[data-keep-plan]").click()
    expect(notice).to_be_visible()
    for route in held:
        route.continue_()
    expect(notice).to_have_count(0)


COUNT_KEEPS = """() => {
  window.keeps = 0;
  document.addEventListener("submit", (event) => { window.keeps += event.target.matches("[data-keep-form]"); }, true);
}"""
"""Counts how often a page is told to keep a plan."""


EXIT_IS_THERE = """() => {
  const form = document.body.appendChild(document.createElement("form"));
  const taken = !form.dispatchEvent(new Event("submit", {bubbles: true, cancelable: true}));
  form.remove();
  return taken;
}"""
"""Whether exit.js has run: it keeps a form without an address from being sent."""


def tapped_before(page: Page, held: str) -> list[Route]:
    """Open a plan whose script of this address stays on its way, tick one thing and tap Keep. Returns the requests that
    are held."""
    routes: list[Route] = []
    page.route(held, lambda route: routes.append(route))
    with page.expect_request(held):
        page.goto("/en/plan", wait_until="commit")
    expect(page.locator("[data-step]").first).to_be_visible()
    page.locator("[data-step]").first.check()
    page.wait_for_function(EXIT_IS_THERE)
    page.locator("[data-keep-plan]").click()
    expect(page.locator("[data-keep-plan][data-tapped]")).to_have_count(1)
    page.evaluate(COUNT_KEEPS)
    return routes


@pytest.mark.parametrize("late", ["plan/plan.js", "frame.js"])
@pytest.mark.parametrize("made", ["bundled", "unbundled"])
def test_a_tap_while_a_script_is_on_its_way_is_done_once_when_it_came(
    made: str, late: str, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue("phone" if made == "bundled" else "unbundled")
    held = tapped_before(page, bundle(late) if made == "bundled" else f"**/js/{late}")
    for route in held:
        route.continue_()
    expect(page.locator("[data-kept]")).to_be_visible()
    nothing_happens(page)
    assert page.evaluate("window.keeps") == 1
    assert page.locator("[data-tapped]").count() == 0


@pytest.mark.parametrize("how", ["a link", "the way out"])
def test_a_tap_is_forgotten_when_the_reader_goes_on(how: str, phone: Page) -> None:
    held = tapped_before(phone, bundle("plan/plan.js"))
    if how == "a link":
        # A link inside the page, so that the page stays and its script still comes.
        phone.evaluate("document.body.appendChild(Object.assign(document.createElement('a'), {href: '#page'})).click()")
    else:
        phone.evaluate("document.dispatchEvent(new Event('app:leave'))")
    assert phone.locator("[data-tapped]").count() == 0
    for route in held:
        route.continue_()
    expect(phone.locator("[data-list].js")).to_be_attached()
    nothing_happens(phone)
    assert phone.evaluate("window.keeps") == 0


def test_a_tap_whose_script_did_not_come_is_not_done_later(phone: Page) -> None:
    held = tapped_before(phone, bundle("plan/plan.js"))
    for route in held:
        route.abort()
    expect(phone.locator(".not-loaded")).to_be_visible()
    expect(phone.locator("[data-tapped]")).to_have_count(0)
    phone.unroute(bundle("plan/plan.js"))
    phone.evaluate("window.dispatchEvent(new Event('online'))")
    expect(phone.locator("[data-list].js")).to_be_attached()
    nothing_happens(phone)
    assert phone.evaluate("window.keeps") == 0


def test_an_early_tap_on_a_form_that_needs_no_script_is_left_alone(phone: Page) -> None:
    held: list[Route] = []
    phone.route(bundle("frame.js"), lambda route: held.append(route))
    with phone.expect_request(bundle("frame.js")):
        phone.goto("/en/forget", wait_until="commit")
    phone.wait_for_function(EXIT_IS_THERE)
    button = phone.locator("main form[action] button").first
    phone.evaluate("document.addEventListener('submit', (event) => event.preventDefault())")
    button.click()
    assert phone.locator("[data-tapped]").count() == 0


def test_a_page_that_got_no_script_at_all_says_so_after_a_while(phone: Page) -> None:
    """By style alone. The wait is the browser's animation, which is run to its end here."""
    phone.route("**/app/*.js", lambda route: route.abort())
    phone.goto("/en/plan")
    notice = phone.locator(".not-loaded").first
    expect(notice).to_be_hidden()
    phone.evaluate("document.getAnimations().forEach((animation) => animation.finish())")
    expect(notice).to_be_visible()
    assert notice.get_by_role("link", name="Try again").evaluate("link => link.href") == phone.url


def test_a_page_for_workers_says_so_beside_its_buttons(phone: Page) -> None:
    broken = Broken(phone, bundle("deferred.js"))
    phone.goto("/en/cards/say")
    notice = phone.locator("main .not-loaded")
    expect(notice).to_contain_text(NOT_LOADED["en"])
    broken.mended = True
    notice.get_by_role("link", name="Try again").click()
    expect(phone.locator("main .not-loaded")).to_have_count(0)
