"""axe finds nothing on any page: both languages, light and dark, with text at 7:1 or better."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.conftest import PHONE, Server
from tests.pages import LANGUAGES, all_paths, fixed_paths

ENHANCED = {"color-contrast-enhanced": {"enabled": True}}  # 7:1; axe looks with it only at what already has 4.5:1
EVERYTHING: dict[str, object] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": ENHANCED,
}
CONTRAST: dict[str, object] = {"runOnly": {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced"]}}

Scheme = Literal["light", "dark"]
PARTS = 4
"""So many tests share the pages of a language, so that no processor stands at all of them while the others have nothing
to do."""
LOOKS = [
    pytest.param(code, scheme, part, marks=pytest.mark.xdist_group(f"axe-{code}-{scheme}-{part}"))
    for code in LANGUAGES
    for scheme in ("light", "dark")
    for part in range(PARTS)
]


def violations(page: Page, options: dict[str, object]) -> list[str]:
    """Return "rule: element" for all that axe finds on the page as it stands."""
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{item['id']}: {node['html'][:120]} {node['any'][0]['message'][:120] if node['any'] else ''}"
        for item in found
        for node in item["nodes"]
    ]


def some_of_each_kind(app: Flask, language: str) -> list[str]:
    library = app.extensions["library"]
    shown = [
        record
        for kind in sorted(set(library.kinds.values()))
        for record in [r for r in library.of_kind(kind) if library.shown(r)][:4]
    ]
    return [f"/{language}/{record.code}" for record in shown]


@pytest.fixture
def looker(chromium: Browser, server: Server, scheme: Scheme) -> Iterator[Page]:
    context = chromium.new_context(
        **PHONE, base_url=server.url, color_scheme=scheme, bypass_csp=True
    )  # axe is injected as inline script
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("language", "scheme", "part"), LOOKS)
def test_axe_finds_nothing(language: str, scheme: Scheme, part: int, looker: Page, app: Flask) -> None:
    """Everything on every page in the light. In the dark only colours can differ, and colours belong to templates:
    contrast is measured again on every fixed page and on four records of each kind."""
    found = []
    paths = (
        all_paths(app, language)
        if scheme == "light"
        else [*fixed_paths(app, language), *some_of_each_kind(app, language)]
    )
    for path in [*paths, f"/{language}/zzz"][part::PARTS]:
        looker.goto(path)
        # What lies far below is laid out only when it comes near; until then axe would measure it where it does not
        # stand.
        looker.add_style_tag(content="*{content-visibility:visible!important}")
        looker.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found += [
            f"{path}: {violation}" for violation in violations(looker, EVERYTHING if scheme == "light" else CONTRAST)
        ]
        if len(found) > 20:
            break
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light"])
def test_axe_bites(looker: Page) -> None:
    looker.goto("/en/")
    looker.evaluate(
        "document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=x><p style=\"color:#999\">pale</p><p "
        'style="color:#666">greyish</p>\')'
    )
    told = " ".join(violations(looker, EVERYTHING))
    assert "image-alt" in told
    assert "color-contrast:" in told
    assert "color-contrast-enhanced:" in told
