"""Paper: what comes out of a printer names neither this app, nor its address, nor the way out, nor the day, with the
browser's own head and foot switched on."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.conftest import Server
from tests.pages import LANGUAGES, fixed_paths, record_paths

pytestmark = pytest.mark.xdist_group("paper")

WORKER, WORKERS_KINDS = re.compile(r"^/[a-z]{2}/cards"), {"notes", "pairs", "stages", "swaps"}
"""Printed by people who help, to be handed on: these sheets have margins, and the browser puts the address there."""
TOLD = re.compile(
    r"porchlight|127\.0\.0\.1|localhost|^\s*(?:exit|salir)\s*$|\d+/\d+/\d\d, ", re.IGNORECASE | re.MULTILINE
)
"""The app's name, its address, the exit (a line of its own; a sentence may speak of it), and the day and hour as
browsers print them."""
SAYS_ITS_NAME = re.compile(r"^/[a-z]{2}/about")


def cacheable(page: Page, folder: Path) -> str:
    """Return the words on the paper, as a printer with the browser's usual settings would put them there."""
    (folder / "sheet.pdf").write_bytes(page.pdf(format="Letter", display_header_footer=True))
    return subprocess.run(
        ["pdftotext", "-layout", str(folder / "sheet.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout


def paths(app: Flask, language: str) -> list[str]:
    """Return every fixed page of a youth's, and two records of each kind."""
    library, kinds = app.extensions["library"], {}  # type: ignore[var-annotated]
    by_code = {record.code: library.kinds[key] for key, record in library.records.items()}
    for path in record_paths(app, language):
        kinds.setdefault(by_code[path.rpartition("/")[2]], []).append(path)
    return [path for path in fixed_paths(app, language) if not WORKER.match(path)] + [
        path for kind, some in kinds.items() if kind not in WORKERS_KINDS for path in some[:2]
    ]


@pytest.mark.skipif(
    shutil.which("pdftotext") is None,
    reason="no pdftotext on this machine: paper was not read (Debian: apt-get install poppler-utils)",
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_t37_paper_names_neither_us_nor_the_day(
    language: str, app: Flask, server: Server, chromium: Browser, tmp_path: Path
) -> None:
    context = chromium.new_context(base_url=server.url)
    page = context.new_page()
    today = datetime.now(UTC).astimezone().strftime("%-m/%-d/%y")
    told = {}
    looked = 0
    for path in [*paths(app, language), f"/{language}/zzz"]:
        page.goto(path)
        words = cacheable(page, tmp_path)
        assert len(words.split()) > 0, path
        looked += 1
        found = set(TOLD.findall(words)) | ({today} if today in words else set())
        if found and not SAYS_ITS_NAME.match(path):
            told[path] = found
    context.close()
    assert looked > 25
    assert told == {}


@pytest.mark.skipif(
    shutil.which("pdftotext") is None,
    reason="no pdftotext on this machine: paper was not read (Debian: apt-get install poppler-utils)",
)
def test_the_reading_of_paper_bites(server: Server, chromium: Browser, tmp_path: Path) -> None:
    """With a margin the browser prints its own head and foot, and without the print rules the frame comes too: both are
    found."""
    context = chromium.new_context(base_url=server.url)
    page = context.new_page()
    page.goto("/en/talk")
    page.evaluate(
        "() => { const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => "
        "rule.media && rule.media.mediaText === 'print'); for (const rule of rules) while (rule.cssRules.length) "
        "rule.deleteRule(0); }"
    )
    found = set(TOLD.findall(cacheable(page, tmp_path)))
    context.close()
    assert {"Porchlight", "Exit"} <= {word.strip() for word in found}
