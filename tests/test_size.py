"""The size of things: a line fits beside another file, a function fits on a screen."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINE = 120
FUNCTION = 60
"""Lines of a function, from its first decorator to its end. Tables belong into TOML or beside the function."""

FILES = [ROOT / "wsgi.py", *sorted((ROOT / "youthapp").rglob("*.py")), *sorted((ROOT / "tests").rglob("*.py"))]


def long_lines(text: str) -> Iterator[int]:
    """Yield the numbers of the lines that are too long. A line that is one address or one string that cannot be cut counts too."""
    yield from (number for number, line in enumerate(text.splitlines(), 1) if len(line) > LINE)


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
    assert not list(long_functions(text))


def test_the_check_bites() -> None:
    assert list(long_lines("x" * 120 + "\n" + "x" * 121)) == [2]
    assert list(long_functions("@cached\ndef long():\n" + "    x = 1\n" * 59)) == [("long", 61)]
    assert not list(long_functions("def short():\n" + "    x = 1\n" * 59))
