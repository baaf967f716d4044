"""A whole visit in another engine, and what stays on its disk: `python -m tests.engines firefox`, `python -m
tests.engines webkit`.

Not part of `make test`: these engines are not on every machine. Prints a line a check and ends with 1 when one fails,
with 2 when the engine is not installed. The app runs here, the exit leads to a socket here, and nothing else can be
reached.
"""

import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.browser.watched import World, search
from tests.conftest import start_server
from tests.engines import chrome69, firefox, qtwebkit, webkit

ENGINES: dict[str, tuple[Any, Any]] = {
    "chrome69": (chrome69, chrome69.Chrome69),
    "firefox": (firefox, firefox.Firefox),
    "qtwebkit": (qtwebkit, qtwebkit.QtWebKit),
    "webkit": (webkit, webkit.WebKit),
}
TYPED, UNSAVED, ASKED, PIN = "Zqxvjkwy", "Qjvxzwky", "Wkzyqvxj", "Pwqzvxkj boots"
STORED = """const opened = () => new Promise((done) => {  // for an engine that does not list its databases: ours is new when it has to be made
    const ask = indexedDB.open("n", 1);
    let there = 1;
    ask.onupgradeneeded = () => { there = 0; ask.transaction.abort(); };
    ask.onsuccess = () => { ask.result.close(); done(there); };
    ask.onerror = (event) => { event.preventDefault(); done(there); };
  });
  return { cookies: document.cookie, local: localStorage.length, session: sessionStorage.length,
  databases: indexedDB.databases ? (await indexedDB.databases()).length : await opened(), caches: (await caches.keys()).length, workers: (await navigator.serviceWorker.getRegistrations()).length, state: history.state };"""
LIST_STARTED = (
    "(() => { const b = document.querySelector('[data-progress-bar]'); return b && b.style.width !== ''; })()"
)
"""The list's script gives the bar a width when it has started; a word typed before that is not heard."""
NOTHING = {"cookies": "", "local": 0, "session": 0, "databases": 0, "caches": 0, "workers": 0, "state": None}
LINKS = (
    '.tiles a[href$="/rights"]',
    '.bar a[href$="/talk"]',
    '.foot a[href$="/phone"]',
    '.foot a[href$="/about"]',
    "[data-forget]",
    ".top .home",
    '.bar a[href$="/ask"]',
    ".top .lang",
    ".top .lang",
)


class Visit:
    """One youth at one phone: what a finger does, said in script, so that each engine does the same."""

    def __init__(self, browser: Any, origin: str, away: str) -> None:
        self.browser, self.origin, self.away = browser, origin, away

    def until(self, what: str, script: str, seconds: float = 180) -> Any:
        """Wait until an expression is true in the page; while a page is on its way, a question may find none.

        seconds: long, since the machine may be shared."""
        end, told = time.monotonic() + seconds, None
        while time.monotonic() < end:
            try:
                if told := self.browser.run(f"return {script};"):
                    return told
            except RuntimeError as error:
                told = error
            time.sleep(0.1)
        raise SystemExit(f"{self.browser.name}: {what} did not come ({told})")

    def heading(self) -> str:
        return str(self.browser.run("return document.querySelector('#page h1').innerText;"))

    def tap(self, link: str, nth: int = 0) -> str:
        # A link pressed before the scripts came is a plain link, and makes an entry: they have come when the page is
        # complete.
        self.until("the scripts", "document.readyState === 'complete'")
        before = self.browser.run(
            f"const b = document.querySelector('#page h1').innerText; "
            f"document.querySelectorAll(`{link}`)[{nth}].click(); return b;"
        )
        self.until(
            link,
            f"(() => {{ const h = document.querySelector('#page h1'); return h && h.innerText !== {before!r} && "
            f"!document.querySelector('#page[aria-busy]'); }})()",
        )
        return self.heading()

    def press(self, button: str) -> None:
        self.until(
            button,
            f"(() => {{ const b = [...document.querySelectorAll(`{button}`)].find((e) => e.getClientRects().length); "
            f"if (b) b.click(); return !!b; }})()",
        )

    def write(self, field: str, text: str) -> None:
        self.until(field, f"[...document.querySelectorAll(`{field}`)].some((e) => e.getClientRects().length)")
        self.browser.run(
            f"const f = [...document.querySelectorAll(`{field}`)].find((e) => e.getClientRects().length); f.focus(); "
            f"document.execCommand('insertText', false, {text!r});"
        )

    def open(self, path: str) -> None:
        self.browser.go(self.origin + path)
        self.until("the page", "!!document.querySelector('#page h1')")

    def address(self) -> str:
        """Where the browser is, also while a page is on its way."""
        return str(self.until("an address", "location.href"))

    def leave(self) -> None:
        self.browser.run("setTimeout(() => document.querySelector('a.exit').click(), 50);")
        self.until("the other site", f"location.href.startsWith({self.away!r})")

    def backs(self, times: int) -> list[str]:
        """Press the browser's own Back so often."""
        found = []
        for _ in range(times):
            self.browser.run("setTimeout(() => history.back());")
            time.sleep(1.2)
            found.append(self.address())
        return found


