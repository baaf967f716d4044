"""Addresses, methods and errors: bad input gets a whole page or a clear refusal, never a 500, and never an echo."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from youthapp import create_app
from youthapp.settings import Settings


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
    [
        "/fr/",
        "/en/zzz",
        "/zzz",
        "/en/talk/zzz",
        "/en/%00",
        "/en/%ff%fe",
        "/" + "x" * 8000,
        "/en/../etc/passwd",
        "/en/<script>",
        "/static/zzz/js/exit.js",
        "/.env",
        "/%2e%2e/",
    ],
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


def test_an_exception_is_a_whole_page_and_a_log_line_without_a_path(capfd: pytest.CaptureFixture[str]) -> None:
    app = create_app(Settings())

    @app.get("/en/private-thing")
    def broken() -> str:
        secret = "what she reads"
        raise RuntimeError(secret)

    answer = app.test_client().get("/en/private-thing", headers={"User-Agent": "her phone"})
    assert answer.status_code == 500
    assert b"data-exit" in answer.data
    assert b"tel:988" in answer.data
    logged = capfd.readouterr()
    assert re.fullmatch(r"error 500: RuntimeError at test_answers\.py:\d+\n", logged.err)
    assert logged.out == ""


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
