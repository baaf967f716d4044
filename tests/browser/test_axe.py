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

SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def violations(page: Page, options: dict[str, object]) -> list[str]:
    """Return "rule: element" for all that axe finds on the page as it stands."""
    found = Axe().run(page, options={**options, "resultTypes": ["violations"]}).response["violations"]
    return [
        f"{item['id']}: {node['html'][:120]} {node['any'][0]['message'][:120] if node['any'] else ''}"
        for item in found
        for node in item["nodes"]
    ]


def one_of_each_kind(app: Flask, language: str) -> list[str]:
    library = app.extensions["library"]
    kinds = sorted(set(library.kinds.values()))
    shown = [next((r for r in library.of_kind(kind) if library.shown(r)), None) for kind in kinds]
    return [f"/{language}/{record.code}" for record in shown if record]


@pytest.fixture
def looker(chromium: Browser, server: Server, scheme: Scheme) -> Iterator[Page]:
    context = chromium.new_context(
        **PHONE, base_url=server.url, color_scheme=scheme, bypass_csp=True
    )  # axe is injected as inline script
    yield context.new_page()
    context.close()


def unfold(page: Page) -> None:
    """Open every part of the page. What lies far below is laid out only when it comes near; until then a checker would
    measure it where it is not."""
    page.add_style_tag(content="*{content-visibility:visible!important}")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def found_on(paths: list[str], looker: Page, options: dict[str, object]) -> list[str]:
    """Return "path: rule: element" for all that axe finds on pages with everything unfolded."""
    found: list[str] = []
    for path in paths:
        looker.goto(path)
        unfold(looker)
        found += [f"{path}: {violation}" for violation in violations(looker, options)]
        if len(found) > 20:
            break
    return found


LOOKS = [
    pytest.param(
        code,
        scheme,
        marks=[
            pytest.mark.xdist_group(f"axe-{code}-{scheme}"),
            *([] if scheme == SCHEMES[at % len(SCHEMES)] else [pytest.mark.slow]),
        ],
    )
    for at, code in enumerate(LANGUAGES)
    for scheme in SCHEMES
]
"""Each language in each scheme: `make test` looks at each language and each scheme once, `make slow` at the rest."""


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_axe_finds_nothing_on_a_page_of_each_kind(
    language: str, scheme: Scheme, looker: Page, app: Flask, request: pytest.FixtureRequest
) -> None:
    """On every fixed page and on a record of each kind. In the dark only colours can differ, and colours belong to
    templates, so there it is contrast that is measured."""
    paths = [*fixed_paths(app, language), *one_of_each_kind(app, language), f"/{language}/zzz"]
    paths.remove(f"/{language}/cards/facts")  # for workers, and by far the longest: among all pages below
    if request.node.get_closest_marker("slow") is None and scheme == "dark":
        paths = [path for path in paths if "/cards" not in path]  # workers' pages in the dark: with the slow half
    found = found_on(paths, looker, EVERYTHING if scheme == "light" else CONTRAST)
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light"])
@pytest.mark.parametrize(
    ("language", "part"),
    [
        pytest.param(code, part, marks=pytest.mark.xdist_group(f"axe-{code}-{part}"))
        for code in LANGUAGES
        for part in range(PARTS)
    ],
)
def test_axe_finds_nothing_on_any_page(language: str, part: int, looker: Page, app: Flask) -> None:
    found = found_on(all_paths(app, language)[part::PARTS], looker, EVERYTHING)
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
