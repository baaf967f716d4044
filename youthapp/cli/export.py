"""``youthapp export``: the whole site as plain files."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import click

from ..i18n.catalogues import LanguageError
from ..library import snapshot
from ..library.library import LibraryError
from ..settings import PREFIX, Settings, SettingsError


@click.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Export a second time elsewhere, in another process, and compare every byte.")
def export_(folder: Path, check: bool) -> None:
    """Write the whole site as plain files, with the rules for common hosts.

    The day against which checks are overdue is PORCHLIGHT_TODAY, else the day of the commit.
    """
    from .. import create_app, export, preflight

    environment = {**os.environ, f"{PREFIX}TODAY": os.environ.get(f"{PREFIX}TODAY") or _day_of_commit()}
    try:
        app = create_app(Settings.from_environment(environment))
        _count, failed = preflight.failures(app)
        if failed:
            raise click.ClickException("Pages that do not print, so nothing is exported:\n  " + "\n  ".join(map(str, failed)))
        count = export.write(app, folder)
    except (FileExistsError, SettingsError, LibraryError, LanguageError) as error:
        raise click.ClickException(str(error)) from None
    first = export.digests(folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1024
    click.echo(f"{count} addresses, {len(first)} files, {size} KB in {folder}")
    if check:
        _compare(first, environment)


def _compare(first: Mapping[str, str], environment: Mapping[str, str]) -> None:
    """Export again in another process with another hash seed, so that an order that came from a set would show; compare every byte."""
    from .. import export

    with tempfile.TemporaryDirectory() as other:
        command = [sys.executable, "-m", "youthapp", "export", f"{other}/again"]
        again = {**environment, "PYTHONHASHSEED": "7"}
        subprocess.run(command, env=again, check=True, stdout=subprocess.DEVNULL, cwd=snapshot.ROOT)
        second = export.digests(Path(other) / "again")
    if differ := sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name)):
        raise click.ClickException("Two exports differ: " + ", ".join(differ[:10]))
    click.echo(f"A second export is the same to the byte: {len(second)} files")


def _day_of_commit() -> str:
    command = ["git", "log", "-1", "--format=%cs"]
    log = subprocess.run(command, cwd=snapshot.ROOT, capture_output=True, text=True, check=False)
    if log.returncode:
        raise click.ClickException(f"This is no git checkout. Say which day the export is of: {PREFIX}TODAY=2026-11-23")
    return log.stdout.strip()
