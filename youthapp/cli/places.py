"""``porchlight places …``: import a list, see what is due, mark what was checked, for who keeps it."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from ..places import importing, phones, store
from ..places.rows import COLUMNS, ImportFileError
from ..places.schema import BY_A_PERSON, Place
from .common import settings

_DAY = click.DateTime(["%Y-%m-%d"])


def _folder() -> Path:
    """Return the organisation's folder of records, where its places are kept."""
    folder = settings().records
    if folder is None:
        raise click.ClickException(
            "No folder to keep places in. Name your settings file (PORCHLIGHT_FILE) or your folder of records "
            "(PORCHLIGHT_RECORDS)."
        )
    return folder


def _kept(folder: Path) -> importing.Kept:
    store.recover(folder)
    return store.load(folder)


@click.group()
def places() -> None:
    """The organisation's list of places: import it, see what is due, mark what was checked."""


@places.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--write", "writes", is_flag=True, help="Write what was shown; without it nothing is changed.")
@click.option("--checked-by", default="", help="Who looked at new places, phones and addresses.")
@click.option("--second", default="", help="The second person who looked at them.")
@click.option("--json", "as_json", is_flag=True, help="Print what was understood as JSON.")
@click.option(
    "--checked-on",
    type=_DAY,
    default=None,
    help="The day on which somebody checked rows that tell none (other people's files).",
)
@click.option(
    "--how-checked",
    type=click.Choice([*BY_A_PERSON, "website"]),
    default="website",
    help="How those rows were checked.",
)
def import_(
    file: Path, writes: bool, checked_by: str, second: str, as_json: bool, checked_on: datetime | None, how_checked: str
) -> None:
    """Read FILE and show how each row was understood and what differs from what is kept; write it with --write."""
    folder = _folder()
    kept = _kept(folder)
    unchecked = {"checked_on": checked_on.date().isoformat(), "how_checked": how_checked} if checked_on else None
    try:
        result = importing.understand(file, date.today(), kept, unchecked)
        after = importing.apply(result, kept, checked_by, second) if writes else None
    except ImportFileError as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(json.dumps({**result.as_json(), "written": writes}, ensure_ascii=False, indent=1, default=str))
    else:
        click.echo("\n".join(_told(result, kept)))  # one write: thousands of them take seconds
    if after is not None:
        store.write(folder, after)
        if not as_json:
            click.echo(f"Written: {len(after)} places in {store.FOLDER}/.")
    elif not as_json:
        click.echo("Nothing is written yet: look at it, then import again with --write.")


def _told(result: importing.Import, kept: importing.Kept) -> Iterator[str]:
    yield from (f"left out: {problem}" for problem in result.left_out)
    yield from (f"told: {remark}" for remark in result.remarks)
    for change in result.changes:
        place = result.taken[change.id]
        yield f"{'new' if change.new else 'changed'}: {change.id}" + (
            " (needs a second person)" if change.needs_second else ""
        )
        yield from (
            f"    {line}" for line in (understood(place) if change.new else importing.differences(change, kept))
        )
    yield from (
        f'vanished: {name} is not in this file any more; it is marked and says "call first".'
        for name in result.vanished
    )
    yield (
        f"{result.read} rows read, {len(result.taken)} taken ({sum(change.new for change in result.changes)} new, "
        f"{sum(not change.new for change in result.changes)} changed, {result.unchanged} as before), "
        f"{len({problem.row for problem in result.left_out})} left out, {len(result.vanished)} vanished, "
        f"{result.withheld} streets withheld."
    )


def understood(place: Place) -> Iterator[str]:
    """Yield how a place was understood, a line a field, for the person who looks at it."""
    hidden = {"id", "source", "checked_by", "second", "vanished", "phone", "extension"}
    yield f"phone: {phones.shown(place.phone, place.extension) if place.phone else '(not known)'}"
    for name in place.__struct_fields__:
        value: Any = getattr(place, name)
        if name in hidden or value in ("", (), None, {}):
            continue
        if isinstance(value, dict):
            yield from (f"{name} ({language}): {text}" for language, text in value.items())
        else:
            yield f"{name}: {'; '.join(map(str, value)) if isinstance(value, tuple) else value}"


@places.command()
@click.option("--on", "day", type=_DAY, default=None, help="Another day than today.")
def due(day: datetime | None) -> None:
    """Which places to ring, with their numbers, the longest unchecked first."""
    today = day.date() if day else date.today()
    rows = sorted(
        (place for place, _marks in _kept(_folder()).values() if place.listed),
        key=lambda place: (place.stale_on, place.id),
    )
    late = [place for place in rows if place.stale_on <= today]
    for place in late:
        gone = "off the list" if place.gone_on <= today else f"off the list on {place.gone_on}"
        click.echo(
            f"{place.stale_on}  {place.id}  {phones.shown(place.phone, place.extension) or place.text or place.web}  "
            f"checked {place.checked_on}, {gone}"
        )
    upcoming = rows[len(late)].stale_on if len(late) < len(rows) else None
    click.echo(f"{len(late)} of {len(rows)} are due" + (f"; the next on {upcoming}" if upcoming else ""))


@places.command()
@click.argument("ids", nargs=-1, required=True)
@click.option("--how", type=click.Choice(BY_A_PERSON), required=True, help="How you checked.")
@click.option("--by", required=True, help="Your initials; they are on no page.")
def checked(ids: tuple[str, ...], how: str, by: str) -> None:
    """Mark places as checked today."""
    folder = _folder()
    kept = _kept(folder)
    if unknown := [name for name in ids if name not in kept]:
        raise click.ClickException(f"There is no place {unknown[0]!r}. The ids are the file names in {store.FOLDER}/.")
    for name in ids:
        place, marks = kept[name]
        kept[name] = (
            msgspec.structs.replace(place, checked_on=date.today(), how_checked=how, checked_by=by, vanished=False),
            marks,
        )
    store.write(folder, kept)
    click.echo(f"{len(ids)} marked as checked today")


@places.command()
def template() -> None:
    """Print the header of the sheet, to start a list from."""
    click.echo("\ufeff" + ",".join(COLUMNS))
