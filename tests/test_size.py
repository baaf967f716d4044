"""The size of things: a line fits beside another file, a function fits on a screen."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINE = 120
FUNCTION = 60
"""Lines of a function, from its first decorator to its end. Tables belong into TOML or beside the function."""

FILES = [
    ROOT / "wsgi.py",
    *(path for folder in ("youthapp", "deploy", "tests") for path in sorted((ROOT / folder).rglob("*.py"))),
]


LONGER = {
    "youthapp/serve.py": {"serve"},
    "tests/browser/test_traces.py": {"seen"},
    "tests/browser/test_plan_traces.py": {"test_kept_locked_left_erased_and_started_again_no_file_holds_a_word"},
}
"""Functions that are longer for now. An entry that is no longer needed fails."""


_PRAGMA = re.compile(r"\s*# (?:type: ignore|noqa)\S*(?: .*)?$")


def long_lines(text: str) -> Iterator[int]:
    """Yield the numbers of too long lines, but for those inside a string of several lines (scripts for a browser)."""
    inside: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant | ast.JoinedStr) and (node.end_lineno or node.lineno) > node.lineno:
            inside.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if " " in line.strip()]
    yield from (number for number, line in lines if len(_PRAGMA.sub("", line)) > LINE and number not in inside)


def long_functions(text: str) -> Iterator[tuple[str, int]]:
    """Yield (name, lines) of the functions that are too long."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            if (length := (node.end_lineno or first) - first + 1) > FUNCTION:
                yield node.name, length


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_lines_and_functions_are_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not list(long_lines(text))
    assert {name for name, _ in long_functions(text)} == LONGER.get(str(path.relative_to(ROOT)), set())


def test_the_check_bites() -> None:
    assert list(long_lines("# " + "x " * 59 + "\n# " + "x " * 60)) == [2]
    assert not list(long_lines('words = """\n' + "x " * 61 + '"""'))
    assert list(long_functions("@cached\ndef long():\n" + "    x = 1\n" * 59)) == [("long", 61)]
    assert not list(long_functions("def short():\n" + "    x = 1\n" * 59))
