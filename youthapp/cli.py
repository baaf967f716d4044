"""Commands for the people who keep the words: ``youthapp content …`` and ``youthapp language …`` (or ``flask --app wsgi …``).

They read the library themselves and need no running app, so that they also work when the app refuses to start.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Catalog

from .editorial import catalogues, check
from .i18n.translator import LANGUAGES, SOURCE, translators
from .library import published, review, schema, snapshot
from .library.library import CONTENT, Library, LibraryError, free_codes
from .library.schema import Record
from .serve import serve
from .settings import PREFIX, Settings, SettingsError


def _library() -> Library:
    """Ours, and the organisation's own records when the settings name a folder."""
    try:
        own = Settings.from_environment(os.environ).records
        return Library.load(CONTENT, *((own,) if own else ()))
    except (LibraryError, SettingsError) as error:
        raise click.ClickException(str(error)) from None


def _spoken(library: Library) -> dict[str, dict[str, Record]]:
    """Return language -> id -> record, from the .po files as they stand; a missing word stays English."""
    spoken: dict[str, dict[str, Record]] = {SOURCE.code: dict(library.records)}
    for language in LANGUAGES:
        if language == SOURCE:
            continue
        by_kind = {kind: catalogues.load(language.code, kind) for kind in set(library.kinds.values())}

        own = library.own_words.get(language.code, {})
        ours = {key: _translated(record, by_kind[library.kinds[key]]) for key, record in library.records.items() if key not in library.own}
        spoken[language.code] = ours | {key: _in_own_words(library.get(key), own.get(key, {})) for key in library.own}
    return spoken


def _translated(record: Record, catalogue: Catalog) -> Record:
    def say(text: str) -> str:
        message = catalogue.get(text, record.id)
        return str(message.string) if message is not None and message.string else text

    return schema.translated(record, say)


def _in_own_words(record: Record, words: Mapping[str, str]) -> Record:
    return schema.translated(record, lambda text: words.get(text, text))


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
    gaps = {language.code: Counter(gap.split(":")[0] for gap in catalogues.gaps(language.code, library)) for language in LANGUAGES if language != SOURCE}
    kinds: dict[str, Any] = {}
    for kind in schema.KINDS:
        ids = [key for key, value in library.kinds.items() if value == kind]
        kinds[kind] = {
            "records": len(ids),
            "shown": sum(library.shown(library.get(key)) for key in ids),
            "overdue": sum(review.overdue(library.get(key), kind, today) for key in ids),
            "reviewed": sum(bool(review.counting(library.get(key))) for key in ids),
            "levels": {language: sorted(check.level(said[key], language, library.easy).score for key in ids) for language, said in spoken.items()},
            "words": {language: sum(check.level(said[key], language, library.easy).words for key in ids) for language, said in spoken.items()},
        }
    publishable = {key for key, fact in library.facts.items() if fact.publishable}
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
    found = [str(problem) for problem in check.problems(library, _spoken(library))]
    found += [f"{language.code}: {gap}" for language in LANGUAGES if language != SOURCE for gap in catalogues.gaps(language.code, library)]
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
    for path, text in schema.texts(record):
        click.echo(f"{path}: {text}")
    click.echo(f"facts: {', '.join(record.facts) or 'none'}\nseal: {schema.seal(record, str)}")


@content.command()
@click.argument("count", default=1)
@click.option("--own", is_flag=True, help="For an organisation's own records: 4 characters, which no release of ours uses.")
def code(count: int, own: bool) -> None:
    """Print free codes for new records."""
    taken = [record.code for record in _library().records.values()] + list(published.codes())
    source = free_codes(taken, "x" if own else "")
    for _ in range(count):
        click.echo(next(source))


@content.command("compile")
def snapshot_() -> None:
    """Read and check everything once, so that starting the app does not have to."""
    library = _library()
    said = translators(library, LANGUAGES)
    if any(translator.missing() for translator in said.values()):
        raise click.ClickException("Words without a translation: `youthapp content check` lists them.")
    snapshot.write(library, {code: translator.translate for code, translator in said.items() if translator.language != SOURCE})
    click.echo(f"{len(library.records)} records in {len(said)} languages, {snapshot.FILE.stat().st_size // 1024} KB")


@content.command()
def publish() -> None:
    """Add the codes of new records to the list of published addresses. A code on the list is on paper: it never leaves it, nor changes."""
    try:
        added = published.add(Library.load())
    except (published.PublishedError, LibraryError) as error:
        raise click.ClickException(str(error)) from None
    for code_, record_id in added.items():
        click.echo(f"{code_}  {record_id}")
    click.echo(f"{len(added)} added, {len(published.codes())} published")


@click.group()
def language() -> None:
    """The catalogues: from the words as they stand to what the app loads."""


@language.command("extract")
def extract_() -> None:
    """Count what must be translated, by domain."""
    for domain, template in catalogues.templates(_library()).items():
        click.echo(f"{domain}: {len(template)}")


@language.command()
def update() -> None:
    """Bring the .po files up to date; new words come in empty."""
    library = _library()
    for spoken in LANGUAGES:
        if spoken != SOURCE:
            click.echo(f"{spoken.code}: {catalogues.update(spoken.code, library)} words to translate")


@language.command("compile")
def compile_() -> None:
    """Write the .mo files that the app loads."""
    for spoken in LANGUAGES:
        if spoken != SOURCE:
            click.echo(f"{spoken.code}: {catalogues.compile_language(spoken.code)} catalogues")


@click.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Export a second time elsewhere, in another process, and compare every byte.")
def export_(folder: Path, check: bool) -> None:
    """Write the whole site as plain files, with the rules for common hosts.

    The day against which checks are overdue is PORCHLIGHT_TODAY, else the day of the commit.
    """
    from . import create_app, export

    environment = {**os.environ, f"{PREFIX}TODAY": os.environ.get(f"{PREFIX}TODAY") or _day_of_commit()}
    try:
        count = export.write(create_app(Settings.from_environment(environment)), folder)
    except FileExistsError as error:
        raise click.ClickException(str(error)) from None
    first = export.digests(folder)
    click.echo(f"{count} addresses, {len(first)} files, {sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) // 1024} KB in {folder}")
    if not check:
        return
    with tempfile.TemporaryDirectory() as other:
        # Another process with another hash seed: an order that came from a set would show.
        subprocess.run(
            [sys.executable, "-m", "youthapp", "export", f"{other}/again"], env={**environment, "PYTHONHASHSEED": "7"}, check=True, stdout=subprocess.DEVNULL, cwd=snapshot.ROOT
        )
        second = export.digests(Path(other) / "again")
    differ = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    if differ:
        raise click.ClickException("Two exports differ: " + ", ".join(differ[:10]))
    click.echo(f"A second export is the same to the byte: {len(second)} files")


def _day_of_commit() -> str:
    told = subprocess.run(["git", "log", "-1", "--format=%cs"], cwd=snapshot.ROOT, capture_output=True, text=True, check=False)
    if told.returncode:
        raise click.ClickException(f"This is no git checkout. Say which day the export is of: {PREFIX}TODAY=2026-11-23")
    return told.stdout.strip()


def _spread(scores: list[float]) -> dict[str, float]:
    return {"lowest": scores[0], "median": scores[len(scores) // 2], "highest": scores[-1]} if scores else {}


def _told(scores: list[float]) -> str:
    return f"{scores[0]} / {scores[len(scores) // 2]} / {scores[-1]}" if scores else "-"


groups = (content, language, export_)


@click.group()
def main() -> None:
    """Porchlight's commands."""


for command in (*groups, serve):
    main.add_command(command)
