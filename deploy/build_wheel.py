"""The step of `pip install .` and `pip wheel .` that puts what stands beside the package into it (pyproject.toml names it).

In a checkout ``static/`` and ``translations/`` are folders beside ``youthapp/``. In a wheel they are ``youthapp/static`` and
``youthapp/translations``, with the catalogues compiled; ``youthapp/paths.py`` knows both layouts. The bundles of the
scripts (``static/app/``, made by `make setup`) come along where they are there; pages work without them.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py

DAY_OF_FILES = "315532800"
"""1 January 1980, the first day that a wheel's file list can hold, in seconds since 1970: the same for everyone who
builds."""

FOLDERS = {"static": "*", "translations": "*.po"}
"""Folder beside the package -> which of its files go into the wheel."""


class BuildPy(build_py):
    """Copies the package as usual, then the folders beside it."""

    def run(self) -> None:
        """Build. An editable install (`pip install -e .`) uses the checkout as it is."""
        if self.editable_mode:
            super().run()
            return
        # What an earlier build left here (a bundle under its old name) would come along.
        shutil.rmtree(Path(self.build_lib) / "youthapp", ignore_errors=True)
        super().run()
        for source in _files():
            target = Path(self.build_lib) / "youthapp" / source
            self.mkpath(str(target.parent))
            self.copy_file(str(source), str(target))
            if source.suffix == ".po":
                _compile(source, target.with_suffix(".mo"))
        os.environ.setdefault("SOURCE_DATE_EPOCH", DAY_OF_FILES)
        _forget_rights(Path(self.build_lib) / "youthapp")

    def get_source_files(self) -> list[str]:
        """Return what a source distribution needs to build the same wheel."""
        return [*super().get_source_files(), *map(str, _files()), "deploy/build_wheel.py"]


class BdistWheel(bdist_wheel):
    """Packs as usual. Two builds of one commit are the same bytes: no time and no rights of this machine's files go
    in."""

    def write_wheelfile(self, wheelfile_base: str, *generator: str) -> None:
        """Write the last file of the wheel's own data, and take this machine's rights off all of it."""
        super().write_wheelfile(wheelfile_base, *generator)
        _forget_rights(Path(wheelfile_base))


def _forget_rights(folder: Path) -> None:
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _files() -> Iterator[Path]:
    for folder, pattern in FOLDERS.items():
        yield from sorted(path for path in Path(folder).rglob(pattern) if path.is_file())


def _compile(words: Path, compiled: Path) -> None:
    """Write the catalogue that the app loads, as `porchlight language compile` does; fuzzy words stay out."""
    language = words.parent.parent.name
    with words.open("rb") as source, compiled.open("wb") as target:
        write_mo(target, read_po(source, locale=language), use_fuzzy=False)
