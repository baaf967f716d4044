"""The commands: ``porchlight serve``, ``export``, ``content …`` and ``language …`` (``python -m youthapp`` is the same).

Those for the words read the library themselves and need no running app, so that they also work when the app refuses to start.
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

from .editorial import catalogues, check, readability
from .i18n.catalogues import LanguageError
from .i18n.languages import LANGUAGES, SOURCE, Language
from .i18n.translator import draft_translators, translators
from .library import published, review, schema, snapshot
from .library.library import CONTENT, Library, LibraryError, free_codes
from .library.schema import Record
from .paths import INSTALLED, ROOT
from .serve import serve
from .settings import PREFIX, Settings, SettingsError

TRANSLATED = [language for language in LANGUAGES if language != SOURCE]


def _library() -> Library:
    """Ours, and the organisation's own records when the settings name a folder."""
    try:
        own = Settings.from_environment(os.environ).records
        return Library.load(CONTENT, *((own,) if own else ()))
    except (LibraryError, SettingsError) as error:
        raise click.ClickException(str(error)) from None


def _drafts(library: Library) -> dict[str, dict[str, Record]]:
    """Return tag -> id -> record, translated by the .po files as they are now; a text without a translation stays English."""
    drafts = draft_translators(library, LANGUAGES)
    return {tag: {key: draft.translate(record) for key, record in library.records.items()} for tag, draft in drafts.items()}


@click.group()
def content() -> None:
    """The records: how they stand, what is wrong, what is due."""


