"""Five tasks with the keyboard alone, as somebody with a screen reader does them: each stop on the way has a role and
a name, and can be seen. And what forced colours and a wish for less motion change."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.scripts import warmed
from tests.conftest import PHONE, Server

pytestmark = pytest.mark.xdist_group("keyboard")

MOST_STOPS = 120
PIN = "246810"


class Walker:
    """Somebody who has only a keyboard. `heard` is what a screen reader would say at each stop: role and name."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.heard: list[tuple[str, str]] = []
        self._tree: CDPSession = page.context.new_cdp_session(page)

    def listen(self) -> tuple[str, str]:
        """Return role and name of what has the focus, from the browser's accessibility tree."""
        focus = self._tree.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
        nodes = self._tree.send("Accessibility.getPartialAXTree", {"objectId": focus, "fetchRelatives": False})["nodes"]
        role, name = nodes[0]["role"]["value"], nodes[0].get("name", {}).get("value", "")
        self.heard.append((role, name))
        return role, name

    def to(self, selector: str, key: str = "Tab") -> None:
        """Press Tab until an element has the focus that fits; each stop must have a name and a frame to be seen by."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press(key)
            role, name = self.listen()
            tag, framed, shown = self.page.evaluate(
                """() => {
                  const focus = document.activeElement;
                  const isFramed = (one) => one && getComputedStyle(one).outlineStyle !== "none"
                    && parseFloat(getComputedStyle(one).outlineWidth) >= 2;
                  const box = focus.getBoundingClientRect();
                  // A tick is drawn by the words behind it, a field in a frame by the frame.
                  const drawn = [focus, focus.parentElement, focus.nextElementSibling];
                  return [focus.tagName, drawn.some(isFramed),
                    box.bottom > 0 && box.top < innerHeight];
                }"""
            )
            if tag == "BODY":
                continue
            assert name.strip(), f"a {role} without a name"
            assert framed, f"nothing shows that {role} {name!r} has the focus"
            assert shown, f"{role} {name!r} has the focus and is out of view"
            if self.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{MOST_STOPS} times Tab, and never at {selector}; the last stops: {self.heard[-8:]}")

    def press(self, selector: str, key: str = "Enter") -> None:
        """Go to an element and press it."""
        self.to(selector)
        self.page.keyboard.press(key)

    def arrives(self, heading: str) -> None:
        """Wait until a page stands, and the focus is on its heading, where a screen reader goes on reading."""
        self.page.wait_for_function(
            "heading => document.activeElement.tagName === 'H1' && document.activeElement.innerText === heading",
            arg=heading,
        )
        assert self.listen() == ("heading", heading)


@pytest.fixture
def walker(chromium: Browser, server: Server) -> Iterator[Walker]:
    context = chromium.new_context(**PHONE, base_url=server.url)
    context.set_default_timeout(20_000)
    context.route("https://*.wikipedia.org/**", lambda route: route.fulfill(body="<title>Dull</title>"))
    yield Walker(context.new_page())
    context.close()


def test_exit_is_the_first_stop_and_leaves(walker: Walker) -> None:
    walker.page.goto("/en/talk")
    walker.page.keyboard.press("Tab")
    role, name = walker.listen()
    assert (role, name.split()[0]) == ("link", "Exit")
    walker.page.keyboard.press("Enter")
    walker.page.wait_for_url("https://*.wikipedia.org/**")


def test_from_home_to_a_person_who_can_be_called(walker: Walker) -> None:
    walker.page.goto("/en/")
    warmed(walker.page)
    walker.press('.bar a[href$="/talk"]')
    walker.arrives("Talk to someone")
    walker.to('#page a[href^="tel:"], #page a[href^="sms:"]')
    role, name = walker.heard[-1]
    assert role == "link"
    assert any(letter.isdigit() for letter in name), "the number is in the name that is read"


def test_a_question_is_asked_and_its_answer_opened(walker: Walker) -> None:
    walker.page.goto("/en/ask")
    walker.to("[data-ask]")
    assert walker.heard[-1][0] in ("textbox", "searchbox", "combobox")
    walker.page.keyboard.type("the condom broke")
    expect(walker.page.locator("[data-result]").first).to_be_visible()
    walker.to("[data-answers] a, [data-result] a")
    title = walker.page.evaluate("() => document.activeElement.getAttribute('href')")
    walker.page.keyboard.press("Enter")
    walker.page.wait_for_function("() => !document.querySelector('[data-ask]')")
    assert title
    walker.page.wait_for_function("() => document.activeElement.tagName === 'H1'")
    assert walker.listen()[0] == "heading"


def test_a_plan_is_picked_kept_locked_and_opened(walker: Walker) -> None:
    walker.page.goto("/en/plan")
    walker.page.wait_for_selector("[data-at]")
    walker.press("[data-step]", " ")
    assert walker.heard[-1][0] == "checkbox"
    walker.to("[data-pin]")
    walker.page.keyboard.type(PIN)
    walker.press("[data-keep-plan]")
    expect(walker.page.locator("[data-keep-status]")).to_contain_text("Kept")
    assert walker.page.get_attribute("[data-keep-status]", "role") == "status", "and it is read out"
    walker.press("[data-lock]")
    walker.page.wait_for_function("() => document.activeElement.innerText === 'This list is closed'")
    assert walker.listen()[0] == "heading"
    walker.to("[data-unlock]")
    walker.page.keyboard.type(PIN)
    walker.press("[data-open-list]")
    expect(walker.page.locator("[data-list-open]")).to_be_visible()
    assert walker.page.locator("[data-step]:checked").count() >= 1


def test_what_is_kept_is_forgotten(walker: Walker) -> None:
    walker.page.goto("/en/forget")
    walker.page.wait_for_load_state()
    walker.press("#page button, #page .go.stop")
    walker.page.wait_for_url("https://*.wikipedia.org/**")


PAGES = ("/en/", "/es/talk", "/en/plan", "/es/ask", "/en/phone", "/en/forget", "/en/zzz")


def test_forced_colours_keep_what_only_colour_told(chromium: Browser, server: Server) -> None:
    """With the system's own colours backgrounds go: Exit and first buttons have a border, the current place is
    underlined, a tick is drawn."""
    context = chromium.new_context(**PHONE, base_url=server.url, forced_colors="active")
    page = context.new_page()
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("() => matchMedia('(forced-colors: active)').matches")
        bare = page.evaluate(
            """() => [...document.querySelectorAll("a.exit, .go.first")].filter((button) => button.checkVisibility()
              && parseFloat(getComputedStyle(button).borderTopWidth) < 1).map((button) => button.outerHTML.slice(0, 90))"""
        )
        assert bare == [], path
        unmarked = page.evaluate(
            "() => [...document.querySelectorAll('.bar a[aria-current]')].filter((here) => "
            "!getComputedStyle(here).textDecorationLine.includes('underline')).length"
        )
        assert unmarked == 0, path
        faint = page.evaluate(
            """() => [...document.querySelectorAll("main *, .bar *, a.exit")].filter((one) => one.checkVisibility()
              && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
              && getComputedStyle(one).color === getComputedStyle(document.body).backgroundColor
              && getComputedStyle(one).backgroundColor === getComputedStyle(document.body).backgroundColor).length"""
        )
        assert faint == 0, path
    context.close()


def test_who_wants_less_motion_sees_none(chromium: Browser, server: Server) -> None:
    context = chromium.new_context(**PHONE, base_url=server.url, reduced_motion="reduce")
    page = context.new_page()
    for path in PAGES:
        page.goto(path)
        moving = page.evaluate(
            """() => [...document.querySelectorAll("*")].flatMap((one) => ["", "::before", "::after"].filter((part) => {
              const style = getComputedStyle(one, part || null), lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
              return style.animationName !== "none" && lasts(style.animationDuration) && parseFloat(style.animationDelay) < 5
                || lasts(style.transitionDuration) || style.scrollBehavior === "smooth";
            }).map((part) => one.tagName + "." + one.className + part))"""
        )
        assert moving == [], path
    context.close()
