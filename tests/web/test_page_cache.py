"""The page cache: each path is rendered once, for nobody in particular, and nothing grows that a stranger chooses."""

import gzip
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import brotli
import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from youthapp import create_app
from youthapp.settings import Settings
from youthapp.web.page_cache import PageCache, best_encoding
from youthapp.web.responses import cacheable, reads_language


def cache_of(app: Flask) -> PageCache:
    cache: PageCache = app.extensions["page_cache"]
    return cache


@pytest.fixture(scope="module")
def made() -> Flask:
    """The app behind `fresh`, made once: its own state is in its cache."""
    return create_app(Settings())


@pytest.fixture
def unused() -> Flask:
    """An app that has answered nobody yet, so that a view can still be added."""
    return create_app(Settings())


@pytest.fixture
def fresh(made: Flask) -> Iterator[Flask]:
    """An app whose cache is empty; it is emptied again after each test."""
    cache = cache_of(made)
    inner, most = cache.app, cache.max_bytes
    yield made
    cache.app, cache.max_bytes, cache.stored_bytes = inner, most, 0
    cache.entries.clear()


@pytest.fixture
def calls(fresh: Flask) -> Counter[str]:
    """How often Flask was called for each "METHOD path" behind the cache of `fresh`."""
    counted: Counter[str] = Counter()
    cache = cache_of(fresh)
    inner = cache.app

    def count(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        counted[environ["PATH_INFO"]] += 1
        return inner(environ, start_response)

    cache.app = count
    return counted


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/talk", 200), ("/en/zzz", 404), ("/es/talk/zzz", 404), ("/zzz", 404), ("/nowhere/at/all", 404), ("/", 302),
        ("/EN/talk", 404), ("/en/talk/", 301), ("/en", 301),
        ("/plan", 302), ("/en/cards/sheet", 302), ("/en/cards/maker/zzz", 404), ("/static/zzz/js/exit.js", 404),
        ("/static/{release}/js/exit.js", 200),
        ("/static/{release}/js/none.js", 404), ("/en/talk?x=1", 301), ("/en/zzz?x=1", 301),
    ],
)  # fmt: skip
def test_a_request_reaches_the_app_once(fresh: Flask, calls: Counter[str], path: str, status: int) -> None:
    address = path.format(release=fresh.config["RELEASE"])
    assert fresh.test_client().get(address).status_code == status
    assert sum(calls.values()) == 1
    assert fresh.test_client().head(address).status_code == status
    assert sum(calls.values()) == (1 if status == 200 else 2)


def test_other_methods_reach_the_app_once_and_store_nothing(fresh: Flask, calls: Counter[str]) -> None:
    for done, method in enumerate(("POST", "PUT", "OPTIONS", "BREW"), start=1):
        fresh.test_client().open("/en/talk", method=method)
        assert sum(calls.values()) == done
    assert not cache_of(fresh).entries


def test_a_page_is_rendered_once_for_all_readers_and_methods(fresh: Flask, calls: Counter[str]) -> None:
    for method, encoding in (("HEAD", ""), ("GET", "br"), ("GET", "gzip"), ("GET", ""), ("HEAD", "br")):
        assert (
            fresh.test_client().open("/en/talk", method=method, headers={"Accept-Encoding": encoding}).status_code
            == 200
        )
    assert calls == {"/en/talk": 1}


