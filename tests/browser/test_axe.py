"""axe finds nothing on any page: both languages, light and dark, with text at 7:1 or better."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.conftest import PHONE, Server
from tests.pages import LANGUAGES, all_paths

EVERYTHING = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast-enhanced"]}, "rules": {"color-contrast-enhanced": {"enabled": True}}}

LOOKS = [pytest.param(code, scheme, marks=pytest.mark.xdist_group(f"axe-{code}-{scheme}")) for code in LANGUAGES for scheme in ("light", "dark")]


def violations(page: Page, options: dict[str, object]) -> list[str]:
    """Return "rule: element" for all that axe finds on the page as it stands."""
    found = Axe().run(page, options=options).response["violations"]
    return [f"{item['id']}: {node['html'][:120]} {node['any'][0]['message'][:120] if node['any'] else ''}" for item in found for node in item["nodes"]]


@pytest.fixture
def looker(chromium: Browser, server: Server, scheme: str) -> Iterator[Page]:
    context = chromium.new_context(**PHONE, base_url=server.url, color_scheme=scheme, bypass_csp=True)  # axe is injected as inline script
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_axe_finds_nothing(language: str, scheme: str, looker: Page, app: Flask) -> None:
    """Everything in the light; in the dark only colours can differ, so only contrast is measured again."""
    found = []
    for path in [*all_paths(app, language), f"/{language}/zzz"]:
        looker.goto(path)
        looker.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for options in (EVERYTHING, CONTRAST) if scheme == "light" else (CONTRAST,):
            found += [f"{path}: {violation}" for violation in violations(looker, options)]
        if len(found) > 20:
            break
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light"])
def test_axe_bites(looker: Page) -> None:
    looker.goto("/en/")
    looker.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=x><p style=\"color:#999\">pale</p>')")
    told = " ".join(violations(looker, EVERYTHING) + violations(looker, CONTRAST))
    assert "image-alt" in told
    assert "color-contrast-enhanced" in told
