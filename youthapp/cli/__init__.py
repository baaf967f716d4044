"""Commands: ``python -m youthapp …`` (or ``flask --app wsgi …``), one module a job."""

import click

from .check import check
from .content import content
from .export import export_
from .language import language

groups = (check, content, language, export_)


@click.group()
def main() -> None:
    """Porchlight's commands."""


for group in groups:
    main.add_command(group)
