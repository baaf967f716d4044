"""One rule for every form: what Go's CrossOriginProtection lets in."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.test_request_limits import FORM

CASES = [
    ({"Sec-Fetch-Site": "same-origin"}, True), ({"Sec-Fetch-Site": "none"}, True),
    ({"Sec-Fetch-Site": "cross-site"}, False), ({"Sec-Fetch-Site": "same-site"}, False),
    ({"Sec-Fetch-Site": ""}, True), ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, False),
    ({"Origin": "http://localhost"}, True), ({"Origin": "https://localhost"}, True),
    ({"Origin": "https://evil.example"}, False), ({"Origin": "http://localhost.evil.example"}, False),
    ({"Origin": "http://localhost:81"}, False), ({"Origin": "null"}, False), ({"Origin": ""}, True),
    ({"Origin": "http://[evil"}, False), ({}, True),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "ours"), CASES)
def test_forget_and_the_card_maker_give_the_same_answer(
    client: FlaskClient, headers: dict[str, str], ours: bool
) -> None:
    assert client.post("/x", headers=headers).status_code == (303 if ours else 403)
    assert client.post("/en/cards/sheet", headers=headers, data=FORM).status_code == (200 if ours else 403)


def test_every_view_that_takes_a_post_asks_the_rule(app: Flask, client: FlaskClient) -> None:
    site = app.url_map.bind("localhost")
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert len(posts) >= 7
    for rule in posts:
        address = site.build(rule.endpoint, {"lang": "en"} if "lang" in rule.arguments else {}, method="POST")
        assert client.post(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403, address


def test_a_page_from_another_site_may_be_read(client: FlaskClient) -> None:
    assert (
        client.get("/en/talk", headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://search.example"}).status_code
        == 200
    )
