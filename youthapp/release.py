"""The release: one hash over all that ships and all that was chosen. A changed word, script or setting is another release."""

import hashlib
from pathlib import Path

from .settings import Settings

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"

_SHIPPED = (("youthapp", (".py", ".toml", ".html", ".txt", ".svg")), ("static", ()), ("translations", (".po",)))


def shipped_files() -> list[Path]:
    """Return every file that a release is made of, in a fixed order."""
    files = []
    for folder, endings in _SHIPPED:
        files += [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts and (not endings or path.suffix in endings)]
    return sorted(files)


def release_of(settings: Settings) -> str:
    """Return the release: 12 hexadecimal digits over the shipped files and the settings that pages show."""
    told = hashlib.sha256()
    for path in shipped_files():
        told.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    for path in sorted(settings.records.rglob("*.toml")) if settings.records else ():
        told.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    own = (sorted(settings.footer.items()), settings.lines, [[(language, sorted(words.items())) for language, words in place.words.items()] for place in settings.places])
    told.update(repr((settings.name, settings.address, sorted(settings.exits.items()), settings.county, settings.contact, settings.today, own)).encode())
    return told.hexdigest()[:12]
