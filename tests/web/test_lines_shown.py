"""What a page says about a line: the hours of the phone, how sure we are, and which way to try first."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from youthapp.web.templating import hours_data, is_sure, main_channel


def part_of(page: str, code: str) -> str:
    """Return the card of a line on the list of all lines."""
    return page.split(f'id="l-{code}"')[1].split("</article>")[0]


def hours(html: str) -> list[dict[str, object]]:
    """Return what the phone's clock is given, in the order of the page."""
    return [json.loads(found.replace("&#34;", '"')) for found in re.findall(r"data-hours=\"([^\"]+)\"", html)]


@pytest.fixture(name="everyone")
def _everyone(client: FlaskClient) -> str:
    """Return the page of all lines, with each line's card."""
    return client.get("/en/talk/all").get_data(as_text=True)


@pytest.mark.parametrize("line", ["ofco", "repro-legal"])
def test_a_web_form_does_not_open_a_phone_at_night(line: str, client: FlaskClient, app: Flask) -> None:
    record = app.extensions["library"].get(line)
    assert main_channel(record) is record.call
    page = client.get(f"/en/{record.code}").get_data(as_text=True)
    assert not hours(page)[0]["always"]
    assert "This one is open any time" in page or "is open any time" in page


def test_a_line_that_we_are_less_sure_of_says_so_and_never_shows_as_open_now(client: FlaskClient, app: Flask) -> None:
    library = app.extensions["library"]
    for line, sure in (("cycl", False), ("stronghearts", True)):
        record = library.get(line)
        assert is_sure(record) is sure
        page = client.get(f"/en/{record.code}").get_data(as_text=True)
        assert ("We found this in few places" in page) is not sure
        assert ("Listed as open day and night" in page) is not sure
        assert hours(page)[0]["always"] is sure
    assert json.loads(hours_data(library.get("cycl").call, sure=False))["open"] == []


def test_a_text_number_that_pages_dispute_comes_after_the_call_and_the_chat(client: FlaskClient, app: Flask) -> None:
    page = client.get(f"/en/{app.extensions['library'].get('nrs').code}").get_data(as_text=True)
    call, chat, text, note = (
        page.index(found) for found in ('href="tel:', "1800runaway.org", 'href="sms:', "agree on this text number")
    )
    assert call < chat < text < note
    call_hours, text_hours, _chat_hours = hours(page)
    assert call_hours["always"]
    assert not text_hours["always"]


def test_a_reason_says_its_first_answer_above_its_lines(client: FlaskClient, app: Flask) -> None:
    reason = app.extensions["library"].get("talk-law")
    page = client.get(f"/en/{reason.code}").get_data(as_text=True)
    assert page.index("public defender") < page.index('class="ways"')
