"""The tree holds: who may import whom, nothing third-party committed, no addresses in locks."""

import ast
import json
import posixpath
import re
import subprocess
from pathlib import Path

import pytest

from youthapp import SLICES

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "youthapp"

# What a part may import from this package. Slices never import each other; what two share is content, a template
# component or web/.
SHARED = {"web", "library", "i18n", "places", "extensions", "settings", "paths"}
MAY_IMPORT = {
    "content": set(),
    "paths": set(),
    "library": {"paths"},
    "editorial": {"library", "i18n", "paths"},
    "i18n": {"library", "paths"},
    "settings": {"organisation", "library", "i18n", "places"},
    "organisation": {"library", "i18n", "places"},
    "places": {"library", "i18n", "settings", "web"},
    "preflight": {"library", "web"},
    "extensions": set(),
    "web": {"library", "i18n", "settings", "places", "paths"},
    "export": {"web", "library", "i18n", "places", "paths"},
}
NO_FLASK = {"library", "editorial"}
PUTS_TOGETHER = {"__init__", "__main__", "cli", "serve"}
"""The parts that may import every other one."""

SCRIPTS = ROOT / "static" / "js"
# The same for scripts. One in a folder belongs to a slice: it may import its own folder and the shared ones.
SHARED_SCRIPTS = {"loading.js", "mark.js", "offline/book.js", "plain.js"}
PACKAGES = {"loading.js": {"htmx.org", "minisearch"}, "plan/codes.js": {"qr"}}
SCRIPT_MAY_IMPORT = {
    "controllers.js": {
        "ask/ask.js",
        "forget.js",
        "listen.js",
        "loading.js",
        "offline/book.js",
        "offline/install.js",
        "outreach/maker.js",
        "today.js",
    },
    "deferred.js": {
        "near/found.js",
        "near/narrow.js",
        "outreach/find.js",
        "outreach/link.js",
        "outreach/print.js",
        "phone_back.js",
        "plan/backup.js",
        "read_aloud.js",
        "tool.js",
    },
    "exit.js": set(),
    "forget.js": {"offline/book.js", "plan/store.js"},
    "frame.js": {"controllers.js", "navigation.js", "signal.js"},
    "listen.js": {"loading.js"},
    "loading.js": set(),
    "mark.js": set(),
    "navigation.js": {"controllers.js", "loading.js", "mark.js", "navigation_rules.js"},
    "navigation_rules.js": set(),
    "phone_back.js": set(),
    "plain.js": set(),
    "read_aloud.js": set(),
    "signal.js": set(),
    "today.js": set(),
    "tool.js": set(),
}
STORAGE = re.compile(r"\b(?:indexedDB|navigator\.storage|caches|serviceWorker)\b")
NAMES_STORAGE = {"exit.js", "offline/book.js", "offline/withdraw.js", "offline/worker.js", "plan/store.js"}
"""exit.js only looks whether a saved book is there. A youth's own words are kept by plan/store.js alone."""


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


def test_every_part_of_the_package_is_in_the_table() -> None:
    parts = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in PACKAGE.rglob("*.py")}
    assert parts - set(SLICES) - set(MAY_IMPORT) == PUTS_TOGETHER


def code_of(script: Path) -> str:
    """Return a script without its comments."""
    return re.sub(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", "", script.read_text("utf-8"), flags=re.DOTALL)


def script_breaches(name: str, code: str) -> list[str]:
    """Return what a script of static/js may not import."""
    wrong = []
    for imported in re.findall(r"\bfrom\s*\"([^\"]+)\"|\bimport\s*\(?\s*\"([^\"]+)\"", code):
        target = imported[0] or imported[1]
        if not target.startswith("."):
            package = target.split("/")[0]
            wrong += [package] if package not in PACKAGES.get(name, ()) else []
            continue
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        folder = posixpath.dirname(name)
        allowed = (
            path in SCRIPT_MAY_IMPORT[name]
            if not folder
            else path in SHARED_SCRIPTS or posixpath.dirname(path) == folder
        )
        wrong += [path] if not allowed else []
    return wrong


def scripts() -> dict[str, str]:
    """Return the code of each script of static/js by its name."""
    return {path.relative_to(SCRIPTS).as_posix(): code_of(path) for path in sorted(SCRIPTS.rglob("*.js"))}


def test_scripts_import_only_what_they_may() -> None:
    found = scripts()
    assert {name for name in found if "/" not in name} == set(SCRIPT_MAY_IMPORT)
    assert {name: wrong for name, code in found.items() if (wrong := script_breaches(name, code))} == {}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ask/ask.js", 'import { read } from "../plan/store.js";'),
        ("plan/plan.js", 'const module = await import("../ask/search.js");'),
        ("plan/plan.js", 'import "htmx.org";'),
        ("today.js", 'export { loadHtmx } from "./loading.js";'),
    ],
)
def test_the_table_of_scripts_bites(name: str, code: str) -> None:
    assert len(script_breaches(name, code)) == 1


def test_only_these_scripts_name_storage() -> None:
    assert {name for name, code in scripts().items() if STORAGE.search(code)} == NAMES_STORAGE
    assert STORAGE.search("const found = await caches.keys();")


def tracked() -> list[str]:
    """Return the files that git tracks (or would)."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return listed.splitlines()


def test_nothing_third_party_is_committed() -> None:
    assert not [
        name
        for name in tracked()
        if name.startswith(("node_modules/", "static/app/")) or name.endswith((".min.js", ".mo"))
    ]


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
    """localStorage, sessionStorage, cookies and history.state stay on disk after deletion: nobody names them (PRIVACY
    notes, E1, E6)."""
    forbidden = re.compile(
        r"\b(?:localStorage|sessionStorage|document\.cookie|history\.state|pushState|replaceState)\b"
    )
    comment = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
    found = []
    for path in (ROOT / "static" / "js").rglob("*.js"):
        if match := forbidden.search(comment.sub("", path.read_text("utf-8"))):
            found.append(f"{path.name}: {match.group()}")
    assert not found
    assert forbidden.search("window.localStorage.setItem('a', 'b')")
