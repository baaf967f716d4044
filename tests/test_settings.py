"""A wrong setting is refused at start, with a sentence that says what to write."""

from datetime import date

import pytest

from youthapp import create_app
from youthapp.settings import Settings, SettingsError


def test_defaults_need_nothing() -> None:
    settings = Settings.from_environment({"PATH": "/bin"})
    assert settings.name == "Porchlight"
    assert set(settings.exits) == {"en", "es"}
    assert not settings.https


def test_every_setting_can_be_chosen() -> None:
    settings = Settings.from_environment({
        "PORCHLIGHT_NAME": "Notes", "PORCHLIGHT_ADDRESS": "https://example.org/", "PORCHLIGHT_EXIT_ES": "https://es.example.com/clima",
        "PORCHLIGHT_COUNTY": "los-angeles", "PORCHLIGHT_CONTACT": "help@example.org", "PORCHLIGHT_TODAY": "2026-11-23",
    })  # fmt: skip
    assert (settings.name, settings.address, settings.https) == ("Notes", "https://example.org", True)
    assert settings.exits["es"] == "https://es.example.com/clima"
    assert settings.exits["en"].startswith("https://")
    assert settings.today == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("NAME", "", "1 to 24 plain characters"),
        ("NAME", "<script>", "1 to 24 plain characters"),
        ("NAME", "x" * 500, "1 to 24 plain characters"),
        ("ADDRESS", "example.org", "Write a whole address"),
        ("ADDRESS", "ftp://example.org", "Write a whole address"),
        ("ADDRESS", "https://example.org/app?x=1", "Write a whole address"),
        ("ADDRESS", "https://user@example.org", "Write a whole address"),
        ("ADDRESS", "http://[", "Write a whole address"),
        ("EXIT_EN", "http://example.org", "starts with https://"),
        ("EXIT_ES", "javascript:alert(1)", "starts with https://"),
        ("COUNTY", "Los Angeles", "small letters with hyphens"),
        ("CONTACT", "call me", "an e-mail address"),
        ("TODAY", "tomorrow", "Write a day"),
        ("COLOUR", "red", "is not a setting"),
    ],
)
def test_a_wrong_value_is_refused_in_words(name: str, value: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as error:
        Settings.from_environment({f"PORCHLIGHT_{name}": value})
    assert f"PORCHLIGHT_{name}" in str(error.value)


def test_a_county_without_a_line_is_refused() -> None:
    with pytest.raises(SettingsError, match="los-angeles"):
        create_app(Settings(county="atlantis"))


def test_the_county_line_stands_behind_the_home_door() -> None:
    client = create_app(Settings(county="sacramento")).test_client()
    library = client.application.extensions["library"]
    page = client.get(f"/en/{library.get('talk-home').code}").get_data(as_text=True)
    assert library.get("cps-sacramento").call.shown in page
