"""The release: one hash over all that ships and all that was chosen. A changed word, script or setting is another release."""

import hashlib
from pathlib import Path

from ..settings import Settings

ROOT = Path(__file__).parent.parent.parent
STATIC = ROOT / "static"


def release_of(settings: Settings, digest: str) -> str:
    """Return the release: 12 hexadecimal digits over the shipped files and the settings that pages show.

    digest: the hash over the bytes of all that ships (snapshot.digest).
    """
    own_files = [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in sorted(settings.records.rglob("*.toml"))] if settings.records else []
    places = [[(language, sorted(words.items())) for language, words in place.words.items()] for place in settings.places]
    own = (sorted(settings.footer.items()), settings.lines, places, own_files)
    chosen = (settings.name, settings.address, sorted(settings.exits.items()), settings.county, settings.contact, settings.offline, settings.today, own)
    return hashlib.sha256(f"{digest}\n{chosen!r}".encode()).hexdigest()[:12]
