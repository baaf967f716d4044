"""``porchlight content …``: for the people who keep the words.

These commands read the library themselves and need no running app, so that they also work when the app refuses to
start.
"""

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from .. import REFUSALS, create_app
from ..editorial import catalogues, check, packet, readability, sources
from ..i18n.languages import LANGUAGES, Language
from ..i18n.translator import translators
from ..library import drawings, published, review, schema, snapshot
from ..library.library import Library, free_codes, own_code
from ..library.tables import spoken, tables
from ..paths import CONTENT
from ..web.permalinks import SECTION_CODES
from .common import TRANSLATED, drafts, library, settings


@click.group()
def content() -> None:
    """The records: how they stand, what is wrong, what is due."""


@content.command()
@click.option("--json", "as_json", is_flag=True, help="Print counts as JSON.")
def status(as_json: bool) -> None:
    """How the library stands: records by kind, state and language, reading levels, facts used, overdue checks."""
    records = library()
    kinds = _kinds(records)
    counts = _counts(records, kinds)
    if as_json:
        click.echo(json.dumps(counts, ensure_ascii=False, indent=1))
        return
    tags = [language.tag for language in LANGUAGES]
    scales = [f"{language.tag} {_scale(language)}" for language in LANGUAGES]
    _row("kind", "records", "shown", "overdue", "signed", *scales, *(f"words {tag}" for tag in tags))
    for kind, numbers in kinds.items():
        columns = [numbers[name] for name in ("records", "shown", "overdue", "reviewed")]
        columns += [_spread_words(numbers["levels"][tag]) for tag in tags]
        _row(kind, *columns, *(numbers["words"][tag] for tag in tags))
    click.echo(f"{'all':10} {counts['records']:7}")
    for code_, gaps in counts["languages"].items():
        click.echo(f"{code_}: " + ", ".join(f"{name} {count}" for name, count in gaps.items()))
    facts = counts["facts"]
    click.echo(
        f"facts: {facts['used']} used of {facts['publishable']} that may be published ({facts['all']} in all); "
        f"overdue checks: {counts['overdue']}"
    )


def _kinds(records: Library) -> dict[str, dict[str, Any]]:
    """Return kind -> its numbers: records, shown, overdue, reviewed, and by language the reading levels and words."""
    translated, today = drafts(records), date.today()
    found: dict[str, dict[str, Any]] = {}
    for kind in schema.KINDS:
        ids = [key for key, value in records.kinds.items() if value == kind]
        levels = {
            language.tag: [check.level(translated[language.tag][key], language.reading, records.easy) for key in ids]
            for language in LANGUAGES
        }
        found[kind] = {
            "records": len(ids),
            "shown": sum(records.shown(records.get(key)) for key in ids),
            "overdue": sum(review.overdue(records.get(key), kind, today) for key in ids),
            "reviewed": sum(bool(review.counting(records.get(key))) for key in ids),
            "levels": {
                tag: sorted(level.score for level in measured if level.score is not None)
                for tag, measured in levels.items()
            },
            "words": {tag: sum(level.words for level in measured) for tag, measured in levels.items()},
        }
    return found