def unlock(visit: Visit) -> str:
    """Open the kept list with its PIN and return what stands in the first field."""
    visit.write("[data-unlock]", PIN)
    visit.press("[data-open-list]")
    visit.until(
        "the open list",
        "(() => { const l = document.querySelector('[data-list-open]'); return l && !l.hidden; })()",
        60,
    )
    return str(visit.browser.run("return document.querySelector('[data-own]').value;"))


def _keep_and_lock(visit: Visit, folder: Path, check: Callable[..., None]) -> None:
    """Write into the list, keep it with a PIN, lock and unlock it, and look at the disk and the page."""
    browser = visit.browser
    visit.until("the list", LIST_STARTED)
    browser.run("document.querySelectorAll('details').forEach((fold) => { fold.open = true; });")
    visit.write("[data-own]", TYPED)
    visit.write("[data-pin]", PIN)
    visit.press("[data-keep-plan]")
    visit.until("kept", "document.body.innerText.includes('Kept on this phone')")
    time.sleep(2)
    check("T17", "kept and open: no word and no PIN on the disk", search(folder / "visit", [TYPED, "Pwqzvxkj"]), {})
    visit.press("[data-lock]")
    visit.until("the lock", "!!document.querySelector('[data-unlock]')")
    check(
        "T35",
        "locked: no word in the page",
        browser.run(
            f"return document.documentElement.outerHTML.includes({TYPED!r}) || "
            f"[...document.querySelectorAll('[data-own]')].some((f) => f.value);"
        ),
        False,
    )
    check("plan", "unlocked with the PIN", unlock(visit), TYPED)


def a_visit(
    start: Callable[..., Any],
    folder: Path,
    origin: str,
    away: str,
    wait: float,
    check: Callable[..., None],
    one_address: bool,
) -> None:
    """Read ten pages, keep a list, lock, unlock, leave; and what is there afterwards."""
    browser = start(folder / "visit")
    print(f"{browser.name} {browser.version}", flush=True)
    visit = Visit(browser, origin, away)
    browser.go(away + "start")
    visit.open("/en/")
    headings = [visit.heading(), *(visit.tap(link) for link in LINKS)]
    check("T15", "10 pages read: nothing stored", browser.run(STORED), NOTHING)
    if one_address:
        check("T19", "one address for all of them", visit.address(), origin + "/en/")
    visit.press("[data-ask]")
    visit.write("[data-ask]", "the condom broke")
    check(
        "ask",
        "the search answers",
        bool(visit.until("an answer", "document.querySelectorAll('[data-result]').length")),
        True,
    )
    visit.press("[data-empty]")
    visit.write("[data-ask]", ASKED)
    headings.append(visit.tap('.bar a[href$="/plan"]'))
    _keep_and_lock(visit, folder, check)
    visit.leave()
    check("T18", "exit lands on the other site", visit.address().startswith(away), True)
    if (back_list := browser.back_list()) is not None:
        check(
            "T22",
            "what Back leads to, as the window tells",
            [address for address in back_list if address.startswith(origin)],
            [],
        )
    check("T22", "Back three times: not us", [address for address in visit.backs(3) if address.startswith(origin)], [])
    time.sleep(wait)
    rows = browser.history(origin)
    browser.kill()
    if rows is not None:
        check(
            "T19",
            f"the history list: at most one row, with a neutral title {rows}",
            len(rows) <= 1
            and all(not (set(title.split()) & set(" ".join(headings).split())) for _address, title in rows),
            True,
        )
    check(
        "T20",
        "every byte of the profile after a dead battery",
        search(folder / "visit", [TYPED, "Pwqzvxkj", ASKED, *(name for name in headings if len(name) > 12)]),
        {},
    )


