"""How alike the search answers in both languages: `python -m tests.ask.pairs` prints what of its tables is answered as
they say.

Each pair is asked of the phone's own search (static/js/ask/search.js) over the index that the server sends, in both
languages.
"""

import json
import subprocess
import tempfile
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.ask.evaluate import node, write_indexes

PAIRS, HELD_OUT = Path(__file__).parent / "pairs.toml", Path(__file__).parent / "pairs-held-out.toml"
LANGUAGES = ("en", "es")
"""The languages of the pairs, in their order."""


@dataclass(frozen=True)
class Asked:
    """One sentence of the table with what the search did: the first record and its topics, and whether an alarm stands
    on top."""

    language: str
    text: str
    guides: tuple[str, ...]
    topics: tuple[str, ...]
    alarm: bool
    first: str
    labels: tuple[str, ...]
    alarmed: bool

    @property
    def right_alarm(self) -> bool:
        """Whether the alarm stands on top when it is wanted, and only then."""
        return self.alarm == self.alarmed

    @property
    def right_first(self) -> bool:
        """Whether the first answer is one of the guides or topics of its group; a group that names none takes any."""
        if self.guides:
            return self.first in self.guides
        return not self.topics or bool(set(self.topics) & set(self.labels))


def ask_all(
    table: Path = PAIRS, change: Callable[[dict[str, Any]], None] = lambda _index: None, *, signs: bool = True
) -> list[Asked]:
    """Ask every sentence of a table and return the answers, the languages of a pair side by side.

    change: does something to each index first. signs: whether the signs of danger are there too.
    """
    groups = tomllib.loads(table.read_text("utf-8"))["group"]
    rows = [
        (group, language, text)
        for group in groups
        for pair in group["pairs"]
        for language, text in zip(LANGUAGES, pair, strict=True)
    ]
    answers = first_of([(language, text) for _group, language, text in rows], change, signs=signs)
    return [
        Asked(language, text, tuple(group.get("guides", ())), tuple(group.get("topics", ())), group["alarm"],
        answer["first"], tuple(answer["labels"]), answer["alarm"])
        for (group, language, text), answer in zip(rows, answers, strict=True)
    ]  # fmt: skip


def first_of(
    questions: Iterable[tuple[str, str]], change: Callable[[dict[str, Any]], None] = lambda _index: None, *,
    signs: bool = True,
) -> list[dict[str, Any]]:  # fmt: skip
    """Return what comes first for each question, given as (language, text): its record, the labels of its topics,
    whether the alarm is raised and the sentence sure, and how many records were found. change and signs: as for ask_all."""
    with tempfile.TemporaryDirectory() as folder:
        write_indexes(Path(folder), change, signs=signs)
        told = json.dumps([{"language": language, "text": text} for language, text in questions])
        command = [node(), str(PAIRS.with_name("first.mjs")), folder]
        answers: list[dict[str, Any]] = json.loads(
            subprocess.run(command, input=told, capture_output=True, text=True, check=True).stdout
        )
    return answers


def figures(asked: list[Asked], language: str) -> str:
    """Return the figures of one language as one line."""
    own = [row for row in asked if row.language == language]
    danger, calm = [row for row in own if row.alarm], [row for row in own if not row.alarm]
    named = [row for row in calm if row.topics]
    seen, guided = sum(row.right_alarm for row in danger), sum(row.right_first for row in danger)
    quiet, fitting = sum(row.right_alarm for row in calm), sum(row.right_first for row in named)
    return (
        f"{language}: {len(own)} sentences; danger: alarm {seen} of {len(danger)}, right guide first {guided}; "
        f"calm: no alarm {quiet} of {len(calm)}, right topic first {fitting} of {len(named)}"
    )


def report(table: Path) -> list[str]:
    """Return the figures of a table and each sentence that is answered otherwise than it says, as lines to print."""
    found = ask_all(table)
    lines = [table.stem, *(figures(found, language) for language in LANGUAGES)]
    for row in found:
        if not row.right_alarm or not row.right_first:
            wanted = f"{'alarm' if row.alarm else 'calm'} {' '.join(row.guides or row.topics)}"
            lines.append(
                f"  {row.language} {row.text!r} wants {wanted}: {'alarm' if row.alarmed else 'calm'} {row.first}"
            )
    return lines


if __name__ == "__main__":
    print("\n".join([*report(PAIRS), *report(HELD_OUT)]))