def _counts(records: Library, kinds: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the whole table of ``content status --json``."""
    gaps = {
        language.tag: Counter(gap.split(":")[0] for gap in catalogues.gaps(language, records))
        for language in TRANSLATED
    }
    used = {fact for record in records.records.values() for fact in record.facts}
    return {
        "records": len(records.records),
        "kinds": {
            kind: {**numbers, "levels": {tag: _spread(scores) for tag, scores in numbers["levels"].items()}}
            for kind, numbers in kinds.items()
        },
        "languages": {
            code_: {name: found[name] for name in ("missing", "fuzzy", "left over")} for code_, found in gaps.items()
        },
        "facts": {
            "all": len(records.facts),
            "publishable": sum(fact.publishable for fact in records.facts.values()),
            "used": len(used),
        },
        "topics": {
            topic: sum(topic in record.topics for record in records.records.values()) for topic in records.topics
        },
        "overdue": sum(numbers["overdue"] for numbers in kinds.values()),
    }


def _spread(scores: list[float]) -> dict[str, float]:
    return {"lowest": scores[0], "median": scores[len(scores) // 2], "highest": scores[-1]} if scores else {}


def _spread_words(scores: list[float]) -> str:
    return f"{scores[0]} / {scores[len(scores) // 2]} / {scores[-1]}" if scores else "-"


def _scale(language: Language) -> str:
    """Return what a language's reading scores are called."""
    return readability.FORMULAS[language.reading.formula].name if language.reading else "(no formula)"


def _row(name: str, *columns: object) -> None:
    """Print one row of the status table: a name, four counts, then the columns of the languages."""
    counts, rest = columns[:4], columns[4:]
    click.echo(
        f"{name:10}" + "".join(f" {count!s:>7}" for count in counts) + "".join(f"  {column!s:>20}" for column in rest)
    )


@content.command("check")
@click.option(
    "--hints", is_flag=True, help="Print what is worth a look too, such as chopped sentences; a hint is no problem."
)
def check_(hints: bool) -> None:
    """Check every word: voice, dangerous mistakes, reading level, digits, both languages. Exits with 1 when something
    is wrong."""
    records = library()
    problems = list(check.problems(records, drafts(records)))
    found = [str(problem) for problem in problems if not problem.hint]
    found += [f"{language.tag}: {gap}" for language in TRANSLATED for gap in catalogues.gaps(language, records)]
    found += [
        str(problem)
        for language in TRANSLATED
        for problem in check.interface([*catalogues.sentences(language), *spoken(language.tag)], language)
    ]
    found += [str(problem) for problem in check.of_drawings(records, drawings.read())]
    found += sources.problems(records)
    found += [
        f"published.toml: {key} is not on the list yet. Run `porchlight content publish`."
        for key in published.unlisted(records)
    ]
    try:
        create_app(settings(), library=records)
    except REFUSALS as error:
        # What keeps it from starting is a problem of the words too: a county, a line, a missing translation.
        found.append(str(error))
    worth_a_look = [f"hint: {problem}" for problem in problems if problem.hint]
    for line in [*found, *(worth_a_look if hints else ())]:
        click.echo(line)
    click.echo(
        f"{len(found)} problems in {len(records.records)} records; {len(worth_a_look)} hints (--hints prints them)"
    )
    if found:
        raise SystemExit(1)


@content.command()
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Another day than today.")
def due(day: datetime | None) -> None:
    """Which checks are due, the oldest first; then who still has to sign what, and which records rest on replaced
    facts."""
    records = library()
    today = day.date() if day else date.today()
    rows = sorted(
        (review.due_on(record, records.kinds[key]), records.kinds[key], key) for key, record in records.records.items()
    )
    late = [row for row in rows if row[0] < today]
    for when, kind, key in late:
        click.echo(f"{when}  {kind}/{key}")
    upcoming = rows[len(late)][0] if len(late) < len(rows) else None
    click.echo(f"{len(late)} of {len(rows)} are due" + (f"; the next on {upcoming}" if upcoming else ""))
    rests = sources.used(records)
    for role, facts in sources.waiting(records).items():
        on_pages = [fact.id for fact in facts if fact.id in rests]
        click.echo(
            f"\n{role}: {len(facts)} facts to confirm, {len(on_pages)} of them on pages (`porchlight content packet "
            f'--role "{role}"`)'
        )
        click.echo("  " + ", ".join(on_pages))
    for role in review.roles():
        signed = sum(role in review.counting(record) for record in records.records.values())
        click.echo(f"\n{role}: {signed} of {len(records.records)} records are signed")
    if replaced := sources.outdated(records):
        click.echo(
            f"\n{len(replaced)} facts are replaced and still named by records (facts, what replaces them, records):"
        )
        for key, named in replaced.items():
            click.echo(f"  {key} -> {', '.join(records.facts[key].replaced_by)}: {', '.join(named)}")


@content.command("packet")
@click.option(
    "--role",
    required=True,
    help='Who is to sign: "clinician", "lawyer", "survivor board" or "native Spanish health editor".',
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="The file to write; packet-<role>.html if not said.",
)
def packet_(role: str, out: Path | None) -> None:
    """Write one HTML file with every claim that a role has to confirm, its source, and where it appears: to read and
    sign in one sitting."""
    choices = [*tables().review.signoffs, *tables().review.editors.values()]
    if role not in choices:
        raise click.ClickException(f'"{role}" is none of the choices: {", ".join(choices)}.')
    records = library()
    file = out or Path(f"packet-{role.replace(' ', '-')}.html")
    file.write_text(packet.page(records, role, drafts(records), date.today()), "utf-8")
    click.echo(f"{file}: {file.stat().st_size // 1024} KB")


@content.command()
@click.argument("record_id")
def seal(record_id: str) -> None:
    """Print a record's words and its seal, for the person who signs them (put the seal in the record's [[reviews]])."""
    records = library()
    if record_id not in records.records:
        raise click.ClickException(f'There is no record "{record_id}".')
    record = records.get(record_id)
    for path, text in schema.texts(record):
        click.echo(f"{path}: {text}")
    click.echo(f"facts: {', '.join(record.facts) or 'none'}\nseal: {schema.seal(record, str)}")


@content.command()
@click.argument("count", default=1)
@click.option(
    "--own", is_flag=True, help="For an organisation's own records: 4 characters, which no release of ours uses."
)
def code(count: int, own: bool) -> None:
    """Print free codes for new records: others each time for an organisation, in a fixed order for ours."""
    records = library()
    taken = {*records.codes, *published.codes(), *records.own_codes, *SECTION_CODES}
    source = free_codes(taken)
    for _ in range(count):
        new = own_code(taken) if own else next(source)
        taken.add(new)
        click.echo(new)


@content.command("compile")
def snapshot_() -> None:
    """Read and check everything of ours once, so that starting the app does not have to.

    An organisation's records are not in it, whatever the settings say: a start without them would show them.
    """
    records = Library.load(CONTENT)
    found = translators(records, LANGUAGES)
    if any(translator.missing() for translator in found.values()):
        raise click.ClickException("Words without a translation: `porchlight content check` lists them.")
    snapshot.write(records, {language.tag: found[language.tag].translate for language in TRANSLATED})
    click.echo(f"{len(records.records)} records in {len(found)} languages, {snapshot.FILE.stat().st_size // 1024} KB")


@content.command()
def publish() -> None:
    """Add the codes of new records to the list of published ones. A code on the list is on paper: it never leaves it,
    nor changes.

    With an organisation's records, theirs go to the published.toml of their own folder.
    """
    records, folder = library(), settings().records
    file = folder / "published.toml" if folder else published.FILE
    try:
        added = published.add(records, file, own=folder is not None)
    except published.PublishedError as error:
        raise click.ClickException(str(error)) from None
    for code_, record_id in added.items():
        click.echo(f"{code_}  {record_id}")
    click.echo(f"{len(added)} added, {len(published.codes(file))} published")
