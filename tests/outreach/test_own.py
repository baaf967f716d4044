"""Bring your own: one settings file and a folder of records, outside the code; a wrong one does not start, and says
why."""

import json
import re
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from tests.ask.evaluate import node
from youthapp import create_app
from youthapp.ask.index import plain
from youthapp.cli import main
from youthapp.i18n.catalogues import LanguageError
from youthapp.library.library import Library
from youthapp.library.schema import Reason
from youthapp.paths import CONTENT
from youthapp.settings import CARD_LINE, Settings, cut_for_card
from youthapp.web.release import release_of

SAMPLE = Path(__file__).parent / "organisation"
PAIRS_CODE = 'x7nd = "own-kitchen-pair"\n'


@pytest.fixture(scope="module")
def kitchen() -> FlaskClient:
    return create_app(Settings.from_environment({"PORCHLIGHT_FILE": str(SAMPLE / "settings.toml")})).test_client()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "organisation"))


def start(folder: Path, **more: str) -> Flask:
    return create_app(Settings.from_environment({"PORCHLIGHT_FILE": str(folder / "settings.toml"), **more}))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_its_name_footer_and_exit_stand_on_every_page(kitchen: FlaskClient) -> None:
    page = kitchen.get("/en/").text
    assert "<title>Night Kitchen</title>" in page
    assert "Run by Night Kitchen, a drop-in for young people." in page
    assert "Lo lleva Night Kitchen" in kitchen.get("/es/talk").text
    assert 'data-exit href="https://weather.example/"' in page
    assert "es.wikipedia.org" in kitchen.get("/es/").text, "what the file leaves out stays ours"


def test_a_card_can_hold_its_own_number_and_never_one_of_child_protection(copy: Path) -> None:
    """Also where an organisation lists its county's as a line of its own: a card does not say what a call does."""
    change(
        copy / "settings.toml",
        'lines = ["own-night-kitchen-line"]',
        'lines = ["own-night-kitchen-line", "cps-los-angeles"]',
    )
    page = start(copy).test_client().get("/en/cards/maker").text
    choices = page.partition('name="number"')[2].partition("</select>")[0]
    assert 'value="own-night-kitchen-line"' in choices
    assert 'value="nrs"' in choices
    assert "cps-" not in choices


def test_its_own_line_stands_first_on_talk_and_its_places_below(kitchen: FlaskClient) -> None:
    for language, title, place in (
        ("en", "Night Kitchen line", "12 Main Street, side door"),
        ("es", "Línea de Night Kitchen", "puerta de al lado"),
    ):
        page = kitchen.get(f"/{language}/talk").text
        assert 0 < page.index(title) < page.index("988")
        assert page.index(place) < page.index('class="chips"')


def test_of_many_places_two_stand_open_on_talk_and_the_rest_unfolds(copy: Path) -> None:
    settings = copy / "settings.toml"
    place = settings.read_text("utf-8").partition("[[places]]")[2]
    with settings.open("a", encoding="utf-8") as file:
        for number in (2, 3):
            told = place.replace("Night Kitchen", f"Night Kitchen {number}")
            file.write(f"[[places]]{told}")
    page = start(copy).test_client().get("/en/talk").text
    fold = page.index("More places to come to")
    assert page.index("Night Kitchen 2 drop-in") < fold < page.index("Night Kitchen 3 drop-in")


def test_its_line_stands_where_it_fits_and_never_first_in_a_danger(copy: Path) -> None:
    """By the topics of its record: first behind a reason and on a tip, after the chosen line on a guide."""
    line = copy / "records" / "lines" / "own-night-kitchen-line.toml"
    change(
        line, 'topics = ["hotline-connect"]', 'topics = ["hotline-connect", "running-away-shelter", "suicide-selfharm"]'
    )
    app = start(copy)
    library: Library = app.extensions["library"]

    def where(record_id: str) -> list[str]:
        reason = library.get(record_id)
        assert isinstance(reason, Reason)
        page = app.test_client().get(f"/en/{reason.code}").text
        titles = {key: escape(library.get(key).title) for key in ("own-night-kitchen-line", *reason.lines)}
        return sorted((key for key in titles if titles[key] in page), key=lambda key: page.index(titles[key]))

    assert where("talk-sleep")[0] == "own-night-kitchen-line"
    assert where("talk-die").index("own-night-kitchen-line") == 1
    assert "own-night-kitchen-line" not in where("talk-pictures")


