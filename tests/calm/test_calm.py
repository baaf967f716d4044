"""Calm: works without script, keeps nothing, and says what is more than panic."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from tests.conftest import PHONE, Server


@pytest.mark.parametrize("language", ["en", "es"])
def test_five_things_a_lamp_and_the_signs_that_are_more_than_panic(
    language: str, client: FlaskClient, app: Flask
) -> None:
    page = client.get(f"/{language}/calm").text
    assert page.count("data-calm") == 1
    assert [int(found) for found in re.findall(r"<summary>(\d) ", page)] == [5, 4, 3, 2, 1]
    assert page.count("<li>") >= len(app.extensions["library"].get("grounding").go_now)
    assert "<form" not in page.partition("<main")[2].partition("</main>")[0]


def test_without_script_the_things_unfold_and_with_less_movement_the_counts_are_read(
    chromium: Browser, server: Server
) -> None:
    context = chromium.new_context(**PHONE, base_url=server.url, java_script_enabled=False, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/en/calm")
    assert page.get_by_text("In: one, two, three").evaluate("words => getComputedStyle(words).opacity") == "1"
    assert page.get_by_text("Breathe in", exact=True).is_hidden()
    page.get_by_text("5 things you see").click()
    assert page.get_by_text("Take your time").first.is_visible()
    context.close()
