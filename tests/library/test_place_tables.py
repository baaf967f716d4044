"""The tables about places are typed as the others are: what nobody could read keeps the app from starting."""

from pathlib import Path

import msgspec
import pytest

from youthapp.library import tables
from youthapp.library.library import Library
from youthapp.library.place_tables import Counties, PlaceKinds, place_kinds, problems
from youthapp.library.toml_file import FileError
from youthapp.paths import CONTENT


def test_ours_name_only_what_is_there() -> None:
    assert not list(problems(Library.load(), place_kinds()))


def test_what_no_record_or_county_has_is_named() -> None:
    lost = msgspec.structs.replace(
        place_kinds(),
        offered={"need-sleep": ("bed", "spa"), "gone": ("food",)},
        lines={**place_kinds().lines, "food": ("nobody",)},
        short={"atlantis": ("at",)},
    )
    assert list(problems(Library.load(), lost)) == [
        'place_kinds.toml: "spa" has no lines. Add them under [lines], or take the kind out.',
        'place_kinds.toml: offered: there is no record "gone".',
        'place_kinds.toml: lines.food: there is no line "nobody".',
        'place_kinds.toml: short: there is no county "atlantis" in counties.toml.',
    ]


@pytest.mark.parametrize(("name", "kind"), [("counties", Counties), ("place_kinds", PlaceKinds)])
def test_an_unknown_key_is_refused_by_its_name(name: str, kind: type, tmp_path: Path) -> None:
    text = (CONTENT / f"{name}.toml").read_text("utf-8")
    (tmp_path / f"{name}.toml").write_text(f"{text}\n[towns]\nx = 1\n", "utf-8")
    with pytest.raises(FileError, match=rf"{name}.toml, line \d+: towns: there is no such field"):
        tables.load(name, kind, tmp_path)
