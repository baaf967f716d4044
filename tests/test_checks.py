"""Checks that need no browser, and the two tables that must stay true: tests/CHECKS.md and tests/mutants.py."""

import ast
import json
import re
import threading
import urllib.error
import urllib.request
from collections import Counter
from html import unescape

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from tests import pins
from tests.conftest import ROOT, Server
from tests.mutants import MUTANTS
from tests.pages import all_paths
from youthapp import create_app
from youthapp.settings import Settings

pytestmark = pytest.mark.xdist_group("checks")

CHECKS = ROOT / "tests" / "CHECKS.md"
NUMBERS = [*(f"T{number:02d}" for number in range(1, 51)), "T21b", "T28b", "T28c"]

EVERYWHERE = (
    "/",
    "/en/",
    "/es/talk",
    "/en/zzz",
    "/en/talk?x=1",
    "/quiet",
    "/x",
    "/release",
    "/sw.js",
    "/healthz",
    "/robots.txt",
    "/.well-known/security.txt",
)
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
    "default-src": "'none'", "script-src": "'self'", "img-src": "'self'", "connect-src": "'self'",
    "manifest-src": "'self'", "worker-src": "'self'", "form-action": "'self'",
    "base-uri": "'none'", "object-src": "'none'", "frame-ancestors": "'none'",
}  # fmt: skip


@pytest.mark.parametrize("path", EVERYWHERE)
def test_t04_the_headers_have_these_values(path: str, client: FlaskClient) -> None:
    told = client.get(path).headers
    assert {name: told.get(name) for name in VALUES} == VALUES
    assert set(REFUSED) <= {
        part.removesuffix("=()") for part in told["Permissions-Policy"].split(", ") if part.endswith("=()")
    }
    assert "=(" not in told["Permissions-Policy"].replace("=()", ""), "no feature is allowed to anybody"


@pytest.mark.parametrize("path", EVERYWHERE)
def test_t03_the_policy_has_these_values(path: str, client: FlaskClient) -> None:
    policy = dict(part.split(" ", 1) for part in client.get(path).headers["Content-Security-Policy"].split("; "))
    style = policy.pop("style-src")
    assert policy == POLICY
    assert re.fullmatch(r"'self'(?: 'sha256-[A-Za-z0-9+/=]{44}')+", style)


def test_t03_a_file_has_a_short_policy_and_every_other_header_but_that_of_features(
    app: Flask, client: FlaskClient
) -> None:
    files = f"/static/{app.config['RELEASE']}"
    for path in ("js/exit.js", "icons/icon.svg", "index-en.json"):
        answer = client.get(f"{files}/{path}")
        assert answer.status_code == 200
        assert {name: answer.headers.get(name) for name in VALUES} == VALUES
        policy = answer.headers["Content-Security-Policy"]
        assert policy == "default-src 'none'; script-src 'self'; frame-ancestors 'none'"
        assert "Permissions-Policy" not in answer.headers
    missing = client.get(f"{files}/nothing.js").headers
    assert "style-src" in missing["Content-Security-Policy"], "an error under /static/ is a page, with a page's policy"
    assert "Permissions-Policy" in missing


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
            answer = client.get(
                f"{path}?{name}=//evil.example/",
                headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
            )
            assert "evil.example" not in answer.headers.get("Location", "")
            assert b"evil.example" not in answer.data


def test_t43_a_flood_of_forms_stores_nothing_and_harms_nobody(server: Server) -> None:
    """There is no limit by sender, because it would have to remember senders. What stands instead: bodies are small,
    nothing is kept, readers get their pages."""
    told: Counter[int] = Counter()

    def send(path: str, times: int) -> None:
        for _ in range(times):
            request = urllib.request.Request(
                server.url + path,
                data=b"f1=zebra-marker" * 20,
                method="POST",
                headers={"Sec-Fetch-Site": "same-origin"},
            )
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    told[answer.status] += 1
            except urllib.error.HTTPError as error:
                told[error.code] += 1

    def files() -> set[str]:
        return {
            path.as_posix()
            for folder in ("youthapp", "static")
            for path in (ROOT / folder).rglob("*")
            if "__pycache__" not in path.as_posix()
        }

    before = files()
    senders = [threading.Thread(target=send, args=(path, 100)) for path in ("/x", "/en/talk", "/x", "/en/plan")]
    for sender in senders:
        sender.start()
    with urllib.request.urlopen(server.url + "/en/talk", timeout=30) as page:
        assert page.status == 200
    for sender in senders:
        sender.join()
    assert sum(told.values()) == 400
    # 503: a worker's last free thread takes no body (youthapp/web/request_limits.py).
    assert {405, 413} <= set(told) <= {405, 413, 503}
    assert b"zebra" not in server.log.read_bytes()
    assert files() == before


