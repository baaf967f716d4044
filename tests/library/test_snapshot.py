"""The snapshot says exactly what the files say, and nothing once they have changed."""

import os
import shutil
from pathlib import Path

import pytest

from youthapp.cli import main
from youthapp.i18n.languages import LANGUAGES, SOURCE
from youthapp.i18n.translator import translators
from youthapp.library import schema, snapshot
from youthapp.library.library import Library
from youthapp.paths import ROOT


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A snapshot in a folder of its own, of a copy of the project that a test may change."""
    for name in ("youthapp", "static", "translations"):
        shutil.copytree(
            ROOT / name,
            tmp_path / name,
            ignore=shutil.ignore_patterns("__pycache__", ".library", "app"),
            copy_function=shutil.copy2,
        )
    library = Library.load()
    monkeypatch.setattr(snapshot, "shipped", lambda name: tmp_path / name)
    monkeypatch.setattr(snapshot, "FILE", tmp_path / "youthapp" / ".library")
    said = translators(library, LANGUAGES)
    snapshot.write(
        library, {code: translator.translate for code, translator in said.items() if translator.language != SOURCE}
    )
    return library


def test_every_record_comes_back_as_it_was_in_every_language(written: Library) -> None:
    made = snapshot.read()
    assert made is not None
    assert dict(made.library.records) == dict(written.records)
    assert (made.library.kinds, made.library.facts, made.library.sources, made.library.topics) == (
        written.kinds,
        written.facts,
        written.sources,
        written.topics,
    )
    assert (made.library.easy, made.library.codes, made.library.order) == (written.easy, written.codes, written.order)
    assert [record.id for record in made.library.of_kind("tips")] == [record.id for record in written.of_kind("tips")]
    spanish = translators(written, LANGUAGES)["es"]
    assert all(made.translated["es"][record.id] == spanish.translate(record) for record in written.records.values())
    assert all(type(text) is schema.Text for _path, text in schema.texts(made.library.records["condom-how"]))


@pytest.mark.parametrize(
    "name",
    [
        "youthapp/content/tips/condom-how.toml",
        "youthapp/web/page_cache.py",
        "static/js/exit.js",
        "translations/es/LC_MESSAGES/tips.po",
        "translations/es/LC_MESSAGES/tips.mo",
    ],
)
def test_a_changed_file_makes_it_worthless(written: Library, tmp_path: Path, name: str) -> None:
    assert snapshot.read() is not None
    stat = (tmp_path / name).stat()
    os.utime(tmp_path / name, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    assert snapshot.read() is None


def test_a_new_file_and_a_missing_file_make_it_worthless(written: Library, tmp_path: Path) -> None:
    extra = tmp_path / "youthapp" / "content" / "tips" / "extra.toml"
    extra.write_text("")
    assert snapshot.read() is None
    extra.unlink()
    assert snapshot.read() is not None
    (tmp_path / "youthapp" / "content" / "tips" / "condom-how.toml").unlink()
    assert snapshot.read() is None


def test_the_digest_is_of_names_and_bytes_and_of_nothing_else(written: Library, tmp_path: Path) -> None:
    """Another folder, other times and what an editor or a desktop leaves behind are no other release; a word is."""
    digest = snapshot.digest()
    script = tmp_path / "static" / "js" / "exit.js"
    os.utime(script, ns=(1, 1))
    (tmp_path / "static" / "js" / ".exit.js.swp").write_text("half a word")
    (tmp_path / "youthapp" / "web" / "notes.orig").write_text("not shipped")
    assert snapshot.digest() == digest
    script.write_text(script.read_text("utf-8") + "\n", "utf-8")
    assert snapshot.digest() != digest


@pytest.mark.parametrize("share", [0.0, 0.3, 0.999])
def test_half_a_file_is_no_snapshot(written: Library, share: float) -> None:
    whole = snapshot.FILE.read_bytes()
    snapshot.FILE.write_bytes(whole[: int(len(whole) * share)])
    assert snapshot.read() is None


def test_a_wrong_library_gets_no_snapshot(written: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from youthapp.library.library import LibraryError

    snapshot.FILE.unlink()

    def refuse(*_: object) -> Library:
        raise LibraryError("The library has problems")

    monkeypatch.setattr(Library, "load", refuse)
    result = CliRunner().invoke(main, ["content", "compile"])
    assert result.exit_code == 1
    assert "problems" in result.output
    assert not snapshot.FILE.exists()