def test_the_last_place_on_talk_is_for_a_line_that_is_open_at_any_hour(copy: Path) -> None:
    """However many closed lines of its own an organisation puts first."""
    lines = copy / "records" / "lines"
    for name, code in (("own-b", "k7td"), ("own-c", "k7tf")):
        text = (lines / "own-night-kitchen-line.toml").read_text("utf-8")
        text = text.replace("own-night-kitchen-line", name).replace("xq7r", code)
        (lines / f"{name}.toml").write_text(text, "utf-8")
        shutil.copy(lines / "own-night-kitchen-line.es.toml", lines / f"{name}.es.toml")
    change(copy / "settings.toml", '["own-night-kitchen-line"]', '["own-night-kitchen-line", "own-b", "own-c"]')
    page = start(copy).test_client().get("/en/talk").text
    ways = page.split('class="by"')[1:]
    assert len(ways) == 3
    assert all("Crisis Text Line" in way or "988" in way for way in ways)


def test_its_records_are_pages_in_both_languages_with_their_own_codes(kitchen: FlaskClient) -> None:
    assert "Dinner at the kitchen" in kitchen.get("/en/xcm4").text
    assert "Cenar en la cocina" in kitchen.get("/es/xcm4").text
    assert kitchen.get("/XCM4").location == "/en/xcm4"
    assert "Alguien se duerme en la mesa" in kitchen.get("/es/cards/say").text
    assert "De nuestra propia práctica" in kitchen.get("/es/cards/say").text


def test_its_line_and_places_are_offered_by_the_card_maker(kitchen: FlaskClient) -> None:
    page = kitchen.get("/en/cards/maker").text
    assert "Night Kitchen line: 213-555-0123" in page
    assert 'value="Tue and Thu 6–10 pm, 12 Main Street, side door"' in page
    made = kitchen.post(
        "/en/cards/print", data={"page": "xcm4", "number": "own-night-kitchen-line", "note": "Tue and Thu 6–10 pm"}
    )
    assert "nightkitchen.example/XCM4" in made.text
    assert "213-555-0123" in made.text
    assert "https://nightkitchen.example/xcm4" in kitchen.get("/en/cards/link/xcm4").text


def test_ours_is_untouched_beside_it(kitchen: FlaskClient) -> None:
    ours = create_app(Settings()).test_client()
    assert "Night Kitchen" not in ours.get("/en/talk").text
    assert ours.get("/en/xcm4").status_code == 404
    assert kitchen.get("/en/9jc").status_code == 200


def test_of_its_own_records_a_bad_word_and_an_unpublished_code_are_found_and_nothing_else(copy: Path) -> None:
    own = {"PORCHLIGHT_FILE": str(copy / "settings.toml")}
    change(
        copy / "records/tips/own-kitchen-dinner.toml", "Nobody asks why you came.", "You should tell us why you came."
    )
    change(copy / "records/published.toml", PAIRS_CODE, "")
    told = CliRunner().invoke(main, ["content", "check"], env=own).output
    bad, unpublished = (line for line in told.splitlines() if "kitchen" in line)
    assert "tips/own-kitchen-dinner [en]" in bad
    assert "own-kitchen-pair is not on the list yet" in unpublished


def test_another_word_of_its_own_is_another_release(copy: Path) -> None:
    before = release_of(Settings.from_environment({"PORCHLIGHT_FILE": str(copy / "settings.toml")}), "one digest")
    change(copy / "records/tips/own-kitchen-dinner.toml", "The side door has a ramp.", "The side door has a bell.")
    changed = release_of(Settings.from_environment({"PORCHLIGHT_FILE": str(copy / "settings.toml")}), "one digest")
    change(copy / "settings.toml", "a drop-in for young people", "a place for young people")
    assert (
        len(
            {
                before,
                changed,
                release_of(Settings.from_environment({"PORCHLIGHT_FILE": str(copy / "settings.toml")}), "one digest"),
            }
        )
        == 3
    )


def test_a_variable_wins_over_the_file(copy: Path) -> None:
    assert "<title>Notes</title>" in start(copy, PORCHLIGHT_NAME="Notes").test_client().get("/en/").text


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("Tue and Thu 6–10 pm, 1200 North Main Street", "Tue and Thu 6–10 pm, 1200 North Main Street"),
        ("Tue and Thu 6–10 pm, 1200 North Main Street, blue", "Tue and Thu 6–10 pm, 1200 North Main Street"),
    ],
)
def test_a_line_for_a_card_is_cut_after_a_word(line: str, cut: str) -> None:
    assert cut_for_card(line) == cut


