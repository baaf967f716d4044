"""Bring your own: one settings file and a folder of records, outside the code; a wrong one does not start, and says why."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from youthapp import create_app
from youthapp.cli import main
from youthapp.i18n.catalogues import LanguageError
from youthapp.library.library import CONTENT, Library, LibraryError
from youthapp.settings import Settings, SettingsError
from youthapp.web.release import release_of

SAMPLE = Path(__file__).parent / "organisation"


@pytest.fixture(scope="module")
def kitchen() -> FlaskClient:
    return create_app(Settings.from_environment({"PORCHLIGHT_FILE": str(SAMPLE / "settings.toml")})).test_client()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "organisation"))


def start(folder: Path, **more: str):
    return create_app(Settings.from_environment({"PORCHLIGHT_FILE": str(folder / "settings.toml"), **more}))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_its_name_footer_and_exit_stand_on_every_page(kitchen: FlaskClient):
    page = kitchen.get("/en/").text
    assert "<title>Night Kitchen</title>" in page
    assert "Run by Night Kitchen, a drop-in for young people." in page
    assert "Lo lleva Night Kitchen" in kitchen.get("/es/talk").text
    assert 'data-exit href="https://weather.example/"' in page
    assert "es.wikipedia.org" in kitchen.get("/es/").text, "what the file leaves out stays ours"


def test_its_own_line_stands_first_on_talk_and_its_places_below(kitchen: FlaskClient):
    for language, title, place in (("en", "Night Kitchen line", "12 Main Street, side door"), ("es", "Línea de Night Kitchen", "puerta de al lado")):
        page = kitchen.get(f"/{language}/talk").text
        assert 0 < page.index(title) < page.index("988")
        assert place in page


def test_its_records_are_pages_in_both_languages_with_their_own_codes(kitchen: FlaskClient):
    assert "Dinner at the kitchen" in kitchen.get("/en/xcm4").text
    assert "Cenar en la cocina" in kitchen.get("/es/xcm4").text
    assert kitchen.get("/XCM4").location == "/en/xcm4"
    assert "Alguien se duerme en la mesa" in kitchen.get("/es/cards/say").text
    assert "De nuestra propia práctica" in kitchen.get("/es/cards/say").text


def test_its_line_and_places_are_offered_by_the_card_maker(kitchen: FlaskClient):
    page = kitchen.get("/en/cards/maker").text
    assert "Night Kitchen line: 213-555-0123" in page
    assert 'value="Tue and Thu 6–10 pm, 12 Main Street, side door"' in page
    made = kitchen.post("/en/cards/print", data={"page": "xcm4", "number": "night-kitchen-line", "note": "Tue and Thu 6–10 pm"})
    assert "nightkitchen.example/XCM4" in made.text
    assert "213-555-0123" in made.text
    assert "https://nightkitchen.example/xcm4" in kitchen.get("/en/cards/link/xcm4").text


def test_ours_is_untouched_beside_it(kitchen: FlaskClient):
    ours = create_app(Settings()).test_client()
    assert "Night Kitchen" not in ours.get("/en/talk").text
    assert ours.get("/en/xcm4").status_code == 404
    assert kitchen.get("/en/9jc").status_code == 200


def test_its_own_records_pass_the_same_word_checks_and_a_bad_word_is_found(copy: Path):
    told = CliRunner().invoke(main, ["content", "check"], env={"PORCHLIGHT_FILE": str(copy / "settings.toml")})
    assert "kitchen" not in told.output
    change(copy / "records/tips/kitchen-dinner.toml", "Nobody asks why you came.", "You should tell us why you came.")
    told = CliRunner().invoke(main, ["content", "check"], env={"PORCHLIGHT_FILE": str(copy / "settings.toml")})
    assert "tips/kitchen-dinner [en]" in told.output


def test_another_word_of_its_own_is_another_release(copy: Path):
    before = release_of(Settings.from_environment({"PORCHLIGHT_FILE": str(copy / "settings.toml")}), "one digest")
    change(copy / "records/tips/kitchen-dinner.toml", "The side door has a ramp.", "The side door has a bell.")
    changed = release_of(Settings.from_environment({"PORCHLIGHT_FILE": str(copy / "settings.toml")}), "one digest")
    change(copy / "settings.toml", "a drop-in for young people", "a place for young people")
    assert len({before, changed, release_of(Settings.from_environment({"PORCHLIGHT_FILE": str(copy / "settings.toml")}), "one digest")}) == 3


def test_a_variable_wins_over_the_file(copy: Path):
    assert "<title>Notes</title>" in start(copy, PORCHLIGHT_NAME="Notes").test_client().get("/en/").text


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('name = "Night Kitchen"', 'nmae = "Night Kitchen"', '"nmae" is not a setting. The settings are: name, address'),
        ('name = "Night Kitchen"', 'name = "<b>"', "name is not a line of plain words"),
        ('name = "Night Kitchen"', "name = 7", "name is not a line of plain words"),
        ('name = "Night Kitchen"', "name = ", "is not TOML"),
        ('county = "los-angeles"', 'county = "Los Angeles"', "Write the county in small letters"),
        ("https://weather.example/", "http://weather.example/", "Write a whole address that starts with https://"),
        ('lines = ["night-kitchen-line"]', 'lines = ["no-such-line"]', 'lines names "no-such-line"'),
        ('lines = ["night-kitchen-line"]', 'lines = ["kitchen-dinner"]', 'lines names "kitchen-dinner"'),
        ('lines = ["night-kitchen-line"]', 'lines = "night-kitchen-line"', "lines is not a list of ids"),
        ('es = "Lo lleva', 'fr = "Lo lleva', "footer is not a table of en, es"),
        ('es = { name = "Centro', '# { name = "Centro', 'places.0 has no "es"'),
        ('where = "12 Main Street, side door", ', "", 'places.0.en has no "where"'),
        ('records = "records"', 'records = "elsewhere"', "The folder of own records is"),
    ],
)  # fmt: skip
def test_a_wrong_settings_file_does_not_start_and_says_what_to_write(copy: Path, old: str, new: str, told: str):
    change(copy / "settings.toml", old, new)
    with pytest.raises(SettingsError) as refused:
        start(copy)
    assert told in str(refused.value)


def test_a_settings_file_that_is_not_there_is_said():
    with pytest.raises(SettingsError, match="no file can be read there"):
        Settings.from_environment({"PORCHLIGHT_FILE": "/nowhere/settings.toml"})


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("tips/kitchen-dinner.toml", 'code = "xcm4"', 'code = "xcm"', "Yours have 4 characters, ours 3"),
        ("tips/kitchen-dinner.toml", 'code = "xcm4"', 'code = "x7nd"', "is already the code of"),
        ("tips/kitchen-dinner.toml", 'id = "kitchen-dinner"', 'id = "food-today"', "is already in tips/"),
        ("tips/kitchen-dinner.toml", 'sources = ["NK"]', 'sources = ["ZZ"]', "'ZZ' is not in sources.toml"),
        ("tips/kitchen-dinner.toml", '"It is free."', '"Call 213-555-0123."', "in a sentence"),
        ("tips/kitchen-dinner.es.toml", 'cost = "Es gratis."', 'coste = "Es gratis."', "coste: the record has no text there"),
        ("tips/kitchen-dinner.es.toml", '"Es gratis."', '"Llama al 213-555-0123."', "in a sentence"),
    ],
)  # fmt: skip
def test_a_wrong_own_record_does_not_start(copy: Path, file: str, old: str, new: str, told: str):
    change(copy / "records" / file, old, new)
    with pytest.raises(LibraryError) as refused:
        Library.load(CONTENT, copy / "records")
    assert told in str(refused.value)


def test_own_records_without_their_spanish_do_not_start(copy: Path):
    (copy / "records/tips/kitchen-dinner.es.toml").unlink()
    with pytest.raises(LanguageError, match=r"kitchen-dinner\.es\.toml: title"):
        start(copy)


def test_its_words_never_enter_our_catalogues():
    from youthapp.editorial import catalogues

    library = Library.load(CONTENT, SAMPLE / "records")
    assert not any(message.context == "kitchen-dinner" for message in catalogues.templates(library)["tips"])
