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
        "PORCHLIGHT_NAME": "Notes", "PORCHLIGHT_ADDRESS": "https://example.org/",
        "PORCHLIGHT_EXIT_ES": "https://es.example.com/clima",
        "PORCHLIGHT_COUNTY": "los-angeles", "PORCHLIGHT_CONTACT": "help@example.org", "PORCHLIGHT_TODAY": "2026-11-23",
    })  # fmt: skip
    assert (settings.name, settings.address, settings.https) == ("Notes", "https://example.org", True)
    assert settings.exits["es"] == "https://es.example.com/clima"
    assert settings.exits["en"].startswith("https://")
    assert settings.today == date(2026, 11, 23)


def test_a_county_without_a_line_is_refused() -> None:
    with pytest.raises(SettingsError, match="los-angeles"):
        create_app(Settings(county="atlantis"))


def test_the_county_line_stands_behind_the_home_door() -> None:
    client = create_app(Settings(county="sacramento")).test_client()
    library = client.application.extensions["library"]
    page = client.get(f"/en/{library.get('talk-home').code}").get_data(as_text=True)
    assert f"tel:{library.get('cps-sacramento').call.number}" in page
