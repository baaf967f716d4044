"""Styles and scripts stay at the floor of the phones that are handed down: Chrome 69 for scripts, a WebKit of 2016 for
the frame of a page.

Versions are those of MDN's compatibility tables. `python -m tests.engines chrome69` and `… qtwebkit` show the same in
the engines themselves.
"""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

CSS = sorted((ROOT / "static" / "css").rglob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))

_ALWAYS_FALSE = r"(?!)"

STYLE: dict[str, tuple[str, str]] = {
    # name: (what is refused, what in the same rule makes it fine)
    "inset (Chrome 87, Safari 14.1)": (r"(?<![-\w])inset(?:-\w+)*\s*:", _ALWAYS_FALSE),
    ":is, :where, :has (Chrome 88, Safari 14)": (r":(?:is|where|has)\(", _ALWAYS_FALSE),
    "margin-block, padding-block, border-block (Chrome 87)": (r"(?:margin|padding|border)-block", _ALWAYS_FALSE),
    "margin-inline, padding-inline as one (Chrome 87)": (r"(?:margin|padding)-inline\s*:", _ALWAYS_FALSE),
    "-inline-start, -inline-end (a WebKit of 2016 has them with its prefix)": (
        r"(?:margin|padding|border)-inline-(?:start|end)\s*:", r"-webkit-(?:margin|padding|border)-(?:start|end)\s*:",
    ),
    "logical corners (Chrome 89)": (r"border-(?:start|end)-(?:start|end)-radius", _ALWAYS_FALSE),
    "gap outside a grid (flex: Chrome 84, Safari 14.1)": (r"(?<![-\w])(?:row-|column-)?gap\s*:",
    r"display\s*:\s*grid|grid-template|columns\s*:\s*\d"),
    "place-items and its like (Chrome 59, no WebKit of 2016)": (r"place-(?:items|content|self)\s*:", _ALWAYS_FALSE),
    "min(), max(), clamp() (Chrome 79)": (r"(?<!min)(?<![-\w])(?:min|max|clamp)\(", _ALWAYS_FALSE),
    "clip-path alone (the name is there since Chrome 55 and Safari 9.1, the shape later)": (r"clip-path:inset",
    r"clip:rect"),
    "overflow-wrap: anywhere (Chrome 80)": (r"overflow-wrap:anywhere", r"overflow-wrap:break-word|word-break"),
}  # fmt: skip
"""Holds for the pages of youths; a block inside ``@supports`` asks the engine first and is left out."""

SYNTAX: dict[str, str] = {
    "optional chaining (Chrome 80)": r"\?\.(?!\d)",
    "?? (Chrome 80)": r"\?\?",
    "private fields, static blocks (Chrome 74 and later)": r"\bthis\.#|\bstatic \{",
    "flat, flatMap, fromEntries (Chrome 69 and 73)": r"\.flatMap\(|Object\.fromEntries",
    "replaceAll, at, matchAll (Chrome 85, 92, 73)": r"\.(?:replaceAll|at)\(|(?<!clients)\.matchAll\(",
    "allSettled, any (Chrome 76, 85)": r"Promise\.(?:allSettled|any)\(",
    "structuredClone, randomUUID (Chrome 98, 92)": r"\bstructuredClone\(|\brandomUUID\(",
    "replaceChildren (Chrome 86)": r"\.replaceChildren\(",
}


def supported_elsewhere(css: str) -> str:
    """Return a style without comments and without the blocks that ``@supports`` guards."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    kept, at = "", 0
    for match in re.finditer(r"@supports[^{]*\{", css):
        if match.start() < at:
            continue
        depth, end = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        kept, at = kept + css[at : match.start()], end
    return kept + css[at:]


def below(css: str) -> list[str]:
    """Return what a style asks of an engine that the floor does not have."""
    rules = re.findall(r"[^{}]*\{[^{}]*\}", supported_elsewhere(css))
    return [
        f"{name}: {rule.strip()[:90]}"
        for rule in rules
        for name, (bad, fine) in STYLE.items()
        if re.search(bad, rule) and not re.search(fine, rule)
    ]


@pytest.mark.parametrize("path", [path for path in CSS if path.parent.name == "css"], ids=lambda path: path.name)
def test_no_style_needs_a_newer_phone(path: Path) -> None:
    assert not below(path.read_text("utf-8"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT / "static" / "js")))
def test_no_script_needs_a_newer_phone(path: Path) -> None:
    code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert not [name for name, bad in SYNTAX.items() if re.search(bad, code)]


@pytest.mark.parametrize("bad", [
    "a{inset:0}", ".top :is(.a,.b){color:red}", "p{margin-block:1rem}", "p{padding-inline:1rem}",
    "p{margin-inline-start:1rem}",
    ".x{border-start-start-radius:3px}", ".x{display:flex;gap:1rem}", ".x{display:grid;place-items:center}",
    ".x{width:min(100%,9rem)}",
    ".x{clip-path:inset(50%)}", ".x{overflow-wrap:anywhere}",
])  # fmt: skip
def test_the_style_floor_bites(bad: str) -> None:
    assert len(below(bad)) == 1


def test_a_guarded_block_is_left_out() -> None:
    assert not below("@supports (padding:max(1px)){body{padding:max(1px,2px)}}p{color:red}")
    assert below("@supports (padding:max(1px)){body{padding:max(1px,2px)}}p{inset:0}")


@pytest.mark.parametrize(
    "bad",
    [
        "a?.b",
        "a ?? b",
        "this.#x",
        "x.flatMap(f)",
        "x.replaceAll(a)",
        "Promise.any(x)",
        "structuredClone(x)",
        "x.replaceChildren()",
    ],
)
def test_the_syntax_floor_bites(bad: str) -> None:
    assert any(re.search(pattern, bad) for pattern in SYNTAX.values())
