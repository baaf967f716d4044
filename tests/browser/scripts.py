"""Our scripts as they stand in static/js, instead of the bundles a phone gets: so that a test can take hold of the modules that run in a page."""

from playwright.sync_api import BrowserContext, Page


def as_written(where: BrowserContext | Page) -> None:
    """From now on, give this phone the modules one by one: a module that a test imports is then the one that runs."""
    where.route("**/app/frame.js", lambda route: route.fulfill(body='import "../js/frame.js";', content_type="text/javascript"))


def warmed(page: Page) -> None:
    """Wait until what moves between pages is there. A phone fetches it when somebody begins to read: a scroll is a sign of that."""
    page.wait_for_load_state("load")
    page.evaluate("window.dispatchEvent(new Event('scroll'))")
    page.wait_for_function("() => window.htmx")


def module(page: Page, name: str) -> str:
    """Return the address of a module of static/js ("plan/store.js") in the release of the open page."""
    return str(page.evaluate("name => document.querySelector('script[type=module]').src.replace('app/frame.js', `js/${name}`)", name))
