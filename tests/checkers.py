"""Other people's checkers on our pages, beside axe: `python -m tests.checkers`, or with names: `python -m
tests.checkers sniffer`.

    markup    html-validate's standard rules, every page of every language
    nu        the Nu Html Checker (vnu.jar) of the same pages; needs Java
    sniffer   HTML_CodeSniffer, WCAG 2 AA, in Chromium: every fixed page and a record of each kind, everything unfolded

pa11y runs either axe or HTML_CodeSniffer through a browser of its own; axe runs in the suite (tests/browser/test_axe.py)
and HTML_CodeSniffer here, through the browser that is there anyway (DECISIONS.md, Tests). Run `make check` once before:
it installs them. Ends with 1 when a checker finds what KEPT does not argue, or could not be run.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Flask
from playwright.sync_api import Page, sync_playwright

from tests.browser.test_axe import one_of_each_kind, unfold
from tests.conftest import CHROMIUM_ARGS, PHONE, ROOT, headless_path, start_server
from tests.pages import LANGUAGES, all_paths, error_paths, fixed_paths, handed_paths
from youthapp import create_app
from youthapp.settings import Settings
from youthapp.web import page_cache

MODULES = ROOT / "node_modules"

KEPT = {
    r"valid-autocomplete: .*<input type=\"(checkbox|radio|file)\">": "Firefox fills ticks in again after a reload",
    r"nu: Attribute “autocomplete” is only allowed": "the same",
    r"nu: CSS: “vector-effect”": "part of SVG 2; the checker's list of CSS lacks it",
}
"""What is found and stays, by a pattern of the finding, and why (docs/accessibility.md)."""

SNIFF = """() => new Promise((done, fail) => HTMLCS.process("WCAG2AA", document, (error) => error ? fail(error) : done(
    HTMLCS.getMessages().filter((found) => found.type === HTMLCS.ERROR && !found.element.closest?.("[hidden]"))
        .map((found) => `sniffer: ${found.code} ${found.msg} | ${(found.element.outerHTML || "").slice(0, 160)}`))))"""
"""Errors only, as pa11y does: a warning or notice of this checker asks a person to look, on every page. What is hidden has
no name to read yet."""


def write_pages(app: Flask, folder: Path) -> int:
    """Write every page of every language, error pages and the blank ones too, as files. Returns how many."""
    client, count = app.test_client(), 0
    for language in LANGUAGES:
        asked = [("GET", path) for path in (*all_paths(app, language), *handed_paths(app, language))]
        asked += [("GET", f"/{language}/{name}") for name in ("quiet", "x")]
        asked += [(method, path) for method, path, _status in error_paths(language)]
        for method, path in asked:
            name = re.sub(r"\W", "_", f"{method}{path}")[:100]
            (folder / f"{name}.html").write_bytes(client.open(path, method=method).get_data())
            count += 1
    return count


def markup(app: Flask) -> Iterator[str]:
    """Yield what html-validate finds."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"markup: {write_pages(app, Path(folder))} pages")
        # A folder's own settings are looked for upwards from each file; there are none.
        command = [str(MODULES / ".bin/html-validate"), "--preset", "standard", "-f", "json", f"{folder}/*.html"]
        # Into a file: the program ends before a pipe has taken all it says, and half of it is no JSON.
        with tempfile.TemporaryFile("w+") as said:
            told = subprocess.run(command, stdout=said, stderr=subprocess.PIPE, text=True)
            said.seek(0)
            report = said.read()
        if told.returncode not in (0, 1):
            raise SystemExit(f"html-validate did not run:\n{report}{told.stderr}")
        for file in json.loads(report):
            for found in file["messages"]:
                yield f"{found['ruleId']}: {found['message']} | {Path(file['filePath']).stem}, {found.get('selector')}"


def nu(app: Flask) -> Iterator[str]:
    """Yield what the Nu Html Checker finds. Raises SystemExit where there is no Java."""
    if not shutil.which("java"):
        raise SystemExit("The Nu checker needs Java: apt-get install default-jre-headless")
    with tempfile.TemporaryDirectory() as folder:
        print(f"nu: {write_pages(app, Path(folder))} pages")
        jar = MODULES / "vnu-jar/build/dist/vnu.jar"
        command = ["java", "-Xss4m", "-jar", str(jar), "--errors-only", "--format", "json", folder]
        told = subprocess.run(command, capture_output=True, text=True)
        for found in json.loads(told.stderr)["messages"]:
            yield f"nu: {found['message']} | {Path(found.get('url', '')).stem}, {found.get('extract', '')!r}"


def sniff(page: Page) -> list[str]:
    """Return what HTML_CodeSniffer calls an error on the page as it stands."""
    page.evaluate((MODULES / "@pa11y/html_codesniffer/build/HTMLCS.js").read_text("utf-8"))
    found: list[str] = page.evaluate(SNIFF)
    return found


def sniffer(app: Flask) -> Iterator[str]:
    """Yield what HTML_CodeSniffer finds on a page of each kind. Raises RuntimeError when it no longer sees an error."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = start_server(Path(folder) / "log")
        browser = playwright.chromium.launch(executable_path=headless_path(), args=list(CHROMIUM_ARGS))
        try:
            page = browser.new_context(**PHONE, base_url=server.url, bypass_csp=True).new_page()
            page.goto("/en/")
            page.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<img src=x>')")
            if not any("H37" in found for found in sniff(page)):
                raise RuntimeError("HTML_CodeSniffer passes a picture without words, so it finds nothing at all")
            count = 0
            for language in LANGUAGES:
                for path in [*fixed_paths(app, language), *one_of_each_kind(app, language), f"/{language}/zzz"]:
                    page.goto(path)
                    unfold(page)
                    count += 1
                    for found in sniff(page):
                        yield f"{found} | {path}"
            print(f"sniffer: {count} pages")
        finally:
            browser.close()
            server.process.terminate()
            server.process.wait(15)


CHECKERS: dict[str, Callable[[Flask], Iterator[str]]] = {"markup": markup, "nu": nu, "sniffer": sniffer}


def main(names: list[str]) -> int:
    """Run all checkers, or those named. Returns how the program ends."""
    if set(names) - set(CHECKERS):
        print(__doc__)
        return 2
    if not (MODULES / ".bin/html-validate").exists():
        raise SystemExit("The checkers are not installed: `make check` installs them.")
    page_cache.BROTLI_QUALITY = 1
    app = create_app(Settings())
    bad: Counter[str] = Counter()
    for name in names or CHECKERS:
        kept = 0
        first: dict[str, str] = {}
        for found in CHECKERS[name](app):
            if any(re.match(pattern, found) for pattern in KEPT):
                kept += 1
                continue
            what, _, where = found.rpartition(" | ")
            first.setdefault(what, where)
            bad[what] += 1
        for what, where in first.items():
            print(f"{bad[what]} times: {what}\n    first on {where}")
        print(f"{name}: {len(first)} kinds of findings, and {kept} that stay (KEPT)")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