def test_the_server_is_started_as_the_tests_start_it() -> None:
    """`make run` and start_server (conftest.py) call the one command that knows how the server is started
    (youthapp/serve.py)."""
    recipe = re.search(r"^run:.*\n(?:\t.*\n)+", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert recipe
    assert re.search(r"exec \$\(BIN\)/porchlight serve .*--workers", recipe[0])
    assert '"-m", "youthapp", "serve"' in " ".join((ROOT / "tests" / "conftest.py").read_text("utf-8").split())
    for file in ("Makefile", "tests/conftest.py", "tests/load.py", "tests/ask/serving.py"):
        assert 'granian",' not in (ROOT / file).read_text("utf-8"), file


def names_in(file: str) -> set[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def is_there(test: str) -> bool:
    """Whether a test exists, named by its file and function ("…::name", or "…::name[one-case]")."""
    file, _, name = test.partition("::")
    return (ROOT / file).is_file() and name.partition("[")[0] in names_in(file)


def test_every_mutant_can_be_made_and_has_its_test() -> None:
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 12
    assert {mutant.name: (ROOT / mutant.file).read_text("utf-8").count(mutant.old) for mutant in MUTANTS} == {
        mutant.name: 1 for mutant in MUTANTS
    }
    assert [mutant.test for mutant in MUTANTS if not is_there(mutant.test)] == []
    assert [mutant.name for mutant in MUTANTS if mutant.old == mutant.new] == []


def sentences(html: str, since: str = "", until: str = "") -> list[str]:
    """Return the sentences of a page's own part, headings and folds left out, between two of its headings."""
    text = html.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    if since:
        text = (
            text.partition(f"<h2>{since}</h2>")[2].partition(f"<h2>{until}</h2>")[0]
            if until
            else text.partition(f"<h2>{since}</h2>")[2]
        )
    text = re.sub(r"<details.*?</details>|<(h[1-6])\b.*?</\1>|<svg.*?</svg>", "\n", text, flags=re.DOTALL)
    text = unescape(re.sub(r"<[^>]+>", "\n", re.sub(r"</?(?:span|bdi|b|em)\b[^>]*>", "", text)))
    parts = [
        part.strip() for line in text.splitlines() for part in re.split(r"(?<=[.!?])(?<!\b[A-Z]\.) +", line.strip())
    ]
    return [part for part in parts if part]


def test_t49_every_promise_of_the_about_page_is_held_by_a_test(client: FlaskClient) -> None:
    page = client.get("/en/about").get_data(as_text=True)
    said = [*sentences(page, "What it keeps", "Who checked the facts"), *sentences(page, "Moving around")]
    checked = [
        sentence
        for sentence in sentences(page, "Who checked the facts", "Who has not checked yet")
        if "from " not in sentence and "against what" not in sentence
    ]
    assert sorted({*said, *checked}) == sorted(pins.ABOUT)


@pytest.mark.parametrize(("path", "wanted"), [("/en/phone", pins.PHONE), ("/en/forget", pins.FORGET_PAGE)])
def test_t49_every_sentence_there_is_a_promise_with_a_test_or_a_limit(
    path: str, wanted: dict[str, object], client: FlaskClient
) -> None:
    assert sorted(set(sentences(client.get(path).get_data(as_text=True)))) == sorted(wanted)


PRIVACY = re.compile(
    r"nothing (?:is|of)|this app\b|this (?:site|phone|browser)|\bsent\b|\bkept\b|cookie|browser|locked|"
    r"\berase[sd]?\b|\bforget\b|\bPIN\b|\bprivate tab|\bhistory\b|record of|never (?:see|send|keep|store)",
    re.IGNORECASE,
)
"""What a sentence about privacy has in it. Those of other kinds of pages (lines, cards) speak of other people's
services, and rest on facts."""


def privacy_sentences(app: Flask, client: FlaskClient) -> dict[str, str]:
    """Return sentence -> address of all that pages without a record, the limits' own pages and the plan's scripts say
    about privacy."""
    library = app.extensions["library"]
    kinds = {record.code: library.kinds[key] for key, record in library.records.items()}
    found: dict[str, str] = {}
    for path in all_paths(app, "en"):
        if "/cards" in path or kinds.get(path.rpartition("/")[2]) not in (None, "limits"):
            continue
        page = client.get(path).get_data(as_text=True)
        said = sentences(page) if "<main" in page else []
        if words := re.search(r'data-sentences="([^"]+/words-[^"]+)"', page):
            table = json.loads(client.get(words[1]).get_data(as_text=True)).values()
            said += [sentence for text in table for sentence in re.split(r"(?<=[.!?]) +", text)]
        found |= {sentence: path for sentence in said if sentence[-1:] in ".!?" and PRIVACY.search(sentence)}
    return found


def test_t49_every_sentence_about_privacy_on_any_page_is_pinned_or_marked(app: Flask, client: FlaskClient) -> None:
    """A new one needs a test that holds it, or is marked as a limit or as guidance, in tests/pins.py."""
    known = pins.ABOUT | pins.PHONE | pins.FORGET_PAGE | pins.ELSEWHERE
    found = privacy_sentences(app, client)
    assert len(found) > 60
    assert {sentence: path for sentence, path in found.items() if sentence not in known} == {}


def test_t49_each_pin_names_tests_that_are_there() -> None:
    pinned = [held for table in (pins.ABOUT, pins.PHONE, pins.FORGET_PAGE, pins.ELSEWHERE) for held in table.values()]
    tests = {test for held in pinned if not isinstance(held, str) for test in held}
    assert len(tests) > 10
    assert [test for test in tests if not is_there(test)] == []
    assert {held for held in pinned if isinstance(held, str)} == {pins.LIMIT, pins.WORDS}


def test_the_about_page_counts_who_has_checked(app: Flask, client: FlaskClient) -> None:
    """Found by pinning the page: it said that lines had been called, when none had."""
    rung = [record.id for record in app.extensions["library"].records.values() if record.checked.how == "rung"]
    page = client.get("/en/about").get_data(as_text=True)
    assert ("Nobody has called or texted the lines yet" in page) == (not rung)
    assert ("Some lines were also called" in page) == bool(rung)


def rows() -> dict[str, list[str]]:
    """Return the table of checks: number -> [what, Chromium, figure, Firefox, WebKitGTK, held by]."""
    found: dict[str, list[str]] = {}
    for line in CHECKS.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if re.fullmatch(r"T\d\d[bc]?", cells[0]):
            assert cells[0] not in found, cells[0]
            found[cells[0]] = cells[1:]
    return found


def test_the_table_of_checks_has_every_number_once() -> None:
    assert sorted(rows()) == sorted(NUMBERS)
    assert all(len(cells) == 6 for cells in rows().values())


FOUND = [*(f"F{number:02d}" for number in range(1, 12)), *(f"F12{letter}" for letter in "abcdefghij"), "F13"]


def test_all_that_the_red_team_found_is_in_the_table_with_its_test_and_its_mutant() -> None:
    lines = [line.strip().strip("|").split(" | ") for line in CHECKS.read_text("utf-8").splitlines()]
    found = {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in lines if cells[0].strip() in FOUND}
    mutants = {mutant.name: mutant.test for mutant in MUTANTS}
    assert list(found) == FOUND
    for number, (_what, state, _now, held, made) in found.items():
        tests = re.findall(r"`(tests/[\w/]+\.py::test_\w+)`", held)
        assert [test for test in tests if not is_there(test)] == [], number
        names = [] if made == "-" else made.split(", ")
        # Each mutant of a row is caught by one of the row's own tests.
        assert {mutants[name].partition("[")[0] for name in names} <= set(tests), number
        assert state == "told" or (tests and names), number


def test_how_long_a_phone_keeps_a_list_is_said_alike(client: FlaskClient) -> None:
    """A list that is not opened for seven days may go (Safari; limit-saved). Two pages said weeks, one said a week."""
    page = client.get("/en/plan/pin").get_data(as_text=True)
    sentences = re.search(r'data-sentences="([^"]+)"', client.get("/en/plan").get_data(as_text=True))
    assert sentences
    words = json.loads(client.get(sentences[1]).get_data(as_text=True))
    limit = client.get("/en/kpx").get_data(as_text=True)
    for text in (page, words["may-go"], limit):
        assert "a week" in text
        assert "weeks" not in text


def test_every_test_in_the_table_is_there_and_a_pass_has_one() -> None:
    gone, bare = [], []
    for number, (_what, chromium, _figure, _firefox, _webkit, held) in rows().items():
        tests = re.findall(r"`(tests/[\w/]+\.py::test_\w+)`", held)
        gone += [(number, test) for test in tests if not is_there(test)]
        assert chromium in ("pass", "fail", "not run", "by hand: pass", "not as written"), (number, chromium)
        if chromium == "pass" and not tests:
            bare.append(number)
    assert gone == []
    assert bare == []
