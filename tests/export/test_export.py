"""The export is the site: a plain nginx serves the same bytes and headers as the live app, at every address."""

import http.client
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests import hosts
from youthapp import create_app, export
from youthapp.settings import Settings
from youthapp.web import page_cache, static_files

pytestmark = pytest.mark.xdist_group("export")

# What a host says of its own accord, and its own way to say "unchanged".
HOSTS_OWN = {"server", "date", "connection", "last-modified", "etag", "accept-ranges", "transfer-encoding"}


@pytest.fixture(scope="module")
def live() -> Iterator[Flask]:
    """The app, with brotli at its quickest: what is compared here is plain and gzip, and 1,300 pages at its best take half a minute."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_cache, "BROTLI_QUALITY", 1)
        yield create_app(Settings())


@pytest.fixture(scope="module")
def folder(live: Flask, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "site"
    export.write(live, folder)
    return folder


@pytest.fixture(scope="module")
def host(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[http.client.HTTPConnection]:
    running = hosts.serve(folder, tmp_path_factory.mktemp("nginx"))
    yield http.client.HTTPConnection(running.url.removeprefix("http://"), timeout=10)
    running.process.terminate()
    running.process.wait(10)


def get(host: http.client.HTTPConnection, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    host.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = host.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


@pytest.mark.parametrize("accepted", ["identity", "gzip"])
def test_every_address_has_the_same_bytes_and_headers(live: Flask, host: http.client.HTTPConnection, accepted: str) -> None:
    client, wrong, seen = live.test_client(), [], 0
    for leaf in export.leaves(live):
        if leaf.address.endswith("/needs-server"):
            continue
        own = client.get(leaf.address, headers={"Accept-Encoding": accepted})
        status, headers, body = get(host, leaf.address, Accept_Encoding=accepted)
        if (status, body) != (own.status_code, own.get_data()):
            wrong.append(f"{leaf.address}: {status}, {len(body)} bytes for {len(own.get_data())}")
        told = {name.lower(): value for name, value in own.headers if name.lower() not in HOSTS_OWN}
        given = {name: value for name, value in headers.items() if name not in HOSTS_OWN}
        wrong += [f"{leaf.address}: {name}: {given.get(name)!r} for {told.get(name)!r}" for name in told.keys() | given.keys() if told.get(name) != given.get(name)]
        seen += 1
    assert seen > 600
    assert not wrong, "\n".join(wrong[:20])


def test_every_file_that_a_page_names_is_in_the_export(live: Flask) -> None:
    """Scripts, the search's words, the plan's sentences: in whatever attribute a page names them."""
    all_leaves = export.leaves(live)
    there = {leaf.address for leaf in all_leaves}
    named = {name for leaf in all_leaves if leaf.copy.content_type.startswith("text/html") for name in re.findall(r'"(/static/[^"#?]+)"', leaf.copy.body.decode())}
    assert {name.rpartition("/")[2] for name in named} >= {
        "index-en.json", "words-es.json", *(static_files.bundles()[name].name.rpartition("/")[2] for name in ("frame.js", "deferred.js", "plan/codes.js"))
    }  # fmt: skip
    assert named <= there


@pytest.mark.parametrize(
    ("path", "language", "status", "to"),
    [
        ("/", "en", 302, "/en/"),
        ("/", "es-MX,es;q=0.9", 302, "/es/"),
        ("/en", "en", 301, "/en/"),
        ("/en/talk/", "en", 301, "/en/talk"),
        ("/en/talk?fbclid=1", "en", 301, "/en/talk"),
        ("/{code}", "es", 302, "/es/{code}"),
        ("/{CODE}", "en", 302, "/en/{code}"),
    ],
)
def test_doors_lead_where_the_live_app_leads(live: Flask, host: http.client.HTTPConnection, path: str, language: str, status: int, to: str) -> None:
    code = live.extensions["library"].get("condom-how").code
    path, to = path.format(code=code, CODE=code.upper()), to.format(code=code)
    own = live.test_client().get(path, headers={"Accept-Language": language})
    assert (own.status_code, own.location) == (status, to)
    given, headers, _body = get(host, path, Accept_Language=language)
    assert (given, headers["location"]) == (status, to)


def test_what_is_not_there_is_a_whole_page_with_the_headers(live: Flask, host: http.client.HTTPConnection) -> None:
    for path, language in (("/en/zzz", "en"), ("/es/zzz", "es"), ("/static/000000000000/js/exit.js", "en"), ("/nginx.conf", "en"), ("/en/talk.html", "en")):
        status, headers, body = get(host, path, Accept_Language=language)
        own = live.test_client().get(path, headers={"Accept-Language": language})
        assert status == own.status_code == 404
        assert headers["content-security-policy"] == own.headers["Content-Security-Policy"]
        assert body == own.get_data()


def test_nothing_about_a_reader_is_logged(host: http.client.HTTPConnection, folder: Path) -> None:
    rules = (folder / "nginx.conf").read_text()
    assert re.findall(r"access_log [^;]+", rules) == ["access_log off"]
    assert re.findall(r"error_log [^;]+", rules) == ["error_log /dev/null crit"]


def test_two_exports_are_the_same_to_the_byte_and_another_release_is_not(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export.crawl, "encode", lambda copy: {"identity": copy.body})
    export.write(create_app(Settings()), tmp_path / "again")
    export.write(create_app(Settings(contact="a@example.org")), tmp_path / "other")
    first, again, other = (export.digests(path) for path in (folder, tmp_path / "again", tmp_path / "other"))
    assert {name: first[name] for name in again} == again
    assert other.keys() != again.keys()


def test_a_folder_with_something_in_it_is_left_alone(live: Flask, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="empty folder"):
        export.write(live, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_page_that_needs_the_server_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(Settings())

    @app.get("/<lang:lang>/made-live")
    def made_live() -> str:
        return "<!DOCTYPE html><p>made for one reader</p>"

    found = {leaf.address: leaf.copy.body.decode() for leaf in export.leaves(app) if leaf.copy.content_type.startswith("text/html")}
    assert "This page is not in this copy" in found["/en/made-live"]
    assert "Esta página no está en esta copia" in found["/es/made-live"]
    assert not [address for address, body in found.items() if "made for one reader" in body]


def test_the_rules_for_other_hosts_name_every_header_and_code(live: Flask, folder: Path) -> None:
    told, caddy, ways = ((folder / name).read_text() for name in ("_headers", "Caddyfile", "_redirects"))
    for name, value in live.test_client().get("/en/").headers:
        if name in ("Content-Security-Policy", "Referrer-Policy", "Permissions-Policy", "Cache-Control"):
            assert f"  {name}: {value}\n" in told
            assert f'{name} "{value}"' in caddy
    code = live.extensions["library"].get("condom-how").code
    assert f"/{code.upper()} /en/{code} 302\n" in ways
    assert "/en/book\n  Content-Type: text/plain; charset=utf-8\n" in told