@content.command()
@click.option("--json", "as_json", is_flag=True, help="Print counts as JSON.")
def status(as_json: bool) -> None:
    """How the library stands: records by kind, state and language, reading levels, facts used, overdue checks."""
    library = _library()
    drafts = _drafts(library)
    today = date.today()
    gaps = {language.tag: Counter(gap.split(":")[0] for gap in catalogues.gaps(language, library)) for language in TRANSLATED}
    kinds: dict[str, Any] = {}
    for kind in schema.KINDS:
        ids = [key for key, value in library.kinds.items() if value == kind]
        kinds[kind] = {
            "records": len(ids),
            "shown": sum(library.shown(library.get(key)) for key in ids),
            "overdue": sum(review.overdue(library.get(key), kind, today) for key in ids),
            "reviewed": sum(bool(review.counting(library.get(key))) for key in ids),
            "levels": {language.tag: _scores(drafts[language.tag], ids, language, library.easy) for language in LANGUAGES},
            "words": {language.tag: sum(check.level(drafts[language.tag][key], None, library.easy).words for key in ids) for language in LANGUAGES},
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
    headings = [f"{language.tag} {_scale(language)}" for language in LANGUAGES]
    _row("kind", "records", "shown", "overdue", "signed", *headings, *(f"words {language.tag}" for language in LANGUAGES))
    for kind, numbers in kinds.items():
        levels = [_spread_words(numbers["levels"][language.tag]) for language in LANGUAGES]
        counts = (numbers[name] for name in ("records", "shown", "overdue", "reviewed"))
        _row(kind, *counts, *levels, *(numbers["words"][language.tag] for language in LANGUAGES))
    click.echo(f"{'all':10} {told['records']:7}")
    for code, counts in told["languages"].items():  # type: ignore[attr-defined]
        click.echo(f"{code}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))
    click.echo(f"facts: {len(used)} used of {len(publishable)} that may be published ({len(library.facts)} in all); overdue checks: {told['overdue']}")


@content.command("check")
def check_() -> None:
    """Check every word: voice, dangerous mistakes, reading level, digits, both languages. Exits with 1 when something is wrong."""
    library = _library()
    found = [str(problem) for problem in check.problems(library, _drafts(library))]
    found += [f"{language.tag}: {gap}" for language in TRANSLATED for gap in catalogues.gaps(language, library)]
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
    found = translators(library, LANGUAGES)
    if any(translator.missing() for translator in found.values()):
        raise click.ClickException("Words without a translation: `porchlight content check` lists them.")
    snapshot.write(library, {language.tag: found[language.tag].translate for language in TRANSLATED})
    click.echo(f"{len(library.records)} records in {len(found)} languages, {snapshot.FILE.stat().st_size // 1024} KB")


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
    for each in TRANSLATED:
        click.echo(f"{each.tag}: {catalogues.update(each, library)} words to translate")


@language.command("compile")
def compile_() -> None:
    """Write the .mo files that the app loads."""
    for each in TRANSLATED:
        click.echo(f"{each.tag}: {catalogues.compile_language(each)} catalogues")


@click.command("export")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Export a second time elsewhere, in another process, and compare every byte.")
@click.option("--kit", type=click.Path(dir_okay=False, path_type=Path), help="Write one zip for a stick as well: the site, and its pages to open from files.")
def export_(folder: Path | None, check: bool, kit: Path | None) -> None:
    """Write the whole site as plain files into FOLDER, with the configurations for nginx and Caddy, or into one zip (--kit), or both.

    The day against which checks are overdue is PORCHLIGHT_TODAY, else the day of the commit. A page that is broken is named, and nothing
    is written.
    """
    if folder is None and (check or kit is None):
        raise click.UsageError("Name a folder to export to, or a zip with --kit.")
    from . import create_app, export

    environment = {**os.environ, f"{PREFIX}TODAY": os.environ.get(f"{PREFIX}TODAY") or _day_of_commit()}
    try:
        app = create_app(Settings.from_environment(environment))
        site = export.site(app)
        if folder is not None:
            export.write(site, folder)
        if kit is not None:
            count = export.kit.write(app, site, kit)
            click.echo(f"{count} pages to open from files, and the site, {kit.stat().st_size // 1024} KB in {kit}")
    except (FileExistsError, export.ExportError, SettingsError, LibraryError, LanguageError) as error:
        raise click.ClickException(str(error)) from None
    if folder is None:
        return
    first = export.digests(folder)
    click.echo(f"{len(site.leaves)} addresses, {len(first)} files, {sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) // 1024} KB in {folder}")
    if not check:
        return
    with tempfile.TemporaryDirectory() as other:
        # Another process with another hash seed: an order that came from a set would show.
        subprocess.run([sys.executable, "-m", "youthapp", "export", f"{other}/again"], env={**environment, "PYTHONHASHSEED": "7"}, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        second = export.digests(Path(other) / "again")
    differ = sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))
    if differ:
        raise click.ClickException("Two exports differ: " + ", ".join(differ[:10]))
    click.echo(f"A second export is the same to the byte: {len(second)} files")


def _day_of_commit() -> str:
    """Return the day of the last commit; in an installed wheel, which has no commits, today."""
    if INSTALLED:
        return date.today().isoformat()
    try:
        asked = subprocess.run(["git", "log", "-1", "--format=%cs"], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        raise click.ClickException(f"This is no git checkout. Say which day the export is of: {PREFIX}TODAY=2026-11-23") from None
    return asked.stdout.strip()


def _spread(scores: list[float]) -> dict[str, float]:
    return {"lowest": scores[0], "median": scores[len(scores) // 2], "highest": scores[-1]} if scores else {}


def _spread_words(scores: list[float]) -> str:
    return f"{scores[0]} / {scores[len(scores) // 2]} / {scores[-1]}" if scores else "-"


def _scores(records: Mapping[str, Record], ids: list[str], language: Language, easy: frozenset[str]) -> list[float]:
    """Return the reading scores of records in their language, the lowest first; none where the language has no formula."""
    scores = (check.level(records[key], language.reading, easy).score for key in ids)
    return sorted(score for score in scores if score is not None)


def _scale(language: Language) -> str:
    """Return what a language's reading scores are called."""
    return readability.FORMULAS[language.reading.formula].name if language.reading else "(no formula)"


def _row(name: str, *columns: object) -> None:
    """Print one row of the status table: a name, four counts, then the columns of the languages."""
    counts, rest = columns[:4], columns[4:]
    click.echo(f"{name:10}" + "".join(f" {count!s:>7}" for count in counts) + "".join(f"  {column!s:>20}" for column in rest))


groups = (content, language, export_)


@click.group()
def main() -> None:
    """Porchlight: serve it, export it, keep its words."""


for command in (*groups, serve):
    main.add_command(command)
