"""docs/organisation.md, followed to the letter: the files that it prints are an organisation that starts, passes every
check and can be found."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import ROOT
from youthapp import create_app
from youthapp.cli import main
from youthapp.settings import Settings

GUIDE = (ROOT / "docs" / "organisation.md").read_text("utf-8")
FILES = dict(re.findall(r"^```toml (\S+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def settings_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("porch")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder / "settings.toml"


def test_each_file_stands_under_the_name_that_the_text_gives_it() -> None:
    assert len(FILES) == 9
    assert re.findall(r"^`/srv/porch/(\S+)`$", GUIDE, re.MULTILINE) == list(FILES)


def test_its_words_pass_the_check_once_the_codes_are_published(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORCHLIGHT_FILE", str(settings_file))
    assert CliRunner().invoke(main, ["content", "publish"]).output.endswith("3 added, 3 published\n")
    told = CliRunner().invoke(main, ["content", "check"])
    assert told.exit_code == 0, told.output


def test_what_it_says_to_look_for_is_there(settings_file: Path) -> None:
    client = create_app(Settings.from_environment({"PORCHLIGHT_FILE": str(settings_file)})).test_client()
    talk = client.get("/en/talk").text
    assert 0 < talk.index("Juniper line") < talk.index("988")
    assert "300 Miner Street, blue door" in talk
    assert client.get("/TXH9").location == "/en/txh9"
    assert "Lavar ropa en el porche" in client.get("/es/txh9").text
    assert "hello@juniperporch.example" in client.get("/en/about").text
    library = client.application.extensions["library"]
    assert "530-555-0177" in client.get(f"/en/{library.get('talk-home').code}").text
    assert "Laundry at the porch" in client.get("/en/cards/maker").text
