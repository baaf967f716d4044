"""``porchlight language …``: the catalogues, from the words as they are now to what the app loads."""

import click

from ..editorial import catalogues
from .common import TRANSLATED, library


@click.group()
def language() -> None:
    """The catalogues: from the words as they are now to what the app loads."""


@language.command("extract")
def extract_() -> None:
    """Count what must be translated, by domain."""
    for domain, template in catalogues.templates(library()).items():
        click.echo(f"{domain}: {len(template)}")


@language.command()
def update() -> None:
    """Bring the .po files up to date; new words come in empty."""
    records = library()
    for each in TRANSLATED:
        click.echo(f"{each.tag}: {catalogues.update(each, records)} words to translate")


@language.command("compile")
def compile_() -> None:
    """Write the .mo files that the app loads."""
    for each in TRANSLATED:
        click.echo(f"{each.tag}: {catalogues.compile_language(each)} catalogues")
