"""What a request may be: what could hold a worker up, or break it outside of Flask, is refused before anything reads
it."""

import io
import threading
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from youthapp import create_app
from youthapp.settings import Settings
from youthapp.web import errors, request_limits
from youthapp.web.request_limits import FORMS_AT_ONCE, MOST_BODY_BYTES, RequestLimits

OURS = {"Sec-Fetch-Site": "same-origin"}
FORM = {
    "page": "home",
    "language": "both",
    "format": "card",
    "face": "words",
    "words": "use",
    "number": "",
    "note": "",
    "pages": "1",
}


class Unreadable(io.BytesIO):
    """A body that fails the test when it is read."""

    def read(self, *_: Any) -> bytes:
        raise AssertionError("the body was read")

    readline = readinto = read1 = read  # type: ignore[assignment]


@pytest.mark.parametrize(
    "host",
    [
        "a" * 64, "a" * 64 + ".example", "a." * 130 + "example", "evil..example", ".example", "ev il.example",
        "evil.example/en/secret", "<b>evil</b>", "evil.example:99999999",
        "evil.example:port", "user@evil.example", "\xe9vil.example", "[::1", "[zzz]", "-evil.example", "evil,example",
        "evil.example\x00",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/en/talk", "/en/zzz", "/"])
def test_a_host_that_is_no_host_name_is_refused_with_a_page_of_ours(
    client: FlaskClient, host: str, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = client.get(path, environ_overrides={"HTTP_HOST": host})
    assert answer.status_code == 400
    assert "data-exit" in answer.text
    assert "evil" not in answer.text
    assert answer.headers["Content-Security-Policy"] == client.get("/en/talk").headers["Content-Security-Policy"]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "127.0.0.1:8000",
        "[::1]:8000",
        "my_app:8000",
        "porch.example.",
        "a-b.c1.example",
        "x" * 56 + ".onion",
        "",
    ],
)
def test_a_host_name_is_taken(client: FlaskClient, host: str) -> None:
    assert client.get("/", environ_overrides={"HTTP_HOST": host}).status_code == 302


@pytest.mark.parametrize(
    ("wanted", "to"),
    [
        ("es,en;q=0.5", "/es/"),
        ("es," + "x," * 27_000, "/es/"),
        ("x," * 27_000 + "es", "/en/"),
        ("x" * 27_000 + ",es", "/en/"),
    ],
)
def test_only_the_start_of_a_long_list_of_languages_is_read(client: FlaskClient, wanted: str, to: str) -> None:
    assert client.get("/", headers={"Accept-Language": wanted}).location == to


@pytest.mark.parametrize("path", ["/x", "/en/talk", "/en/zzz", "/healthz", "/en/cards"])
@pytest.mark.parametrize("chunked", [True, False])
def test_a_body_is_not_read_where_no_form_is(client: FlaskClient, path: str, chunked: bool) -> None:
    sent: dict[str, Any] = (
        {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True} if chunked else {"CONTENT_LENGTH": "20"}
    )
    answer = client.post(path, headers=OURS, environ_overrides={**sent, "wsgi.input": Unreadable()})
    assert answer.status_code == {"/x": 413, "/en/zzz": 405}.get(path, 405)
    assert "Clear-Site-Data" not in answer.headers
    assert "data-exit" in answer.text


@pytest.mark.parametrize("chunked", [True, False])
def test_a_form_is_small(client: FlaskClient, chunked: bool) -> None:
    body = b"note=" + b"x" * MOST_BODY_BYTES
    sent: dict[str, Any] = (
        {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True, "CONTENT_LENGTH": ""} if chunked else {}
    )
    answer = client.post(
        "/en/cards/sheet",
        data=body,
        content_type="application/x-www-form-urlencoded",
        headers=OURS,
        environ_overrides=sent,
    )
    # A body that says its length is refused by it; of one in chunks Werkzeug reads as much as the limit, and the form
    # refuses that.
    assert answer.status_code == (422 if chunked else 413)
    assert len(answer.text) < 60_000
    assert answer.text.count("x" * 201) == 0


def test_the_last_free_thread_takes_no_form_and_goes_on_serving_readers() -> None:
    app = create_app(Settings())
    reading, go_on = threading.Semaphore(0), threading.Event()

    class Slow(io.BytesIO):
        def read(self, *_: Any) -> bytes:
            reading.release()
            assert go_on.wait(60)
            return b""

        readinto = readline = read  # type: ignore[assignment]

    def send(body: io.BytesIO) -> Any:
        sent = {"CONTENT_LENGTH": "500", "wsgi.input": body}
        return app.test_client().post(
            "/en/cards/sheet", content_type="application/x-www-form-urlencoded", headers=OURS, environ_overrides=sent
        )

    senders = [threading.Thread(target=send, args=(Slow(),)) for _ in range(FORMS_AT_ONCE)]
    try:
        for sender in senders:
            sender.start()
        for _ in senders:
            assert reading.acquire(timeout=60)
        refused = send(Unreadable())
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, str(errors.RETRY_SECONDS))
        assert "data-exit" in refused.text
        assert app.test_client().get("/en/talk").status_code == 200
        assert app.test_client().post("/x", headers=OURS).status_code == 303, (
            "forgetting has no body, so it needs no free place"
        )
    finally:
        go_on.set()
        for sender in senders:
            sender.join(60)
    assert app.test_client().post("/en/cards/sheet", data=FORM, headers=OURS).status_code == 200, (
        "the places are given back"
    )


def limits_of(app: Flask) -> RequestLimits:
    limits = app.wsgi_app
    assert isinstance(limits, RequestLimits)
    return limits


def test_what_fails_outside_of_flask_is_a_short_page_and_one_line_in_the_log(capfd: pytest.CaptureFixture[str]) -> None:
    app = create_app(Settings())

    def broken(*_: Any) -> Any:
        raise OSError(36, "File name too long", "/en/what-she-reads")

    limits_of(app).app = broken
    answer = app.test_client().get("/en/what-she-reads")
    assert answer.status_code == 500
    assert 'data-exit href="https://en.wikipedia.org' in answer.text
    assert "tel:988" in answer.text
    usual = app.test_client().get("/en/what-she-reads", environ_overrides={"HTTP_HOST": "bad host"}).headers
    assert {name: value for name, value in usual.items() if name not in ("Content-Length", "Vary")}.items() <= dict(
        answer.headers
    ).items()
    logged = capfd.readouterr()
    assert logged.out == ""
    assert logged.err.count("\n") == 1
    assert logged.err.startswith("error 500: OSError at test_request_limits.py:")
    assert "what-she-reads" not in logged.err


def test_an_error_page_that_fails_itself_still_tells_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    app = create_app(Settings())

    def broken(*_: object, **__: object) -> str:
        raise RuntimeError("/en/what-she-reads")

    monkeypatch.setattr(errors, "render_template", broken)
    answer = app.test_client().get("/en/zzz")
    assert answer.status_code == 500
    assert "data-exit" in answer.text
    logged = capfd.readouterr()
    assert "Traceback" not in logged.err
    assert "what-she-reads" not in logged.err + logged.out
    assert "zzz" not in logged.err + logged.out


def test_places_for_forms_leave_a_thread_free() -> None:
    assert 1 <= FORMS_AT_ONCE < request_limits.THREADS
