"""The kit for a stick: its pages open from files in a real browser, lead to each other, load nothing from elsewhere,
and say what they cannot do."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from flask import Flask
from playwright.sync_api import Browser, Page

from youthapp import export
from youthapp.cli import main
from youthapp.export import crawl
from youthapp.export.site import Site

pytestmark = pytest.mark.xdist_group("export")


@pytest.fixture(scope="module")
def site(exported_site: Site) -> Site:
    return exported_site


@pytest.fixture(scope="module")
def kit(app: Flask, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kit's zip, without the compressed bytes, which the export's own tests look at."""
    file = tmp_path_factory.mktemp("kit") / "kit.zip"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crawl, "encode", lambda copy: {"identity": copy.body})
        export.kit.write(app, site, file)
    return file


@pytest.fixture(scope="module")
def stick(kit: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stick")
    zipfile.ZipFile(kit).extractall(folder)
    return folder


def test_it_has_the_site_for_a_server_and_a_start_in_both_languages(stick: Path, site: Site) -> None:
    assert {path.name for path in stick.iterdir()} == {"START-HERE.txt", "START-HERE.html", "pages", "site"}
    assert (stick / "site" / "en" / "talk.html").read_bytes() == next(
        leaf.copy.body for leaf in site.leaves if leaf.address == "/en/talk"
    )
    assert (stick / "site" / "nginx.conf").exists()
    for name in ("START-HERE.txt", "START-HERE.html"):
        text = (stick / name).read_text("utf-8-sig")
        for said in (
            "pages/en/index.html",
            "pages/es/index.html",
            "Whoever finds the stick can read all of it.",
            "Booklets, the meeting sheet, the training pages and what to say can be printed",
            "Quien encuentre la memoria USB",
        ):
            assert said in text


def test_every_link_of_every_page_leads_to_a_file_of_the_stick_or_to_another_site(stick: Path) -> None:
    wrong, pages, links = [], 0, 0
    for page in [stick / "START-HERE.html", *(stick / "pages").rglob("*.html")]:
        text = page.read_text("utf-8")
        pages += 1
        assert "<script" not in text
        assert 'name="http-equiv"' not in text
        for _name, address in re.findall(r' (href|src|action)="([^"]*)"', text):
            parts = urlsplit(address)
            if parts.scheme in ("https", "http", "tel", "sms", "mailto") or not parts.path:
                continue
            links += 1
            target = (page.parent / unquote(parts.path)).resolve()
            if parts.path.startswith("/") or not target.is_file() or stick not in target.parents:
                wrong.append(f"{page.relative_to(stick)}: {address}")
    assert pages > 1000
    assert links > 10 * pages
    assert not wrong, "\n".join(wrong[:20])


def test_names_of_files_tell_no_topic(stick: Path, site: Site) -> None:
    """They stay in the history of the browser. They are the addresses of the site, which the house rules hold."""
    names = {path.relative_to(stick / "pages").as_posix() for path in (stick / "pages").rglob("*.html")}
    assert names == {leaf.file for leaf in site.leaves if leaf.copy.content_type.startswith("text/html")}


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def test_a_browser_opens_it_and_goes_from_page_to_page_without_a_word_of_trouble(stick: Path, opened: Page) -> None:
    trouble: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda message: trouble.append(message.text))
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto((stick / "START-HERE.html").as_uri())
    opened.locator('a[href="pages/es/index.html"]').click()
    opened.get_by_text("Esta página viene de una memoria USB.").wait_for()
    assert opened.evaluate("getComputedStyle(document.querySelector('.bar')).position") == "fixed", (
        "the page has its style"
    )
    opened.locator(".bar a").nth(2).click()
    opened.get_by_role("heading", level=1).wait_for()
    assert opened.url == (stick / "pages" / "es" / "talk.html").as_uri()
    opened.locator("a.lang").click()
    assert opened.url == (stick / "pages" / "en" / "talk.html").as_uri()
    opened.get_by_role("link", name="Start here").click()
    assert opened.url.startswith((stick / "START-HERE.html").as_uri())
    opened.goto((stick / "pages" / "en" / "cards.html").as_uri())
    opened.get_by_role("link", name="Make cards").click()
    opened.get_by_text("Making cards needs the app with its server.").wait_for()
    opened.get_by_role("link", name="Send a link").first.click()
    assert opened.url == (stick / "pages" / "en" / "cards" / "link.html").as_uri()
    assert all(url.startswith("file:") for url in asked)
    assert not trouble


def test_exit_and_forget_leave_for_another_site(stick: Path, opened: Page) -> None:
    for page, name in (("en/talk", "[data-exit]"), ("en/forget", "[data-forget-sure]")):
        opened.context.route("https://**/*", lambda route: route.fulfill(status=200, body="elsewhere"))
        opened.goto((stick / "pages" / f"{page}.html").as_uri())
        opened.locator(name).first.click()
        opened.wait_for_url(lambda url: url.startswith("https://"), wait_until="commit")


def test_the_same_site_gives_the_same_bytes_and_nothing_is_written_over(
    app: Flask, site: Site, kit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawl, "encode", lambda copy: {"identity": copy.body})
    export.kit.write(app, site, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == kit.read_bytes()
    with pytest.raises(FileExistsError, match="Name a new file"):
        export.kit.write(app, site, tmp_path / "again.zip")


def test_the_command_wants_a_folder_or_a_zip() -> None:
    answer = CliRunner().invoke(main, ["export"])
    assert answer.exit_code == 2
    assert "Name a folder to export to, or a zip with --kit." in answer.output
