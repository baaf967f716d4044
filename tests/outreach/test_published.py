"""What is on paper stays: no published code disappears or comes to mean something else."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from youthapp.cli import main
from youthapp.library import published
from youthapp.library.library import Library
from youthapp.web import permalinks


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.load()


def test_every_published_code_still_opens_its_record(library: Library) -> None:
    assert len(published.codes()) >= 364
    assert published.problems(library) == []


def test_every_record_is_published(library: Library) -> None:
    """A card can be made for each, so each may be on paper."""
    missing = {record.code for record in library.records.values()} - set(published.codes())
    assert not missing, "run `porchlight content publish` and commit the list"


def test_the_guard_bites_when_a_code_goes_or_changes_its_meaning(library: Library, tmp_path: Path) -> None:
    record = next(iter(library.records.values()))
    for line, told in (
        (f'zzzz = "{record.id}"', "no record wears it any more"),
        (f'{record.code} = "something-else"', "now means"),
    ):
        file = tmp_path / "published.toml"
        file.write_text(line + "\n", "utf-8")
        (problem,) = published.problems(library, file)
        assert told in problem
        with pytest.raises(published.PublishedError):
            published.add(library, file)


def test_publishing_appends_and_changes_no_line_that_is_there(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "published.toml"
    first, second, *_ = library.records.values()
    file.write_text(f'# kept\n{second.code} = "{second.id}"\n', "utf-8")
    added = published.add(library, file)
    assert first.code in added
    assert second.code not in added
    assert file.read_text("utf-8").startswith(f'# kept\n{second.code} = "{second.id}"\n')
    assert published.add(library, file) == {}


def test_the_command_says_that_all_is_published() -> None:
    told = CliRunner().invoke(main, ["content", "publish"])
    assert told.exit_code == 0
    assert told.output.startswith("0 added")


def test_section_words_on_paper_stay_and_are_no_codes() -> None:
    assert {"talk", "plan", "meeting", "cards"} <= set(permalinks.SECTIONS)
    assert all(set(word) & set("aeiou") for word in permalinks.SECTIONS)
