"""Checks that need no browser, and the two tables that must stay true: tests/CHECKS.md and tests/mutants.py."""

import ast
import re
import threading
import urllib.error
import urllib.request
from collections import Counter

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from tests.conftest import ROOT, Server
from tests.mutants import MUTANTS
from youthapp import create_app
from youthapp.settings import Settings

pytestmark = pytest.mark.xdist_group("checks")

CHECKS = ROOT / "tests" / "CHECKS.md"
NUMBERS = [*(f"T{number:02d}" for number in range(1, 51)), "T21b", "T28b", "T28c"]

EVERYWHERE = ("/", "/en/", "/es/talk", "/en/zzz", "/en/talk?x=1", "/quiet", "/x", "/release", "/sw.js", "/healthz", "/robots.txt", "/.well-known/security.txt")
"""A page, a piece, a redirect, an error, a script, a text: one of each kind of answer."""

# Written out here on purpose, not taken from the code that sends them.
VALUES = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-DNS-Prefetch-Control": "off",
}
REFUSED = (
    "camera",
    "microphone",
    "geolocation",
    "payment",
    "usb",
    "serial",
    "hid",
    "midi",
    "gyroscope",
    "accelerometer",
    "idle-detection",
    "screen-wake-lock",
    "browsing-topics",
    "display-capture",
)
POLICY = {
    "default-src": "'none'", "script-src": "'self'", "img-src": "'self'", "connect-src": "'self'", "manifest-src": "'self'", "worker-src": "'self'", "form-action": "'self'",
    "base-uri": "'none'", "object-src": "'none'", "frame-ancestors": "'none'",
}  # fmt: skip


@pytest.mark.parametrize("path", EVERYWHERE)
def test_t04_the_headers_have_these_values(path: str, client: FlaskClient) -> None:
    told = client.get(path).headers
    assert {name: told.get(name) for name in VALUES} == VALUES
    assert set(REFUSED) <= {part.removesuffix("=()") for part in told["Permissions-Policy"].split(", ") if part.endswith("=()")}
    assert "=(" not in told["Permissions-Policy"].replace("=()", ""), "no feature is allowed to anybody"


@pytest.mark.parametrize("path", EVERYWHERE)
def test_t03_the_policy_has_these_values(path: str, client: FlaskClient) -> None:
    policy = dict(part.split(" ", 1) for part in client.get(path).headers["Content-Security-Policy"].split("; "))
    style = policy.pop("style-src")
    assert policy == POLICY
    assert re.fullmatch(r"'self' 'sha256-[A-Za-z0-9+/=]{44}'", style)


@pytest.mark.parametrize("path", EVERYWHERE)
def test_t05_no_answer_sets_a_cookie(path: str, client: FlaskClient) -> None:
    for method in ("GET", "POST"):
        assert "Set-Cookie" not in client.open(path, method=method).headers


@pytest.mark.parametrize("path", EVERYWHERE)
def test_t06_no_answer_is_stored(path: str, client: FlaskClient) -> None:
    kept = client.get(path).headers["Cache-Control"]
    assert "no-store" in kept or path == "/sw.js"
    assert "max-age" not in kept.replace("max-age=0", "")


@pytest.mark.parametrize("code", [400, 403, 405, 413, 429, 500])
def test_t42_an_error_wears_the_headers_has_an_exit_and_tells_nothing(code: int) -> None:
    app: Flask = create_app(Settings())

    @app.get("/en/zebra-path")
    def broken() -> str:
        if code == 500:
            raise RuntimeError("zebra of a trace")
        abort(code)

    answer = app.test_client().get("/en/zebra-path", headers={"User-Agent": "zebra"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == code
    assert {name: answer.headers.get(name) for name in VALUES} == VALUES
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert "data-exit" in page
    assert "tel:988" in page
    assert "zebra" not in page
    assert "Traceback" not in page


def test_t12_no_address_in_a_query_is_followed(client: FlaskClient) -> None:
    for path in ("/", "/en/", "/en/talk", "/en/forget", "/x", "/quiet"):
        for name in ("next", "url", "return", "redirect"):
            answer = client.get(f"{path}?{name}=//evil.example/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"})
            assert "evil.example" not in answer.headers.get("Location", "")
            assert b"evil.example" not in answer.data


def test_t43_a_flood_of_forms_stores_nothing_and_harms_nobody(server: Server) -> None:
    """There is no limit by sender, because it would have to remember senders. What stands instead: bodies are small, nothing is kept, readers get their pages."""
    told: Counter[int] = Counter()

    def send(path: str, times: int) -> None:
        for _ in range(times):
            request = urllib.request.Request(server.url + path, data=b"f1=zebra-marker" * 20, method="POST", headers={"Sec-Fetch-Site": "same-origin"})
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    told[answer.status] += 1
            except urllib.error.HTTPError as error:
                told[error.code] += 1

    def files() -> set[str]:
        return {path.as_posix() for folder in ("youthapp", "static") for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.as_posix()}

    before = files()
    senders = [threading.Thread(target=send, args=(path, 100)) for path in ("/x", "/en/talk", "/x", "/en/plan")]
    for sender in senders:
        sender.start()
    with urllib.request.urlopen(server.url + "/en/talk", timeout=30) as page:
        assert page.status == 200
    for sender in senders:
        sender.join()
    assert sum(told.values()) == 400
    assert set(told) == {405, 413}
    assert b"zebra" not in server.log.read_bytes()
    assert files() == before


def test_the_server_is_started_as_the_tests_start_it() -> None:
    """What `make run` says to the server is what start_server (conftest.py) says: above all, no access log."""
    recipe = (ROOT / "Makefile").read_text("utf-8")
    told = re.search(r"exec \$\(BIN\)/granian(.*?)wsgi:app", recipe, re.DOTALL)
    here = re.search(r'"granian"(.*?)"wsgi:app"', (ROOT / "tests" / "conftest.py").read_text("utf-8"), re.DOTALL)
    assert told
    assert here
    ours, tests = set(re.findall(r"--[a-z-]+", told[1])), set(re.findall(r"--[a-z-]+", here[1]))
    assert ours == tests
    assert "--no-access-log" in ours


def names_in(file: str) -> set[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def is_there(test: str) -> bool:
    """Whether `tests/file.py::test_name` (or `…::test_name[one-case]`) exists."""
    file, _, name = test.partition("::")
    return (ROOT / file).is_file() and name.partition("[")[0] in names_in(file)


def test_every_mutant_can_be_made_and_has_its_test() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 12
    assert {mutant.name: (ROOT / mutant.file).read_text("utf-8").count(mutant.old) for mutant in MUTANTS} == {mutant.name: 1 for mutant in MUTANTS}
    assert [mutant.test for mutant in MUTANTS if not is_there(mutant.test)] == []
    assert [mutant.name for mutant in MUTANTS if mutant.old == mutant.new] == []
