"""What `make check` says of dependencies, licences and files: nothing of the tree as it is, and a sentence for each
thing that is wrong."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy import supply
from tests.conftest import ROOT


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A tree with what the check reads."""
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    (tmp_path / "deploy").mkdir()
    for name in ("deploy/licences.toml", "pyproject.toml", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def change(path: str, old: str, new: str) -> Callable[[Path], None]:
    def made(tree: Path) -> None:
        text = (tree / path).read_text("utf-8")
        assert old in text
        (tree / path).write_text(text.replace(old, new, 1), "utf-8")

    return made


def test_nothing_is_wrong_with_the_tree() -> None:
    assert supply.faults(ROOT) == []


FLASK_HASH = next(entry for entry in supply.entries((ROOT / "requirements" / "run.txt").read_text("utf-8")) if
                  entry.startswith("flask=="))  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (change("requirements/run.txt", "flask==", "flask>="), "run.txt: flask>=3.1.3 is not pinned"),
        (change("requirements/run.txt", "flask==3.1.3", "flask==3.1.4"), "flask==3.1.3 is not what the locks hold"),
        (change("requirements/run.txt", FLASK_HASH, "flask==3.1.3"), "run.txt: flask has no SHA-256 hash"),
        (change("requirements/dev.txt", "--hash=sha256:", "--hash=md5:"), "has no SHA-256 hash"),
        (change("requirements/dev.txt", "ruff==", "ruff @ git+ssh://x/"), "ruff is not pinned"),
        (change("pyproject.toml", '"segno==1.6.6"', '"segno"'), "pyproject.toml: segno is not pinned"),
        (change("pyproject.toml", '"segno==1.6.6"', '"segno==1.6.6", "left-pad==1.0"'), "left-pad==1.0 is not what"),
        (change("pyproject.toml", '"setuptools==84.2.1", "babel', '"setuptools>=77", "babel'), "setuptools>=77 is not"),
        (change("package.json", '"qr": "', '"qr": "^'), "package.json: qr ^"),
        (change("package-lock.json", '"integrity": "sha512-', '"integrity": "sha1-'), "has no SHA-512 hash"),
        (change("package-lock.json", '"license": "(MIT OR Apache-2.0)"', '"license": "GPL-2.0"'), "GPL-2.0 is not"),
        (change("deploy/licences.toml", 'segno = "BSD-3-Clause"', 'segno = "GPL-3.0-or-later"'), "what is shipped"),
        (change("deploy/licences.toml", 'segno = "BSD-3-Clause"\n', ""), "segno: no licence is written down"),
        (change("deploy/licences.toml", 'click = "BSD-3-Clause"', 'click = "MIT"'), "click: it says BSD-3-Clause"),
    ],
)  # fmt: skip
def test_each_fault_is_named(copy: Path, wrong: Callable[[Path], None], told: str) -> None:
    assert [*supply.unpinned(copy), *supply.unlicensed(copy)] == []
    wrong(copy)
    found = [*supply.unpinned(copy), *supply.unlicensed(copy)]
    assert any(told in fault for fault in found), found


def test_a_file_that_no_manifest_names_is_found(copy: Path) -> None:
    for name in ("vendor/jquery.js", "static/fonts/nice.woff2", "youthapp/blob.bin", "notes.txt"):
        assert list(supply.unnamed(copy, [name])) == [f"{name}: no line of deploy/licences.toml names it"]
    stray = copy / "static" / "app" / "STRAYONE.js"
    stray.parent.mkdir(parents=True)
    stray.write_text("", "utf-8")
    (stray.parent / "modules.json").write_text(json.dumps({"outputs": {"static/app/OURS.js": {}}}), "utf-8")
    assert list(supply.unnamed(copy, [])) == ["static/app/STRAYONE.js: no build made it; `make clean setup`"]


def test_licences_joined_by_and_or_or() -> None:
    assert supply.permits("(MIT OR AGPL-3.0-only)", ["MIT"])
    assert not supply.permits("MIT AND AGPL-3.0-only", ["MIT"])
    assert supply.permits("MIT AND PSF-2.0", ["MIT", "PSF-2.0"])
    assert not supply.permits("", ["MIT"])


def test_the_bill_names_each_dependency_once_with_version_hash_and_licence() -> None:
    bill = supply.bill(ROOT)
    assert bill == supply.bill(ROOT)
    components = bill["components"]
    assert len({component["purl"] for component in components}) == len(components) > 60
    assert all(part["licenses"][0]["expression"] and part["hashes"] and part["version"] for part in components)
    scopes = {part["name"]: part["scope"] for part in components}
    assert scopes["flask"] == scopes["htmx.org"] == "required"
    assert scopes["pytest"] == scopes["typescript"] == "excluded"
