"""``porchlight check``: whether the app would start, and whether every page prints."""

import time

import click

from .. import create_app, preflight
from .common import settings


@click.command()
@click.option(
    "--fast",
    is_flag=True,
    help="Only what a start checks (half a second): settings, county, lines, records, languages.",
)
def check(fast: bool) -> None:
    """Check settings, county, lines, records and languages as a start does, then print every page once in each
    language.

    Exits with 1, and a sentence a problem, when the app would not start or a page does not answer 200.
    """
    began = time.perf_counter()
    app = create_app(settings())
    if fast:
        click.echo("It starts.")
        return
    count, failed = preflight.failures(app)
    for failure in failed:
        click.echo(str(failure))
    click.echo(f"{count} pages printed in {time.perf_counter() - began:.1f} s, {len(failed)} did not answer")
    if failed:
        raise SystemExit(1)
