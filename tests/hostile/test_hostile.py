"""Hostile input, as much as the suite has time for. `python -m tests.hostile` sends more, and slow senders and idle
connections."""

import io
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import start_server
from tests.hostile.requests import HEADERS, MARKER, METHODS, Hostile, hostile, routes
from tests.hostile.send import faults_of, send_all

pytestmark = pytest.mark.xdist_group("hostile")

LIVE = 300
"""Requests to the live server, one after the other."""


def test_a_live_server_takes_hostile_requests_without_a_failure_or_a_line_in_its_log(
    app: Flask, tmp_path: Path
) -> None:
    server = start_server(tmp_path / "log")
    try:
        report = send_all(urlsplit(server.url).port or 0, islice(hostile(app, 20261128, heavy=False), LIVE))
        said = server.said()
    finally:
        server.process.terminate()
        server.process.wait(60)
    assert report.faults == []
    assert said == ""
    # Nobody waits for an answer any more: that a busy machine takes long to stop is no failure of a request.
    assert all(line.startswith("[WARNING] Killing worker-") for line in server.said().splitlines())
    assert sum(report.statuses.values()) == LIVE
    # Nobody else sends: no form may find a worker busy. And what was sent reached pages, refusals and redirects.
    assert not report.statuses[503]
    assert {200, 301, 400, 404, 405, 413} <= set(report.statuses)


def called(app: Flask, environ: dict[str, Any]) -> bytes:
    """Return the whole answer of the app to an environ as it would stand on the wire."""
    said: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], _error: object = None) -> Any:
        said.extend([status, headers])

    chunks = app.wsgi_app(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    head = "\r\n".join([f"HTTP/1.1 {said[0]}", *(f"{name}: {value}" for name, value in said[1])])
    return head.encode("latin-1") + b"\r\n\r\n" + body


LATIN = st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=60)
PATHS = st.one_of(st.text(st.characters(codec="utf-8"), max_size=60).map(lambda text: f"/{text}"), st.just(""))


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    method=st.sampled_from(METHODS),
    path=PATHS,
    query=LATIN,
    body=st.binary(max_size=300),
    headers=st.dictionaries(st.sampled_from([name for name, _ in HEADERS]), LATIN, max_size=4),
)
def test_any_path_query_header_and_body_gets_an_answer_that_fails_and_tells_nothing(
    app: Flask, method: str, path: str, query: str, body: bytes, headers: dict[str, str]
) -> None:
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query, "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost", "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(), "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        "CONTENT_LENGTH": str(len(body)) if body else "",
    }  # fmt: skip
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
    answer = called(app, environ)
    assert faults_of(Hostile(method, path, (), body), answer) == []
    assert b"content-security-policy: " in answer.lower().partition(b"\r\n\r\n")[0]
    assert environ["wsgi.errors"].getvalue() == ""


def test_the_requests_reach_every_rule_of_the_app(app: Flask) -> None:
    """A new slice is in the crawl without a line here."""
    adapter = app.url_map.bind("localhost")
    reached = {adapter.match(path, method=method)[0] for path in routes(app) for method in ("GET", "POST")
               if adapter.test(path, method=method)}  # fmt: skip
    assert {rule.endpoint for rule in app.url_map.iter_rules()} - reached == set()


ASKED = Hostile("GET", f"/en/{MARKER}", (), b"")


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (b"HTTP/1.1 500 X\r\n\r\n", "status 500"),
        (b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\n\r\n", "a cookie"),
        (b"HTTP/1.1 404 X\r\n\r\n<p>" + MARKER.encode(), "what was asked is repeated"),
        (b"HTTP/1.1 302 X\r\nLocation: https://evil.example/\r\n\r\n", "a redirect to another site"),
        (b"nonsense", "no HTTP answer"),
    ],
)
def test_the_search_for_faults_bites(answer: bytes, fault: str) -> None:
    assert fault in faults_of(ASKED, answer)