def a_forgetting(
    start: Callable[..., Any],
    folder: Path,
    origin: str,
    away: str,
    wait: float,
    check: Callable[..., None],
    _one_address: bool,
) -> None:
    """Started again: the list is still there and opens; a book is kept; Forget; and what is there afterwards."""
    browser = start(folder / "visit")
    visit = Visit(browser, origin, away)
    visit.open("/en/plan")
    check("plan", "after a dead battery it opens again", unlock(visit), TYPED)
    visit.tap(".bar a")
    line = browser.run(
        "return new DOMParser().parseFromString(await (await fetch('/en/now')).text(), "
        "'text/html').querySelector('#page .list a').textContent.trim();"
    )
    visit.press("button[data-keep-book]")
    visit.until("the saved book", "!!document.querySelector('[data-book-kept]')", 240)
    time.sleep(2)
    stored = browser.run(STORED)
    check(
        "T34",
        "asked for: the list, the book and its worker are kept",
        [stored[name] for name in ("databases", "caches", "workers")],
        [1, 1, 1],
    )
    book = browser.run(
        (
            "const page = await caches.match('/en/now'); return page ? (await page.text()).includes(arguments_line) : "
            "false;"
        ).replace("arguments_line", repr(line))
    )
    check("T34", "the saved book holds what the page said", book, True)
    # These engines may pack what they store, so that a search could miss it: the files themselves are counted too.
    check("T28", "and are files on the disk", bool(browser.kept_files()), True)
    visit.press("[data-forget]")
    visit.press("[data-forget-sure]")
    visit.until("the other site", f"location.href.startsWith({away!r})", 60)
    left = time.monotonic()
    time.sleep(wait)
    # WebKit takes its file with the site's name away when the last process of the site, its worker's, has ended.
    while browser.kept_files() and time.monotonic() < left + 120:
        time.sleep(0.5)
    print(f"      {time.monotonic() - left:.0f} s after leaving:")
    browser.kill()
    check("T28", "forgotten: every byte of the profile", search(folder / "visit", [TYPED, "Pwqzvxkj", line]), {})
    check("T28c", "no file of ours is left", browser.kept_files(), [])
    browser = start(folder / "visit")
    visit = Visit(browser, origin, away)
    visit.open("/en/about")
    check("T27", "started again: nothing stored", browser.run(STORED), NOTHING)
    browser.kill()
    check("T28b", "and every byte once more", search(folder / "visit", [TYPED, "Pwqzvxkj", line]), {})


def typing(
    start: Callable[..., Any],
    folder: Path,
    origin: str,
    away: str,
    wait: float,
    check: Callable[..., None],
    _one_address: bool,
) -> None:
    """Words typed into the list and not kept; and a private window."""
    browser = start(folder / "typing")
    visit = Visit(browser, origin, away)
    visit.open("/en/plan")
    visit.until("the list", LIST_STARTED)
    browser.run("document.querySelectorAll('details').forEach((fold) => { fold.open = true; });")
    visit.write("[data-own]", UNSAVED)
    visit.write("[data-pin]", UNSAVED)
    time.sleep(wait)
    browser.kill()
    check("T21", "typed, not kept, a dead battery", search(folder / "typing", [UNSAVED]), {})
    browser = start(folder / "private", private=True)
    visit = Visit(browser, origin, away)
    visit.open("/en/")
    headings = [visit.tap(link) for link in LINKS[:3]]
    visit.leave()
    time.sleep(wait)
    browser.kill()
    check(
        "T29",
        "a private window: no heading and no address of ours",
        search(folder / "private", [*headings, origin]),
        {},
    )


OTHER_HOST = "127.0.0.2"
"""Loopback too, on Linux without any setting."""


def main(names: list[str]) -> int:
    """Run the visit in one engine. Returns how the program ends."""
    if names[:1] not in ([name] for name in ENGINES):
        raise SystemExit(f"Which engine? {' or '.join(ENGINES)}")
    module, start = ENGINES[names[0]]
    if module.missing():
        print(f"Not run: {module.missing()}")
        return 2
    failed = []

    def check(number: str, what: str, found: object, wanted: object) -> None:
        good = found == wanted
        failed.extend([] if good else [number])
        print(f"{'pass' if good else 'FAIL'}  {number:5} {what}" + ("" if good else f": {found}"), flush=True)

    begun: list[Any] = []

    def begin(*place: Any, **how: Any) -> Any:
        begun.append(start(*place, **how))
        return begun[-1]

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        # Another host than the app's, and one that may stand in the settings: "localhost" has no dot.
        world = World(folder, OTHER_HOST)
        away = f"https://{OTHER_HOST}:{world.port}/"
        server = start_server(
            folder / "log", environment={"PORCHLIGHT_EXIT_EN": away + "away", "PORCHLIGHT_EXIT_ES": away + "away"}
        )
        try:
            # The first reader of a book waits until it is packed, for minutes on a shared machine: not what is tried.
            with urllib.request.urlopen(f"{server.url}/en/book", timeout=600) as book:
                book.read()
            for part in getattr(module, "PARTS", (a_visit, a_forgetting, typing)):
                part(begin, folder, server.url, away, module.SESSION_FILE, check, getattr(module, "ONE_ADDRESS", True))
        finally:
            # A step that did not come ends the run; no browser stays behind it.
            for browser in begun:
                if browser.process.poll() is None:
                    browser.kill()
            server.process.terminate()
            server.process.wait(120)
            world.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
