"""``porchlight export``: the whole site as plain files."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from .. import create_app, export
from ..paths import INSTALLED, ROOT
from ..settings import PREFIX, Settings


@click.command("export")
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--check", is_flag=True, help="Export a second time elsewhere, in another process, and compare every byte."
)
@click.option(
    "--kit",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write one zip for a stick as well: the site, and its pages to open from files.",
)
def export_(folder: Path | None, check: bool, kit: Path | None) -> None:
    """Write the whole site as plain files into FOLDER, with the configurations for nginx and Caddy, or into one zip
    (--kit), or both.

    The day against which checks are overdue is PORCHLIGHT_TODAY, else the day of the commit. A page that is broken is
    named, and nothing is written.
    """
    if folder is None and (check or kit is None):
        raise click.UsageError("Name a folder to export to, or a zip with --kit.")
    environment = {**os.environ, f"{PREFIX}TODAY": os.environ.get(f"{PREFIX}TODAY") or _day_of_commit()}
    try:
        app = create_app(Settings.from_environment(environment))
        site = export.site(app)
        if folder is not None:
            export.write(site, folder)
        if kit is not None:
            count = export.kit.write(app, site, kit)
            click.echo(f"{count} pages to open from files, and the site, {kit.stat().st_size // 1024} KB in {kit}")
    except (FileExistsError, export.ExportError) as error:
        raise click.ClickException(str(error)) from None
    if folder is None:
        return
    first = export.digests(folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1024
    click.echo(f"{len(site.leaves)} addresses, {len(first)} files, {size} KB in {folder}")
    if check:
        _compare(first, environment)


def _compare(first: Mapping[str, str], environment: Mapping[str, str]) -> None:
    """Export again in another process with another hash seed, so that an order that came from a set would show; compare
    every byte."""
    with tempfile.TemporaryDirectory() as other:
        command = [sys.executable, "-m", "youthapp", "export", f"{other}/again"]
        again = {**environment, "PYTHONHASHSEED": "7"}
        subprocess.run(command, env=again, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        second = export.digests(Path(other) / "again")
    if differ := sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name)):
        raise click.ClickException("Two exports differ: " + ", ".join(differ[:10]))
    click.echo(f"A second export is the same to the byte: {len(second)} files")


def _day_of_commit() -> str:
    """Return the day of the last commit; in an installed wheel, which has no commits, today."""
    if INSTALLED:
        return date.today().isoformat()
    command = ["git", "log", "-1", "--format=%cs"]
    try:
        log = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        raise click.ClickException(
            f"This is no git checkout. Say which day the export is of: {PREFIX}TODAY=2026-11-23"
        ) from None
    return log.stdout.strip()
