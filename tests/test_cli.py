"""The commands for the people who keep the words."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from youthapp.cli import main
from youthapp.library import snapshot
from youthapp.library.library import Library


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_status_tells_a_table_and_json() -> None:
    table = run("content", "status")
    assert "en grade" in table
    assert "es INFLESZ" in table
    told = json.loads(run("content", "status", "--json"))
    library = Library.load()
    assert told["records"] == len(library.records)
    lines = library.of_kind("lines")
    assert (told["kinds"]["lines"]["records"], told["kinds"]["lines"]["shown"]) == (
        len(lines),
        sum(line.shown for line in lines),
    )
    assert 0 < told["kinds"]["lines"]["shown"] < len(lines)
    assert told["languages"]["es"] == {"missing": 0, "fuzzy": 0, "left over": 0}
    assert told["facts"]["used"] <= told["facts"]["publishable"] <= told["facts"]["all"]
    assert set(told["topics"]) == set(library.topics)


def test_every_word_passes_and_the_check_says_how_much_it_read() -> None:
    told = run("content", "check")
    assert told.strip().startswith("0 problems in"), told


def test_due_tells_what_is_late_on_a_day() -> None:
    assert "0 of" in run("content", "due", "--on", "2026-11-24")
    late = run("content", "due", "--on", "2027-03-01").split("\n\n")[0]
    assert "lines/nhth" in late
    assert "tips/lube" not in late


def test_seal_and_code_help_the_one_who_signs_and_the_one_who_adds() -> None:
    assert "seal: " in run("content", "seal", "lube")
    assert CliRunner().invoke(main, ["content", "seal", "nobody"]).exit_code == 1
    taken = {record.code for record in Library.load().records.values()}
    assert run("content", "code").strip() not in taken


def test_language_extract_counts_words() -> None:
    assert "messages: " in run("language", "extract")


def test_a_server_loads_nothing_that_only_commands_need() -> None:
    code = "import sys; from youthapp import create_app; create_app(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "youthapp.talk" in loaded
    needless = ("youthapp.cli", "youthapp.editorial", "youthapp.export", "youthapp.places.importing")
    assert [name for name in loaded if name.startswith(needless)] == []


SAMPLE = Path(__file__).parent / "outreach" / "organisation" / "settings.toml"


def test_what_setup_compiles_holds_no_record_of_an_organisation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "FILE", tmp_path / "library")
    monkeypatch.setenv("PORCHLIGHT_FILE", str(SAMPLE))
    assert CliRunner().invoke(main, ["content", "compile"]).exit_code == 0
    stored = snapshot.read()
    assert stored is not None
    assert not [record_id for record_id in stored.library.records if record_id.startswith("own-")]


def test_a_file_that_cannot_be_written_is_named_in_a_sentence(tmp_path: Path) -> None:
    there = tmp_path / "nowhere" / "packet.html"
    ended = CliRunner().invoke(main, ["content", "packet", "--role", "lawyer", "--out", str(there)])
    assert ended.exit_code == 1
    assert ended.output == f"Error: {there}: No such file or directory.\n"
