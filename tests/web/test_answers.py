"""Addresses, methods, errors and the press: bad input gets a whole page or a clear refusal, never a 500, and never an echo."""

import gzip

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from youthapp import create_app
from youthapp.settings import Settings
from youthapp.web.page_cache import PageCache, _encoding


def test_the_door_chooses_by_the_phones_language(client: FlaskClient) -> None:
    for header, to in (("es-MX,es;q=0.9", "/es/"), ("en-US", "/en/"), ("fr", "/en/"), ("", "/en/")):
        answer = client.get("/", headers={"Accept-Language": header})
        assert (answer.status_code, answer.headers["Location"], answer.headers["Vary"]) == (302, to, "Accept-Language")


def test_a_short_address_works_in_any_case_and_language(client: FlaskClient, app: Flask) -> None:
    code = app.extensions["library"].get("condom-broke").code
    for path in (f"/{code}", f"/{code.upper()}"):
        assert client.get(path, headers={"Accept-Language": "es"}).headers["Location"] == f"/es/{code}"
    assert client.get(f"/en/{code.upper()}").headers["Location"] == f"/en/{code}"


@pytest.mark.parametrize(
    "path",
    ["/fr/", "/en/zzz", "/zzz", "/en/talk/zzz", "/en/%00", "/en/%ff%fe", "/" + "x" * 8000, "/en/../etc/passwd", "/en/<script>", "/static/zzz/js/exit.js", "/.env", "/%2e%2e/"],
)
def test_a_wrong_address_gets_a_whole_page(path: str, client: FlaskClient) -> None:
    answer = client.get(path, headers={"Accept-Language": "es"}, follow_redirects=True)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404
    assert "data-exit" in page
    assert "tel:988" in page
    # In the language of the address where it has one, else in the one that the phone asks for.
    assert ("This page is not here" if path.startswith("/en/") else "Esta página no está aquí") in page
    assert "script>alert" not in page
    assert "passwd" not in page


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_an_odd_method_gets_a_clear_405(method: str, client: FlaskClient) -> None:
    answer = client.open("/en/talk", method=method, data="x=1")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert b"data-exit" in answer.data


def test_an_exception_is_a_whole_page_and_a_log_line_without_a_path(caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(Settings())

    @app.get("/en/private-thing")
    def broken() -> str:
        secret = "what she reads"
        raise RuntimeError(secret)

    answer = app.test_client().get("/en/private-thing", headers={"User-Agent": "her phone"})
    assert answer.status_code == 500
    assert b"data-exit" in answer.data
    assert b"tel:988" in answer.data
    assert "RuntimeError" in caplog.text
    for word in ("private-thing", "what she reads", "her phone", "127.0.0.1"):
        assert word not in caplog.text


def test_an_unknown_query_is_sent_to_the_clean_address(client: FlaskClient) -> None:
    for path in ("/en/talk?fbclid=1", "/en/talk?utm_source=x&y=z"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (301, "/en/talk")
    assert client.get("/en").headers["Location"] == "/en/"


def test_a_spoofed_host_is_never_repeated(client: FlaskClient) -> None:
    for path in ("/", "/en", "/en/talk?x=1", "//evil.example/?x", "/en/zzz"):
        answer = client.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert "evil.example" not in answer.headers.get("Location", "")
        assert b"evil.example" not in answer.data


class TestPress:
    def test_it_answers_byte_for_byte_what_the_app_answers(self, app: Flask) -> None:
        press: PageCache = app.wsgi_app  # type: ignore[assignment]
        printed = app.test_client().get("/en/talk", headers={"Accept-Encoding": "identity"})
        app.wsgi_app = press.app  # type: ignore[method-assign, assignment]
        try:
            live = app.test_client().get("/en/talk")
        finally:
            app.wsgi_app = press  # type: ignore[method-assign]
        assert printed.data == live.data
        for name, value in live.headers:
            assert printed.headers[name] == value

    def test_each_encoding_holds_the_same_page(self, client: FlaskClient) -> None:
        plain = client.get("/es/", headers={"Accept-Encoding": "identity"})
        packed = client.get("/es/", headers={"Accept-Encoding": "gzip"})
        small = client.get("/es/", headers={"Accept-Encoding": "gzip, br"})
        assert gzip.decompress(packed.data) == brotli.decompress(small.data) == plain.data
        assert len({answer.headers["ETag"] for answer in (plain, packed, small)}) == 3
        assert small.headers["Vary"] == "Accept-Encoding"

    def test_unchanged_pages_cost_no_body(self, client: FlaskClient) -> None:
        first = client.get("/en/now")
        again = client.get("/en/now", headers={"If-None-Match": f'W/"x", {first.headers["ETag"]}'})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
        assert client.get("/en/now", headers={"If-None-Match": '"other"'}).status_code == 200

    def test_head_says_the_length_and_sends_nothing(self, client: FlaskClient) -> None:
        answer = client.head("/en/now", headers={"Accept-Encoding": "identity"})
        assert answer.data == b""
        assert int(answer.headers["Content-Length"]) == len(client.get("/en/now", headers={"Accept-Encoding": "identity"}).data)

    def test_nothing_of_one_request_reaches_the_next(self) -> None:
        app = create_app(Settings())
        spoiled = app.test_client().get("/en/read", headers={"Host": "evil.example", "Accept-Language": "es", "Cookie": "a=b", "X-Forwarded-Proto": "https"})
        clean = create_app(Settings()).test_client().get("/en/read")
        assert spoiled.data == clean.data

    def test_what_varies_is_not_printed(self, app: Flask, client: FlaskClient) -> None:
        press: PageCache = app.wsgi_app  # type: ignore[assignment]
        for path in ("/", "/en/zzz", "/healthz", "/en/talk?x=1"):
            client.get(path)
            assert path not in press.sheets

    def test_memory_is_bounded(self) -> None:
        app = create_app(Settings())
        press: PageCache = app.wsgi_app  # type: ignore[assignment]
        press.most_bytes = 60_000
        client = app.test_client()
        for path in ("/en/", "/en/now", "/en/talk", "/en/rights", "/en/read", "/en/need"):
            assert client.get(path).status_code == 200
            assert press.kept_bytes <= 60_000 or len(press.sheets) == 1
            assert press.kept_bytes == sum(len(sheet.body) for sheets in press.sheets.values() for sheet in sheets.values())

    @pytest.mark.parametrize(
        ("header", "chosen"),
        [
            ("br", "br"),
            ("gzip, deflate, br, zstd", "br"),
            ("gzip", "gzip"),
            ("br;q=0, gzip", "gzip"),
            ("br;q=0.0", "identity"),
            ("", "identity"),
            ("zstd", "identity"),
            ("GZIP;q=0.5", "gzip"),
        ],
    )
    def test_the_best_encoding(self, header: str, chosen: str) -> None:
        assert _encoding(header.lower()) == chosen
