"""The tree holds: who may import whom, nothing third-party committed, no addresses in locks."""

import ast
import json
import re
import subprocess
from pathlib import Path

import pytest

from youthapp import SLICES

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "youthapp"

# What a part may import from this package. Slices never import each other; what two share is content, a template component or web/.
SHARED = {"web", "library", "i18n", "extensions", "settings"}
MAY_IMPORT = {
    "content": set(),
    "library": set(),
    "editorial": {"library", "i18n"},
    "i18n": {"library"},
    "settings": {"organisation", "library", "i18n"},
    "organisation": {"library", "i18n"},
    "preflight": {"library"},
    "extensions": set(),
    "web": {"library", "i18n", "settings"},
    "export": {"web", "library", "i18n"},
}
NO_FLASK = {"library", "editorial"}


def imports(path: Path) -> set[str]:
    """Return the top-level parts of this package, and the outside packages, that a file imports."""
    inside = path.relative_to(PACKAGE).parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            if node.level:
                base = [*inside[:-1]]
                base = base[: len(base) - (node.level - 1)]
                whole = [*base, *(node.module or "").split(".")] if node.module else base
                names = [part for part in whole if part]
                found |= {f"own:{names[0]}"} if names else {f"own:{alias.name}" for alias in node.names}
            else:
                found.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
    return found


def breaches(path: Path, found: set[str]) -> list[str]:
    """Return the imports that a part of the package may not have."""
    part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    own = {name.removeprefix("own:") for name in found if name.startswith("own:")}
    if part in SLICES:
        return sorted(own - SHARED - {part})
    allowed = MAY_IMPORT.get(part)
    wrong = sorted(own - allowed - {part}) if allowed is not None else []
    if part in NO_FLASK:
        wrong += sorted(found & {"flask", "jinja2", "werkzeug", "flask_babel"})
    return wrong


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_parts_import_only_what_they_may(path: Path) -> None:
    assert not breaches(path, imports(path))


def test_the_table_bites() -> None:
    assert breaches(PACKAGE / "talk" / "__init__.py", {"own:plan"}) == ["plan"]
    assert breaches(PACKAGE / "library" / "schema.py", {"flask", "own:web"}) == ["web", "flask"]


def tracked() -> list[str]:
    """Return the files that git tracks (or would)."""
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return listed.splitlines()


def test_nothing_third_party_is_committed() -> None:
    assert not [name for name in tracked() if name.startswith(("node_modules/", "static/app/")) or name.endswith((".min.js", ".mo"))]


def test_locks_hold_hashes_and_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    for name in ("package-lock.json", "requirements/run.txt", "requirements/dev.txt", "requirements/node.txt"):
        text = (ROOT / name).read_text()
        assert not re.search(r"https?://", text), name
    for name in ("run", "dev", "node"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        pins = re.findall(r"^[a-z0-9][^\n]*==", text, re.MULTILINE | re.IGNORECASE)
        assert pins
        assert all(block.count("--hash=sha256:") for block in re.split(r"\n(?=[A-Za-z0-9])", text.strip()))


def test_the_youths_storage_is_never_named_outside_its_modules() -> None:
    """localStorage, sessionStorage, cookies and history.state stay on disk after deletion: nobody names them (PRIVACY notes, E1, E6)."""
    forbidden = re.compile(r"\b(?:localStorage|sessionStorage|document\.cookie|history\.state|pushState|replaceState)\b")
    comment = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
    found = []
    for path in (ROOT / "static" / "js").rglob("*.js"):
        if match := forbidden.search(comment.sub("", path.read_text("utf-8"))):
            found.append(f"{path.name}: {match.group()}")
    assert not found
    assert forbidden.search("window.localStorage.setItem('a', 'b')")
