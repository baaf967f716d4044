"""Every rule of the house on every page in every language; and every rule on its own bad page."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.house.rules import RULES, House, Rule, Seen
from tests.pages import LANGUAGES, WHOLE_PAGE_SIZE, all_paths, error_paths, handed_paths
from youthapp.web.security_headers import security_headers
from youthapp.web.static_files import styles

SEEN: dict[str, list[Seen]] = {}


def seen(app: Flask, language: str) -> list[Seen]:
    if language not in SEEN:
        client = app.test_client()
        pages = []
        alike = handed_paths(app, language)[::40]  # several hundred pages that differ by a code: some stand for all
        for method, path, status in [("GET", path, 200) for path in all_paths(app, language) + alike] + error_paths(
            language
        ):
            answer = client.open(path, method=method, headers={"Accept-Language": language})
            assert answer.status_code == status, (path, answer.status_code)
            pages.append(Seen(path, answer.get_data(as_text=True), language, status, dict(answer.headers)))
        SEEN[language] = pages
    return SEEN[language]


@pytest.fixture(scope="module")
def house(app: Flask) -> House:
    addresses = {path for language in LANGUAGES for path in all_paths(app, language) + handed_paths(app, language)}
    return House(app.extensions["library"], app.config["SETTINGS"], frozenset(addresses))


@pytest.mark.parametrize(
    "language", [pytest.param(code, marks=pytest.mark.xdist_group(f"house-{code}")) for code in LANGUAGES]
)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_page_keeps(rule: Rule, language: str, app: Flask, house: House) -> None:
    broken = [f"{page.path[:60]}: {problem}" for page in seen(app, language) for problem in rule.look(page, house)]
    assert not broken, "\n".join(broken[:20])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_bites(rule: Rule, house: House) -> None:
    assert list(rule.look(Seen("/en/x", rule.bad, "en", rule.status), house))


@pytest.mark.parametrize(
    "language", [pytest.param(code, marks=pytest.mark.xdist_group(f"house-{code}")) for code in LANGUAGES]
)
def test_every_answer_wears_exactly_our_headers(language: str, app: Flask) -> None:
    wanted = security_headers(app.config["SETTINGS"], styles().values())
    for page in seen(app, language):
        assert {name: page.headers.get(name) for name in wanted} == wanted, page.path
        assert page.headers["Cache-Control"] == "no-store", page.path
        assert "Set-Cookie" not in page.headers, page.path
        assert page.headers["Content-Type"] == "text/html; charset=utf-8", page.path
        assert len(page.html) > WHOLE_PAGE_SIZE, page.path
        allowed = {
            *wanted,
            "Cache-Control",
            "CDN-Cache-Control",
            "Content-Type",
            "Content-Length",
            "Vary",
            "ETag",
            "Allow",
        }
        assert set(page.headers) <= allowed, set(page.headers) - allowed


def test_the_policy_starts_from_nothing(client: FlaskClient) -> None:
    policy = dict(part.split(" ", 1) for part in client.get("/en/").headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    a_hash_each = rf"'self'(?: 'sha256-[A-Za-z0-9+/=]{{44}}'){{{len(styles())}}}"
    assert re.fullmatch(a_hash_each, policy["style-src"])
    for name in ("object-src", "base-uri", "frame-ancestors"):
        assert policy[name] == "'none'"
    assert not any(
        word in value for value in policy.values() for word in ("unsafe", "*", "http:", "https:", "data:", "blob:")
    )


def test_hsts_only_where_the_address_is_https() -> None:
    from youthapp.settings import Settings

    assert "Strict-Transport-Security" not in security_headers(Settings(), [])
    # For the app's own name only: an organisation's other names, and browsers' built-in lists, are not ours to decide
    # on.
    assert (
        security_headers(Settings(address="https://example.org"), [])["Strict-Transport-Security"] == "max-age=63072000"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_is_three_taps_from_home(language: str, app: Flask) -> None:
    client = app.test_client()
    near, edge = {f"/{language}/"}, {f"/{language}/"}
    for _tap in range(3):
        found = {
            href.partition("#")[0]
            for path in edge
            for href in re.findall(rf'href="(/{language}/[^"]*)"', client.get(path).text)
        }
        edge = found - near
        near |= found
    library = app.extensions["library"]
    youth = {"tips", "now", "rights", "limits", "needs", "lines", "reasons", "shelves", "plan", "moments", "meeting"}
    far = [
        key
        for key, record in library.records.items()
        if library.kinds[key] in youth and library.shown(record) and f"/{language}/{record.code}" not in near
    ]
    # A step and a piece are read on the plan's and the meeting's own pages, a limit on the phone page; their codes are
    # for cards on paper.
    far = [key for key in far if library.kinds[key] not in ("plan", "meeting", "limits")]
    assert not far
