"""How often the search is right: `python -m tests.ask.evaluate [questions.jsonl …]` prints it, by language and by
topic.

Runs the very code of the phone (static/js/ask/search.js and the installed library) in Node over the very index the
server sends. Two files of questions of ours stand beside this one, invented in the style of the words that youths use:
questions.jsonl is what the search was tuned on; held-out.jsonl, every third question, was never looked at while tuning.
Right: the result carries one of the question's topics.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from youthapp.i18n.languages import LANGUAGES as REGISTRY

CONTENT = Path(__file__).parent
LANGUAGES = tuple(language.tag for language in REGISTRY)
TUNED_ON, HELD_OUT = CONTENT / "questions.jsonl", CONTENT / "held-out.jsonl"


def index_of(language: str) -> dict[str, Any]:
    """Return the index that the server sends in a language."""
    from youthapp import create_app

    app = create_app()
    return json.loads(app.test_client().get(f"/static/{app.config['RELEASE']}/index-{language}.json").data)  # type: ignore[no-any-return]


def node() -> str:
    """Return the path of Node: the machine's own, or the one that `make setup` put beside Python."""
    beside = Path(sys.executable).parent / "node"
    return shutil.which("node") or str(beside)


def measure(*files: Path, change: Callable[[dict[str, Any]], None] = lambda _index: None) -> list[dict[str, Any]]:
    """Return what the evaluator found, one entry a file: {"file", "languages": {code: counts}, "topics": {label:
    counts}}.

    Counts are {"asked", "first", "three", "now", "two"}: questions, right first, right within three, urgent ones,
    urgent within two. change: does something to the index first, to see what a part of it is worth.
    """
    with tempfile.TemporaryDirectory() as folder:
        for language in LANGUAGES:
            index = index_of(language)
            change(index)
            Path(folder, f"{language}.json").write_text(json.dumps(index), "utf-8")
        answer = subprocess.run(
            [node(), str(CONTENT / "evaluate.mjs"), folder, *map(str, files)],
            capture_output=True,
            text=True,
            check=True,
        )
    return json.loads(answer.stdout)  # type: ignore[no-any-return]


def _row(name: str, counts: dict[str, int]) -> str:
    def share(part: str, whole: str) -> str:
        return f"{100 * counts[part] / counts[whole]:.1f} %" if counts[whole] else "-"

    return (
        f"{name}: {counts['asked']} questions, right first {share('first', 'asked')}, within three "
        f"{share('three', 'asked')}, urgent within two {counts['two']} of {counts['now']}"
    )


def figures(*files: Path, topics: bool = False) -> list[str]:
    """Return the figures as lines to print; of our own questions when no file is named."""
    told = []
    for found in measure(*(files or (TUNED_ON, HELD_OUT))):
        told += [_row(f"{Path(found['file']).stem}, {code}", counts) for code, counts in found["languages"].items()]
        if topics:
            told += [_row(f"  {label}", counts) for label, counts in sorted(found["topics"].items())]
    return told


if __name__ == "__main__":
    print("\n".join(figures(*map(Path, sys.argv[1:]), topics=True)))
