"""Our scripts as they stand in static/js, instead of the bundles a phone gets: so that a test can take hold of the
modules that run in a page."""

import json
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Route

from youthapp.paths import STATIC
from youthapp.web.static_files import bundles


def bundle(script: str) -> str:
    """Return the pattern of the address of a script's bundle ("frame.js")."""
    return f"**/{bundles()[script].name}"


def holding(source: str) -> str:
    """Return the pattern of the address of the bundled file that was made from `source` alone: a package ("htmx.org",
    "minisearch")."""
    outputs = json.loads((STATIC / "app" / "modules.json").read_text("utf-8"))["outputs"]
    return next(
        f"**/{path.removeprefix('static/')}"
        for path, output in outputs.items()
        if output["inputs"] and all(f"/{source}/" in name for name in output["inputs"])
    )


def as_written(where: BrowserContext | Page) -> None:
    """From now on, give this phone the modules one by one: a module that a test imports is then the one that runs."""

    def instead(script: str) -> Callable[[Route], None]:
        return lambda route: route.fulfill(body=f'export * from "../js/{script}";', content_type="text/javascript")

    for script in ("frame.js", "plan/plan.js", "ask/finder.js", "deferred.js"):
        where.route(bundle(script), instead(script))


def warmed(page: Page) -> None:
    """Wait until what moves between pages is there. A phone fetches it when somebody begins to read: a scroll is a sign
    of that."""
    page.wait_for_load_state("load")
    page.evaluate("window.dispatchEvent(new Event('scroll'))")
    page.wait_for_function("() => window.htmx")


def module(page: Page, name: str) -> str:
    """Return the address of a module of static/js ("plan/store.js") in the release of the open page."""
    return str(
        page.evaluate(
            "name => document.querySelector('script[data-deferred]').src.replace(/\\/(app|js)\\/[^/]+$/, "
            "`/js/${name}`)",
            name,
        )
    )


def nothing_happens(page: Page) -> None:
    """Give a page time to do what it must not do: a moment in which whatever was begun, and was not to be, would end.

    The one wait for time in these tests. Where something is to happen, wait for that.
    """
    page.wait_for_timeout(250)


def until(page: Page, condition: str, arg: object = None) -> None:
    """Wait until an async function of JavaScript gives something true; fail after 60 s.

    ``page.wait_for_function`` does not wait for an async function: it takes the promise itself for true.
    """
    poll = """async (arg) => {
      const met = CONDITION, end = performance.now() + 60000;
      for (;;) {
        if (await met(arg)) return true;
        if (performance.now() > end) return false;
        await new Promise((done) => setTimeout(done, 30));
      }
    }"""
    assert page.evaluate(poll.replace("CONDITION", condition), arg), f"never came true: {condition}"
