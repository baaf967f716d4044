"""``youthapp language …``: the catalogues, from the words as they are now to what the app loads."""

import click

from ..editorial import catalogues
from ..i18n.translator import LANGUAGES, SOURCE
from .common import library


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
    for spoken in LANGUAGES:
        if spoken != SOURCE:
            click.echo(f"{spoken.code}: {catalogues.update(spoken.code, records)} words to translate")


@language.command("compile")
def compile_() -> None:
    """Write the .mo files that the app loads."""
    for spoken in LANGUAGES:
        if spoken != SOURCE:
            click.echo(f"{spoken.code}: {catalogues.compile_language(spoken.code)} catalogues")
