"""How often the search is right: `python -m tests.ask.evaluate [questions.jsonl …]` prints it, by language and by
topic.

Runs the very code of the phone (static/js/ask/search.js and the installed library) in Node over the very index and
sentences that the server sends. Two files of questions of ours stand beside this one, invented in the style of the
words that youths use: questions.jsonl is what the search was tuned on; held-out.jsonl, every third question, was never
looked at while the ranking was tuned. Right page: it carries one of the question's topics. Right sentence: a person has
read question and sentence together and says so in judged.jsonl; one that nobody has judged yet is named. Manners of
speaking (manners.jsonl, tuned on, and manners-held-out.jsonl) must raise no alarm.

Danger (danger.jsonl, which the signs of danger were written from, and danger-held-out.jsonl, which was asked once, after
they were done): sentences of a person in danger, and calm ones that look alike.

What was held out once and is not quite so any more, since 2026-11-28: three wrong sentences that held-out questions were
shown (en033, es042, es165) were mended in the asks of their records, and two manners of speaking that
raised an alarm moved to manners.jsonl. The Spanish calm sentences of danger-held-out.jsonl were looked at on 2026-11-29
(eight false alarms of 40, two since).
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask

from youthapp.i18n.languages import LANGUAGES as REGISTRY

CONTENT = Path(__file__).parent
LANGUAGES = tuple(language.tag for language in REGISTRY)
TUNED_ON, HELD_OUT = CONTENT / "questions.jsonl", CONTENT / "held-out.jsonl"
MANNERS, MANNERS_HELD_OUT = CONTENT / "manners.jsonl", CONTENT / "manners-held-out.jsonl"
DANGER, DANGER_HELD_OUT = CONTENT / "danger.jsonl", CONTENT / "danger-held-out.jsonl"
JUDGED = CONTENT / "judged.jsonl"


@cache
def _app() -> Flask:
    from youthapp import create_app

    return create_app()


def data_of(name: str, language: str) -> dict[str, Any]:
    """Return what the server sends in a language: the "index" or the "answers" (its sentences)."""
    app = _app()
    return json.loads(app.test_client().get(f"/static/{app.config['RELEASE']}/{name}-{language}.json").data)  # type: ignore[no-any-return]


def index_of(language: str) -> dict[str, Any]:
    """Return the index that the server sends in a language."""
    return data_of("index", language)


def write_indexes(folder: Path, change: Callable[[dict[str, Any]], None], *, signs: bool = True) -> None:
    """Write what the server sends in each language where the scripts in Node read it. change: does something to each
    index first. signs: whether the signs of danger are among the sentences."""
    for language in LANGUAGES:
        index, told = index_of(language), data_of("answers", language)
        change(index)
        if not signs:
            told["signs"]["signs"] = told["signs"]["grave"] = []
        (folder / f"{language}.json").write_text(json.dumps(index), "utf-8")
        (folder / f"{language}.answers.json").write_text(json.dumps(told), "utf-8")


def node() -> str:
    """Return the path of Node: the machine's own, or the one that `make setup` put beside Python."""
    beside = Path(sys.executable).parent / "node"
    return shutil.which("node") or str(beside)


def measure(*files: Path, change: Callable[[dict[str, Any]], None] = lambda _index: None) -> list[dict[str, Any]]:
    """Return what the evaluator found, one entry a file: {"file", "languages": {code: counts}, "topics": {label:
    counts}, "shown": [sentences shown as the answer], "raises": [whether each question raised an alarm or was asked
    back]}.

    Counts are {"asked", "first", "three", "now", "two"}: questions, right first, right within three, urgent ones,
    urgent within two. change: does something to the index first, to see what a part of it is worth.
    """
    with tempfile.TemporaryDirectory() as folder:
        write_indexes(Path(folder), change)
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


def judged() -> dict[tuple[str, str, str], bool]:
    """Return the sentences that a person has judged: (question's id, record's id, path of the sentence) -> right."""
    entries = [json.loads(line) for line in JUDGED.read_text("utf-8").splitlines()]
    return {(entry["id"], entry["record"], entry["answer"]): entry["right"] for entry in entries}