def test_no_lock_is_held_while_the_app_renders(fresh: Flask) -> None:
    """While one page is being rendered, another one is rendered and stored, and so is the same one for a second
    reader."""
    cache, inner = cache_of(fresh), cache_of(fresh).app
    rendering, go_on = threading.Event(), threading.Event()
    first = [True]

    def slow(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/en/now" and first.pop():
            first.append(False)
            rendering.set()
            assert go_on.wait(60)
        return inner(environ, start_response)

    cache.app = slow
    statuses: list[int] = []
    reader = threading.Thread(target=lambda: statuses.append(fresh.test_client().get("/en/now").status_code))
    reader.start()
    try:
        assert rendering.wait(60)
        for path in ("/en/talk", "/en/now"):
            assert fresh.test_client().get(path).status_code == 200
            assert path in cache.entries
    finally:
        go_on.set()
        reader.join(60)
    assert statuses == [200]
    assert cache.stored_bytes == sum(
        len(encoded.body) for entry in cache.entries.values() for encoded in entry.values()
    )


def test_a_flood_of_unknown_addresses_grows_nothing(fresh: Flask) -> None:
    client, cache = fresh.test_client(), cache_of(fresh)
    release = fresh.config["RELEASE"]
    for number in range(60):
        for path in (
            f"/{number}",
            f"/en/{number}",
            f"/en/talk/{number}",
            f"/static/{number}/js/exit.js",
            f"/static/{release}/js/{number}.js",
            f"/en/talk?{number}",
        ):
            assert client.get(path).status_code in (301, 404)
    assert (cache.entries, cache.stored_bytes) == ({}, 0)
    assert {name: value for name, value in vars(cache).items() if isinstance(value, dict | list | set) and value} == {}


@pytest.mark.parametrize(
    "alias",
    [
        "/static/{r}/./js/exit.js", "/static/{r}//js/exit.js", "/static/{r}/js//exit.js",
        "/static/{r}/js/../js/exit.js", "/static/{r}/x/../js/exit.js",
        "/static/{r}/%2e/js/exit.js", "/static/{r}/js/%2e%2e/js/exit.js", "/static/./{r}/js/exit.js",
        "//static/{r}/js/exit.js", "/static/{r}/js\\exit.js",
        "/static/{r}/js/exit.js/", "/static/{r}/js/exit.js%00", "/static/{r}/JS/exit.js",
        "/static/{r}/" + "x" * 250 + ".js", "/static/{r}/" + "x/" * 300, "/static/{r}/../wsgi.py",
    ],
)  # fmt: skip
def test_a_file_has_one_address(fresh: Flask, alias: str) -> None:
    """Each other spelling would be rendered and compressed, and would push the book out of the cache: 24 a second
    filled both cores."""
    path = alias.format(r=fresh.config["RELEASE"])
    assert fresh.test_client().get(path).status_code == 404
    assert not cache_of(fresh).entries


HEADERS = {
    "Host": "evil.example", "Accept-Language": "es", "Cookie": "marker=1", "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example", "User-Agent": "marker",
    "Referer": "https://marker.example/", "HX-Request": "true", "Authorization": "Basic bWFya2Vy", "Range": "bytes=0-9",
    "X-Marker": "marker",
}  # fmt: skip


@pytest.mark.parametrize("path", ["/en/read", "/es/talk", "/quiet", "/en/zzz", "/en/talk/", "/healthz", "/release"])
def test_nothing_of_one_request_reaches_the_next(fresh: Flask, path: str) -> None:
    spoiled = fresh.test_client().get(path, headers=HEADERS)
    after, clean = fresh.test_client().get(path), create_app(Settings()).test_client().get(path)
    assert spoiled.data == after.data == clean.data
    assert spoiled.headers == after.headers == clean.headers


def test_a_view_sees_nothing_of_the_request_but_its_path(unused: Flask) -> None:
    """By construction: even a view that repeats all it can see has nothing to repeat."""

    @unused.get("/en/mirror")
    def mirror() -> Any:
        seen = {
            name: value
            for name, value in request.environ.items()
            if not name.startswith(("wsgi.", "werkzeug.", "youthapp."))
        }
        return cacheable(
            unused.make_response(repr((sorted(seen.items()), request.get_data(), request.cookies, request.remote_addr)))
        )

    spoiled = unused.test_client().get(
        "/en/mirror", headers=HEADERS, data=b"marker", environ_base={"REMOTE_ADDR": "203.0.113.77", "MARKER": "marker"}
    )
    for word in ("marker", "evil", "203.0.113.77", "bWFya2Vy", "https", "'es'", "bytes"):
        assert word not in spoiled.text, spoiled.text
    assert unused.test_client().get("/en/mirror").data == spoiled.data


def test_a_view_that_reads_the_language_is_never_stored(unused: Flask) -> None:
    """Not even when it says that it may be."""

    @unused.get("/en/by-language")
    @reads_language
    def by_language() -> Any:
        return cacheable(unused.make_response(request.headers.get("Accept-Language", "none")))

    for language in ("es", "en"):
        assert unused.test_client().get("/en/by-language", headers={"Accept-Language": language}).text == language
    assert cache_of(unused).get("/en/by-language") is None
    assert not cache_of(unused).entries


def test_what_varies_is_not_stored(fresh: Flask) -> None:
    for path in ("/", "/en/zzz", "/healthz", "/en/talk?x=1", "/plan"):
        fresh.test_client().get(path)
    assert not cache_of(fresh).entries


def test_it_answers_byte_for_byte_what_the_app_answers(app: Flask) -> None:
    cached = app.test_client().get("/en/talk", headers={"Accept-Encoding": "identity"})
    outer, app.wsgi_app = app.wsgi_app, cache_of(app).app  # type: ignore[method-assign, assignment]
    try:
        live = app.test_client().get("/en/talk")
    finally:
        app.wsgi_app = outer  # type: ignore[method-assign]
    assert cached.data == live.data
    for name, value in live.headers:
        assert cached.headers[name] == value


def test_each_encoding_holds_the_same_page(client: FlaskClient) -> None:
    plain = client.get("/es/", headers={"Accept-Encoding": "identity"})
    gzipped = client.get("/es/", headers={"Accept-Encoding": "gzip"})
    small = client.get("/es/", headers={"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(gzipped.data) == brotli.decompress(small.data) == plain.data
    assert len({answer.headers["ETag"] for answer in (plain, gzipped, small)}) == 3
    assert small.headers["Vary"] == "Accept-Encoding"


def test_an_unchanged_page_costs_no_body(client: FlaskClient) -> None:
    first = client.get("/en/now")
    again = client.get("/en/now", headers={"If-None-Match": f'W/"x", {first.headers["ETag"]}'})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert client.get("/en/now", headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", ["/en/now", "/en/", "/healthz"])
def test_head_says_the_length_and_sends_nothing(client: FlaskClient, path: str) -> None:
    answer = client.head(path, headers={"Accept-Encoding": "identity"})
    assert answer.data == b""
    assert int(answer.headers["Content-Length"]) == len(client.get(path, headers={"Accept-Encoding": "identity"}).data)


def test_what_takes_every_page_renders_each_once_while_it_remembers_and_holds_nothing_after(
    fresh: Flask, calls: Counter[str]
) -> None:
    """The export takes every page, and its books are made of the same pages again."""
    cache = cache_of(fresh)
    with cache.remembering():
        book, talk = cache.get("/en/book-core"), cache.get("/en/talk")
        assert book is not None
        assert talk is not None
        assert talk is cache.get("/en/talk")
        assert set(calls.values()) == {1}
        assert cache.get("/en/zzz") is None
        with cache.remembering():
            assert talk is cache.get("/en/talk")
        assert talk is cache.get("/en/talk"), "a block inside of another forgets nothing"
    assert not cache.entries
    assert cache.get("/en/talk") == talk
    assert calls["/en/talk"] == 2


def test_memory_is_bounded(fresh: Flask) -> None:
    cache = cache_of(fresh)
    cache.max_bytes = 60_000
    for path in ("/en/", "/en/now", "/en/talk", "/en/rights", "/en/read", "/en/need"):
        assert fresh.test_client().get(path).status_code == 200
        assert cache.stored_bytes <= 60_000 or len(cache.entries) == 1
        assert cache.stored_bytes == sum(
            len(encoded.body) for entry in cache.entries.values() for encoded in entry.values()
        )


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("br", "br"), ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"),
        ("br;q=0.0", "identity"), ("", "identity"), ("zstd", "identity"),
        ("GZIP;q=0.5", "gzip"), ("gzip, " + "x, " * 100_000 + "br", "gzip"),
    ],
)  # fmt: skip
def test_the_best_encoding(header: str, chosen: str) -> None:
    assert best_encoding(header.lower()) == chosen
