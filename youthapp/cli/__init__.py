"""Commands: ``porchlight …``, or ``python -m youthapp …``, one module a job.

Nothing that serves a request imports this package: with it would come all that only people who write or import need.
"""

from typing import Any

import click

from .. import REFUSALS
from ..serve import serve
from .check import check
from .content import content
from .export import export_
from .language import language
from .places import places


class _Sentences(click.Group):
    """Commands that end with the sentence that says what to mend, not with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except REFUSALS as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:  # a folder that is not there, a full disk, a file that this account may not write
            if error.filename is None or isinstance(error, ConnectionError):
                raise
            raise click.ClickException(f"{error.filename}: {error.strerror}.") from None


@click.group(cls=_Sentences)
def main() -> None:
    """Porchlight: serve it, export it, keep its words."""


for command in (check, content, language, export_, places, serve):
    main.add_command(command)
