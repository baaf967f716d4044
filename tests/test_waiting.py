"""How tests wait in a browser: for what is to happen, never for a time; for a function, never for an expression.

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


def waits_for_time(text: str) -> list[str]:
    """Return the waits of a test for a time, or for the network to be idle, which is half a second of it."""
    return re.findall(r"\bwait_for_timeout\(|\bnetworkidle\b", text)


FOR_TIME = {
    "browser/scripts.py": 1,  # nothing_happens
    "browser/test_plan_traces.py": 7,  # that nothing reaches the disk; and when a browser is killed, drawn by lot
    "browser/test_history_line.py": 1,  # that no second line goes
    "browser/test_scripts.py": 1,  # that no further script is fetched
    "browser/test_traces.py": 1,  # the same, by a browser that is killed then
    "offline/test_budget.py": 1,  # all that a first visit fetches is weighed
    "pictures.py": 1,
    "bench_phone.py": 1,
    "test_waiting.py": 2,  # below
}
"""How many each file may have: where it is to be shown that nothing happens. Elsewhere wait for what happens."""


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: str(path.relative_to(TESTS)))
def test_tests_wait_for_functions_and_for_no_time(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not list(wrong_waits(text))
    assert len(waits_for_time(text)) == FOR_TIME.get(path.relative_to(TESTS).as_posix(), 0)


def test_the_check_bites() -> None:
    assert list(wrong_waits("page.go()\npage.wait_for_function('window.said')")) == [2]
    assert len(waits_for_time("page.wait_for_timeout(500)\npage.goto('/', wait_until='networkidle')")) == 2
    assert not list(wrong_waits("page.wait_for_function('() => 1')\npage.wait_for_function('a => a', arg=1)"))
