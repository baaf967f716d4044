"""Commands for the people who keep the words: ``youthapp content …`` and ``youthapp language …`` (or ``flask --app wsgi …``).

They read the library themselves and need no running app, so that they also work when the app refuses to start.
"""

import json
from collections import Counter
from datetime import date, datetime
from typing import Any

import click
from babel.messages.catalog import Catalog

from .content import check as words_check
from .content import extract, records, review
from .content.library import Library, LibraryError, free_codes
from .content.records import Record
from .languages import LANGUAGES, SOURCE


def _library() -> Library:
    try:
        return Library.load()
    except LibraryError as error:
        raise click.ClickException(str(error)) from None


def _spoken(library: Library) -> dict[str, dict[str, Record]]:
    """Return language -> id -> record, from the .po files as they stand; a missing word stays English."""
    spoken: dict[str, dict[str, Record]] = {SOURCE.code: dict(library.records)}
    for language in LANGUAGES:
        if language == SOURCE:
            continue
        catalogues = {kind: extract.load(language.code, kind) for kind in set(library.kinds.values())}

        spoken[language.code] = {key: _translated(record, catalogues[library.kinds[key]]) for key, record in library.records.items()}
    return spoken


def _translated(record: Record, catalogue: Catalog) -> Record:
    def say(text: str) -> str:
        message = catalogue.get(text, record.id)
        return str(message.string) if message is not None and message.string else text

    return records.translated(record, say)


@click.group()
def content() -> None:
    """The records: how they stand, what is wrong, what is due."""


@content.command()
@click.option("--json", "as_json", is_flag=True, help="Print counts as JSON.")
def status(as_json: bool) -> None:
    """How the library stands: records by kind, state and language, reading levels, facts used, overdue checks."""
    library = _library()
    spoken = _spoken(library)
    today = date.today()
    gaps = {language.code: Counter(gap.split(":")[0] for gap in extract.gaps(language.code, library)) for language in LANGUAGES if language != SOURCE}
    kinds: dict[str, Any] = {}
    for kind in records.KINDS:
        ids = [key for key, value in library.kinds.items() if value == kind]
        kinds[kind] = {
            "records": len(ids),
            "shown": sum(library.shown(library.get(key)) for key in ids),
            "overdue": sum(review.overdue(library.get(key), kind, today) for key in ids),
            "reviewed": sum(bool(review.counting(library.get(key))) for key in ids),
            "levels": {language: sorted(words_check.level(said[key], language, library.easy).score for key in ids) for language, said in spoken.items()},
            "words": {language: sum(words_check.level(said[key], language, library.easy).words for key in ids) for language, said in spoken.items()},
        }
    publishable = {key for key, fact in library.facts.items() if fact.confidence not in ("low", "unverified")}
    used = {fact for record in library.records.values() for fact in record.facts}
    told = {
        "records": len(library.records),
        "kinds": {kind: {**numbers, "levels": {lang: _spread(scores) for lang, scores in numbers["levels"].items()}} for kind, numbers in kinds.items()},
        "languages": {code: {"missing": counts["missing"], "fuzzy": counts["fuzzy"], "left over": counts["left over"]} for code, counts in gaps.items()},
        "facts": {"all": len(library.facts), "publishable": len(publishable), "used": len(used)},
        "topics": {topic: sum(topic in record.topics for record in library.records.values()) for topic in library.topics},
        "overdue": sum(numbers["overdue"] for numbers in kinds.values()),
    }
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(f"{'kind':10} {'records':>7} {'shown':>6} {'overdue':>7} {'signed':>6}  {'English grade':>20}  {'Spanish INFLESZ':>20}  {'words en':>8} {'words es':>8}")
    for kind, numbers in kinds.items():
        spreads = [_told(numbers["levels"][language]) for language in ("en", "es")]
        words = numbers["words"]
        click.echo(
            f"{kind:10} {numbers['records']:7} {numbers['shown']:6} {numbers['overdue']:7} {numbers['reviewed']:6}  {spreads[0]:>20}  {spreads[1]:>20}  {words['en']:8} {words['es']:8}"
        )
    click.echo(f"{'all':10} {told['records']:7}")
    for code, counts in told["languages"].items():  # type: ignore[attr-defined]
        click.echo(f"{code}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
    click.echo(f"facts: {len(used)} used of {len(publishable)} that may be published ({len(library.facts)} in all); overdue checks: {told['overdue']}")


@content.command("check")
def check_() -> None:
    """Check every word: voice, dangerous mistakes, reading level, digits, both languages. Exits with 1 when something is wrong."""
    library = _library()
    found = [str(problem) for problem in words_check.problems(library, _spoken(library))]
    found += [f"{language.code}: {gap}" for language in LANGUAGES if language != SOURCE for gap in extract.gaps(language.code, library)]
    for line in found:
        click.echo(line)
    click.echo(f"{len(found)} problems in {len(library.records)} records")
    if found:
        raise SystemExit(1)


@content.command()
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Another day than today.")
def due(day: datetime | None) -> None:
    """Which checks are due, the oldest first."""
    library = _library()
    today = day.date() if day else date.today()
    rows = sorted((review.due_on(record, library.kinds[key]), library.kinds[key], key) for key, record in library.records.items())
    late = [row for row in rows if row[0] < today]
    for when, kind, key in late:
        click.echo(f"{when}  {kind}/{key}")
    upcoming = rows[len(late)][0] if len(late) < len(rows) else None
    click.echo(f"{len(late)} of {len(rows)} are due" + (f"; the next on {upcoming}" if upcoming else ""))


@content.command()
@click.argument("record_id")
def seal(record_id: str) -> None:
    """Print a record's words and its seal, for the person who signs them (put the seal in the record's [[reviews]])."""
    library = _library()
    if record_id not in library.records:
        raise click.ClickException(f"There is no record {record_id!r}.")
    record = library.get(record_id)
    for path, text in records.texts(record):
        click.echo(f"{path}: {text}")
    click.echo(f"facts: {', '.join(record.facts) or 'none'}\nseal: {records.seal(record, str)}")


@content.command()
@click.argument("count", default=1)
def code(count: int) -> None:
    """Print free codes for new records."""
    source = free_codes(record.code for record in _library().records.values())
    for _ in range(count):
        click.echo(next(source))


@click.group()
def language() -> None:
    """The catalogues: from the words as they stand to what the app loads."""


@language.command("extract")
def extract_() -> None:
    """Count what must be translated, by domain."""
    for domain, template in extract.templates(_library()).items():
        click.echo(f"{domain}: {len(template)}")


@language.command()
def update() -> None:
    """Bring the .po files up to date; new words come in empty."""
    library = _library()
    for spoken in LANGUAGES:
        if spoken != SOURCE:
            click.echo(f"{spoken.code}: {extract.update(spoken.code, library)} words to translate")


@language.command("compile")
def compile_() -> None:
    """Write the .mo files that the app loads."""
    for spoken in LANGUAGES:
        if spoken != SOURCE:
            click.echo(f"{spoken.code}: {extract.compile_language(spoken.code)} catalogues")


def _spread(scores: list[float]) -> dict[str, float]:
    return {"lowest": scores[0], "median": scores[len(scores) // 2], "highest": scores[-1]} if scores else {}


def _told(scores: list[float]) -> str:
    return f"{scores[0]} / {scores[len(scores) // 2]} / {scores[-1]}" if scores else "-"


groups = (content, language)


@click.group()
def main() -> None:
    """Porchlight's commands."""


for group in groups:
    main.add_command(group)