def test_a_place_that_is_too_long_for_one_line_is_offered_on_two_each_cut_after_a_word(copy: Path) -> None:
    change(copy / "settings.toml", "12 Main Street, side door", "1200 North Main Street, blue door round the back")
    page = start(copy).test_client().get("/en/cards/maker").text
    offered = re.findall(r'<option value="([^"]*)">', page.partition('<datalist id="ways">')[2])
    assert offered == ["Tue and Thu 6–10 pm", "1200 North Main Street, blue door round the back"]
    assert all(len(line) <= CARD_LINE for line in offered)


def test_its_own_pages_stand_right_after_home_and_the_sections(kitchen: FlaskClient) -> None:
    for path in ("/en/cards/maker", "/en/cards/link"):
        page = kitchen.get(path).text
        assert page.index("Whole sections") < page.index("Our own pages") < page.index("Something just happened")
        assert page.count("Dinner at the kitchen") == 1, "and not once more among ours"


def test_the_line_on_a_card_holds_no_word_that_gives_it_away(kitchen: FlaskClient) -> None:
    form = {"page": "xcm4", "note": "Abuse trafficking help"}
    assert "“Abuse” would tell whoever finds the card" in kitchen.post("/en/cards/sheet", data=form).text
    assert "would tell whoever finds" not in kitchen.post("/en/cards/sheet", data={**form, "note": "Tue 3-6"}).text


def test_a_new_own_code_is_another_each_time_and_never_one_in_use() -> None:
    own = {"PORCHLIGHT_FILE": str(SAMPLE / "settings.toml")}
    codes = [CliRunner().invoke(main, ["content", "code", "20", "--own"], env=own).output.split() for _ in range(2)]
    assert codes[0] != codes[1]
    assert all(len(code) == 4 for code in codes[0])
    assert not set(codes[0]) & {"xcm4", "xq7r", "x7nd"}


def test_own_codes_are_published_in_the_own_folder(copy: Path) -> None:
    listed = copy / "records/published.toml"
    change(listed, PAIRS_CODE, "")
    ours = (CONTENT / "published.toml").read_text("utf-8")
    told = CliRunner().invoke(main, ["content", "publish"], env={"PORCHLIGHT_FILE": str(copy / "settings.toml")})
    assert "x7nd  own-kitchen-pair" in told.output
    assert listed.read_text("utf-8").endswith(PAIRS_CODE)
    assert (CONTENT / "published.toml").read_text("utf-8") == ours


def test_own_records_without_their_spanish_do_not_start(copy: Path) -> None:
    (copy / "records/tips/own-kitchen-dinner.es.toml").unlink()
    with pytest.raises(LanguageError, match=r"own-kitchen-dinner\.es\.toml: title") as refused:
        start(copy)
    assert "Write each into the file that is named" in str(refused.value)
    assert "language update" not in str(refused.value), "our catalogues have nothing to do with it"


def test_its_words_never_enter_our_catalogues() -> None:
    from youthapp.editorial import catalogues

    library = Library.load(CONTENT, SAMPLE / "records")
    assert not any(message.context == "own-kitchen-dinner" for message in catalogues.templates(library)["tips"])


def asked(app: Flask, folder: Path, *questions: tuple[str, str]) -> list[str]:
    """Return the id of the first answer that the phone's own search gives to each (language, question)."""
    client = app.test_client()
    for language in ("en", "es"):
        for name, file in (("index", f"{language}.json"), ("answers", f"{language}.answers.json")):
            sent = client.get(f"/static/{app.config['RELEASE']}/{name}-{language}.json")
            (folder / file).write_bytes(sent.data)
    command = [node(), str(Path(__file__).parent.parent / "ask" / "first.mjs"), str(folder)]
    typed = json.dumps([{"language": language, "text": text} for language, text in questions])
    answers = subprocess.run(command, input=typed, capture_output=True, text=True, check=True).stdout
    return [answer["first"] for answer in json.loads(answers)]


def test_its_line_is_found_in_ask_by_name_without_the_county(tmp_path: Path, kitchen: FlaskClient) -> None:
    questions = ("en", "night kitchen line"), ("es", "linea de night kitchen")
    assert asked(kitchen.application, tmp_path, *questions) == ["own-night-kitchen-line"] * 2


def test_only_the_line_of_the_set_county_answers_without_its_name(kitchen: FlaskClient) -> None:
    app = kitchen.application
    index = json.loads(kitchen.get(f"/static/{app.config['RELEASE']}/index-en.json").data)
    places = dict(zip(index["records"]["id"], index["records"]["place"], strict=True))
    assert places["cps-los-angeles"] is None
    assert places["cps-fresno"] == plain("Fresno")
