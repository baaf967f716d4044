"""What is exported: everything that is expected, or nothing and a list of what is broken."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask, Response

from tests.conftest import ROOT
from youthapp import create_app, export
from youthapp.cli import main
from youthapp.export import crawl
from youthapp.export.site import Leaf, Site
from youthapp.settings import Settings
from youthapp.web import permalinks, static_files
from youthapp.web.every_page import BrokenPage, copy_of
from youthapp.web.page_cache import CachedResponse

pytestmark = pytest.mark.xdist_group("export")

SAMPLE = ROOT / "tests" / "outreach" / "organisation"


@pytest.fixture(scope="module")
def live(app: Flask) -> Flask:
    return app


@pytest.fixture(scope="module")
def site(exported_site: Site) -> Site:
    return exported_site


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without compression, which takes longest and is not looked at here."""
    monkeypatch.setattr(crawl, "encode", lambda copy: {"identity": copy.body})


def pages(site: Site) -> dict[str, str]:
    return {
        leaf.address: leaf.copy.body.decode() for leaf in site.leaves if leaf.copy.content_type.startswith("text/html")
    }


def test_every_file_that_a_page_names_is_in_the_export(site: Site) -> None:
    """Scripts, the search's words, the plan's sentences: in whatever attribute a page names them."""
    named = {name for text in pages(site).values() for name in re.findall(r'"(/static/[^"#?]+)"', text)}
    bundles = [
        static_files.bundles()[name].name.rpartition("/")[2] for name in ("frame.js", "deferred.js", "plan/codes.js")
    ]
    assert {name.rpartition("/")[2] for name in named} >= {"index-en.json", "words-es.json", *bundles}
    assert named <= {leaf.address for leaf in site.leaves}


def test_every_link_leads_to_something_that_is_there(site: Site) -> None:
    there = {leaf.address for leaf in site.leaves} | {
        f"/{tag}{path}" for tag in site.languages for path in site.needs_server
    }
    below = tuple(f"/{tag}{path}/" for tag in site.languages for path in site.needs_server)
    links = {link for text in pages(site).values() for link in re.findall(r'href="(/[^"#?]*)"', text)}
    assert not sorted(link for link in links - there if not link.startswith(below))


def test_what_is_on_paper_and_what_a_balancer_asks_is_there(live: Flask, site: Site) -> None:
    codes = {
        record.code
        for record in live.extensions["library"].records.values()
        if live.extensions["library"].shown(record)
    }
    paper = {*codes, "plan", "talk", "meeting", "cards", "wnt", "ptw", "kkr"}
    assert {f"/{code}" for code in paper} == site.short.keys()
    assert "/healthz" in {leaf.address for leaf in site.leaves}


@pytest.mark.slow
def test_two_exports_are_the_same_to_the_byte(site: Site, tmp_path: Path, plain: None) -> None:
    for name, whole in {"first": site, "again": export.site(create_app(Settings()))}.items():
        export.write(whole, tmp_path / name)
    first, again = (export.digests(tmp_path / name) for name in ("first", "again"))
    assert first == again
    times = [
        {path.relative_to(tmp_path / name): path.stat().st_mtime for path in (tmp_path / name).rglob("*.html")}
        for name in ("first", "again")
    ]
    assert times[0] == times[1]


def test_a_page_whose_number_changed_and_not_its_length_has_another_time(
    site: Site, tmp_path: Path, plain: None
) -> None:
    """Hosts make their ETag of time and size: with the same time, an edge would keep the old number."""
    talk = next(leaf for leaf in site.leaves if leaf.address == "/en/talk")
    changed = Leaf(talk.address, CachedResponse(talk.copy.headers, talk.copy.body.replace(b"988", b"989")))
    other = Site(
        **{
            **{name: getattr(site, name) for name in site.__dataclass_fields__},
            "leaves": tuple(changed if leaf is talk else leaf for leaf in site.leaves),
        }
    )
    assert len(changed.copy.body) == len(talk.copy.body)
    assert changed.copy.body != talk.copy.body
    for name, whole in {"one": site, "two": other}.items():
        export.write(whole, tmp_path / name)
    one, two = ((tmp_path / name / "en" / "talk.html").stat() for name in ("one", "two"))
    assert one.st_size == two.st_size
    assert one.st_mtime != two.st_mtime