def verdicts(shown: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the shown sentences as "right", "wrong" and "not judged", each with the path of its sentence."""
    from youthapp.ask.index import groups_of, searchable

    library = _app().extensions["library"]
    paths = [group.answer for record in searchable(library) for group in groups_of(record)]
    known = judged()
    told: dict[str, list[dict[str, Any]]] = {"right": [], "wrong": [], "not judged": []}
    for each in shown:
        entry = each | {"answer": paths[each["group"]] if each["group"] >= 0 else "guide"}
        right = known.get((entry["id"], entry["record"], entry["answer"]))
        told["not judged" if right is None else "right" if right else "wrong"].append(entry)
    return told


def _sentences(name: str, language: str, found: dict[str, Any]) -> str:
    shown = verdicts([each for each in found["shown"] if each["language"] == language])
    asked = found["languages"][language]["asked"]
    count = {verdict: len(entries) for verdict, entries in shown.items()}
    return (
        f"{name}: a sentence shown for {sum(count.values())} of {asked}: right {count['right']}, wrong "
        f"{count['wrong']} ({100 * count['wrong'] / asked:.1f} % of the questions), not judged {count['not judged']}"
    )


def _calm(file: Path, language: str, raises: list[dict[str, Any]]) -> str:
    mine = [each for each in raises if each["language"] == language]
    calm, asked = (sum(not each["danger"] for each in mine), sum(each["hurt"] for each in mine))
    return f"{file.stem}, {language}: {calm} of {len(mine)} manners of speaking without an alarm, {asked} asked back"


@dataclass(frozen=True)
class Recognised:
    """What the search made of the sentences of danger.jsonl in one language: each list holds texts."""

    danger: list[str]
    calm: list[str]
    alarmed: list[str]
    asked: list[str]

    def share(self, of: list[str], *found: list[str]) -> float:
        """Return the share of some texts that are in any of the lists."""
        return sum(any(text in texts for texts in found) for text in of) / len(of)

    def __str__(self) -> str:
        alarm, ask = self.share(self.danger, self.alarmed), self.share(self.danger, self.asked)
        false, doubt = self.share(self.calm, self.alarmed), self.share(self.calm, self.asked)
        return (
            f"danger ({len(self.danger)}): alarm {alarm:.0%}, asked {ask:.0%}, silent {1 - alarm - ask:.0%}; "
            f"calm ({len(self.calm)}): alarm {false:.0%}, asked {doubt:.0%}"
        )


def recognised(file: Path) -> dict[str, Recognised]:
    """Return by language what the search makes of a file of sentences, dangerous (a kind of danger) or calm (null)."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    (found,) = measure(file)
    told = {}
    for language in LANGUAGES:
        own = [row for row in rows if row["language"] == language]
        raises = [each for each in found["raises"] if each["language"] == language]
        told[language] = Recognised(
            danger=[row["text"] for row in own if row["danger"]],
            calm=[row["text"] for row in own if not row["danger"]],
            alarmed=[each["text"] for each in raises if each["danger"]],
            asked=[each["text"] for each in raises if each["hurt"] and not each["danger"]],
        )
    return told


def figures(*files: Path, topics: bool = False) -> list[str]:
    """Return the figures as lines to print; of our own questions when no file is named."""
    told = []
    for found in measure(*(files or (TUNED_ON, HELD_OUT))):
        for code, counts in found["languages"].items():
            name = f"{Path(found['file']).stem}, {code}"
            told += [_row(name, counts), _sentences(name, code, found)]
        if topics:
            told += [_row(f"  {label}", counts) for label, counts in sorted(found["topics"].items())]
    if not files:
        for file, found in zip((MANNERS, MANNERS_HELD_OUT), measure(MANNERS, MANNERS_HELD_OUT), strict=True):
            told += [_calm(file, language, found["raises"]) for language in LANGUAGES]
        for file in (DANGER, DANGER_HELD_OUT):
            told += [f"{file.stem}, {language}: {found}" for language, found in recognised(file).items()]
    return told


if __name__ == "__main__":
    print("\n".join(figures(*map(Path, sys.argv[1:]), topics=True)))
