"""How tests wait in a browser: for a function, never for an expression.

Chromium may evaluate an expression once before the page's Content-Security-Policy refuses it (``unsafe-eval``), so a test
with one passes while the page is quick and fails when it is not.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
FUNCTION = re.compile(r"\s*(?:async )?(?:\([^)]*\)|\w+) =>")


def wrong_waits(text: str) -> Iterator[int]:
    """Yield the lines on which a test waits for an expression."""
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "wait_for_function"
        ):
            wanted = node.args[0]
            if isinstance(wanted, ast.Constant) and not FUNCTION.match(str(wanted.value)):
                yield node.lineno


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: str(path.relative_to(TESTS)))
def test_tests_wait_for_functions(path: Path) -> None:
    assert not list(wrong_waits(path.read_text("utf-8")))


def test_the_check_bites() -> None:
    assert list(wrong_waits("page.go()\npage.wait_for_function('window.said')")) == [2]
    assert not list(wrong_waits("page.wait_for_function('() => 1')\npage.wait_for_function('a => a', arg=1)"))