def test_a_folder_with_something_in_it_is_left_alone(site: Site, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="empty folder"):
        export.write(site, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_no_exported_page_asks_the_server_for_something(site: Site) -> None:
    # The one form on every page is Forget's, which each host answers.
    for address, text in pages(site).items():
        assert set(re.findall(r'(?:form)?action="([^"]*)"', text)) <= {
            f"/{tag}{site.forget.path}" for tag in site.languages
        } | {site.forget.path}, address


def only(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    """Begin a crawl at these addresses, and not at all that there are: a test of one page need not render 1,400."""
    monkeypatch.setattr(crawl, "_expected", lambda app: addresses)


def test_a_new_page_with_a_form_is_refused_until_it_is_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, "/en/guestbook")
    app = create_app(Settings())

    @app.get("/<lang:lang>/guestbook")
    def guestbook() -> Response:
        from youthapp.web.responses import cacheable

        return cacheable(
            Response(
                '<!DOCTYPE html><form method="post" action="/en/write"><button>Go</button></form>', mimetype="text/html"
            )
        )

    with pytest.raises(
        export.ExportError, match="/en/guestbook: its form asks /en/write, which plain files cannot answer"
    ):
        export.site(app)


# What is broken is named. Before, a page that answered with an error was left out, and the export ended with 0.


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a line whose page cannot be made."""
    show = permalinks._views["lines"]

    def fail(record: object) -> Response:
        if record.id == "lifeline-988":  # type: ignore[attr-defined]
            raise ValueError("3pm")
        return show(record)

    monkeypatch.setitem(permalinks._views, "lines", fail)
    return f"/en/{create_app(Settings()).extensions['library'].get('lifeline-988').code}"


def test_a_broken_page_stops_the_export_and_is_named(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spanish = broken.replace("/en/", "/es/")
    assert {broken, spanish, "/en/book-core"} <= set(crawl._expected(create_app(Settings())))
    only(monkeypatch, broken, spanish, "/en/book-core")
    answer = CliRunner().invoke(main, ["export", str(tmp_path / "site")], env={"PORCHLIGHT_TODAY": "2026-11-23"})
    assert answer.exit_code == 1
    assert f"{broken}: the app answers 500" in answer.output
    assert f"{spanish}: the app answers 500" in answer.output
    assert "/en/book-core: the app answers 500" in answer.output
    assert not (tmp_path / "site").exists()


def test_a_broken_page_stops_the_book(broken: str) -> None:
    app = create_app(Settings())
    assert app.test_client().get("/en/book").status_code == 500
    with pytest.raises(BrokenPage, match=broken):
        copy_of(app, broken)


def test_a_link_that_leads_nowhere_stops_the_export_and_says_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    only(monkeypatch, "/en/signpost")
    app = create_app(Settings())

    @app.get("/<lang:lang>/signpost")
    def signpost() -> Response:
        from youthapp.web.responses import cacheable

        return cacheable(Response('<!DOCTYPE html><a href="/en/nowhere">There</a>', mimetype="text/html"))

    with pytest.raises(export.ExportError, match=r"/en/nowhere: the app answers 404 \(/en/signpost links to it\)"):
        export.site(app)


def test_an_own_line_with_a_wrong_hour_is_refused_and_named(tmp_path: Path) -> None:
    """What the audit did: one typo in an organisation's own line, and the crisis page was left out without a word."""
    shutil.copytree(SAMPLE, tmp_path / "own")
    lines = sorted((tmp_path / "own").rglob("lines/*.toml"))
    line = next(path for path in lines if "start = " in path.read_text())
    line.write_text(re.sub(r'start = "[^"]*"', 'start = "3pm"', line.read_text(), count=1))
    settings = next((tmp_path / "own").glob("*.toml"))
    answer = CliRunner().invoke(
        main,
        ["export", str(tmp_path / "site")],
        env={"PORCHLIGHT_FILE": str(settings), "PORCHLIGHT_TODAY": "2026-11-23"},
    )
    assert answer.exit_code == 1
    code = re.search(r'^code = "(\w+)"', line.read_text(), re.MULTILINE)
    assert code is not None
    assert f"/en/{code.group(1)}:" in answer.output or line.stem in answer.output
    assert not (tmp_path / "site").exists()
