"""The health check: it says that home can be rendered, not only that somebody answers."""

from typing import Any

import pytest

from youthapp import create_app
from youthapp.settings import Settings
from youthapp.web import responses, ways


def test_it_renders_home_and_says_ok_in_plain_text(capfd: pytest.CaptureFixture[str]) -> None:
    app = create_app(Settings())
    rendered: list[str] = []
    original = ways.ways_of

    def noted(*given: Any, **named: Any) -> Any:
        rendered.append("ways")
        return original(*given, **named)

    app.jinja_env.globals["ways_of"] = noted
    client = app.test_client()
    for done in (1, 2):
        rendered.clear()
        answer = client.get("/healthz", headers={"Accept-Language": "es"})
        assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok\n", "text/plain")
        assert rendered, f"home was rendered, time {done}"
        client.get("/en/")  # a page in the cache proves nothing about this moment
    assert capfd.readouterr() == ("", "")


def test_it_says_503_when_home_does_not_render(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    app = create_app(Settings())
    client = app.test_client()
    assert client.get("/en/").status_code == client.get("/healthz").status_code == 200

    def broken(*_: object, **__: object) -> str:
        raise RuntimeError("marker")

    monkeypatch.setattr(responses, "render_template", broken)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text, answer.mimetype) == (503, "home does not render\n", "text/plain")
    assert answer.headers["Cache-Control"] == "no-store"
    # The one clue for whoever runs the server, as for any page that fails: type and line.
    logged = capfd.readouterr()
    assert logged.out == ""
    assert logged.err.startswith("error 500: RuntimeError at test_health.py:")
    assert "marker" not in logged.err
    monkeypatch.undo()
    assert client.get("/healthz").status_code == 200
