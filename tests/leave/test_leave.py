"""The server's part of leaving: the blank page, and the request to forget that only our own pages may make."""

import pytest
from flask.testing import FlaskClient

from youthapp import create_app
from youthapp.i18n.languages import LANGUAGES, Language
from youthapp.settings import Settings

CLEAR = '"cache", "cookies", "storage"'


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}, {}]
)
def test_our_own_page_may_ask_to_forget(client: FlaskClient, headers: dict[str, str]) -> None:
    for address in ("/en/x", "/x"):  # the second is named by pages that were open before languages had their own
        answer = client.post(address, headers=headers)
        # 303: a POST that answers with a page stays in the browser's session file.
        assert (answer.status_code, answer.headers["Location"], answer.headers["Clear-Site-Data"]) == (
            303,
            "/en/x",
            CLEAR,
        )
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_t11_another_site_cannot_wipe_a_plan(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post("/en/x", headers=headers)
    assert answer.status_code == 403
    assert "Clear-Site-Data" not in answer.headers


def test_t11_forget_takes_no_words(client: FlaskClient) -> None:
    answer = client.post(
        "/en/x", data={"f1": "<script>zebra</script>" * 15000}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 413
    assert "zebra" not in answer.get_data(as_text=True)


def test_a_link_cannot_wipe_a_plan(client: FlaskClient) -> None:
    """A tapped link, a picture or a preview is a GET: it clears nothing, and goes on to the dull site without script
    too."""
    answer = client.get("/en/x")
    assert answer.status_code == 200
    assert "Clear-Site-Data" not in answer.headers
    assert '<meta http-equiv="refresh" content="0; url=https://en.wikipedia.org/wiki/Main_Page">' in answer.get_data(
        as_text=True
    )


@pytest.mark.parametrize("path", ["/en/quiet", "/en/x", "/quiet", "/x"])
def test_the_blank_page_has_no_word_of_ours(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert "<title>en.wikipedia.org</title>" in page
    assert "Porchlight" not in page.replace("PORCHLIGHT", "")
    assert 'data-exit href="https://en.wikipedia.org/wiki/Main_Page"' in page


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_exit_forget_and_the_blank_page_lead_to_the_languages_own_front_page(
    client: FlaskClient, language: Language
) -> None:
    home = client.get(f"/{language.tag}/").text
    assert home.count(f'data-exit href="{language.exit}" data-quiet="/{language.tag}/quiet"') == 2
    for path in (f"/{language.tag}/quiet", client.post(f"/{language.tag}/x").headers["Location"]):
        page = client.get(path).text
        assert f'data-exit href="{language.exit}"' in page
        assert f'<html lang="{language.tag}"' in page


def test_an_organisations_exit_is_the_blank_pages_too() -> None:
    own = create_app(Settings.from_environment({"PORCHLIGHT_EXIT_ES": "https://es.example.com/clima"})).test_client()
    assert 'href="https://es.example.com/clima"' in own.get("/es/quiet").text
    assert LANGUAGES[0].exit in own.get("/en/quiet").text


def test_forget_stands_on_every_page_and_works_without_script(client: FlaskClient) -> None:
    told = client.get("/es/forget").get_data(as_text=True)
    assert '<form method="post" action="/es/x"' in told
    assert "data-forget-sure" in told
    assert 'data-forget href="/es/forget"' in client.get("/es/talk").get_data(as_text=True)
    assert 'data-forget href="/en/forget"' in client.get("/en/nowhere").get_data(as_text=True)


def test_security_txt_names_the_organisation() -> None:
    own = (
        create_app(Settings(address="https://porch.example", contact="help@example.org"))
        .test_client()
        .get("/.well-known/security.txt")
    )
    assert own.mimetype == "text/plain"
    assert own.text.startswith("Contact: mailto:help@example.org\nExpires: 20")
    assert "Canonical: https://porch.example/.well-known/security.txt\n" in own.text


def test_security_txt_of_a_copy_without_a_contact_leads_to_the_about_page(client: FlaskClient) -> None:
    assert "Contact: http://127.0.0.1:8000/en/about\n" in client.get("/.well-known/security.txt").text


def test_every_limit_has_a_drawing_and_stands_on_the_page(client: FlaskClient) -> None:
    from youthapp.about.pictures import DRAWN

    library = client.application.extensions["library"]
    assert set(DRAWN) == {note.id for note in library.of_kind("limits")}
    assert client.get("/en/phone").text.count('<svg class="drawn"') == len(DRAWN)
